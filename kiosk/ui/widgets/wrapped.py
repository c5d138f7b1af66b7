"""A few words in any language that change: wrapped, and in the order in which they are seen."""

from __future__ import annotations

from textual.widgets import Static

from kiosk.ui.bidi import reads_from_the_right
from kiosk.ui.text import clean
from kiosk.ui.widgets.native import Native


class Wrapped(Static):
    """As high as its text; on the right for a language that is read from there."""

    def __init__(self, text: str, language: str, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.show(text, language)

    def show(self, text: str, language: str) -> None:
        """Another text."""
        self.set_class(reads_from_the_right(language), "-rtl")
        self.update(Native(clean(text), language))
