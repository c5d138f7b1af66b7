"""How the two halves of a conversation share the screen: side by side, or the family's over the staff's."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.types import Side
from kiosk.ui.widgets.caption import Place


@dataclass(frozen=True, slots=True)
class Split:
    """`width` by `height` cells. `divider`: lines between the upper half and the lower; 0 for two columns.

    Above and below, both halves hold the same lines of the conversation: one scroll position serves both, and what was
    heard never shows without what became of it.
    """

    width: int = 0
    height: int = 0
    divider: int = 0

    @property
    def place(self) -> Place:
        """What a caption has for either half."""
        if self.divider:
            return Place(self.width, self.width, 0)
        return Place(self.width // 2, self.width - self.width // 2, self.height)

    @property
    def view(self) -> int:
        """Lines of the conversation that are seen at once."""
        return max((self.height - self.divider) // 2, 0) if self.divider else self.height

    def at(self, y: int) -> tuple[Side | None, int]:
        """Whose half is seen at this row of the screen, and which of its lines in view; no one's for the divider.

        In columns every row is both halves': that of staff is told.
        """
        if not self.divider or y >= self.height - self.view:
            return Side.STAFF, y - (self.height - self.view)
        return (Side.FAMILY, y) if y < self.view else (None, y - self.view)
