"""A large button that says the same in both languages, to be pressed, clicked or pointed at."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from kiosk.ui.widgets.native import Native


class Choice(Vertical, can_focus=True):
    """Posts `Pressed` with its name. `translated`: the same in the language of `code`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "press", show=False)]

    class Pressed(Message):
        """It was pressed or clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, french: str, translated: str, code: str, name: str) -> None:
        super().__init__(id=name, classes="choice")
        self._french = french
        self._translated = Native(translated, code)

    def compose(self) -> ComposeResult:
        yield Static(self._french, markup=False)
        yield Static(self._translated)

    def on_click(self) -> None:
        """As Enter does."""
        self.action_press()

    def action_press(self) -> None:
        """Tell it."""
        self.post_message(self.Pressed(self.id or ""))
