"""When a person has to translate: who to call, and what to tell the family meanwhile. Nobody was called yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from kiosk.interface import MASTER
from kiosk.languages import language
from kiosk.phrasebook import Phrasebook
from kiosk.ui.attendance import attended
from kiosk.ui.strings import family_strings, language_name, tr
from kiosk.ui.text import clean
from kiosk.ui.widgets.both import Both, reservation
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.too_small import TooSmall
from kiosk.ui.widgets.wrapped import Wrapped

PHRASES: Final = (
    "interpreter.microphone-closed",
    "interpreter.interpreter-free",
    "interpreter.interpreter-secret",
    "interpreter.man-or-woman",
)
"""What is true whoever asked, and before anybody was called."""

ASKED_FOR: Final = "interpreter.asked-for"
"""Said first where a person was asked for: not where the family refused the machine, nor where it is alone."""


class InterpreterScreen(Screen[None]):
    """Nothing is listened to while it shows. Posts `Left`. A family alone reads first to show it to staff.

    `contacts`: names and telephone numbers from the settings. `back`: what Escape goes back to, in words.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", "keys.back"),
        Binding("question_mark,f1", "app.help", "keys.help", key_display="?"),
        Binding("ctrl+q", "app.quit", "keys.quit", key_display="Ctrl+Q", priority=True),
        Binding("t", "app.toggle_theme", show=False),
    ]

    class Left(Message):
        """Back to what was there before."""

    def __init__(self, phrasebook: Phrasebook, family: str, contacts: Sequence[str], *, refused: bool) -> None:
        super().__init__()
        self._phrasebook = phrasebook
        self._family = language(family)
        self._contacts = tuple(clean(contact) for contact in contacts)
        self._refused = refused

    def compose(self) -> ComposeResult:
        why = tr("interpreter.refused") if self._refused else tr("interpreter.wanted")
        yield Static(why, classes="screen-title", markup=False)
        here = attended(self.app)
        phrases = (ASKED_FOR, *PHRASES) if here and not self._refused else PHRASES
        if not here:
            code = self._family.code
            yield Wrapped(family_strings(code).show_staff, code, classes="show-staff")
            yield Static(family_strings(MASTER).show_staff, classes="show-staff-french", markup=False)
        with VerticalScroll(id="interpreter"):
            whom = tr("interpreter.whom", language=language_name(self._family.code))
            yield Static(whom, classes="section", markup=False)
            for contact in self._contacts or (tr("interpreter.nobody"),):
                yield Static(contact, classes="contact" if self._contacts else "nobody", markup=False)
            yield Static(tr("interpreter.show"), classes="section", markup=False)
            for phrase in phrases:
                yield Both(self._phrasebook, self._family.code, phrase)
        yield Static(reservation(self._phrasebook, phrases, self._family.code), id="reservation", markup=False)
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#interpreter"))

    def action_leave(self) -> None:
        """Back."""
        self.post_message(self.Left())
