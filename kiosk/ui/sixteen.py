"""Text that stays readable where the terminal has sixteen colours, and draws bold black as grey."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_LIGHT: Final = frozenset({7, 9, 10, 11, 13, 14, 15})
"""Of the sixteen colours, those that are a light ground: white and the bright ones but for blue."""
_BLACK: Final = Style(color="#000000", bold=False)


class BlackOnLight(LineFilter):
    """Black and not bold on light grounds.

    xterm, the Linux console and others draw bold as bright: bold black on yellow, as doubts stand, came out grey on
    yellow, and the light theme's brown came out yellow on white.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text, in styles that can be read."""
        ground = background.rich_color
        return [
            Segment(text, readable(style, ground) if style is not None else None, control)
            for text, style, control in segments
        ]


@lru_cache(1024)
def readable(style: Style, ground: RichColor) -> Style:
    """The style as sixteen colours can show it. `ground`: what lies below where the style has no ground of its own."""
    shown = (style.bgcolor or ground).downgrade(ColorSystem.STANDARD).number
    return style + _BLACK if shown in _LIGHT else style
