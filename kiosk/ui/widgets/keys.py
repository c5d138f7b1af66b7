"""The keys that do something now, at the bottom of every screen."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Footer, Static
from textual.widgets._footer import FooterKey

from kiosk.ui.attendance import attended, family_alone
from kiosk.ui.bidi import visual_line
from kiosk.ui.strings import key_name, key_word, tr

_NAMED: Final = ("enter", "escape", "space", "tab")
"""Keys that are called otherwise in each language; a binding need not say how."""

_KEPT: Final = ("escape", "q", "question_mark", "f1")
"""The ways out and the guide, which explains all the others: never left out."""

_GAP: Final = 2
"""Cells between two of them, as the stylesheet has it."""

_MORE: Final = "…"


class Keys(Footer):
    """Textual's own line of keys. What a binding is described by is the key of a text, which is looked up here.

    Bindings belong to classes, made before anybody has said which language staff read. Where the line is too short for
    all of them, the last are left out, none is cut, and a sign says that there are more. A family alone reads its own
    language, and no key that is for staff, whom the guide tells all of them.
    """

    def __init__(self) -> None:
        super().__init__(compact=True)

    def compose(self) -> ComposeResult:
        keys = []
        alone = family_alone(self.app)
        for widget in super().compose():
            if not isinstance(widget, FooterKey):
                yield widget
                continue
            words = visual_line(key_word(widget.description, alone), alone) if alone else tr(widget.description)
            # Where families are alone, the key to quit asks for the code of staff: no use to whoever reads this line.
            if words and (attended(self.app) or widget.description != "keys.quit"):
                keys.append(widget)
                widget.description = words
                if widget.key in _NAMED:
                    widget.key_display = visual_line(key_name(widget.key, alone), alone)
        more = Static(_MORE, classes="more-keys", markup=False)
        self._fit(keys, more)
        yield from keys
        yield more

    def on_resize(self, event: events.Resize) -> None:
        """More of them have room, or fewer."""
        for more in self.query(".more-keys"):
            self._fit(list(self.query(FooterKey)), more)

    def _fit(self, keys: list[FooterKey], more: Widget) -> None:
        """Show as many as there is room for."""
        width = self.content_size.width
        shown = list(keys)
        for key in reversed(keys):
            sign = _GAP + len(_MORE) if len(shown) < len(keys) else 0
            if sum(map(_cells, shown)) + _GAP * (len(shown) - 1) + sign <= width:
                break
            if key.key not in _KEPT:
                shown.remove(key)
        for key in keys:
            key.display = key in shown
        more.display = len(shown) < len(keys)


def _cells(key: FooterKey) -> int:
    return cell_len(f"{key.key_display} {key.description}")
