"""How long a translation is, whether it repeats itself, and what must stand in it unchanged. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.gate.words import ADDRESS, Text
from kiosk.quantities.folding import INDIC

LONGEST_PHRASE: Final = 12
"""Words of a phrase that is looked for again right after itself: what keeps the search linear."""

FEWEST_REPEATED: Final = 3
"""Words said again from which it is a loop: "yavaş yavaş" and "non, non, non" are none."""

_PHONE: Final = re.compile(r"(?<![\d.,/])\+?\d(?:[ .\u00a0\u202f-]?\d){7,14}(?![\d/])")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+")
_STAMMER: Final = re.compile(rf"((?:[^\W\d_]|[{INDIC}]){{1,8}}?)\1{{4,}}")


@dataclass(frozen=True, slots=True)
class Limit:
    """For sources of up to `letters`: the shortest and the longest translation, in parts of the length to expect."""

    letters: int
    shortest: float
    longest: float


@dataclass(frozen=True, slots=True)
class Lengths:
    """`relative`: letters in each language for 100 in French. `limits` in rising order of letters."""

    relative: Mapping[str, int]
    limits: Sequence[Limit]

    def compare(self, source: Text, translated: Text) -> tuple[bool, bool]:
        """Whether a translation is much too short, and whether it is much too long."""
        known = source.language in self.relative and translated.language in self.relative
        limit = next((limit for limit in self.limits if source.letters <= limit.letters), None)
        if not known or limit is None or not source.letters:
            return False, False
        expected = source.letters * self.relative[translated.language] / self.relative[source.language]
        part = translated.letters / expected
        return part < limit.shortest, part > limit.longest


def looped(source: Text, translated: Text) -> bool:
    """Whether the translation repeats a phrase, or a word repeats its letters, as the source does not."""
    if _STAMMER.search(translated.plain) and not _STAMMER.search(source.plain):
        return True
    return _repeated(translated.words) >= max(FEWEST_REPEATED, _repeated(source.words) + 2)


def _repeated(words: Sequence[str]) -> int:
    """Words of the longest repetition, its first time not counted."""
    return max((size * again for size, again in _repeats(words)), default=0)


def _repeats(words: Sequence[str]) -> list[tuple[int, int]]:
    """Each phrase that stands again right after itself: its words, and how often it stands again."""
    found = []
    position = 0
    while position < len(words):
        best = (0, 0)
        for size in range(1, min(LONGEST_PHRASE, (len(words) - position) // 2) + 1):
            again = 0
            phrase = words[position : position + size]
            while words[position + size * (again + 1) : position + size * (again + 2)] == phrase:
                again += 1
            if size * again > best[0] * best[1]:
                best = (size, again)
        if best[1]:
            found.append(best)
        position += max(1, best[0] * best[1])
    return found


def exact_parts_kept(source: str, translated: str) -> bool:
    """Whether every telephone number and every address of a site or a mail box stands unchanged in the translation."""
    made = _western(translated)
    digits = re.sub(r"\D", "", made)
    addresses = [found.rstrip(".,;:!?)") for found in ADDRESS.findall(source)]
    if any(address.lower() not in made.lower() for address in addresses):
        return False
    numbers = [found for found in _PHONE.findall(_western(ADDRESS.sub(" ", source))) if not _GROUPED.fullmatch(found)]
    return all(re.sub(r"\D", "", number) in digits for number in numbers)


def _western(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c, c)) for c in text)
