"""This machine: its processor, its power, and what `kiosk bench` found out about it.

The answer is one small JSON file without anything about anybody. Whatever is wrong with it, it is as if there was none.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kiosk import paths
from kiosk.disk import reason
from kiosk.errors import OutputError
from kiosk.speed import OFFERED, Counter, Figures
from kiosk.state import write_state

_BUSY_SHARE: Final = 0.5
"""Programs that want a core, in cores that there are, above which figures are not those of the machine alone."""

_SYSTEM: Final = Path("/sys/class")
_PROCESS: Final = Path("/proc")


@dataclass(frozen=True, slots=True)
class Answer:
    """Which Whisper `kiosk bench` recommended, on which processor, and when (ISO 8601)."""

    model: str
    processor: str
    date: str


def read_answer() -> Answer | None:
    """The stored answer. None when there is none, when it makes no sense, or when it is another processor's."""
    try:
        stored = json.loads(paths.machine_file().read_text(encoding="utf-8"))
        answer = Answer(stored["model"], stored["processor"], stored["date"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if answer.model not in OFFERED or not isinstance(answer.date, str):
        return None
    return answer if answer.processor == processor() else None


def write_answer(answer: Answer, figures: Iterable[Figures]) -> Path:
    """Store the answer and what it rests upon, whole or not at all, and return where. Raises OutputError."""
    file = paths.machine_file()
    text = json.dumps(asdict(answer) | {"figures": [asdict(each) for each in figures]}, ensure_ascii=False, indent=1)
    try:
        write_state(file, f"{text}\n")
    except OSError as error:
        raise OutputError(
            f"Impossible d'enregistrer la réponse dans {file} : {reason(error)}.",
            f'Sans elle, choisissez vous-même : model = "{answer.model}" dans la section [speech] de kiosk.toml.',
        ) from error
    return file


def processor() -> str:
    """What the system calls the processor; "inconnu" when it does not say."""
    for line in _lines(_PROCESS / "cpuinfo"):
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.processor() or platform.machine() or "inconnu"


def cores() -> int:
    """How many there are."""
    return os.cpu_count() or 1


def busy() -> bool:
    """Whether other programs have kept the processor at work during the last minute."""
    return os.getloadavg()[0] > cores() * _BUSY_SHARE


def on_battery() -> bool:
    """Whether a battery feeds this machine: many run slower then. The battery of a mouse does not count."""
    for supply in _folders(_SYSTEM / "power_supply"):
        of_a_device = _word(supply / "scope") == "Device"
        if _word(supply / "type") == "Battery" and not of_a_device and _word(supply / "status") == "Discharging":
            return True
    return False


def energy() -> tuple[Counter, ...]:
    """What each processor says it has spent (RAPL). Empty where none says it, or only to the administrator.

    Parts of a processor (intel-rapl:0:1) are left out, and so is the whole computer (psys): they would count twice.
    """
    counters = []
    for domain in _folders(_SYSTEM / "powercap"):
        if domain.name.startswith("intel-rapl:") and _word(domain / "name").startswith("package"):
            value, highest = _word(domain / "energy_uj"), _word(domain / "max_energy_range_uj")
            if value.isdecimal() and highest.isdecimal():
                counters.append(Counter(domain.name, int(value), int(highest)))
    return tuple(counters)


def peak_memory() -> int:
    """The most memory that this process has held, in MB."""
    for line in _lines(_PROCESS / "self" / "status"):
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _word(file: Path) -> str:
    return "".join(_lines(file)[:1]).strip()


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
