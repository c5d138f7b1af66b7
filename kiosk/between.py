"""What lies between the listening and the interpreting thread."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.backlog import Backlog
from kiosk.endpoint import Verdicts
from kiosk.lateness import Lateness
from kiosk.signals import Signals


@dataclass(frozen=True, slots=True)
class Between:
    """Each part guards itself: both threads use them at once."""

    backlog: Backlog
    verdicts: Verdicts
    lateness: Lateness
    signals: Signals
