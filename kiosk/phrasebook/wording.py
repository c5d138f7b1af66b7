"""What of a sentence counts when it is compared with a phrase: its words in order, its persons, whether it asks.

Everything that carries meaning must be the same on both sides: a quantity, "pas", "avant" and "après", "toujours". Left
out or made alike is what says nothing (an article, "euh", "s'il vous plaît"), another way to ask the same question
("est-ce que vous", "avez-vous", "vous avez… ?") and, in French, what sounds alike ("allaitez", "allaiter").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from kiosk.phrasebook import french
from kiosk.phrasebook.sounds import sound
from kiosk.quantities.finding import find
from kiosk.quantities.folding import WORD
from kiosk.quantities.kinds import Kind, Quantity
from kiosk.quantities.tables import LANGUAGES as COUNTED

NEAR: Final = 90.0
"""rapidfuzz ratio from which two French words, by their sound, may be one that was misheard.

Of 28,800 words of French texts 15 are so near to another one that a phrase has; at 80, 167 are. See
tests/data/phrasebook/README.md.
"""

_MOST_MISHEARD: Final = 1
"""Words of a sentence that may be misheard; never its only one."""

_LONG_WORD: Final = 6
"""Letters from which a word can be told although one of them was misheard."""

_CALENDAR: Final = frozenset((Kind.CLOCK, Kind.DATE, Kind.MONTH, Kind.WEEKDAY))
"""Kinds left as they are said: "today is Monday" is a Monday, too, but not the same words."""

_FRENCH: Final = "fr"
_SIGNS_TELL: Final = frozenset(("bn", "hi", "vi", "zh"))
"""Languages in which a sign above or below makes another word, as any letter does: Hindi "दो", two, and "दी", gave;
Vietnamese "đầu", head, and "đâu", where. There they are left as they are."""
_WORD: Final = re.compile(WORD)
_NO_WORD: Final = re.compile(r"\W")

# Letters that a keyboard or a recogniser writes in several ways, and that NFKD leaves apart.
_SAME_LETTERS: Final = str.maketrans(
    {"œ": "oe", "æ": "ae", "ı": "i", "’": "'", "ʼ": "'", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "", "\u200c": " "}
)

# Said before or after a sentence without changing it. No word that may be more: "well" and "bem" are answers.
_HESITATIONS: Final = {
    "fr": ("euh", "heu", "hum", "hein", "madame", "monsieur"),
    "en": ("uh", "um", "erm", "er", "hm", "please"),
    "es": ("eh", "em"),
    "it": ("eh", "ehm"),
    "pt": ("eh", "hum"),
    "de": ("ah", "ahm"),
}

_ASKS: Final = frozenset("?؟")
_ENDS: Final = frozenset(".!…۔")
_CLOSING: Final = "»\"'”’) "


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as it is compared.

    `words` in order; `key`, the words as one text, in which "sage-femme" and "sagefemme" are the same; `persons`,
    sorted; `asks`, None where it cannot be told.
    """

    words: tuple[str, ...]
    key: str
    persons: tuple[str, ...] = ()
    asks: bool | None = False

    def agrees(self, phrase: Wording) -> bool:
        """Whether everything but the words themselves is as in `phrase`."""
        return self.persons == phrase.persons and (self.asks is None or self.asks == phrase.asks)

    def nearness(self, phrase: Wording) -> float:
        """How near, in [0, 1], the words are to those of `phrase`; 0 where one of them is another word."""
        if self.key == phrase.key:
            return 1.0
        if len(self.words) != len(phrase.words):
            return 0.0
        others = [(heard, word) for heard, word in zip(self.words, phrase.words, strict=True) if heard != word]
        if len(others) > min(_MOST_MISHEARD, len(self.words) - 1) or not all(_near(*pair) for pair in others):
            return 0.0
        return fuzz.ratio(self.key, phrase.key) / 100


