"""What staff need to know: the guide, or the least of it where the file is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Markdown
from rich.style import Style
from rich.theme import Theme
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget

from kiosk.guide import guide_in
from kiosk.ui.screens.dialog import Dialog
from kiosk.ui.strings import spoken, tr
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.too_small import TooSmall


@dataclass(frozen=True, slots=True)
class _Page:
    """Markdown in the colours of the theme: some of Rich's own do not stand out from its ground."""

    text: str
    accent: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        heading = Style(color=self.accent, bold=True)
        plain = ("list", "item.number", "block_quote", "code", "link", "link_url", "table.border", "hr")
        styles = {f"markdown.{name}": Style.null() for name in plain}
        styles |= {f"markdown.{name}": heading for name in ("h1", "h2", "h3", "h4", "table.header")}
        with console.use_theme(Theme(styles)):
            # Links would only be shown: nothing of the system is to be reached from here.
            yield from console.render(Markdown(self.text, hyperlinks=False), options)


class GuideText(Widget):
    """One widget for all of it.

    Textual's Markdown has one a paragraph, 200 for the guide: showing it took 0.8 s of processor time, this takes 0.2.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self) -> _Page:
        """The text in the colours of the theme that is on."""
        return _Page(self._text, self.app.theme_variables["staff"])


def _own_guide() -> str:
    return guide_in(spoken())


class HelpScreen(ModalScreen[None], Dialog[None]):
    """Closed by Escape, or by the keys that opened it. `guide` gives the text, in Markdown, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark,q", "dismiss", "keys.close_help"),
        Binding("t", "app.toggle_theme", show=False),
    ]

    def __init__(self, guide: Callable[[], str] = _own_guide) -> None:
        super().__init__()
        self._text = guide() or tr("help.without_guide")

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield GuideText(self._text)
        yield Keys()
        yield TooSmall()
