"""Measures `kiosk run` to listening, and the demonstration at real pace: see README.md beside this file."""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.real.command import KIOSK, environment
from tests.real.consultation import RECORDING
from tests.real.microphone import VirtualMicrophone, missing_programs
from tests.real.terminal import Terminal

ENOUGH = 120.0


def seconds_to_listening(tmux: str, microphone: VirtualMicrophone, folder: Path) -> tuple[float, float]:
    """From the command to « Écoute » on the screen, and the app's peak memory then, in MB."""
    terminal = Terminal(tmux, folder / "tmux", microphone.environment)
    try:
        begin = time.perf_counter()
        terminal.open(*KIOSK, "run", "--languages", "fr,en")
        terminal.wait_for("Écoute", ENOUGH)
        took = time.perf_counter() - begin
        memory = peak_memory(terminal.process())
        terminal.press("C-q")
        if terminal.exit_code() != 0:
            raise SystemExit("the app did not close well")
    finally:
        terminal.close()
    return took, memory


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
            opened = [seconds_to_listening(tmux, microphone, Path(folder)) for _ in range(runs)]
        finally:
            microphone.stop()
    totals, memory, took = demo_at_real_pace()
    times, app_memory = [seconds for seconds, _ in opened], max(megabytes for _, megabytes in opened)
    print("| measure | value |\n|---|---|")
    print(f"| `kiosk run` to listening, first of {runs} | {times[0]:.2f} s |")
    print(f"| the same, median of the others | {statistics.median(times[1:] or times):.2f} s |")
    print(f"| peak memory of the app when it listens | {app_memory:.0f} MB |")
    print(f"| demonstration at real pace: latency p50, p95 | {quantiles(totals)} |")
    print(f"| the same: peak memory of `kiosk caption` | {memory:.0f} MB |")
    print(f"| the same: from start to end, for 73.4 s of sound | {took:.1f} s |")


def quantiles(values: list[float]) -> str:
    """Median and 95th percentile."""
    return ", ".join(f"{np.percentile(values, percent):.2f} s" for percent in (50, 95))


if __name__ == "__main__":
    main()
