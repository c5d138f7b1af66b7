"""The session stopped: why, and what can be done."""

from __future__ import annotations

import time
from enum import Enum, auto
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kiosk.interface import MASTER
from kiosk.invocation import as_typed
from kiosk.ui.attendance import attended
from kiosk.ui.screens.dialog import Dialog
from kiosk.ui.strings import family_strings, tr
from kiosk.ui.text import clean
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.too_small import TooSmall
from kiosk.ui.widgets.wrapped import Wrapped

LULL: Final = 1.0
"""Seconds without a key after which who was typing has seen that the screen is another one."""


class Answer(Enum):
    """What the person wants done about a failure."""

    RETRY = auto()
    READ_ON = auto()
    QUIT = auto()


class FailureScreen(ModalScreen[Answer], Dialog[Answer]):
    """Cause and remedy, as the error gives them; in their place a family alone reads, in its language, to ask staff.

    Opened over a line that is being typed, it takes no letter and no Enter before `LULL`: « Depuis q… » is no answer.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,enter", "answer('RETRY')", "keys.retry", key_display="r"),
        Binding("escape", "answer('READ_ON')", "keys.read_on"),
        Binding("q", "answer('QUIT')", "keys.quit", key_display="q"),
        Binding("question_mark,f1", "app.help", "keys.help", show=False),
    ]

    def __init__(self, message: str, remedy: str, family: str) -> None:
        super().__init__()
        self._typed = float("-inf")
        self._family = family
        self._message = as_typed(clean(message))
        self._remedy = as_typed(clean(remedy))

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="failure"):
            yield Static(tr("status.failed"), id="failure-title", markup=False)
            if attended(self.app):
                yield Static(self._message, id="failure-message", markup=False)
                yield Static(self._remedy, id="failure-remedy", markup=False)
            else:
                yield Wrapped(family_strings(self._family).ask_staff, self._family, classes="failure-ask")
                yield Static(family_strings(MASTER).ask_staff, id="failure-remedy", markup=False)
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        *_, below, _ = self.app.screen_stack
        if isinstance(below.focused, Input):
            self._typed = time.monotonic()

    def on_key(self, event: events.Key) -> None:
        """What is still typed of words puts the answer off. Keys come here before their bindings are looked up."""
        if (event.is_printable or event.key == "enter") and time.monotonic() - self._typed < LULL:
            self._typed = time.monotonic()
            event.stop()

    def action_answer(self, name: str) -> None:
        """Close, with this answer."""
        self.dismiss(Answer[name])
