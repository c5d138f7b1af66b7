"""Lines to choose from, and a line above them to type in: the latter keeps the focus, so that typing always works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from kiosk.ui.phrase_choices import Choice
from kiosk.ui.strings import tr
from kiosk.ui.widgets.typed_line import SearchLine

_LONGEST: Final = 60
"""Letters that can be typed."""

_EDGES: Final = 2
_GAP: Final = 2
"""Cells left and right of a line, and between its text and its remark."""


class PhraseList(Vertical):
    """Told what to list; tells what is typed, highlighted, and wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('cursor_up')", show=False),
        Binding("down", "move('cursor_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("ctrl+home", "move('first')", show=False),
        Binding("ctrl+end", "move('last')", show=False),
    ]

    class Typed(Message):
        """The words sought have changed."""

    class Highlighted(Message):
        """The cursor is on this line, or on none where none is listed."""

        def __init__(self, choice: Choice | None) -> None:
            super().__init__()
            self.choice = choice

    class Entered(Message):
        """Enter: the line that is `current` once this message is read is wanted."""

    class Clicked(Message):
        """The mouse on this line."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__()
        self._filter = SearchLine(placeholder=tr("phrases.search"), select_on_focus=False, max_length=_LONGEST)
        self._filter.cursor_blink = False
        self._list = OptionList(markup=False)
        self._list.can_focus = False
        self._choices: dict[str, Choice] = {}
        self._width = 0

    def compose(self) -> ComposeResult:
        yield self._filter
        yield self._list

    def on_mount(self) -> None:
        self._filter.focus()

    @property
    def typed(self) -> str:
        """What is sought."""
        return self._filter.value.strip()

    def erase(self) -> None:
        """Seek nothing any more, without telling."""
        with self.prevent(Input.Changed):
            self._filter.value = ""

    def show(self, choices: Sequence[Choice], cursor: str = "") -> None:
        """List these, with the cursor on the one of this id, else on the first that can be chosen."""
        self._choices = {choice.id: choice for choice in choices}
        self._width = self._list.scrollable_content_region.width
        beside = max((len(choice.remark) for choice in choices), default=0)
        self._list.set_options(
            Option(_row(choice, self._width - _EDGES, beside), id=choice.id, disabled=choice.heading)
            for choice in choices
        )
        there = [index for index, choice in enumerate(choices) if not choice.heading]
        wanted = next((index for index in there if choices[index].id == cursor), None)
        self._list.highlighted = wanted if wanted is not None else next(iter(there), None)
        if wanted is None:
            self._list.scroll_home(animate=False)  # the heading above the first line too
        if not there:
            self.post_message(self.Highlighted(None))

    def on_resize(self) -> None:
        """Wrap again, once the list has its width."""
        self.call_after_refresh(self._wrap)

    def _wrap(self) -> None:
        if self._choices and self._width != self._list.scrollable_content_region.width:
            current = self.current
            self.show(list(self._choices.values()), current.id if current is not None else "")

    def action_move(self, how: str) -> None:
        """Move the cursor."""
        getattr(self._list, f"action_{how}")()

    @property
    def current(self) -> Choice | None:
        """The line under the cursor."""
        option = self._list.highlighted_option
        return self._choices.get(option.id or "") if option is not None else None

    @on(Input.Changed)
    def _tell_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed())

    @on(Input.Submitted)
    def _tell_entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered())

    @on(OptionList.OptionHighlighted)
    def _tell_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if (choice := self._choices.get(event.option.id or "")) is not None:
            self.post_message(self.Highlighted(choice))

    @on(OptionList.OptionSelected)
    def _tell_clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if (choice := self._choices.get(event.option.id or "")) is not None:
            self.post_message(self.Clicked(choice))


def _row(choice: Choice, width: int, beside: int) -> Content:
    """The text wrapped, and its remark on the right, `beside` cells wide at most.

    In italics, not in a colour: the line under the cursor has colours of its own. Not a table of Rich's: of the 118
    phrases that "a" finds those took 199 ms at that letter, these 38.
    """
    room = max(width - (0 if choice.heading else beside + _GAP), 1)
    first, *others = Content(choice.text).wrap(room)
    if choice.remark:
        first = first.pad_right(room + _GAP + beside - len(choice.remark) - first.cell_length)
        first += Content.styled(choice.remark, "italic")
    return Content("\n").join([first, *others])
