"""What the screens have in common that give a result to whoever showed them."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType


class Dialog(Screen[ScreenResultType]):
    """Gives one result, once, and closes no screen but itself.

    Textual's own `dismiss` closes whatever is in front: of two Enters in one breath, the second closed the
    conversation.
    """

    _given = False
    _awaiting: tuple[ScreenResultType | None, ...] = ()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with this result; where another screen lies over this one, once that is gone."""
        if self._given:
            return AwaitComplete()
        if not self.is_active:
            self._awaiting = (result,)
            return AwaitComplete()
        self._given = True
        return super().dismiss(result)

    def on_screen_resume(self) -> None:
        """Nothing lies over it any more."""
        if self._awaiting:
            self.dismiss(*self._awaiting)
