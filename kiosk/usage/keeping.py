"""The file of counts: one small JSON file for one user, a few numbers a month.

What is wrong with it harms no consultation: where it makes no sense it is set aside, where it cannot be written the
counts of that consultation are lost.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from kiosk import paths
from kiosk.disk import reason
from kiosk.errors import OutputError
from kiosk.state import write_state
from kiosk.usage.months import Month

MONTHS: Final = 24
"""So many are kept: enough to compare a year with the one before."""

_FORMAT: Final = 1
_LARGEST: Final = 1_000_000
_NAME: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the file holds: months by name, such as "2026-11", in order. `aside`: where one that made no sense lies."""

    months: Mapping[str, Month] = field(default_factory=dict)
    aside: Path | None = None


def is_month(name: str) -> bool:
    """Whether this names a month: 2026-11."""
    return _NAME.fullmatch(name) is not None


def read_file() -> Stored:
    """What was counted until now. A file that makes no sense is set aside. Raises OutputError where it cannot be."""
    file = paths.usage_file()
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        return Stored()
    except OSError as error:
        raise _refused("lire", file, error) from error
    try:
        return Stored(_months(content))
    except (ValueError, RecursionError):
        aside = _aside(file)
        try:
            file.replace(aside)
        except OSError as error:
            raise _refused("écarter", file, error) from error
        _log.warning("usage counts set aside: unreadable")
        return Stored(aside=aside)


def add_to_file(month: Month, today: date | None = None) -> None:
    """Add a consultation to its month, and close the months before it. Never raises: counting must not end anything."""
    name = (today or date.today()).strftime("%Y-%m")
    try:
        months = dict(read_file().months)
        months[name] = months.get(name, Month()).plus(month)
        _write({each: counts if each >= name else counts.closed() for each, counts in months.items()})
    except OutputError as error:
        _log.warning("usage counts not written: %s", type(error.__cause__).__name__)


def forget(name: str | None = None) -> bool:
    """Delete a month, or all of it, what was set aside too; whether there was anything. Raises OutputError."""
    if name is not None:
        months = dict(read_file().months)
        if months.pop(name, None) is None:
            return False
        _write(months)
        return True
    found = False
    for file in (paths.usage_file(), _aside(paths.usage_file())):
        try:
            file.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _refused("supprimer", file, error) from error
        found = True
    return found


def set_aside() -> Path | None:
    """Where a file that made no sense lies, if one does: it may hold counts of any month."""
    aside = _aside(paths.usage_file())
    return aside if aside.exists() else None


def _months(content: bytes) -> dict[str, Month]:
    if len(content) > _LARGEST:
        raise ValueError("too large")
    stored = json.loads(content)
    if not isinstance(stored, dict) or stored.keys() != {"format", "months"} or stored["format"] != _FORMAT:
        raise ValueError("another format")
    months = stored["months"]
    if not isinstance(months, dict) or not all(map(is_month, months)):
        raise ValueError("no months")
    return {name: Month.from_json(months[name]) for name in sorted(months)}


def _write(months: Mapping[str, Month]) -> None:
    kept = {name: months[name].as_json() for name in sorted(months)[-MONTHS:]}
    try:
        write_state(paths.usage_file(), json.dumps({"format": _FORMAT, "months": kept}, indent=1) + "\n")
    except OSError as error:
        raise _refused("écrire", paths.usage_file(), error) from error


def _aside(file: Path) -> Path:
    return file.with_suffix(".illisible")


def _refused(what: str, file: Path, error: OSError) -> OutputError:
    return OutputError(
        f"Impossible de {what} le fichier des comptes {file} : {reason(error)}.",
        "Vérifiez ce dossier et vos droits, ou supprimez ce fichier : il ne contient que des nombres.",
    )
