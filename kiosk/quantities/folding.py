"""Text to words that can be looked up: lower case, one spelling, digits of every script as 0 to 9."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_DEVANAGARI: Final = "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0955-\u0957\u0962\u0963"
_BENGALI: Final = "\u0981-\u0983\u09bc\u09be-\u09cd\u09d7\u09e2\u09e3"
INDIC: Final = f"{_DEVANAGARI}{_BENGALI}\u200d"
"""For a class of a regular expression: vowel signs of Hindi and Bengali, and what joins their letters. Python's word
characters are without them, and a word without them is another word."""

WORD: Final = rf"(?:\w[{INDIC}]*)+"
"""A pattern: a word or a number, with these signs."""

_MARKS: Final = re.compile("[\u064b-\u065f\u0670\u0640\u0301\u0307\u200d’'ʼ.]")
"""Vowel signs and the line that stretches Arabic words, the stress of Russian dictionaries, the dot that lower-casing
"İ" leaves, what only joins letters of Bengali, and what stands inside "п'ять" and "a.m."."""

_GROUPED: Final = re.compile(r"(?<=\d)،(?=\d)")
_ARABIC: Final = str.maketrans("أإآٱىةيك", "اااايهيك")
_PERSIAN: Final = str.maketrans("يىكۀة", "ییکهه")
_URDU: Final = str.maketrans("يىئكهھۀۂةۃأإٱؤۓ", "یییکہہہہہہاااوے")
_SPELLINGS: Final[Mapping[str, Mapping[int, int | None]]] = {
    "ar": _ARABIC,
    "bn": str.maketrans("", "", "ঁ"),  # "পাঁচ" is written "পাচ", too
    "fa": _PERSIAN,
    "ro": str.maketrans("şţâ", "șțî"),
    "ru": str.maketrans("ё", "е"),
    "sq": str.maketrans("ëç", "ec"),
    "tr": str.maketrans("âîû", "aiu"),
    "ur": _URDU,
}
_TURKISH_CAPITALS: Final = str.maketrans("Iİ", "ıi")


def fold(word: str, language: str) -> str:
    """`word` as tables hold it. What people often leave out, such as the points of Albanian "ë", is left out."""
    if language == "tr":
        word = word.translate(_TURKISH_CAPITALS)
    word = word.lower()
    if word.isascii():
        return word.replace(".", "") if "." in word else word
    word = _MARKS.sub("", unicodedata.normalize("NFC", word))
    spelling = _SPELLINGS.get(language)
    return word.translate(spelling) if spelling else word


def western(text: str) -> str:
    """`text` with digits of any script as 0 to 9 and Arabic number marks as "." and ","; as long as before."""
    return text if text.isascii() else _GROUPED.sub(",", "".join(map(_western, text)))


def _western(character: str) -> str:
    if character < "\u0600":
        return character
    digit = unicodedata.decimal(character, None)
    return str(digit) if digit is not None else {"٫": ".", "٬": ","}.get(character, character)


_WORDS: Final = re.compile(rf"{WORD}|[^\s\w'’-]")


def words_of(phrase: str, language: str) -> list[str]:
    """A phrase of a table to folded words; apostrophes and hyphens are spaces."""
    return [fold(word, language) for word in _WORDS.findall(phrase)]
