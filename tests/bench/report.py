"""Results of the comparison: one JSON file that each run adds to, and Markdown tables from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tests.bench.processes import machine
from tests.bench.scoring import Scored
from tests.bench.speech import percentile
from tests.bench.streaming import Session

_DISAGREE: Final = 0.3
"""Seconds between Silero's bound of speech and that of the energy from which they are said to disagree."""

HEADER: Final = """\
| system | language | clips | first words p50 s | p95 s | settled p50 s | p95 s | never settled | no caption | WER % \
| WER % on screen | rewritten words % | CPU s per s of speech | CPU s per s of stream | memory MB | others' cores |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Run:
    """One system on the clips of one language."""

    system: str
    language: str
    clips: tuple[Scored, ...]
    cpu: float
    stream: float
    peak_megabytes: float
    elsewhere: float

    @property
    def firsts(self) -> list[float]:
        """Seconds from the onset of speech to the first words, of the clips that had any."""
        return [clip.first for clip in self.clips if clip.first is not None]

    @property
    def settlings(self) -> list[float]:
        """Seconds from the end of speech to the settled caption, of the clips that had one."""
        return [clip.settled for clip in self.clips if clip.settled is not None]


def run_of(system: str, language: str, session: Session, scored: Iterable[Scored]) -> Run:
    """A run as it was just measured."""
    return Run(
        system=system,
        language=language,
        clips=tuple(scored),
        cpu=round(session.cpu, 2),
        stream=round(session.seconds, 2),
        peak_megabytes=round(session.peak_megabytes, 1),
        elsewhere=round(session.elsewhere, 3),
    )


def read(file: Path) -> list[Run]:
    """Every run of a results file; none where there is no file yet."""
    return [_run(entry) for entry in _entries(file)]


def add(file: Path, run: Run) -> None:
    """Write a run into the file in place of an older one of the same system and language."""
    kept = [entry for entry in _entries(file) if (entry["system"], entry["language"]) != (run.system, run.language)]
    measured = {"date": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"runs": [*kept, {**measured, **asdict(run)}]}, indent=1) + "\n", "utf-8")


def tables(runs: Sequence[Run]) -> str:
    """Systems over all languages, then each language, then where the reference itself is in doubt."""
    systems = list(dict.fromkeys(run.system for run in runs))
    languages = list(dict.fromkeys(run.language for run in runs))
    overall = [row([run for run in runs if run.system == system], "all") for system in systems]
    single = [
        row([run], run.language)
        for language in languages
        for system in systems
        for run in runs
        if (run.system, run.language) == (system, language)
    ]
    clips = {clip.file: clip for run in runs for clip in run.clips}.values()
    doubtful = sum(abs(clip.onset_by_energy) > _DISAGREE or abs(clip.end_by_energy) > _DISAGREE for clip in clips)
    note = f"Silero and the energy place speech more than {_DISAGREE} s apart in {doubtful} of {len(clips)} clips."
    return "\n".join([HEADER, *overall, "", HEADER, *single, "", note])


def row(runs: Sequence[Run], language: str) -> str:
    """One line of a table: these runs taken together."""
    clips = [clip for run in runs for clip in run.clips]
    firsts = [first for run in runs for first in run.firsts]
    settlings = [settled for run in runs for settled in run.settlings]
    said = max(1, sum(clip.words for clip in clips))
    cpu = sum(run.cpu for run in runs)
    cells = (
        runs[0].system,
        language,
        str(len(clips)),
        f"{percentile(firsts, 50):.2f}",
        f"{percentile(firsts, 95):.2f}",
        f"{percentile(settlings, 50):.2f}",
        f"{percentile(settlings, 95):.2f}",
        str(len(clips) - len(settlings)),
        str(sum(clip.finals == 0 for clip in clips)),
        f"{100 * sum(clip.errors for clip in clips) / said:.1f}",
        f"{100 * sum(clip.errors_on_screen for clip in clips) / said:.1f}",
        f"{100 * sum(clip.rewritten for clip in clips) / said:.0f}",
        f"{cpu / sum(clip.speech for clip in clips):.2f}",
        f"{cpu / sum(run.stream for run in runs):.2f}",
        f"{max(run.peak_megabytes for run in runs):.0f}",
        f"{max(run.elsewhere for run in runs):.2f}",
    )
    return f"| {' | '.join(cells)} |"


def _entries(file: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["runs"] if file.exists() else []
    return entries


def _run(entry: dict[str, Any]) -> Run:
    known = {name: entry[name] for name in Run.__dataclass_fields__ if name != "clips"}
    return Run(**known, clips=tuple(Scored(**clip) for clip in entry["clips"]))
