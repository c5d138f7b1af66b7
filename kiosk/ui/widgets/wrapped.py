"""A few words in any language, wrapped and in the order in which they are seen."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from kiosk.ui.bidi import reads_from_the_right, visual_lines
from kiosk.ui.text import clean


class Wrapped(Widget):
    """As high as its text; on the right for a language that is read from there."""

    def __init__(self, text: str, language: str, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.show(text, language)

    def show(self, text: str, language: str) -> None:
        """Another text."""
        self._text, self._language = clean(text), language
        self.set_class(reads_from_the_right(language), "-rtl")
        self.refresh(layout=True)

    def render(self) -> Content:
        """The lines, aligned by the stylesheet."""
        return Content("\n".join(visual_lines(self._text, self.size.width, self._language)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A row for each line."""
        return len(visual_lines(self._text, width, self._language))
