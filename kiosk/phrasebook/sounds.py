"""French words by how they sound, since what a recogniser writes wrongly it mostly writes as it sounds."""

from __future__ import annotations

import re
from typing import Final

_ENDING: Final = re.compile(r"(?<=\w{3})(?:er|ez|ees?)$|(?<=\w{4})(?:es?|ents?|[sx])$")

_LONG: Final = 5
_HEARD: Final = 4
"""Letters that a word has at least, and that are left of it, for it to be known by its sound: "pas" is not "passez"."""

# In this order. The letters have no accents any more; "s" between vowels is told from "ss" before doubles become one.
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?<=[aeiouy])s(?=[aeiouy])", "z"),
        (r"(.)\1", r"\1"),
        (r"ph", "f"),
        (r"(?<!c)h", ""),
        (r"qu|q|k|c(?![eiyh])", "k"),
        (r"s?c(?=[eiy])|t(?=i(?:on|el|eu))", "s"),
        (r"g(?=[eiy])", "j"),
        (r"[ae]?in(?![aeiouy])|[iy]m(?=[bp])", "1n"),
        (r"[ae]n(?![aeiouy])|[ae]m(?=[bp])", "an"),
        (r"e?au", "o"),
        (r"[ae]i", "e"),
        (r"y", "i"),
    )
)


def sound(word: str) -> str:
    """How a French word without accents sounds, roughly, and without the endings that nobody hears.

    "allaitez", "allaiter", "allaitée" are one, "convultion" is "convulsion"; "poison" is not "poisson".
    """
    stem = heard = _ENDING.sub("", word)
    if len(word) < _LONG:
        return stem
    for pattern, letters in _SOUNDS:
        heard = pattern.sub(letters, heard)
    return heard if len(heard) >= _HEARD else stem
