"""What a process and all its descendants cost, read from /proc: CPU time and memory. Linux only."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_EVERY: Final = 1.0
"""Seconds between samples of memory, and of CPU time in case a descendant is never waited for."""


@dataclass(frozen=True, slots=True)
class _Process:
    number: int
    parent: int
    cpu: float
    """Its own seconds, and those of the children that it has waited for."""


class ProcessTree:
    """Follows a process, its descendants, and those that lost their parent meanwhile, until told to stop."""

    def __init__(self, root: int) -> None:
        self._known = {root}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="process-tree", daemon=True)
        self.peak_megabytes = 0.0
        self.last_cpu = 0.0
        self._thread.start()

    def cpu(self) -> float:
        """User and system seconds of the whole tree until now."""
        living = {process.number: process for process in _processes()}
        grown = True
        while grown:
            found = {number for number, process in living.items() if process.parent in self._known}
            grown = not found <= self._known
            self._known = self._known | found
        self.last_cpu = max(self.last_cpu, sum(living[number].cpu for number in self._known & living.keys()))
        return self.last_cpu

    def stop(self) -> None:
        """Sample no more."""
        self._stopping.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._stopping.wait(_EVERY):
            self.cpu()
            self.peak_megabytes = max(self.peak_megabytes, sum(map(_peak_megabytes, self._known)))


def machine_cpu() -> float:
    """Seconds that all cores together have been busy since the machine started, stolen time included."""
    fields = [int(field) for field in (_PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]]
    user, nice, system, _idle, _waiting, interrupts, soft_interrupts, stolen = fields
    return (user + nice + system + interrupts + soft_interrupts + stolen) / _TICKS


def machine() -> dict[str, str | int]:
    """What the figures were measured on."""
    lines = (_PROC / "cpuinfo").read_text().splitlines()
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return {"cpu": models[0] if models else "unknown", "cores": os.cpu_count() or 0, "system": os.uname().release}


def _processes() -> Iterator[_Process]:
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                # The name, in brackets, may hold spaces and brackets itself.
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            yield _Process(int(folder.name), int(fields[1]), sum(map(int, fields[11:15])) / _TICKS)


def _peak_megabytes(number: int) -> float:
    try:
        lines = (_PROC / str(number) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
