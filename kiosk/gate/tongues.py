"""In which letters and in which language a translation is written. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from math import log, sqrt
from typing import Final

from kiosk.gate.words import LETTERS, LONGEST_WORD, Text, is_accent

_SCRIPTS: Final = {
    "ar": "Arabic",
    "bn": "Bengali",
    "fa": "Arabic",
    "hi": "Devanagari",
    "ru": "Cyrillic",
    "uk": "Cyrillic",
    "ur": "Arabic",
    "zh": "Han",
}
LATIN_SCRIPT: Final = "Latin"

# First and last code point of a block, in order: enough to tell the scripts of `kiosk.languages` from one another.
_BLOCKS: Final = (
    (0x0041, 0x024F, LATIN_SCRIPT),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x1E00, 0x1EFF, LATIN_SCRIPT),
    (0x2E80, 0x9FFF, "Han"),
    (0xFB50, 0xFEFF, "Arabic"),
)

FEWEST_WORDS: Final = 4
"""Words from which the language of a text is judged: "Non, merci" is too little to tell Spanish from Portuguese."""

NEAR_MARGIN: Final = 1.0
FAR_MARGIN: Final = 2.0
"""How much likelier another language must be: difference of log-likelihoods over the root of the number of trigrams.

Near are the source's, English, which translations pass through, and neighbours that an engine's training text mixes up.
"""

_PIVOT: Final = "en"
_NEIGHBOURS: Final = {
    "ar": ("fa", "ur"),
    "es": ("it", "pt"),
    "fa": ("ar", "ur"),
    "it": ("es",),
    "pt": ("es",),
    "ru": ("uk",),
    "uk": ("ru",),
    "ur": ("ar", "fa"),
}

_UNSEEN: Final = log(8e-6)
"""What a trigram that is not in the table counts for: less rare, and short sentences are taken for another language."""

_WORD: Final = re.compile(LETTERS)
_LONGEST_UNIT: Final = 3


class Letters:
    """How frequent each trigram is in one language: `counts` in a million."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._logs = {gram: log(max(count, 1) / 1e6) for gram, count in counts.items()}

    def likelihood(self, grams: list[str]) -> float:
        """Log-likelihood of a text of these trigrams."""
        return sum(self._logs.get(gram, _UNSEEN) for gram in grams)


def trigrams(text: str) -> Iterator[str]:
    """Three letters that follow each other in a word, its edges being spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFC", text).lower() if not is_accent(c))
    plain = plain.replace("ё", "е")  # written so or so
    for word in _WORD.findall(plain):
        edged = f" {word[:LONGEST_WORD]} "
        for start in range(len(edged) - 2):
            yield edged[start : start + 3]


def script_of(language: str) -> str:
    """The script that a language is written in."""
    return _SCRIPTS.get(language, LATIN_SCRIPT)


def script(character: str) -> str:
    """The script of a letter; empty for what is no letter, or of a script that no language here has."""
    if not character.isalpha():
        return ""
    point = ord(character)
    return next((name for first, last, name in _BLOCKS if first <= point <= last), "")


def foreign_words(translated: Text, source: Text) -> tuple[int, list[str]]:
    """Letters that are of the language's own script, and the words that are not.

    Latin words inside another script are no fault where they are a name, a drug, a unit, or stand in the source in the
    same capitals.
    """
    own_script = script_of(translated.language)
    own, foreign = 0, []
    given = set(_WORD.findall(source.plain))
    for place, word in enumerate(_WORD.findall(translated.plain)):
        scripts = Counter(script(letter) for letter in word[:LONGEST_WORD] if letter.isalpha())
        if scripts[own_script] * 2 >= scripts.total():
            own += scripts[own_script]
        elif not (own_script != LATIN_SCRIPT and scripts[LATIN_SCRIPT] and _is_name(word, place, given)):
            foreign.append(word)
    return own, foreign


def _is_name(word: str, place: int, given: set[str]) -> bool:
    if len(word) <= _LONGEST_UNIT:
        return True
    return not word.islower() and (place > 0 or word in given)


def wrong_script(translated: Text, source: Text) -> bool:
    """Whether most letters of a translation are not those of its language; words copied into it are left aside."""
    own, foreign = foreign_words(translated, source)
    if own:
        given = set(_WORD.findall(source.plain))
        foreign = [word for word in foreign if word not in given]
    return sum(map(len, foreign)) > own


def wrong_language(translated: Text, source: Text, tables: Mapping[str, Letters], but: Container[str] = ()) -> bool:
    """Whether another language of the same script is much likelier; texts of few words are not judged.

    `but`: words to leave out, in one spelling, where enough others are left.
    """
    words = _WORD.findall(translated.plain)
    small = [word for place, word in enumerate(words) if place == 0 or word[0].lower() == word[0]]
    target = translated.language
    if len(small) < FEWEST_WORDS or target not in tables:
        return False
    others = [word for word in small if word.lower() not in but]
    grams = list(trigrams(" ".join(others if len(others) >= FEWEST_WORDS else small)))
    own = tables[target].likelihood(grams)
    near = {source.language, _PIVOT, *_NEIGHBOURS.get(target, ())}
    return any(
        letters.likelihood(grams) - own > sqrt(len(grams)) * (NEAR_MARGIN if language in near else FAR_MARGIN)
        for language, letters in tables.items()
        if language != target and script_of(language) == script_of(target)
    )
