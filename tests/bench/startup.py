"""Measures `kiosk run` to listening, and the demonstration at real pace: see README.md beside this file."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from tests.real.command import KIOSK, environment
from tests.real.consultation import RECORDING
from tests.real.microphone import VirtualMicrophone, missing_programs
from tests.real.terminal import Terminal

ENOUGH: Final = 120.0


WAITING: Final = 20.0
"""Seconds of silence over which the app's use of the processor is taken."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Seconds from the command to « Écoute », the app's peak memory then in MB, and cores used in silence."""

    seconds: float
    memory: float
    cores: float


def open_app(tmux: str, microphone: VirtualMicrophone, folder: Path) -> Opened:
    """Open the app, let it wait in silence, and close it."""
    terminal = Terminal(tmux, folder / "tmux", microphone.environment)
    try:
        begin = time.perf_counter()
        terminal.open(*KIOSK, "run", "--languages", "fr,en")
        terminal.wait_for("Écoute", ENOUGH)
        took = time.perf_counter() - begin
        process = terminal.process()
        memory = peak_memory(process)
        time.sleep(2)  # what is drawn once is not waiting
        before = cpu_seconds(process)
        time.sleep(WAITING)
        cores = (cpu_seconds(process) - before) / WAITING
        terminal.press("C-q")
        if terminal.exit_code() != 0:
            raise SystemExit("the app did not close well")
    finally:
        terminal.close()
    return Opened(took, memory, cores)


def cpu_seconds(process: int) -> float:
    """What a running process has used of the processor (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory(process: int) -> float:
    """The most memory that a running process has held, in MB (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def demo_at_real_pace() -> tuple[list[float], float, float]:
    """Seconds from the end of speech to each final caption; peak memory in MB; seconds from start to end."""
    arguments = [str(RECORDING), "--languages", "fr,en", "--format", "jsonl", "--pace", "real"]
    begin = time.perf_counter()
    with subprocess.Popen([*KIOSK, "caption", *arguments], env=environment(), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        totals, memory = [], 0.0
        for line in process.stdout:
            totals.append(json.loads(line)["latency"]["total"])
            memory = max(memory, peak_memory(process.pid))
    return totals, memory, time.perf_counter() - begin


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often the app is opened")
    runs = parser.parse_args().runs
    tmux = shutil.which("tmux")
    if tmux is None or missing_programs():
        raise SystemExit("run ./install.sh test first, which installs what this needs")
    with tempfile.TemporaryDirectory(prefix="kiosk-") as folder:
        microphone = VirtualMicrophone(Path(folder))
        try:
            microphone.start()
            opened = [open_app(tmux, microphone, Path(folder)) for _ in range(runs)]
        finally:
            microphone.stop()
    totals, memory, took = demo_at_real_pace()
    times = [app.seconds for app in opened]
    print("| measure | value |\n|---|---|")
    print(f"| `kiosk run` to listening, first of {runs} | {times[0]:.2f} s |")
    print(f"| the same, median of the others | {statistics.median(times[1:] or times):.2f} s |")
    print(f"| peak memory of the app when it listens | {max(app.memory for app in opened):.0f} MB |")
    print(f"| the app waiting in silence, of one core | {100 * statistics.median(app.cores for app in opened):.1f} % |")
    print(f"| demonstration at real pace: latency p50, p95 | {quantiles(totals)} |")
    print(f"| the same: peak memory of `kiosk caption` | {memory:.0f} MB |")
    print(f"| the same: from start to end, for 73.4 s of sound | {took:.1f} s |")


def quantiles(values: list[float]) -> str:
    """Median and 95th percentile."""
    return ", ".join(f"{np.percentile(values, percent):.2f} s" for percent in (50, 95))


if __name__ == "__main__":
    main()
