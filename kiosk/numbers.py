"""The figures of a text, whether written in digits or in words. The only text_to_num import."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from text_to_num import alpha2digit

SPELLED: Final = frozenset({"de", "en", "es", "fr", "it", "pt"})
"""Languages whose number words are understood; in the others only digits are."""

# "Un" and "one" are articles and pronouns more often than figures, so that a single 1 means nothing on either side.
_ARTICLE: Final = Decimal(1)
_ABOVE_ARTICLE: Final = 1.5

# The time, "attendez une seconde", not the ordinal, which text_to_num would make of it in English alone.
_SECOND: Final = re.compile(r"\bsecond(es?|s)?\b", re.IGNORECASE)
_TWICE: Final = re.compile(r"\btwice\b", re.IGNORECASE)

_THOUSANDS: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d])")
_ENGLISH_THOUSANDS: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d])")
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)?")


def figures(text: str, language: str, *, spelled: bool) -> tuple[Decimal, ...]:
    """The numbers of `text`, sorted, without 1: "deux doses de 2,5 ml" -> (2, 2.5).

    Digits of any script count. `spelled`: number words too; the language must then be in `SPELLED`.
    """
    western = "".join(_western(character) for character in text)
    if spelled:
        plain = (
            _TWICE.sub("two times", _SECOND.sub("sec", western)) if language == "en" else _SECOND.sub("sec", western)
        )
        western = alpha2digit(plain, language, threshold=_ABOVE_ARTICLE)
    if language == "en":
        western = _ENGLISH_THOUSANDS.sub(lambda found: found[0].replace(",", ""), western)
    western = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), western)
    numbers = (Decimal(number.replace(",", ".")) for number in _FIGURE.findall(western))
    return tuple(sorted(number for number in numbers if number != _ARTICLE))


def _western(character: str) -> str:
    """A digit of any script as 0 to 9, the Arabic decimal mark as a point, anything else as it is."""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return "." if character == "٫" else character
