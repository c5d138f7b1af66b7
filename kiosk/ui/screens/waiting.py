"""Nobody is here: welcomes in the languages of this machine take turns until somebody presses a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from kiosk.languages import Language
from kiosk.phrasebook import MASTER, Phrasebook
from kiosk.ui.widgets.both import said
from kiosk.ui.widgets.native import Native
from kiosk.ui.widgets.too_small import TooSmall

TURN: Final = 6.0
"""Seconds that a language stays: three short sentences, read twice."""

PHRASES: Final = ("welcome.hello", "welcome.what-is-pmi", "welcome.free", "welcome.which-language")


class WaitingScreen(Screen[None]):
    """Posts `Woken` at any key or click. `languages`: in order; those without phrases have no turn."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "app.quit", show=False, priority=True),
    ]

    class Woken(Message):
        """Somebody is here."""

    def __init__(self, phrasebook: Phrasebook, languages: Sequence[Language]) -> None:
        super().__init__()
        self._phrasebook = phrasebook
        self._languages = [one for one in languages if said(phrasebook, PHRASES[0], one.code)]
        self._turn = 0
        self._heading = Static(id="waiting-name", markup=False)
        self._sentences = Static(id="waiting-words", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="waiting"):
            yield self._heading
            yield self._sentences
        names = " · ".join(one.native for one in self._languages)
        yield Static(Native(names, MASTER), id="waiting-languages")
        yield Static("⏎", id="waiting-key", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        self._show()
        self.set_interval(TURN, self.next_turn)

    def next_turn(self) -> None:
        """The next language."""
        self._turn += 1
        self._show()

    def _show(self) -> None:
        if not self._languages:
            self._sentences.update(Native(said(self._phrasebook, PHRASES[0], MASTER), MASTER))
            return
        shown = self._languages[self._turn % len(self._languages)]
        self.set_class(shown.rtl, "-rtl")
        self._heading.update(Native(shown.native, shown.code))
        sentences = "\n\n".join(said(self._phrasebook, phrase, shown.code) for phrase in PHRASES)
        self._sentences.update(Native(sentences, shown.code))

    def on_key(self, event: events.Key) -> None:
        """Any key but those of the application."""
        if not event.key.startswith("ctrl+"):
            event.stop()
            self.post_message(self.Woken())

    def on_click(self) -> None:
        """A touch will do."""
        self.post_message(self.Woken())
