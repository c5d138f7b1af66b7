"""Where the session stands, in words, and the level of sound beside it."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kiosk.events import Level
from kiosk.interface import MASTER
from kiosk.invocation import as_typed
from kiosk.ui.attendance import attended
from kiosk.ui.status import Status, Tone
from kiosk.ui.strings import Hearing, family_strings, has_family_strings, hearing_word
from kiosk.ui.widgets.level_meter import LevelMeter
from kiosk.ui.widgets.native import Native
from kiosk.ui.widgets.wrapped import Wrapped

BOTH_FROM: Final = 90
"""Cells of a line that holds the state for staff, the level and, in the family's language, whether it is heard."""


class StatusLine(Vertical):
    """Told by the screen; `detail` takes a line of its own only when there is one.

    `family`: the code of its language, in which the line ends by saying whether the microphone is open, but where a
    recording is played (`demo`). A family alone reads that first, is told to ask staff, not what to type, and is asked
    in its language whether to erase.
    """

    def __init__(self, family: str, *, demo: bool = False) -> None:
        super().__init__()
        self._family = family
        self._told = not demo and has_family_strings(family)
        self._aside = Static(id="status-aside", markup=False)
        self._words = Static(id="status-words", markup=False)
        self._meter = LevelMeter()
        self._detail = Static(id="status-detail", markup=False)
        self._ask = Wrapped("", family, classes="status-ask")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self._words
            yield self._meter
            yield self._aside
        yield self._ask
        yield self._detail

    def on_resize(self, event: events.Resize) -> None:
        """There is room for both, or not."""
        self._aside.display = self._told and event.size.width >= BOTH_FROM

    def show(self, status: Status, hearing: Hearing, *, erasing: bool = False, missed: bool = False) -> None:
        """Say where the session stands.

        `erasing`: whether to erase is being asked. `missed`: nobody seems to be here any more.
        """
        for tone in Tone:
            self.set_class(tone is status.tone, tone.value)
        own, french = family_strings(self._family), family_strings(MASTER)
        alone = status.tone is Tone.ALARM and not attended(self.app)
        asked = own.ask_staff if alone else own.still_there if missed else ""
        if erasing and not attended(self.app):
            asked = own.erase_question
        detail = as_typed(status.detail)
        if alone:
            detail = french.erase_question if erasing else french.ask_staff
        heard = Native(hearing_word(hearing, self._family), self._family)
        first, second = (heard, status.words) if self._told and not attended(self.app) else (status.words, heard)
        self._words.update(first)
        self._aside.update(second)
        self._ask.show(asked, self._family)
        self._detail.update(detail)
        self.set_class(bool(asked), "-alone")
        self.set_class(bool(detail), "-detailed")

    def hear(self, level: Level | None) -> None:
        """Show a level, or None when nothing is listened to."""
        if level is None:
            self._meter.close()
        else:
            self._meter.hear(level.rms, level.speech)
