"""The way out of the waiting room's kiosk: for staff alone."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kiosk.ui.screens.dialog import Dialog
from kiosk.ui.strings import tr
from kiosk.ui.widgets.keys import Keys

TRIES: Final = 3
"""Wrong codes after which none counts for `PAUSE` seconds: to try all codes of four digits takes more than a day."""

PAUSE: Final = 30.0


class Tries:
    """Wrong codes so far, and until when none counts.

    The app keeps them: a screen that is left and opened again is another screen, and must not begin to count anew.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong = 0
        self._locked_until = float("-inf")

    @property
    def locked(self) -> bool:
        """Whether no code counts now, the right one included."""
        return self._clock() < self._locked_until

    def wrong(self) -> None:
        """Count a wrong code; every third locks."""
        self._wrong += 1
        if self._wrong % TRIES == 0:
            self._locked_until = self._clock() + PAUSE


class StaffCodeScreen(ModalScreen[bool], Dialog[bool]):
    """True for the right code, False for Escape. `tries`: those of every such screen of the app."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "keys.back")]

    def __init__(self, code: str, tries: Tries) -> None:
        super().__init__()
        self._code = code
        self._tries = tries
        self._message = Static(tr("code.locked" if tries.locked else "code.ask"), markup=False)
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
        if self._tries.locked:
            self._message.update(tr("code.locked"))
        elif hmac.compare_digest(event.value.encode(), self._code.encode()):
            self.dismiss(True)
        else:
            self._tries.wrong()
            self._message.update(tr("code.locked" if self._tries.locked else "code.wrong"))
