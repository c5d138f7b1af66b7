"""Draws the results of the comparison as a PNG. Needs matplotlib, which this project does not: see README.md.

Reads nothing but the JSON file, so it runs in an environment of its own.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.lines import Line2D

# Okabe and Ito's colours, which the colour-blind tell apart.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")
LABELS = {
    "kiosk": "kiosk",
    "kiosk-finals": "kiosk, whole sentences",
    "plain": "plain script",
    "realtimestt": "RealtimeSTT",
    "whisperlivekit": "WhisperLiveKit",
}
INK = "#222222"
GREY = "#6b6b6b"


@dataclass(frozen=True, slots=True)
class Summary:
    """One system over all of its languages."""

    name: str
    clips: int
    firsts: tuple[float, ...]
    settlings: tuple[float, ...]
    cpu: float
    """CPU seconds per second of speech."""


def read(file: Path) -> tuple[list[Summary], str]:
    """Every system of a results file, and what it was measured on."""
    runs = json.loads(file.read_text("utf-8"))["runs"]
    found = {run["system"] for run in runs}
    names = [name for name in LABELS if name in found] + sorted(found - LABELS.keys())
    machine = runs[-1]["machine"]
    languages = ", ".join(dict.fromkeys(run["language"] for run in runs))
    dates = sorted(run["date"][:10] for run in runs)
    when = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
    return (
        [summary(name, [run for run in runs if run["system"] == name]) for name in names],
        f"Speech in {languages} at the pace of a microphone. {machine['cpu']}, {machine['cores']} cores, {when}.",
    )


def summary(name: str, runs: Sequence[dict[str, Any]]) -> Summary:
    """These runs taken together."""
    clips = [clip for run in runs for clip in run["clips"]]
    return Summary(
        name=LABELS.get(name, name),
        clips=len(clips),
        firsts=tuple(clip["first"] for clip in clips if clip["first"] is not None),
        settlings=tuple(clip["settled"] for clip in clips if clip["settled"] is not None),
        cpu=sum(run["cpu"] for run in runs) / sum(clip["speech"] for clip in clips),
    )


def distribution(axes: Any, groups: Sequence[tuple[float, ...]], totals: Sequence[int], missing: str) -> None:
    """A row of dots a system, a clip each, with median and 95th percentile."""
    random = np.random.default_rng(7)
    widest = max((max(group) for group in groups if group), default=1.0)
    for place, (group, total) in enumerate(zip(groups, totals, strict=True)):
        colour = COLOURS[place % len(COLOURS)]
        if group:
            spread = place + random.uniform(-0.2, 0.2, len(group))
            axes.scatter(group, spread, s=16, color=colour, alpha=0.45, linewidths=0, zorder=2)
            median, high = np.percentile(group, (50, 95))
            axes.plot([median, median], [place - 0.29, place + 0.29], color=INK, linewidth=2.6, zorder=4)
            axes.plot([high, high], [place - 0.29, place + 0.29], color=INK, linewidth=1.4, linestyle=(0, (2, 1.2)))
            # Where the two are close their labels stand back to back.
            aligned = ("right", "left") if high - median < 0.13 * widest else ("center", "center")
            axes.text(median, place - 0.33, f"{median:.2f} ", ha=aligned[0], va="bottom", color=INK, weight="bold")
            axes.text(high, place - 0.33, f" {high:.2f}", ha=aligned[1], va="bottom", color=INK)
        if total > len(group):
            note = f"{total - len(group)} of {total} {missing}"
            axes.text(0.995, place + 0.34, note, ha="right", va="top", color=GREY, transform=axes.get_yaxis_transform())
    axes.set_xlim(left=1.1 * min([0.0, *(min(group) for group in groups if group)]))
    axes.set_xlabel("seconds")
    axes.grid(axis="x", color="#dddddd", linewidth=0.8, zorder=0)


def draw(summaries: Sequence[Summary], measured: str, target: Path) -> None:
    """Both latencies and the CPU time beside each other, a row a system."""
    plt.switch_backend("Agg")
    plt.rcParams.update({"font.size": 10.5, "axes.spines.top": False, "axes.spines.right": False})
    figure, (first, settled, cpu) = plt.subplots(
        1, 3, figsize=(13, 1.7 + 1.05 * len(summaries)), sharey=True, width_ratios=(3, 3, 1.6), layout="constrained"
    )
    totals = [one.clips for one in summaries]
    distribution(first, [one.firsts for one in summaries], totals, "without words")
    distribution(settled, [one.settlings for one in summaries], totals, "never settled")
    first.set_title("First words on screen, after speech began", loc="left", fontsize=11, weight="bold")
    settled.set_title("Settled caption, after speech ended", loc="left", fontsize=11, weight="bold")
    cpu.set_title("CPU time", loc="left", fontsize=11, weight="bold")
    values = [one.cpu for one in summaries]
    colours = [COLOURS[place % len(COLOURS)] for place in range(len(summaries))]
    cpu.barh(range(len(summaries)), values, height=0.5, color=colours, zorder=2)
    for place, value in enumerate(values):
        cpu.text(value, place, f" {value:.2f}", va="center", color=INK)
    cpu.set_xlim(0, max(values) * 1.25)
    cpu.set_xlabel("seconds per second of speech")
    cpu.grid(axis="x", color="#dddddd", linewidth=0.8, zorder=0)
    first.set_yticks(range(len(summaries)), [f"{one.name}\n{one.clips} clips" for one in summaries])
    first.set_ylim(len(summaries) - 0.45, -0.6)
    for axes in (first, settled, cpu):
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
    marks = [
        Line2D([], [], color=GREY, marker="o", linestyle="", alpha=0.6, label="a clip"),
        Line2D([], [], color=INK, linewidth=2.6, label="median"),
        Line2D([], [], color=INK, linewidth=1.4, linestyle=(0, (2, 1.2)), label="95th percentile"),
    ]
    figure.legend(handles=marks, loc="outside lower right", ncols=3, frameon=False)
    figure.text(0.008, 0.012, measured, ha="left", va="bottom", color=GREY, fontsize=9)
    figure.savefig(target, dpi=150)


def main() -> None:
    """Read and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=Path, help="what compare.py wrote")
    parser.add_argument("png", type=Path, help="where to draw")
    arguments = parser.parse_args()
    draw(*read(arguments.results), arguments.png)


if __name__ == "__main__":
    main()
