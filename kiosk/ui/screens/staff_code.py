"""The way out of the waiting room's kiosk: for staff alone."""

from __future__ import annotations

import hmac
import time
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kiosk.ui.strings import tr
from kiosk.ui.widgets.keys import Keys

TRIES: Final = 3
"""Wrong codes after which nothing is looked at for `PAUSE` seconds: guessing 10,000 codes then takes a day."""

PAUSE: Final = 30.0


class StaffCodeScreen(ModalScreen[bool]):
    """True for the right code, False for Escape. `since`: `time.monotonic()` until which no code counts."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "keys.back")]

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self._wrong = 0
        self._locked_until = 0.0
        self._message = Static(tr("code.ask"), markup=False)
        self._input = Input(password=True, max_length=64)

    def compose(self) -> ComposeResult:
        with Vertical(id="staff-code"):
            yield self._message
            yield self._input
        yield Keys()

    def on_mount(self) -> None:
        self._input.focus()

    def action_leave(self) -> None:
        """Stay in the kiosk."""
        self.dismiss(False)

    @on(Input.Submitted)
    def _try(self, event: Input.Submitted) -> None:
        self._input.clear()
        if time.monotonic() < self._locked_until:
            self._message.update(tr("code.locked"))
            return
        if hmac.compare_digest(event.value.encode(), self._code.encode()):
            self.dismiss(True)
            return
        self._wrong += 1
        self._message.update(tr("code.wrong"))
        if self._wrong % TRIES == 0:
            self._locked_until = time.monotonic() + PAUSE
            self._message.update(tr("code.locked"))
