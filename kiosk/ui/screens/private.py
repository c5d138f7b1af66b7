"""Before phrases are shown that are for a person alone."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, Static

from kiosk.ui.widgets.too_small import TooSmall

# Not a word of what the phrases are about: who came along may read French.
_QUESTION: Final = (
    "Ces phrases se montrent à une personne seule.\n\n"
    "Est-elle seule avec vous, sans accompagnant, et l'écran tourné vers vous deux ?"
)


class PrivateScreen(ModalScreen[bool]):
    """Whether to open them. Enter and the arrows alone do not, however often they are pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "answer(True)", "Ouvrir"),
        Binding("escape,n", "answer(False)", "Laisser fermé", key_display="Échap"),
        Binding("ctrl+q", "app.quit", show=False, priority=True),
    ]

    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="private", can_focus=False):
            yield Static("Phrases réservées", id="private-title", markup=False)
            yield Static(_QUESTION, id="private-question", markup=False)
            with Horizontal(id="private-choices"):
                yield Button("Laisser fermé", id="private-shut")
                yield Button("Ouvrir (o)", id="private-open")
        yield Footer(compact=True)
        yield TooSmall()

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        self.action_answer(event.button.id == "private-open")

    def action_answer(self, opened: bool) -> None:
        """Close, with this answer."""
        self.dismiss(opened)
