"""Number words of French and English from two to ninety-nine, to change them alike on both sides of a pair. Pure."""

import random
import re

from training.text import Pair


def _words(text: str) -> list[str]:
    return text.split()


UNITS = {
    "fr": _words(
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
        "dix-sept dix-huit dix-neuf"
    ),
    "en": _words(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen"
    ),
}
TENS = {
    "fr": _words("dix vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt"),
    "en": _words("ten twenty thirty forty fifty sixty seventy eighty ninety"),
}
RANGES = ((2, 9), (10, 12), (13, 23), (24, 29), (30, 59), (60, 99))
"""A number changes within its range, which keeps an hour or a day of the month possible."""


def spelled(value: int, language: str) -> str:
    """2 to 99 in words: (71, "fr") -> "soixante et onze", (71, "en") -> "seventy-one"."""
    if value < 20:
        return UNITS[language][value]
    tens, unit = divmod(value, 10)
    word = TENS[language][tens - 1]
    if language == "en":
        return f"{word}-{UNITS['en'][unit]}" if unit else word
    if tens in (7, 9):
        unit += 10
    if unit == 0:
        return "quatre-vingts" if value == 80 else word
    joint = " et " if unit in (1, 11) and tens < 8 else "-"
    return f"{word}{joint}{UNITS['fr'][unit]}"


VALUES = {language: {spelled(value, language): value for value in range(2, 100)} for language in UNITS}
PATTERNS = {
    language: re.compile(
        r"(?<![\w-])(" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")(?![\w-])", re.IGNORECASE
    )
    for language, words in VALUES.items()
}
# With these beside it, a number word is part of a larger number, or of something that is not one.
LARGER = re.compile(
    r"\b(cents?|mille|millions?|hundred|thousand|virgule|point|ième|half past|et demie?)\b", re.IGNORECASE
)


def with_other_words(pair: Pair, languages: tuple[str, str], rng: random.Random) -> Pair | None:
    """The pair with its number words changed alike on both sides, or None where that might make a wrong pair."""
    if not set(languages) <= set(UNITS) or any(LARGER.search(side) for side in pair):
        return None
    values = [
        [VALUES[language][word.lower()] for word in PATTERNS[language].findall(side)]
        for side, language in zip(pair, languages, strict=True)
    ]
    if not values[0] or sorted(values[0]) != sorted(values[1]):
        return None
    new: dict[int, int] = {}
    for value in sorted(set(values[0])):
        low, high = next(bounds for bounds in RANGES if bounds[0] <= value <= bounds[1])
        new[value] = rng.choice([other for other in range(low, high + 1) if other not in new.values()])
    if all(value == other for value, other in new.items()):
        return None

    def changed(side: str, language: str) -> str:
        def word(match: re.Match[str]) -> str:
            other = spelled(new[VALUES[language][match[0].lower()]], language)
            return other.capitalize() if match[0][0].isupper() else other

        return PATTERNS[language].sub(word, side)

    return changed(pair[0], languages[0]), changed(pair[1], languages[1])
