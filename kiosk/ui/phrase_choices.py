"""What the phrasebook screen lists: chapters, the phrases of one, those that hold the words typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.languages import language
from kiosk.phrasebook import MASTER, Group, Phrase, Phrasebook, Status
from kiosk.ui.strings import counted, tr
from kiosk.ui.text import clean, fold

PRIVATE: Final = frozenset({"violence", "distress"})
"""Chapters that are for a person alone: neither listed nor searched until the nurse opens them on purpose."""

RESERVED: Final = "#reserved"
"""Under this id they are listed, by a name that tells a bystander nothing. No group of a file can be called so."""

_WORD: Final = re.compile(r"\w+")
_TWO_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae"})


def status_word(status: Status) -> str:
    """What a status says to staff, beside a phrase."""
    return tr(f"phrases.status_{status.value}")


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the list: `remark` beside the text; a `heading` cannot be chosen."""

    id: str
    text: str
    remark: str = ""
    heading: bool = False


class Contents:
    """A phrasebook as it is offered to one family. Nothing of it is in the family's language."""

    def __init__(self, phrasebook: Phrasebook, family: str, *, reserved: bool = True) -> None:
        self._reserved = reserved
        self._phrasebook = phrasebook
        self._family = language(family)
        self._words = {phrase.id: _words((phrase.text, *phrase.also)) for phrase in phrasebook.everything}

    def chapters(self) -> list[Choice]:
        """The public ones in order, then the reserved ones as one."""
        public = [self._chapter(group) for group in self._groups(private=False)]
        if not self._groups(private=True):
            return public
        return [*public, Choice(RESERVED, tr("phrases.reserved"), tr("phrases.shut"))] if self._reserved else public

    def name(self, chapter: str) -> str:
        """How staff call a chapter."""
        names = {group.id: group.name for group in self._phrasebook.groups}
        return tr("phrases.reserved") if chapter == RESERVED else clean(names[chapter])

    def phrases(self, chapter: str) -> list[Choice]:
        """Those of a chapter; of the reserved ones together, each under its heading."""
        if chapter == RESERVED:
            return self._under_headings(self._groups(private=True), "")
        return [self._choice(phrase) for phrase in self._phrasebook.phrases(chapter)]

    def found(self, typed: str, *, private: bool) -> list[Choice]:
        """The phrases, under their headings, of which every word typed begins a word, whatever the accents.

        Either among the public ones or among the private ones.
        """
        return self._under_headings(self._groups(private=private), typed)

    def status(self, phrase: str) -> Status | None:
        """How far a phrase can be trusted in the family's language; None where it has none."""
        return self._phrasebook.status(phrase, MASTER, self._family.code)

    # -- inside -----------------------------------------------------------------------------------------------------

    def _groups(self, *, private: bool) -> list[Group]:
        return [group for group in self._phrasebook.groups if (group.id in PRIVATE) is private]

    def _chapter(self, group: Group) -> Choice:
        number = len(self._phrasebook.phrases(group.id))
        return Choice(group.id, clean(group.name), counted("phrases.count", number))

    def _choice(self, phrase: Phrase) -> Choice:
        status = self.status(phrase.id)
        remark = status_word(status) if status is not None else tr("phrases.no_text")
        return Choice(phrase.id, clean(phrase.text), remark)

    def _under_headings(self, groups: Iterable[Group], typed: str) -> list[Choice]:
        wanted = _words((typed,))[0]
        choices: list[Choice] = []
        for group in groups:
            phrases = [phrase for phrase in self._phrasebook.phrases(group.id) if self._holds(phrase, wanted)]
            if phrases:
                choices.append(Choice(f"#{group.id}", clean(group.name), heading=True))
                choices += [self._choice(phrase) for phrase in phrases]
        return choices

    def _holds(self, phrase: Phrase, wanted: list[str]) -> bool:
        """Whether one wording of the phrase holds every word wanted."""
        return any(
            all(any(word.startswith(beginning) for word in wording) for beginning in wanted)
            for wording in self._words[phrase.id]
        )


def _words(texts: Iterable[str]) -> list[list[str]]:
    """The words of each text without case and accents."""
    return [_WORD.findall(fold(text).translate(_TWO_LETTERS)) for text in texts]