def wording(text: str, language: str) -> Wording | None:
    """What counts of one sentence in `language`; None when nothing does, or when it cannot be trusted.

    Raises AssetError where the tables of quantities cannot be read.
    """
    if language == _FRENCH:
        text = french.BORN.sub("née", text)
    folded = _folded(text, language).strip()
    spoken = _folded(_with_quantities(text, language), language)
    asks = _asks(folded, language)
    if language == _FRENCH:
        return _french(spoken, asks, text)
    words = _without_hesitations(_WORD.findall(spoken), language)
    if len(words) == 1:
        words = [_as_written(words[0], text, language)]
    return Wording(tuple(words), "".join(words), asks=asks) if words else None


def _french(spoken: str, asks: bool | None, text: str) -> Wording | None:
    said = _without_hesitations(_WORD.findall(french.made_alike(spoken)), _FRENCH)
    words = [word for word in said if word not in french.IGNORED | french.PERSONS]
    if not words or french.lost_its_denial(said):
        return None
    if len(words) == 1 and len(words[0]) <= _LONG_WORD:
        words = [_as_written(words[0], text, _FRENCH)]  # nothing around it tells "durée" from "dures"
    else:
        words = [sound(word) if word.isalpha() else word for word in words]
    persons = tuple(sorted(word for word in said if word in french.PERSONS))
    return Wording(tuple(words), "".join(words), persons, asks)


def _as_written(word: str, text: str, language: str) -> str:
    """A folded word of `text` with its accents, which a word alone must keep: Romanian "rău" is bad, "râu" a river.

    The vowel signs of scripts without capitals, which most leave out, are no accents.
    """
    written = unicodedata.normalize("NFC", text.casefold()) if text.upper() != text.lower() else ""
    return next((other for other in _WORD.findall(written) if _folded(other, language) == word), word)


def _with_quantities(text: str, language: str) -> str:
    """`text` with each quantity as one word, the same however it was written: "deux jours", "2 jours" -> "q2_day".

    In a language without a table of numbers it stays as it was written: of Chinese "2次", twice, only 2 would be left.
    """
    if language not in COUNTED:
        return text
    for quantity in reversed(find(text, language)):
        counts = quantity.unit is not None or (quantity.sure and quantity.value != 1)  # else an article
        if counts and quantity.kind not in _CALENDAR:
            text = f"{text[: quantity.start]} {_as_word(quantity)} {text[quantity.end :]}"
    return text


def _as_word(quantity: Quantity) -> str:
    unit = (quantity.unit or quantity.kind).replace("°C", "°").replace("°", "degree")
    return _NO_WORD.sub("_", f"q{quantity.value}_{unit}{quantity.per or ''}")


def _asks(folded: str, language: str) -> bool | None:
    end = folded.rstrip(_CLOSING)[-1:]
    if end in _ASKS or "¿" in folded:
        return True
    return french.is_question(folded, ended=end in _ENDS) if language == _FRENCH else False


def _without_hesitations(words: list[str], language: str) -> list[str]:
    hesitations = _HESITATIONS.get(language, ())
    openings = hesitations + french.OPENINGS if language == _FRENCH else hesitations
    while len(words) > 1 and words[0] in openings:
        words = words[1:]
    while len(words) > 1 and words[-1] in hesitations:
        words = words[:-1]
    return words


def _near(heard: str, word: str) -> bool:
    """Whether two French words may be one, misheard in the middle.

    What stands before or behind a word says "not", "again", who and when ("couvrez" and "découvrez", "donnez" and
    "donniez"), so that both ends must be the same; quantities must be equal.
    """
    if not (heard.isalpha() and word.isalpha()) or min(len(heard), len(word)) < _LONG_WORD:
        return False
    return heard[:2] == word[:2] and heard[-2:] == word[-2:] and fuzz.ratio(heard, word) >= NEAR


def _folded(text: str, language: str) -> str:
    """Lower case, without diacritics where these tell little; digits of any script as 0 to 9."""
    if language in _SIGNS_TELL:
        return "".join(map(_digit, unicodedata.normalize("NFKC", text.casefold())))
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SAME_LETTERS)).translate(_SAME_LETTERS)
    return "".join(_digit(character) for character in plain if not unicodedata.combining(character))


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
