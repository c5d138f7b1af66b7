"""What is wrong with a translation although its file can be read: each is shown, and none stops the program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.phrasebook.entries import Entry, Master, Status

_FIGURE: Final = re.compile(r"\d+")
_QUESTION: Final = re.compile(r"[?؟？;]\W*$")


@dataclass(frozen=True, slots=True)
class Problem:
    """What to look at, in French. `grave`: what cannot be signed before it is put right."""

    phrase: str
    cause: str
    grave: bool = False


def problems(master: Master, entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """What there is to look at in one language, in the order of the master."""
    seen: dict[str, str] = {}
    for phrase in master.phrases.values():
        entry = entries.get(phrase.id)
        if entry is None:
            yield Problem(phrase.id, "absente : le moteur de traduction s'en charge")
            continue
        if entry.status is Status.REVIEW:
            yield Problem(phrase.id, "à revoir : signée, puis changée, ou signature incomplète")
        if figures_of(entry.text) != figures_of(phrase.text):
            yield Problem(phrase.id, "ses chiffres ne sont pas ceux du français", grave=True)
        if bool(_QUESTION.search(entry.text)) != bool(_QUESTION.search(phrase.text)):
            yield Problem(phrase.id, "l'un des deux textes est une question, l'autre non")
        if (other := seen.setdefault(entry.text.casefold(), phrase.id)) != phrase.id:
            yield Problem(phrase.id, f"se dit comme {other} : entendue, aucune des deux n'est reconnue")


def figures_of(text: str) -> list[int]:
    """The figures written in digits, of whatever script, sorted: 38,5 gives 5 and 38."""
    western = "".join(_western(character) for character in text)
    return sorted(int(figure) for figure in _FIGURE.findall(western))


def _western(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
