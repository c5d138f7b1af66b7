"""Comparing what was heard with what was said: one normalisation and one word error rate for tests and bench.

Whether a recogniser writes "10 h" or "dix heures", "5 kg" or "5 kilos", is spelling, not hearing; a wrong figure is an
error like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import jiwer

# "un", "une" and "one" are left out: they are articles and pronouns far more often than figures.
_FIGURES: Final = {
    **dict.fromkeys(("zero", "zéro"), "0"),
    **dict.fromkeys(("two", "deux"), "2"),
    **dict.fromkeys(("three", "trois"), "3"),
    **dict.fromkeys(("four", "quatre"), "4"),
    **dict.fromkeys(("five", "cinq"), "5"),
    **dict.fromkeys(("six",), "6"),
    **dict.fromkeys(("seven", "sept"), "7"),
    **dict.fromkeys(("eight", "huit"), "8"),
    **dict.fromkeys(("nine", "neuf"), "9"),
    **dict.fromkeys(("ten", "dix"), "10"),
}

_SPELLINGS: Final = {
    **dict.fromkeys(("kilo", "kilos", "kilogramme", "kilogrammes", "kilogram", "kilograms", "kgs"), "kg"),
    **dict.fromkeys(("gramme", "grammes", "gram", "grams"), "g"),
    **dict.fromkeys(("millilitre", "millilitres", "milliliter", "milliliters"), "ml"),
    **dict.fromkeys(("h",), "heures"),
    **dict.fromkeys(("alright",), "all right"),
}

_DECIMAL: Final = re.compile(r"(?<=\d)[.,](?=\d)")
_FIGURE_THEN_LETTER: Final = re.compile(r"(?<=\d)(?=[^\W\d_])")
_ORDINAL: Final = re.compile(r"(?<=\d)(st|nd|rd|th)\b")
_NOT_A_WORD: Final = re.compile(r"[^\w·]+")


def words(text: str, *, fold_diacritics: bool = False) -> str:
    """`text` as bare words: lower case, no punctuation, apostrophes and hyphens as spaces, figures in digits.

    A decimal point or comma becomes "·", so that "2,5 ml" and "2.5 millilitres" are both "2·5 ml".
    """
    plain = unicodedata.normalize("NFC", text.casefold()).replace("œ", "oe")
    plain = _DECIMAL.sub("·", plain)
    plain = _ORDINAL.sub("", plain)
    plain = _FIGURE_THEN_LETTER.sub(" ", plain)
    spelled = (_FIGURES.get(word, _SPELLINGS.get(word, word)) for word in _NOT_A_WORD.sub(" ", plain).split())
    joined = " ".join(spelled)
    return _without_diacritics(joined) if fold_diacritics else joined


def word_error_rate(said: Sequence[str], heard: Sequence[str], *, fold_diacritics: bool = False) -> float:
    """Errors per word said over all pairs together, 0.0 for perfect, possibly above 1.0."""
    return float(
        jiwer.wer(
            [words(text, fold_diacritics=fold_diacritics) for text in said],
            [words(text, fold_diacritics=fold_diacritics) for text in heard],
        )
    )


def _without_diacritics(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
