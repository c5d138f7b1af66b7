"""Before the microphone opens: the family is told that an AI translates, and may refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
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
    "interpreter.interpreter-free",
)
"""What the family must know before it is listened to: it may scroll."""

QUESTION: Final = ("notice.may-refuse-machine", "notice.accept-machine")
"""What is asked, and that the answer is free: always in view, or the family agrees to what it has not read."""


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
    _Choice("3", "keys.interpreter", "answer.want-interpreter", "interpreter"),
)


class Notice(VerticalScroll):
    """What the family reads; where not all of it is in view, the line below says so and names the key."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The end may have come into view."""
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def watch_virtual_size(self) -> None:
        """The text has been laid out anew."""
        self.call_after_refresh(self._tell)

    def on_resize(self) -> None:
        """So has the window."""
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        below = self.max_scroll_y > self.scroll_offset.y
        self.screen.query_one("#notice-more").styles.visibility = "visible" if below else "hidden"


class NoticeScreen(Screen[None]):
    """Nothing is listened to while it shows. Posts `Accepted`, `Refused`, `InterpreterWanted` or `Left`.

    `starter`: a demonstration package would translate.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1,o", "answer('accept')", "keys.accept", key_display="1"),
        Binding("2,n", "answer('refuse')", "keys.refuse", key_display="2"),
        Binding("3,i", "answer('interpreter')", "keys.interpreter", key_display="3"),
        Binding("escape", "leave", "keys.languages"),
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

    def __init__(self, phrasebook: Phrasebook, family: str, *, starter: bool = False) -> None:
        super().__init__()
        self._starter = starter
        self._phrasebook = phrasebook
        self._family = language(family)

    def compose(self) -> ComposeResult:
        code = self._family.code
        drafts = reservation(self._phrasebook, PHRASES + QUESTION, code)
        title = tr("notice.title", language=self._family.native)
        yield Static(Native(title, MASTER), classes="screen-title")
        if self._starter:
            yield Static(tr("welcome.starter_warning"), classes="starter-warning", markup=False)
        with Notice(id="notice"):
            yield Static(drafts, classes="reservation-above", markup=False)
            if not said(self._phrasebook, PHRASES[0], code):
                # One sentence at least that the family reads in its own language.
                yield Static(Native(family_strings(code).notice, code), classes="only-notice")
            for phrase in PHRASES:
                yield Both(self._phrasebook, code, phrase)
        yield Static(tr("notice.more"), id="notice-more", markup=False)
        with Vertical(id="notice-question"):
            yield Both(self._phrasebook, code, *QUESTION)
        yield Static(drafts, id="reservation", classes="reservation-below", markup=False)
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
