"""Text larger than the terminal's own letters, where the terminal can: kitty's text-sizing protocol, OSC 66.

https://sw.kovidgoyal.net/kitty/text-sizing-protocol/ : a cell of scale s takes s rows and s columns. kitty has it since
0.40 and says its version in no variable of the environment, so that it is asked, as the protocol proposes: a space of
scale 2 moves the cursor by two columns, or by none.

Double-height lines (DECDHL) are left alone: nothing tells the terminals that have them from those that would show the
line twice, and they would halve the columns under everything else that Textual draws on the line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from textual.geometry import Region

from kiosk.ui.terminal import KITTY

LARGEST: Final = 7
"""The largest scale of the protocol."""

_WHERE: Final = "\x1b[6n"
_QUESTION: Final = f"\x1b7\x1b[1;1H{_WHERE}\x1b]66;s=2; \x07{_WHERE}\x1b[1;1H\x1b[2X\x1b8"
"""Cursor position, a space twice as large in the corner, cursor position; then the corner is wiped."""


class Sizing:
    """Whether the terminal draws larger letters: unknown, hence no, until it has answered twice."""

    def __init__(self) -> None:
        self._columns: list[int] = []
        self._asked = False

    @property
    def scales(self) -> bool:
        """It does."""
        return len(self._columns) == 2 and self._columns[1] - self._columns[0] == 2

    def question(self, terminal: str) -> str:
        """What to write once to the terminal of this name; nothing to one that is not kitty, which might show it."""
        self._asked = terminal == KITTY
        return _QUESTION if self._asked else ""

    def hear(self, column: int) -> bool:
        """A cursor position came, counted from 0. Whether that ends the answer: the corner has to be painted again."""
        if not self._asked or len(self._columns) == 2:
            return False
        self._columns.append(column)
        return len(self._columns) == 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of text, and the cell of the screen at which it begins."""

    x: int
    y: int
    text: str


def wiping(region: Region) -> str:
    """What takes all large letters out of a part of the screen, given in cells.

    It has to come first: text that is written over the lower rows of a large letter is pushed beside it.
    """
    rows = (f"\x1b[{y + 1};{region.x + 1}H\x1b[{region.width}X" for y in region.line_range)
    return f"\x1b7{''.join(rows)}\x1b8"


def drawing(lines: Iterable[Placed], scale: int) -> str:
    """What draws these lines in the style that is set, each cell of theirs `scale` rows high and columns wide."""
    drawn = (f"\x1b[{line.y + 1};{line.x + 1}H\x1b]66;s={scale};{line.text}\x07" for line in lines)
    return f"\x1b7{''.join(drawn)}\x1b8"
