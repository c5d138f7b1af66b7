"""What was said in a consultation, as far as the screen keeps it: in memory, bounded, gone when erased."""

from __future__ import annotations

from typing import Final

from kiosk.types import Caption, Side

MOST: Final = 500
"""Captions that are kept, as many as there are rows."""


class Conversation:
    """Settled captions by utterance, in the order in which they were settled first."""

    def __init__(self) -> None:
        self._captions: dict[int, Caption] = {}
        self._erased: dict[int, Caption] = {}
        self._typed = 0

    @property
    def captions(self) -> tuple[Caption, ...]:
        """Every settled caption, oldest first."""
        return tuple(self._captions.values())

    @property
    def newest(self) -> Caption | None:
        """The last one that was settled."""
        return next(reversed(self._captions.values()), None)

    @property
    def newest_of_staff(self) -> Caption | None:
        """The last one that staff said."""
        return next((c for c in reversed(self._captions.values()) if c.side is Side.STAFF), None)

    @property
    def can_restore(self) -> bool:
        """Whether something was erased that is not forgotten yet."""
        return bool(self._erased)

    def put(self, caption: Caption) -> None:
        """Keep a caption if it is settled; a corrected one takes the place of the first."""
        if caption.final:
            self._captions[caption.utterance_id] = caption
            while len(self._captions) > MOST:
                del self._captions[next(iter(self._captions))]

    def new_number(self) -> int:
        """A number for what is typed: below 0, where no utterance has one."""
        self._typed -= 1
        return self._typed

    def erase(self) -> None:
        """Take everything away; until `forget` it can be restored."""
        self._erased |= self._captions
        self._captions = {}

    def restore(self) -> None:
        """Bring back what was erased."""
        self._captions = self._erased | self._captions
        self._erased = {}

    def forget(self) -> None:
        """What was erased cannot come back any more."""
        self._erased = {}

    def renumber(self) -> None:
        """Keep what was said, under numbers that a new session does not use."""
        self._captions = {self.new_number(): caption for caption in self._captions.values()}
