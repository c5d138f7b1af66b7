"""What was said in a consultation, as far as the screen keeps it: in memory, bounded, gone when erased.

One place knows what shows, what was erased and can be brought back, and what must not show any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.events import BackTranslated, Discarded, Event, SpeechStarted
from kiosk.export import Said
from kiosk.types import Caption, Side

MOST: Final = 500
"""Captions that are kept, as many as there are rows."""

_NONE: Final = range(0)


@dataclass(slots=True)
class _Erased:
    """What was taken away and can be brought back. `numbers`: of all that was said or typed until then."""

    numbers: range
    said: dict[int, Said]


class Conversation:
    """Captions by utterance, in the order in which they first showed."""

    def __init__(self) -> None:
        self._shown: dict[int, Said] = {}
        self._erased: _Erased | None = None
        self._forgotten = _NONE
        # Of what was said (from 1 up) and typed (from -1 down).
        self._newest_said = self._newest_typed = 0

    @property
    def shown(self) -> tuple[Said, ...]:
        """Every caption, oldest first: what may still change, too."""
        return tuple(self._shown.values())

    @property
    def said(self) -> tuple[Said, ...]:
        """Every settled caption with what its translation reads like, where that is known; oldest first."""
        return tuple(one for one in self._shown.values() if one.caption.final)

    @property
    def newest(self) -> Said | None:
        """The last one that is settled."""
        return next((one for one in reversed(self._shown.values()) if one.caption.final), None)

    @property
    def newest_of_staff(self) -> Said | None:
        """The last one that staff said."""
        settled = (one for one in reversed(self._shown.values()) if one.caption.final)
        return next((one for one in settled if one.caption.side is Side.STAFF), None)

    @property
    def can_restore(self) -> bool:
        """Whether something was erased that is not forgotten yet."""
        return self._erased is not None

    def find(self, utterance_id: int) -> Said | None:
        """The caption of this utterance, if it shows."""
        return self._shown.get(utterance_id)

    def hear(self, event: Event) -> bool:
        """Take in what an event tells. Whether it shows: of what was erased, what comes only now does not.

        A corrected caption takes the place of the first.
        """
        match event:
            case SpeechStarted(number):
                self._newest_said = max(self._newest_said, number)
            case Caption(utterance_id=number) | BackTranslated(number) | Discarded(number):
                self._newest_said = max(self._newest_said, number)
                if number in self._forgotten:
                    return False
                if self._erased is not None and number in self._erased.numbers:
                    _put(self._erased.said, event)
                    return False
                _put(self._shown, event)
            case _:
                pass  # of no utterance
        return True

    def new_number(self) -> int:
        """A number for what is typed: below 0, where no utterance has one."""
        self._newest_typed -= 1
        return self._newest_typed

    def erase(self) -> None:
        """Take everything away, what still awaits recognition included; until `forget` it can be restored."""
        self.forget()
        self._erased = _Erased(range(self._newest_typed, self._newest_said + 1), self._shown)
        self._shown = {}

    def restore(self) -> None:
        """Bring back what was erased, with what has come of it since, before what was said after."""
        if self._erased is not None:
            self._shown = self._erased.said | self._shown
            self._erased = None
            _bound(self._shown)

    def forget(self) -> None:
        """What was erased cannot come back any more."""
        if self._erased is not None:
            self._forgotten = self._erased.numbers
            self._erased = None

    def renumber(self) -> dict[int, int]:
        """Keep what was said, under numbers that a new session does not use: the old number of each, and its new one.

        Of what was erased the new session tells nothing.
        """
        self._forgotten = _NONE
        numbers: dict[int, int] = {}
        if self._erased is not None:
            numbers |= self._new_numbers(self._erased.said)
            self._erased = _Erased(_NONE, _renumbered(self._erased.said, numbers))
        numbers |= self._new_numbers(self._shown)
        self._shown = _renumbered(self._shown, numbers)
        self._newest_said = 0
        return numbers

    def _new_numbers(self, said: dict[int, Said]) -> dict[int, int]:
        return {number: self.new_number() for number in said}


def _put(said: dict[int, Said], event: Caption | BackTranslated | Discarded) -> None:
    match event:
        case Caption(utterance_id=number):
            said[number] = Said(event)
            _bound(said)
        case BackTranslated(number, back) if number in said:
            said[number] = replace(said[number], back=back)
        case BackTranslated():
            pass  # too old to be kept
        case Discarded(number):
            said.pop(number, None)


def _bound(said: dict[int, Said]) -> None:
    while len(said) > MOST:
        del said[next(iter(said))]


def _renumbered(said: dict[int, Said], numbers: dict[int, int]) -> dict[int, Said]:
    return {
        numbers[number]: replace(one, caption=replace(one.caption, utterance_id=numbers[number]))
        for number, one in said.items()
    }
