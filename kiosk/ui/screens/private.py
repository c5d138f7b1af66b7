"""Before phrases are shown that are for a person alone."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from kiosk.ui.screens.dialog import Dialog
from kiosk.ui.strings import tr
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.too_small import TooSmall


class PrivateScreen(ModalScreen[bool], Dialog[bool]):
    """Whether to open them. Enter and the arrows alone do not, however often they are pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "answer(True)", "keys.open"),
        Binding("escape,n", "answer(False)", "keys.keep_shut"),
        Binding("f1", "app.help", "keys.help", show=False),
        Binding("ctrl+q", "app.quit", show=False, priority=True),
    ]

    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="private", can_focus=False):
            yield Static(tr("phrases.reserved"), id="private-title", markup=False)
            # Not a word of what the phrases are about: who came along may read this.
            yield Static(tr("private.question"), id="private-question", markup=False)
            with Horizontal(id="private-choices"):
                yield Button(tr("keys.keep_shut"), id="private-shut")
                yield Button(tr("private.open"), id="private-open")
        yield Keys()
        yield TooSmall()

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        self.action_answer(event.button.id == "private-open")

    def action_answer(self, opened: bool) -> None:
        """Close, with this answer."""
        self.dismiss(opened)
