"""The demonstration consultation as its script has it: who says what, when, and what good captions would be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from kiosk import paths

RECORDING: Final = paths.DEMO
SECONDS: Final = 74.0
"""Nothing in the recording lies beyond this."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn; `start` and `end` in seconds."""

    id: int
    speaker: str
    start: float
    end: float
    language: str
    text: str
    target: str
    translation: str


TURNS: Final = tuple(Turn(**turn) for turn in json.loads((RECORDING.parent / "consultation.json").read_text("utf-8")))
