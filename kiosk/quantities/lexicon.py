"""The words for numbers and units of one language, as assets/quantities/<language>.toml gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Generic, TypeVar

LONGEST_ENDING: Final = 5
"""Letters that may follow the stem of a unit: Turkish "mililitrelik" has three."""

MEANINGS: Final = {
    "hour": 0,
    "at": 0,
    "minutes": 0,
    "half": 30,
    "half_before": -30,
    "quarter": 15,
    "quarter_to": -15,
    "quarter_before": -45,
    "three_quarters": -15,
    "past": 0,
    "past_before": -60,
    "to": 0,
    "noon": 0,
    "midnight": 0,
}
"""What a way to tell the time may mean, in minutes after the hour named: "halb drei" names the hour to come."""

EVERY: Final = "every"
"""What an interval is counted by: "toutes les six heures" are no six hours of the clock."""

ORDINAL: Final = "ordinal"
"""The tail of an ordinal, where a unit might be: "zwanzig-ste"."""

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases of one word or more, each with what it means; at any place the longest is found."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}

    def add(self, words: Sequence[str], meaning: T) -> None:
        """`words` are folded, and there is at least one."""
        known = self._by_first.setdefault(words[0], [])
        known.append((tuple(words[1:]), meaning))
        known.sort(key=lambda phrase: -len(phrase[0]))

    def at(self, words: Sequence[str], place: int) -> tuple[int, T] | None:
        """Where the longest phrase that begins at `place` ends, and its meaning."""
        if place >= len(words):
            return None
        for rest, meaning in self._by_first.get(words[place], ()):
            end = place + 1 + len(rest)
            if not rest or tuple(words[place + 1 : end]) == rest:
                return end, meaning
        return None

    def single(self) -> Iterator[tuple[str, T]]:
        """The phrases of one word."""
        for first, phrases in self._by_first.items():
            yield from ((first, meaning) for rest, meaning in phrases if not rest)

    def __iter__(self) -> Iterator[str]:
        """Every word of every phrase."""
        for first, phrases in self._by_first.items():
            yield first
            for rest, _ in phrases:
                yield from rest


@dataclass(frozen=True, slots=True)
class Word:
    """A number word. Not `sure`: it may mean something else. `article`: it counts only right before a unit."""

    value: Decimal
    sure: bool = True
    article: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What a phrase such as "twice" says; no value in one that only looks like a number."""

    value: Decimal | None
    unit: str | None = None
    per: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A unit by its canonical name. Not `sure`: the word may mean something else, as "livres" does."""

    name: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class HalfDay:
    """ "Du matin", or not `of_a_time`: "le matin", which may also tell when two drops are given.

    `night`: the evening up to midnight, and the first hours of the morning.
    """

    evening: bool
    of_a_time: bool
    night: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A way to tell the time: words and the slots "{h}" and "{m}", and what it means, such as "half_past"."""

    pieces: tuple[str, ...]
    meaning: str


@dataclass(slots=True)
class Lexicon:
    """Every table of a language, its words folded; assets/quantities/README.md says what each means."""

    language: str
    decimal_mark: str = "."
    vigesimal: bool = False
    units_first: bool = False
    ten_after_unit: bool = False
    teens: bool = False
    ordinal_hours: bool = False
    spaced_ordinals: bool = False
    tenths_after_and: bool = False
    paired_years: bool = False
    half_days: bool = False
    half_days_first: bool = False
    doubled: bool = False
    unit_alone: bool = False
    months_first: bool = False
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    dual_endings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    joins: dict[str, frozenset[str]] = field(default_factory=dict)
    ands: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    point: frozenset[str] = frozenset()
    tenths: frozenset[str] = frozenset()
    numbers: dict[str, Word] = field(default_factory=dict)
    ordinals: dict[str, Word] = field(default_factory=dict)
    fractions: dict[str, Word] = field(default_factory=dict)
    leading: dict[str, Decimal] = field(default_factory=dict)
    glued: dict[str, Decimal] = field(default_factory=dict)
    glue: frozenset[str] = frozenset()
    tails: dict[str, str] = field(default_factory=dict)
    added: Phrases[Decimal] = field(default_factory=Phrases)
    phrases: Phrases[Given] = field(default_factory=Phrases)
    symbols: Phrases[UnitWord] = field(default_factory=Phrases)
    units: Phrases[UnitWord] = field(default_factory=Phrases)
    stems: dict[str, UnitWord] = field(default_factory=dict)
    before: Phrases[str] = field(default_factory=Phrases)
    of: frozenset[str] = frozenset()
    every: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    per: Phrases[str] = field(default_factory=Phrases)
    clocks: dict[str, list[Clock]] = field(default_factory=dict)
    halves: Phrases[HalfDay] = field(default_factory=Phrases)
    months: Phrases[Word] = field(default_factory=Phrases)
    weekdays: Phrases[Word] = field(default_factory=Phrases)
    known: frozenset[str] = frozenset()

    def unit_at(self, words: Sequence[str], place: int) -> tuple[int, UnitWord] | None:
        """Where the unit named at `place` ends, and which it is."""
        if (found := self.units.at(words, place)) is not None:
            return found
        if self.stems and place < len(words):
            word = words[place]
            for length in range(len(word), max(1, len(word) - LONGEST_ENDING - 1), -1):
                if (unit := self.stems.get(word[:length])) is not None:
                    return place + 1, unit
        return None
