"""The keys that do something now, at the bottom of every screen."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from kiosk.ui.attendance import attended
from kiosk.ui.strings import tr

_NAMED: Final = ("enter", "escape", "space", "tab")
"""Keys that are called otherwise in each language; a binding need not say how."""


class Keys(Footer):
    """Textual's own line of keys. What a binding is described by is the key of a text, which is looked up here.

    Bindings belong to classes, made before anybody has said which language staff read.
    """

    def __init__(self) -> None:
        super().__init__(compact=True)

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            if isinstance(widget, FooterKey):
                if widget.description == "keys.quit" and not attended(self.app):
                    continue  # the key asks staff for their code: no use to whoever reads this line
                widget.description = tr(widget.description)
                if widget.key in _NAMED:
                    widget.key_display = tr(f"key.{widget.key}")
            yield widget
