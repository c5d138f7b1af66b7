"""A month in numbers, and what of them may be kept and shown. Pure.

Every number is a count, and every key comes from a list of this program: a word that was said has no place to be in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import accumulate
from typing import Any, Final

from kiosk.languages import LANGUAGES
from kiosk.types import FACTS, Flag

FEW: Final = 5
"""Under so many consultations, or answers, a count could tell of one family: whoever works there knows who came.

Five is the least cell that is published in most public statistics on health; see docs/rgpd.md.
"""

OTHER: Final = "other"
"""Languages of fewer than `FEW` consultations in a month, together."""

KINDS: Final = ("microphone", "model", "other", "unforeseen")
"""Of failures."""

DOUBTS: Final = tuple(flag.value for flag in Flag if flag not in FACTS)

STEPS: Final = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
"""Seconds from the end of speech to its caption at which the histogram is cut; its last count is of all above."""

MINUTES: Final = 5
"""A consultation lasts a multiple of this, rounded."""

_MOST: Final = 10**9


@dataclass(frozen=True, slots=True)
class Month:
    """Sums of a month, or of one consultation to be added. None: withheld, since it was of 1 to 4.

    `refused`: notices at which the family refused. `interpreter`: consultations in which a person was asked for, notice
    included. `doubtful`: captions with at least one doubt. `corrections`: captions that staff corrected or reworded.
    `microphone`: times it was lost. `latencies`: captions by `STEPS`.
    """

    consultations: int | None = 0
    refused: int | None = 0
    interpreter: int | None = 0
    minutes: int | None = 0
    captions: int | None = 0
    doubtful: int | None = 0
    phrases: int | None = 0
    corrections: int | None = 0
    microphone: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    doubts: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    latencies: tuple[int, ...] = (0,) * (len(STEPS) + 1)

    @property
    def empty(self) -> bool:
        """Nothing happened."""
        return self == Month()

    def plus(self, other: Month) -> Month:
        """Both together; what one withholds stays withheld."""
        return Month(**{each.name: _sum(getattr(self, each.name), getattr(other, each.name)) for each in fields(Month)})

    def closed(self) -> Month:
        """What may be kept once the month is over, and shown: nothing that a few consultations alone make up.

        Of a month with fewer than `FEW` consultations only what is about the machine is left.
        """
        if self.consultations is None or 0 < self.consultations < FEW:
            return replace(Month(), microphone=self.microphone, failures=self.failures, latencies=self.latencies).but(
                ("consultations", "refused", "interpreter", *_OF_FAMILIES)
            )
        rare = sum(count for code, count in self.languages.items() if count < FEW and code != OTHER)
        languages = {code: count for code, count in self.languages.items() if count >= FEW or code == OTHER}
        if rare:
            languages[OTHER] = languages.get(OTHER, 0) + rare
        few = [name for name in ("refused", "interpreter") if 0 < (getattr(self, name) or 0) < FEW]
        return replace(self, languages=languages).but(few)

    def current(self) -> Month:
        """What may be shown before the month is over: as above, and no languages.

        Two looks, one before a consultation and one after it, would tell the language of that family.
        """
        return replace(self.closed(), languages={})

    def but(self, names: Iterable[str]) -> Month:
        """The same, with these counts withheld."""
        withheld: dict[str, Any] = dict.fromkeys(names)
        return replace(self, **withheld)

    def latency(self, share: float) -> float | None:
        """Seconds under which this share of captions came, up to the next step; inf above all, None without any."""
        total = sum(self.latencies)
        if not total:
            return None
        steps = (*STEPS, float("inf"))
        return next(step for step, sum_ in zip(steps, accumulate(self.latencies), strict=True) if sum_ >= share * total)

    def as_json(self) -> dict[str, Any]:
        """What is written."""
        return {
            each.name: dict(value) if isinstance(value := getattr(self, each.name), Mapping) else value
            for each in fields(Month)
        }

    @classmethod
    def from_json(cls, given: Any) -> Month:
        """Read it back. Raises ValueError for anything that this program would not have written."""
        if not isinstance(given, dict) or given.keys() != {each.name for each in fields(cls)}:
            raise ValueError("not the counts of a month")
        keys = {"languages": (*LANGUAGES, OTHER), "doubts": DOUBTS, "failures": KINDS}
        for name, value in given.items():
            if name in keys:
                right = isinstance(value, dict) and value.keys() <= set(keys[name]) and all(map(_count, value.values()))
            elif name == "latencies":
                right = isinstance(value, list) and len(value) == len(STEPS) + 1 and all(map(_count, value))
            else:
                right = _count(value) or (value is None and name != "microphone")
            if not right:
                raise ValueError(name)
        return cls(**{**given, "latencies": tuple(given["latencies"])})


_OF_FAMILIES: Final = ("minutes", "captions", "doubtful", "phrases", "corrections")


def _count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST


def _sum(one: Any, other: Any) -> Any:
    match one, other:
        case (None, _) | (_, None):
            return None
        case tuple(), tuple():
            return tuple(a + b for a, b in zip(one, other, strict=True))
        case Mapping(), Mapping():
            return {key: one.get(key, 0) + other.get(key, 0) for key in (*one, *(k for k in other if k not in one))}
        case _:
            return one + other
