"""A line to type: what was really said, or what nobody can say aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kiosk.languages import language
from kiosk.types import Room
from kiosk.ui.screens.dialog import Dialog
from kiosk.ui.strings import language_name, tr
from kiosk.ui.text import clean, fold
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.native import Native
from kiosk.ui.widgets.too_small import TooSmall
from kiosk.ui.widgets.typed_line import TypedLine


class _Words(TypedLine):
    """Enter is named among the keys: nothing else says how to have the words translated."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "keys.translate")]


MOST: Final = 400
"""Characters of a line: several sentences, and no paste by mistake."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Words, and the language in which they stand."""

    text: str
    language: str


class WordingScreen(ModalScreen[Typed | None], Dialog[Typed | None]):
    """Enter gives the words, Escape gives nothing. Where `free`, Tab changes the language."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "other_language", "keys.switch_language", priority=True),
        Binding("escape", "leave", "keys.cancel"),
        Binding("f1", "app.help", "keys.help", show=False),
    ]

    def __init__(self, title: str, room: Room, spoken: str, text: str = "", *, free: bool) -> None:
        super().__init__()
        self._title = title
        self._room = room
        self._language = spoken
        self._free = free
        self._input = _Words(value=clean(text), max_length=MOST, select_on_focus=False)
        self._heading = Static(markup=False, classes="screen-title")

    def compose(self) -> ComposeResult:
        with Vertical(id="wording"):
            yield self._heading
            yield self._input
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self._show_language()
        self._input.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The language of what was heard stays; that of what is typed may change."""
        return self._free if action == "other_language" else True

    def action_other_language(self) -> None:
        """The other one of the room."""
        self._language = self._room.other(self._language)
        self._show_language()

    def action_leave(self) -> None:
        """Nothing was typed."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _give(self, event: Input.Submitted) -> None:
        text = clean(event.value).strip()
        self.dismiss(Typed(text, self._language) if text else None)

    def _show_language(self) -> None:
        """By the name that staff have for it, and by its own where that is another word."""
        name, native = language_name(self._language), language(self._language).native
        shown = name if fold(name) == fold(native) else f"{name} ({native})"
        title = tr("wording.title", title=self._title, language=shown)
        self._heading.update(Native(title, self._room.staff))
