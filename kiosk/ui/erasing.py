"""Erasing what was said: asked once, done, and taken back within a moment; then nothing is left of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from textual.timer import Timer

from kiosk.ui.conversation import Conversation
from kiosk.ui.forgetting import forget_drawn
from kiosk.ui.strings import tr
from kiosk.ui.widgets.caption_list import CaptionList

RESTORABLE: Final = 10.0
"""Seconds in which an erasure can be taken back; then its sound and its words are forgotten."""


class Later(Protocol):
    """`Widget.set_timer` of the screen: call something once, after these seconds."""

    def __call__(self, delay: float, callback: Callable[[], None], /) -> Timer: ...


class Erasing:
    """Where an erasure stands.

    `forget_session`: drop what the session keeps. `changed`: called when there is something else to say or to do.
    """

    def __init__(
        self,
        conversation: Conversation,
        captions: CaptionList,
        *,
        forget_session: Callable[[], None],
        later: Later,
        changed: Callable[[], None],
    ) -> None:
        self._conversation = conversation
        self._captions = captions
        self._forget_session = forget_session
        self._later = later
        self._changed = changed
        self._confirming = False
        self._forgetting: Timer | None = None

    @property
    def asking(self) -> bool:
        """Whether it was asked, and not answered yet."""
        return self._confirming

    @property
    def detail(self) -> str:
        """What the status line has to say of it, or nothing."""
        if self._confirming:
            return tr("consultation.erase")
        return tr("consultation.erased") if self._conversation.can_restore else ""

    def ask_or_erase(self) -> None:
        """The first time ask; the second, erase all that was said until now."""
        if self._confirming:
            self.settle()
            self._conversation.erase()
            self._show()
            self._forgetting = self._later(RESTORABLE, self.settle)
        self._confirming = not self._confirming
        self._changed()

    def keep(self) -> None:
        """It was asked, and the answer is no."""
        if self._confirming:
            self._confirming = False
            self._changed()

    def restore(self) -> None:
        """Bring back what was erased a moment ago."""
        self._conversation.restore()
        self._show()
        self._stop_waiting()

    def settle(self) -> None:
        """What was erased is gone for good, its sound too: its moment is over, or the end says what is in memory."""
        if self._conversation.can_restore:
            self._forget_session()
            self._conversation.forget()
            self._stop_waiting()
            forget_drawn()

    def _show(self) -> None:
        self._captions.fill(self._conversation.shown)
        self._captions.follow()

    def _stop_waiting(self) -> None:
        if self._forgetting is not None:
            self._forgetting.stop()
            self._forgetting = None
        self._changed()
