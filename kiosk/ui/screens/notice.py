"""Before the microphone opens: the family is told that an AI translates, and may refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from kiosk.languages import language
from kiosk.phrasebook import MASTER, Phrasebook
from kiosk.ui.strings import family_strings, tr
from kiosk.ui.widgets.both import Both, reservation, said
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.native import Native
from kiosk.ui.widgets.too_small import TooSmall

PHRASES: Final = (
    "notice.computer-translates",
    "notice.can-be-wrong",
    "notice.nothing-recorded",
    "notice.nothing-sent",
    "notice.erased",
    "notice.may-refuse-machine",
    "interpreter.interpreter-free",
    "notice.accept-machine",
)
"""What the family must know before it is listened to, and the question at the end."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """An answer: the key that gives it, the text that says it to staff, and the phrase that says it to the family."""

    key: str
    text: str
    phrase: str
    name: str


_CHOICES: Final = (
    _Choice("1", "keys.accept", "answer.agree", "accept"),
    _Choice("2", "keys.refuse", "answer.disagree", "refuse"),
    _Choice("3", "keys.interpreter", "interpreter.want-interpreter", "interpreter"),
)


class NoticeScreen(Screen[None]):
    """Nothing is listened to while it shows. Posts `Accepted`, `Refused`, `InterpreterWanted` or `Left`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,o", "answer('accept')", "keys.accept", key_display="1"),
        Binding("2,n", "answer('refuse')", "keys.refuse", key_display="2"),
        Binding("3,i", "answer('interpreter')", "keys.interpreter", key_display="3"),
        Binding("escape", "leave", "keys.other_language"),
        Binding("question_mark,f1", "app.help", "keys.help", key_display="?"),
        Binding("ctrl+q", "app.quit", "keys.quit", key_display="Ctrl+Q", priority=True),
        Binding("t", "app.toggle_theme", show=False),
    ]

    class Accepted(Message):
        """The family agrees to be listened to."""

    class Refused(Message):
        """The family does not."""

    class InterpreterWanted(Message):
        """The family asks for a person."""

    class Left(Message):
        """Another language is to be chosen."""

    def __init__(self, phrasebook: Phrasebook, family: str) -> None:
        super().__init__()
        self._phrasebook = phrasebook
        self._family = language(family)

    def compose(self) -> ComposeResult:
        code = self._family.code
        title = tr("notice.title", language=self._family.native)
        yield Static(Native(title, MASTER), classes="screen-title")
        with VerticalScroll(id="notice"):
            if not said(self._phrasebook, PHRASES[0], code):
                # One sentence at least that the family reads in its own language.
                yield Static(Native(family_strings(code).notice, code), classes="only-notice")
            for phrase in PHRASES:
                yield Both(self._phrasebook, phrase, code)
        yield Static(reservation(self._phrasebook, PHRASES, code), id="reservation", markup=False)
        with Horizontal(id="choices"):
            for choice in _CHOICES:
                yield Choice(f"{choice.key} · {tr(choice.text)}", self._translated(choice), code, choice.name)
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        # No choice has the focus: Enter, pressed once too often on the screen before, must not accept.
        self.set_focus(self.query_one("#notice"))

    def _translated(self, choice: _Choice) -> str:
        code = self._family.code
        return said(self._phrasebook, choice.phrase, code) if code != MASTER else ""

    @on(Choice.Pressed)
    def _press(self, event: Choice.Pressed) -> None:
        self.action_answer(event.name)

    def action_answer(self, name: str) -> None:
        """Tell which answer was given."""
        match name:
            case "accept":
                self.post_message(self.Accepted())
            case "refuse":
                self.post_message(self.Refused())
            case "interpreter":
                self.post_message(self.InterpreterWanted())

    def action_leave(self) -> None:
        """Back to the languages."""
        self.post_message(self.Left())
