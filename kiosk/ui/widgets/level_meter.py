"""How loud it is, in a bar and a word."""

from __future__ import annotations

import math
from typing import Final

from textual.reactive import reactive
from textual.widget import Widget

from kiosk.ui.strings import tr

_BLOCKS: Final = 10
_QUIETEST_DB: Final = -60.0
"""A silent room on a laptop's microphone."""
_LOUDEST_DB: Final = -10.0
"""Speech at arm's length peaks about here in RMS; louder fills the bar."""


def blocks(rms: float) -> int:
    """`rms` in [0, 1] -> how many of the bar's blocks are full, on a decibel scale."""
    if rms <= 0.0:
        return 0
    decibels = 20 * math.log10(rms)
    share = (decibels - _QUIETEST_DB) / (_LOUDEST_DB - _QUIETEST_DB)
    return round(_BLOCKS * min(max(share, 0.0), 1.0))


class LevelMeter(Widget):
    """`Son ██████░░░░ parole`: repainted only when what it shows changes. `word`: that of its text."""

    filled: reactive[int] = reactive(0)
    word: reactive[str] = reactive("closed")

    def hear(self, rms: float, speech: bool) -> None:
        """Show a level."""
        self.filled = blocks(rms)
        self.word = "speech" if speech else "calm"
        self.set_class(speech, "-speech")

    def close(self) -> None:
        """Show that nothing is listened to."""
        self.filled = 0
        self.word = "closed"
        self.remove_class("-speech")

    def render(self) -> str:
        bar = "█" * self.filled + "░" * (_BLOCKS - self.filled)
        return tr("level.sound", bar=bar, word=tr(f"level.word_{self.word}"))
