"""The family's language is chosen here, by its own name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from kiosk.interface import MASTER
from kiosk.invocation import as_typed
from kiosk.keep import Kept
from kiosk.languages import Offer
from kiosk.ui.screens.end import name_files
from kiosk.ui.strings import language_name, tr
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.language_picker import LanguagePicker
from kiosk.ui.widgets.native import Native
from kiosk.ui.widgets.too_small import TooSmall


def explain(offer: Offer | None, *, attended: bool = True) -> str:
    """What this machine can do for a language, and what to do where it cannot serve.

    Where nobody of staff is here, no French that a family would have to read: the language that Enter takes.
    """
    if not attended:
        taken = tr("welcome.take", language=offer.language.native) if offer is not None else ""
        return f"{taken}\n{tr('welcome.starter_warning')}" if offer is not None and offer.starter else taken
    if offer is None:
        return tr("welcome.nothing")
    if not offer.installed:
        name = language_name(offer.language.code).capitalize()
        return as_typed(tr("welcome.missing", language=name, packages=", ".join(offer.missing), pair=offer.pull))
    if offer.starter:
        return tr("welcome.starter_warning")
    start = tr("welcome.start")
    return f"{start}\n{tr(f'expect.{offer.quality}')}" if offer.quality else start


class WelcomeScreen(Screen[None]):
    """A list of languages. Posts `Chosen`, or `Left` where there is a conversation or a welcome to go back to.

    `under_way`: there is a conversation. `files`: what was written during it. `attended`: staff are here, who read what
    each language is worth. A family alone finds its own name for it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "erase_filter", "keys.clear"),
        Binding("escape", "leave", "keys.back"),
        Binding("f1", "app.help", "keys.help", key_display="F1"),
        Binding("f2", "app.self_test", "keys.self_test", key_display="F2"),
        Binding("ctrl+q", "app.quit", "keys.quit", key_display="Ctrl+Q", priority=True),
    ]

    class Chosen(Message):
        """An installed language was chosen."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    class Left(Message):
        """Back to the conversation that is under way, or to the welcomes of a waiting room."""

    def __init__(
        self, offers: Sequence[Offer], *, under_way: bool, attended: bool = True, files: Sequence[Kept] = ()
    ) -> None:
        super().__init__()
        self._picker = LanguagePicker(offers, attended=attended)
        self._under_way = under_way
        self._leads_back = under_way or not attended
        self._files = files
        self._attended = attended
        self._was_filtered = False
        self._explanation = Static(id="explanation", markup=False)

    def compose(self) -> ComposeResult:
        if self._attended:
            yield Static(tr("welcome.title"), id="welcome-title", markup=False)
            if self._under_way:
                # No end screen follows a change of language: what it would say is said here, before it is too late.
                lines = [tr("welcome.under_way"), *name_files(self._files)]
                yield Static("\n".join(lines), id="under-way", markup=False)
        yield self._picker
        with VerticalScroll(id="explanation-frame", can_focus=False):
            yield self._explanation
        yield Keys()
        yield TooSmall()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape empties the filter first; then it goes back, where there is something to go back to."""
        match action:
            case "erase_filter":
                return self._picker.filtered
            case "leave":
                return self._leads_back and not self._picker.filtered
            case _:
                return True

    def action_erase_filter(self) -> None:
        """Show every language again."""
        self._picker.erase_filter()

    def action_leave(self) -> None:
        """Back to the conversation, or to the welcomes."""
        self.post_message(self.Left())

    @on(LanguagePicker.Highlighted)
    def _explain(self, event: LanguagePicker.Highlighted) -> None:
        self._explanation.set_class(False, "-refused")
        self._explanation.update(Native(explain(event.offer, attended=self._attended), MASTER))
        if self._was_filtered != self._picker.filtered:
            self._was_filtered = self._picker.filtered
            self.refresh_bindings()

    @on(LanguagePicker.Chosen)
    def _choose(self, event: LanguagePicker.Chosen) -> None:
        if event.offer.installed:
            self.post_message(self.Chosen(event.offer.language.code))
            return
        self._explanation.add_class("-refused")
        self.app.bell()
