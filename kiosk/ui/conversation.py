"""What was said in a consultation, as far as the screen keeps it: in memory, bounded, gone when erased."""

from __future__ import annotations

from typing import Final

from kiosk.export import Said
from kiosk.types import BackTranslation, Caption, Side

MOST: Final = 500
"""Captions that are kept, as many as there are rows."""


class Conversation:
    """Settled captions by utterance, in the order in which they were settled first."""

    def __init__(self) -> None:
        self._captions: dict[int, Caption] = {}
        self._erased: dict[int, Caption] = {}
        self._backs: dict[int, BackTranslation] = {}
        self._typed = 0

    @property
    def said(self) -> tuple[Said, ...]:
        """Every settled caption with what its translation reads like, where that is known; oldest first."""
        return tuple(Said(caption, self._backs.get(number)) for number, caption in self._captions.items())

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
            self._backs.pop(caption.utterance_id, None)
            while len(self._captions) > MOST:
                del self._captions[next(iter(self._captions))]

    def put_back(self, utterance_id: int, back: BackTranslation) -> None:
        """Keep what a translation reads like, translated back."""
        if utterance_id in self._captions:
            self._backs[utterance_id] = back

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
        self._backs = {number: back for number, back in self._backs.items() if number in self._captions}

    def renumber(self) -> None:
        """Keep what was said, under numbers that a new session does not use."""
        numbers = {number: self.new_number() for number in self._captions}
        self._captions = {numbers[number]: caption for number, caption in self._captions.items()}
        self._backs = {numbers[number]: back for number, back in self._backs.items() if number in numbers}
