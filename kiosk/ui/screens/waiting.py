"""Nobody is here: welcomes in the languages of this machine take turns until somebody presses a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from kiosk.invocation import as_typed
from kiosk.languages import LANGUAGES, Offer
from kiosk.phrasebook import MASTER, Phrasebook
from kiosk.ui.strings import family_strings, has_family_strings, tr
from kiosk.ui.widgets.both import said
from kiosk.ui.widgets.native import Native
from kiosk.ui.widgets.too_small import TooSmall

TURN: Final = 6.0
"""Seconds that a language stays: three short sentences, read twice."""

PHRASES: Final = ("welcome.hello", "welcome.what-is-pmi", "welcome.free", "welcome.which-language")


EXAMPLE: Final = "ar"
"""The language of the command that is shown where nothing can be offered: the one most met."""


class WaitingScreen(Screen[None]):
    """Posts `Woken` at any key or touch. `offers`: in order; those without phrases have no turn.

    Where there is none, it says so: to families in every language that it can, and to whoever has to install one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "app.quit", show=False, priority=True),
    ]

    class Woken(Message):
        """Somebody is here; `code`: and has touched the welcome in this language."""

        def __init__(self, code: str = "") -> None:
            super().__init__()
            self.code = code

    def __init__(self, phrasebook: Phrasebook, offers: Sequence[Offer], staff: str) -> None:
        super().__init__()
        self._phrasebook = phrasebook
        self._ready = bool(offers)
        self._demonstration = any(offer.starter for offer in offers)
        self._staff = staff
        self._languages = [offer.language for offer in offers if said(phrasebook, PHRASES[0], offer.language.code)]
        self._turn = 0
        self._heading = Static(id="waiting-name", markup=False)
        self._sentences = Static(id="waiting-words", markup=False)

    def compose(self) -> ComposeResult:
        if not self._ready:
            yield from self._unready()
            return
        if self._demonstration:
            yield Static(tr("welcome.starter_warning"), classes="starter-warning", markup=False)
        with Vertical(id="waiting"):
            yield self._heading
            yield self._sentences
        names = " · ".join(one.native for one in self._languages)
        yield Static(Native(names, MASTER), id="waiting-languages")
        yield Static("⏎", id="waiting-key", markup=False)
        yield TooSmall()

    def _unready(self) -> ComposeResult:
        told = as_typed(tr("waiting.not_ready", pair=f"{self._staff}-{EXAMPLE}"))
        yield Static(told, id="unready-staff", markup=False)
        with VerticalScroll(id="unready"):
            for code in filter(has_family_strings, LANGUAGES):
                classes = "unready-family -rtl" if LANGUAGES[code].rtl else "unready-family"
                yield Static(Native(family_strings(code).ask_staff, code), classes=classes)
        yield TooSmall()

    def on_mount(self) -> None:
        if self._ready:
            self._show()
        self.set_interval(TURN, self.next_turn)

    def next_turn(self) -> None:
        """The next language; where nothing can be offered, the lines that are below those in view."""
        if self._ready:
            self._turn += 1
            self._show()
            return
        lines = self.query_one("#unready")
        below = lines.max_scroll_y > lines.scroll_offset.y
        lines.scroll_to(y=lines.scroll_offset.y + lines.size.height if below else 0, animate=False)

    @property
    def _at(self) -> int:
        return self._turn % len(self._languages)

    def _show(self) -> None:
        if not self._languages:
            self._sentences.update(Native(said(self._phrasebook, PHRASES[0], MASTER), MASTER))
            return
        shown = self._languages[self._at]
        self.set_class(shown.rtl, "-rtl")
        self._heading.update(Native(shown.native, shown.code))
        sentences = "\n\n".join(said(self._phrasebook, phrase, shown.code) for phrase in PHRASES)
        self._sentences.update(Native(sentences, shown.code))

    def on_key(self, event: events.Key) -> None:
        """Any key but those of the application."""
        if self._ready and not event.key.startswith("ctrl+"):
            event.stop()
            self.post_message(self.Woken())

    def on_click(self, event: events.Click) -> None:
        """A touch will do; on the welcome in a language it chooses that language."""
        if not self._ready:
            return
        words = (widget.region for widget in (self._heading, self._sentences))
        touched = any(region.contains(event.screen_x, event.screen_y) for region in words)
        self.post_message(self.Woken(self._languages[self._at].code if touched and self._languages else ""))
