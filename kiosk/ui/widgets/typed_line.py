"""A line to type in, where what is typed reads as it should in every script."""

from __future__ import annotations

import unicodedata
from enum import Enum, auto
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import Input

from kiosk.ui.bidi import Way, drawable, drawn_for, visual_pieces

_RIGHT = ("R", "AL")


class _Part(Enum):
    """What a piece of the line is."""

    PLAIN = auto()
    SELECTED = auto()
    CURSOR = auto()


class TypedLine(Input):
    """Textual's own, but where it holds Arabic and the like and the terminal puts nothing in order by itself.

    Then letters are joined and in the order in which they are seen, a text that begins on the right stands there, and
    the arrows go the way they point. The value stays in the order in which it was typed.
    """

    @property
    def _mixed(self) -> bool:
        """Whether the order in which it is seen is another."""
        directions = {unicodedata.bidirectional(character) for character in self.value}
        return drawn_for() is Way.APP and not directions.isdisjoint((*_RIGHT, "AN"))

    @property
    def _from_the_right(self) -> bool:
        """The direction of the first letter that has one (UAX #9, P2 and P3)."""
        directions = map(unicodedata.bidirectional, self.value)
        return self._mixed and next((d for d in directions if d in ("L", *_RIGHT)), "") in _RIGHT

    def action_cursor_left(self, select: bool = False) -> None:
        """To the left as it is seen, in a text of one direction."""
        if self._from_the_right:
            super().action_cursor_right(select)
        else:
            super().action_cursor_left(select)

    def action_cursor_right(self, select: bool = False) -> None:
        """To the right."""
        if self._from_the_right:
            super().action_cursor_left(select)
        else:
            super().action_cursor_right(select)

    def render_line(self, y: int) -> Strip:
        """The line in the order in which it is seen, as much of it as there is room for around the cursor."""
        if y != 0 or not self._mixed:
            return super().render_line(y)
        width = self.scrollable_content_region.width
        styles = {
            _Part.PLAIN: None,
            _Part.SELECTED: self.get_component_rich_style("input--selection"),
            _Part.CURSOR: self.get_component_rich_style("input--cursor") if self._shows_cursor else None,
        }
        pieces = self._seen()
        strip = Strip([Segment(text, styles[part]) for text, part in pieces])
        start = self._first_cell(pieces)
        strip = strip.crop(start, start + width) if start >= 0 else Strip([Segment(" " * -start), *strip])
        return strip.extend_cell_length(width).apply_style(self.rich_style)

    def _cell_offset_to_index(self, offset: int) -> int:
        """Which letter is seen there; Textual asks when it is clicked on."""
        if not self._mixed:
            return super()._cell_offset_to_index(offset)
        letters = [(drawable(letter), index) for index, letter in enumerate(f"{self.value} ")]
        cell = offset + self._first_cell(self._seen())
        for text, index in visual_pieces(letters, from_the_right=self._from_the_right):
            cell -= cell_len(text)
            if cell < 0:
                return index
        return 0 if self._from_the_right else len(self.value)

    @property
    def _shows_cursor(self) -> bool:
        return self.has_focus and self._cursor_visible

    def _first_cell(self, pieces: list[tuple[str, _Part]]) -> int:
        """Which cell of the line is the first in view; below 0 where room is left before it."""
        width = self.scrollable_content_region.width
        cells = [cell_len(text) for text, _ in pieces]
        cursor = sum(cells[: next((i for i, (_, part) in enumerate(pieces) if part is _Part.CURSOR), 0)])
        return min(sum(cells) - width, cursor) if self._from_the_right else max(cursor - width + 1, 0)

    def _seen(self) -> list[tuple[str, _Part]]:
        """The pieces from left to right. The cursor is on a letter, or on the space after the last."""
        for first in range(self.cursor_position, -1, -1):
            # A letter that is drawn as one with that before it, or a mark on it, has no place of its own.
            pieces = visual_pieces(self._parts(first), from_the_right=self._from_the_right)
            if any(part is _Part.CURSOR for _, part in pieces):
                break
        return pieces

    def _parts(self, first: int) -> list[tuple[str, _Part]]:
        """The value in the order in which it was typed, the cursor from `first` up to where it is."""
        text, after = f"{self.value} ", self.cursor_position + 1
        low, high = sorted(self.selection)
        cuts = sorted({0, len(text), first, after, low, high})
        return [
            (
                drawable(text[start:end]),
                _Part.CURSOR if first <= start < after else _Part.SELECTED if low <= start < high else _Part.PLAIN,
            )
            for start, end in pairwise(cuts)
        ]


class SearchLine(TypedLine):
    """Over a list. Enter goes the way of the letters: it must not overtake them and take what was listed before."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "keys.choose")]
