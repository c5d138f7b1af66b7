"""A text as the checks read it: words in one spelling, sentence by sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kiosk.quantities.folding import INDIC

LETTERS: Final = rf"[^\W\d_]+(?:[{INDIC}]+[^\W\d_]*)*"
"""The letters of a word, with the vowel signs of Hindi and Bengali."""

LONGEST_WORD: Final = 40
"""Letters of a word that are looked at: no word of these languages is longer, and a check stays linear in the text."""

ELIDING: Final = frozenset({"fr", "it", "sq"})
"""Languages whose apostrophe parts two words: "n'ai", "c'è", "s'ka"."""

LATIN: Final = frozenset({"de", "en", "es", "fr", "it", "pl", "pt", "ro", "sq", "tr", "vi"})
"""Languages written in Latin letters."""

ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"«»]{1,200}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
"""The address of a site or of a mail box."""

_TOKEN: Final = re.compile(rf"\d+(?:[.,:]\d+)*|{LETTERS}(?:'{LETTERS})*'?|[.,;:?!]")
_WORD: Final = re.compile(rf"{LETTERS}(?:['’]{LETTERS})*['’]?")
_SENTENCE_END: Final = frozenset(".?!")

_SAME: Final = str.maketrans(
    {
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "؟": "?",
        "،": ",",
        "؛": ";",
        "۔": ".",
        "।": ".",
        "…": ",",
        "。": ".",
        "？": "?",
        "！": "!",
        "，": ",",
        "\u200c": None,  # "نمی‌خوابد" is written with it, without it and with a space
        "\u0640": None,  # tatweel only stretches a word
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ہ": "ه",
        "ھ": "ه",  # Urdu writes either for the other
        "ۓ": "ے",
        "ё": "е",
        "ş": "ș",
        "ţ": "ț",
    }
)
_TURKISH: Final = str.maketrans({"I": "ı", "İ": "i", "ș": "ş", "ț": "ţ"})


def spelled(text: str, language: str) -> str:
    """`text` in lower case, with one way to write what several stand for, and without Arabic vowel signs."""
    composed = unicodedata.normalize("NFC", text)
    if language == "tr":
        composed = composed.translate(_TURKISH)
    lowered = composed.lower().replace("...", ",").translate(_SAME)
    if language == "tr":
        lowered = lowered.translate(_TURKISH)
    return "".join(c for c in lowered if c.isspace() or not (is_accent(c) or unicodedata.category(c) in {"Cf", "Cc"}))


def is_accent(character: str) -> bool:
    """Whether this is a mark without which a word stays the same, as in Arabic, not in Hindi or Bengali."""
    return unicodedata.category(character) == "Mn" and not "\u0900" <= character <= "\u09ff"


def tokens(text: str, language: str) -> list[str]:
    """Words, numbers and the marks `.,;:?!` of a text that `spelled` has passed, in order."""
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if "'" in token and language in ELIDING:
            *elided, last = token.split("'")
            found += [f"{part}'" for part in elided] + ([last] if last else [])
        else:
            found.append(token[:LONGEST_WORD])
    return found


@dataclass(frozen=True)
class Text:
    """What was said or translated, in `language`."""

    written: str
    language: str

    @cached_property
    def plain(self) -> str:
        """As written, without addresses of sites and of mail, which are the same in every language."""
        return ADDRESS.sub(" ", self.written)

    @cached_property
    def tokens(self) -> list[str]:
        """Words, numbers and marks, in one spelling."""
        return tokens(spelled(self.plain, self.language), self.language)

    @cached_property
    def words(self) -> list[str]:
        """Words and numbers alone."""
        return [token for token in self.tokens if token[0].isalnum()]

    @cached_property
    def sentences(self) -> list[list[str]]:
        """Tokens sentence by sentence; the mark that ends one belongs to it, and none is without a word."""
        ended: list[list[str]] = [[]]
        for part in self.tokens:
            if part not in _SENTENCE_END:
                ended[-1].append(part)
            elif ended[-1]:
                ended[-1].append(part)
                ended.append([])
            elif len(ended) > 1:
                ended[-2].append(part)  # "?!" asks as "?" does
        return [sentence for sentence in ended if any(part[0].isalnum() for part in sentence)]

    @cached_property
    def lowered(self) -> list[str]:
        """Words written in lower case, in one spelling: no names, and not the first word of a sentence."""
        small = [word for word in _WORD.findall(unicodedata.normalize("NFC", self.plain)) if word.islower()]
        return [word for word in tokens(spelled(" ".join(small), self.language), self.language) if word[0].isalpha()]

    @cached_property
    def letters(self) -> int:
        """How many letters and figures there are."""
        return sum(character.isalnum() for character in self.written)
