"""Choosing a language by its own name: type the first letters, or move, then Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, ListItem, ListView, Static

from kiosk.languages import Language, Offer
from kiosk.ui.bidi import visual_line
from kiosk.ui.strings import language_name, tr
from kiosk.ui.text import fold
from kiosk.ui.widgets.native import Native
from kiosk.ui.widgets.typed_line import SearchLine

_ARTICLE: Final = "ال"


def matches(language: Language, typed: str) -> bool:
    """Whether a word of a name of its own, its French name, staff's, or its code begins with what was typed.

    Accents aside, and the Arabic article, which few people type.
    """
    wanted = fold(typed.strip())
    native, french, staff = language.native, language.french, language_name(language.code)
    names = f"{native} {native.removeprefix(_ARTICLE)} {french} {staff} {language.code}".split()
    return any(fold(name).startswith(wanted) for name in names) or fold(native).startswith(wanted)


class LanguageItem(ListItem):
    """One language: its own name, and for staff the one that they have for it and what this machine can do for it."""

    def __init__(self, offer: Offer, *, attended: bool) -> None:
        super().__init__()
        self.offer = offer
        self._attended = attended
        self.set_class(not offer.installed, "-missing")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(Native(self.offer.language.native, self.offer.language.code), classes="native")
            if self._attended:
                yield Static(language_name(self.offer.language.code), classes="french", markup=False)
            yield Static(self._remark, classes="remark", markup=False)

    @property
    def _remark(self) -> str:
        if not self.offer.installed:
            return tr("welcome.not_installed")
        if self.offer.starter:
            return tr("welcome.starter")
        return tr(f"quality.{self.offer.quality}") if self.offer.quality and self._attended else ""


class LanguagePicker(Vertical):
    """A filter line above a list. The filter keeps the focus, so that typing always works.

    `attended`: staff are here.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("pagedown", "move(8)", show=False),
    ]

    class Highlighted(Message):
        """The cursor is on this language, or on none when nothing matches what was typed."""

        def __init__(self, offer: Offer | None) -> None:
            super().__init__()
            self.offer = offer

    class Chosen(Message):
        """Enter was pressed on this language."""

        def __init__(self, offer: Offer) -> None:
            super().__init__()
            self.offer = offer

    def __init__(self, offers: Sequence[Offer], *, attended: bool = True) -> None:
        super().__init__()
        self._items = [LanguageItem(offer, attended=attended) for offer in offers]
        examples = tr("welcome.examples") if attended else tr("welcome.letters")
        self._filter = SearchLine(placeholder=visual_line(examples, "fr"), select_on_focus=False)
        self._filter.cursor_blink = False
        self._list = ListView(*self._items)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        yield self._filter
        yield self._list

    def on_mount(self) -> None:
        self._filter.focus()

    def action_move(self, steps: int) -> None:
        """Move the cursor among the languages shown; it stops at either end."""
        shown = self._shown
        if self._list.index in shown:
            place = shown.index(self._list.index) + steps
            self._list.index = shown[min(max(place, 0), len(shown) - 1)]

    @property
    def filtered(self) -> bool:
        """Something has been typed."""
        return bool(self._filter.value)

    def erase_filter(self) -> None:
        """Show every language again."""
        self._filter.value = ""

    @property
    def _shown(self) -> list[int]:
        return [index for index, item in enumerate(self._items) if item.display]

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        for item in self._items:
            item.display = matches(item.offer.language, event.value)
        shown = self._shown
        self._list.index = shown[0] if shown else None
        self.post_message(self.Highlighted(self._items[shown[0]].offer if shown else None))

    @on(Input.Submitted)
    def _choose(self, event: Input.Submitted) -> None:
        """Take the language under the cursor."""
        event.stop()
        self._list.action_select_cursor()

    @on(ListView.Highlighted)
    def _tell_highlighted(self, event: ListView.Highlighted) -> None:
        event.stop()
        self.post_message(self.Highlighted(event.item.offer if isinstance(event.item, LanguageItem) else None))

    @on(ListView.Selected)
    def _tell_chosen(self, event: ListView.Selected) -> None:
        event.stop()
        if isinstance(event.item, LanguageItem):
            self.post_message(self.Chosen(event.item.offer))
