"""What `kiosk doctor` says of one point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.errors import KioskError


@dataclass(frozen=True, slots=True)
class Check:
    """One point: what was looked at, whether it is in order, what was found, and what to do if it is not."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


def guarded(name: str, check: Callable[[], str]) -> Check:
    """What a check found, or the cause and the remedy of its error."""
    try:
        return Check(name, ok=True, found=check())
    except KioskError as error:
        return Check(name, ok=False, found=error.message, remedy=error.remedy)
