"""Where the session stands, in words, and the level of sound beside it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kiosk.events import Level
from kiosk.interface import MASTER
from kiosk.invocation import as_typed
from kiosk.ui.attendance import attended
from kiosk.ui.status import Status, Tone
from kiosk.ui.strings import family_strings
from kiosk.ui.widgets.level_meter import LevelMeter
from kiosk.ui.widgets.wrapped import Wrapped


class StatusLine(Vertical):
    """Told by the screen; `detail` takes a line of its own only when there is one.

    `family`: the code of its language. A family alone is not told what to type about a microphone: it is told to ask.
    """

    def __init__(self, family: str) -> None:
        super().__init__()
        self._family = family
        self._words = Static(id="status-words", markup=False)
        self._meter = LevelMeter()
        self._detail = Static(id="status-detail", markup=False)
        self._ask = Wrapped("", family, classes="status-ask")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self._words
            yield self._meter
        yield self._ask
        yield self._detail

    def show(self, status: Status) -> None:
        """Say where the session stands."""
        for tone in Tone:
            self.set_class(tone is status.tone, tone.value)
        alone = status.tone is Tone.ALARM and not attended(self.app)
        detail = family_strings(MASTER).ask_staff if alone else as_typed(status.detail)
        self._words.update(status.words)
        self._ask.show(family_strings(self._family).ask_staff if alone else "", self._family)
        self._detail.update(detail)
        self.set_class(alone, "-alone")
        self.set_class(bool(detail), "-detailed")

    def hear(self, level: Level | None) -> None:
        """Show a level, or None when nothing is listened to."""
        if level is None:
            self._meter.close()
        else:
            self._meter.hear(level.rms, level.speech)
