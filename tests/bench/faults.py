"""Breaks all that can be broken here around a conversation, one after the other, and prints what came of it."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.bench import faults_app, faults_machine, faults_sound
from tests.bench.faults_rig import Outcome, can_group, drop_groups
from tests.real.microphone import missing_programs

Group = Callable[[], Iterator[Outcome]]

GROUPS: Final[dict[str, Group]] = {
    "sound": faults_sound.in_one_session,
    "named": faults_sound.named,
    "taken": faults_sound.taken,
    "rate": faults_sound.rate_refused,
    "alsa": faults_sound.without_configuration,
    "sleep": faults_machine.suspended,
    "clock": faults_machine.clock_jumps,
    "models": faults_machine.models_deleted,
    "processor": faults_machine.processor_saturated,
    "memory": faults_machine.memory_short,
    "screen": faults_app.words_on_screen,
    "ends": faults_app.ended,
    "killed": faults_app.killed,
    "disk": faults_app.disk,
}

NEEDS: Final[dict[str, Callable[[], bool]]] = {
    "sleep": lambda: can_group("freezer"),
    "killed": lambda: can_group("memory"),
    "clock": lambda: next(Path("/usr/lib").glob(f"*/faketime/{faults_machine.FAKETIME}"), None) is not None,
    "screen": lambda: shutil.which("tmux") is not None,
    "ends": lambda: shutil.which("tmux") is not None,
    "disk": lambda: shutil.which("tmux") is not None and can_group("memory"),
}
"""What a group needs beside PulseAudio: root with control groups of version 1, libfaketime, tmux."""

NOT_HERE: Final = {
    "a real suspend": "nothing would wake this virtual machine: the process is frozen instead, the clock that counts "
    "sleep moved",
    "a USB device pulled out, and found in /proc/asound/cards": "no sound hardware: tests/unit/test_microphone.py",
    "a device that another program holds, a card that refuses 16 kHz": "PulseAudio shares and converts: PortAudio is "
    "made to refuse, the rest is real",
    "a disk that turns read-only under an open log": "Linux refuses to remount what is written to: read-only from the "
    "start, and full later",
    "systemd itself": "not the first process here: a loop obeys RestartSec of the unit; docs/installation-parc.md has "
    "systemd's own figures",
}
"""What the suite leaves out or imitates, and why."""


def main() -> int:
    """Run the groups that were asked for; 1 when one went unnoticed or lost a final."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(GROUPS), help=f"of {', '.join(GROUPS)}")
    if missing := missing_programs():
        sys.stderr.write(f"missing: {', '.join(missing)}\n")
        return 2
    outcomes: list[Outcome] = []
    left_out: dict[str, str] = {}
    try:
        for name in parser.parse_args().only.split(","):
            if not NEEDS.get(name, lambda: True)():
                left_out[name] = "this machine lacks what it takes, see NEEDS"
                continue
            for outcome in GROUPS[name]():
                outcomes.append(outcome)
                sys.stderr.write(f"{time.strftime('%H:%M:%S')} {outcome}\n")
    finally:
        drop_groups()
    sys.stdout.write(table(outcomes))
    for what, why in (NOT_HERE | left_out).items():
        sys.stdout.write(f"- not run: {what} ({why})\n")
    return int(any(outcome.noticed is None or outcome.back is None or outcome.lost for outcome in outcomes))


def table(outcomes: list[Outcome]) -> str:
    """As Markdown."""
    lines = ["| fault | noticed after | back after | finals lost | how | |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {outcome.fault} | {_seconds(outcome.noticed)} | {_seconds(outcome.back)} "
        f"| {outcome.lost} of {outcome.said} | {outcome.how} | {outcome.remark} |"
        for outcome in outcomes
    ]
    return "\n".join(lines) + "\n\n"


def _seconds(value: float | str | None) -> str:
    if value is None:
        return "**never**"
    return value if isinstance(value, str) else f"{value:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
