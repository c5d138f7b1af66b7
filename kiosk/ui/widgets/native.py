"""Text in any script for a Static: wrapped in reading order, then each line put as this terminal needs it."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from kiosk.ui.bidi import drawable, visual_lines


class Native(Visual):
    """`Static(Native(text, language))`: plain text, never markup, in the language of this code.

    To be used for all that families read, and for what holds words of theirs, in the language that surrounds these.
    """

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Lines as wide as the widget, aligned as its style says."""
        lines = (line for part in self._text.split("\n") for line in visual_lines(part, width, self._language))
        return Content("\n".join(lines)).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as its longest line, not wrapped."""
        return self._content.get_optimal_width(rules, container_width)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """As wide as its longest word."""
        return self._content.get_minimal_width(rules)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines at this width: joining letters only makes them shorter."""
        return self._content.get_height(rules, width)

    @property
    def _content(self) -> Content:
        return Content(drawable(self._text))
