"""Where the session stands, in words, and the level of sound beside it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kiosk.events import Level
from kiosk.ui.status import Status, Tone
from kiosk.ui.widgets.level_meter import LevelMeter


class StatusLine(Vertical):
    """Told by the screen; `detail` takes a line of its own only when there is one."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Static(id="status-words", markup=False)
        self._meter = LevelMeter()
        self._detail = Static(id="status-detail", markup=False)

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self._words
            yield self._meter
        yield self._detail

    def show(self, status: Status) -> None:
        """Say where the session stands."""
        for tone in Tone:
            self.set_class(tone is status.tone, tone.value)
        self._words.update(status.words)
        self._detail.update(status.detail)
        self.set_class(bool(status.detail), "-detailed")

    def hear(self, level: Level | None) -> None:
        """Show a level, or None when nothing is listened to."""
        if level is None:
            self._meter.close()
        else:
            self._meter.hear(level.rms, level.speech)
