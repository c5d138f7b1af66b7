"""Number words added up: what may follow what, and numbers written in one word."""

from __future__ import annotations

from copy import copy
from decimal import Decimal
from typing import Final

from kiosk.quantities.lexicon import Lexicon

_HUNDRED: Final = 100
_THOUSAND: Final = 1000
_HALF: Final = Decimal("0.5")

SCALES: Final = (Decimal(10) ** 9, Decimal(10) ** 6, Decimal(10) ** 3)
MULTIPLIERS: Final = (*SCALES, Decimal(10) ** 7, Decimal(10) ** 5)
"""What multiplies what stands before it; the last two in South Asia."""

_SHORTEST: Final = 4
"""Letters of the shortest number glued of two: Turkish "onüç"."""

_LONGEST: Final = 60
"""And of the longest that is looked at."""


class Sum:
    """What the number words so far add up to."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._total = Decimal(0)
        self._group = Decimal(0)
        self._scale: Decimal | None = None
        self.last = Decimal(-1)

    @property
    def value(self) -> Decimal:
        return self._total + self._group

    def add(self, value: Decimal, join: str | None = None) -> bool:
        """Whether `value` goes on with this number, `join` being the "and" between; it is added if so."""
        if self.last >= 0:
            if self.value == 0 or (join is not None and not self._joins(join, value)):
                return False
            if value >= _THOUSAND:
                fits = self._multiply(value)
            elif value >= _HUNDRED:
                fits = self._add_hundreds(value)
            else:
                fits = self._add_small(value, joined=join is not None)
            if not fits:
                return False
        elif value >= _THOUSAND:
            self._total, self._scale = value, value
        else:
            self._group = value
        self.last = value
        return True

    def _joins(self, join: str, value: Decimal) -> bool:
        if self._lexicon.units_first and 0 < self.last < 10 and 20 <= value < _HUNDRED:
            return True
        # "Nouăzeci și nouă de mii": what a thousand follows is the whole group, not its last word.
        before = self._group if value >= _THOUSAND else self.last
        size = "thousands" if before >= _THOUSAND else "hundreds" if before >= _HUNDRED else "tens"
        after = self._lexicon.joins.get(join)
        return before >= 20 and (after is None or size in after)

    def _multiply(self, value: Decimal) -> bool:
        if self._scale is not None and value >= self._scale:
            if value in (self._scale, _THOUSAND):
                return False
            # "Siete mil millones": seven thousand million.
            self._total, self._group, self._scale = self.value * value, Decimal(0), value
            return True
        if value not in MULTIPLIERS and self._group:
            return False
        self._total += max(self._group, Decimal(1)) * value
        self._group, self._scale = Decimal(0), value
        return True

    def _add_hundreds(self, value: Decimal) -> bool:
        if self._group == 0:
            self._group = value
        elif value == _HUNDRED and 1 <= self._group < _HUNDRED:
            self._group *= _HUNDRED
        else:
            return False
        return True

    def _add_small(self, value: Decimal, *, joined: bool) -> bool:
        rest, known = self._group % _HUNDRED, self._lexicon
        if known.vigesimal and value == 20 and rest == 4:
            self._group += 76
            return True
        fits = rest == 0 or (value < 10 and rest >= (10 if known.teens else 20) and rest % 10 == 0)
        if known.vigesimal:
            fits |= (10 <= value < 20 and rest in (60, 80)) or (7 <= value <= 9 and rest in (10, 70, 90))
        if known.units_first:
            fits |= 0 < rest < 10 and value % 10 == 0 and value >= 20 and joined
        if known.ten_after_unit:
            fits |= 0 < rest < 10 and value == 10 and not joined
        if fits and value > 0:
            self._group += value
        return fits and value > 0


def segment(word: str, lexicon: Lexicon) -> tuple[Decimal, str | None] | None:
    """A number written in one word, and the unit glued to it: "zweiundzwanzig" -> 22, "zweimal" -> (2, "times")."""
    if not lexicon.glued or not _SHORTEST <= len(word) <= _LONGEST:
        return None
    return _segment(word, Sum(lexicon), lexicon, None)


def _segment(word: str, before: Sum, lexicon: Lexicon, join: str | None) -> tuple[Decimal, str | None] | None:
    """What `word` adds to the number `before` it, the longest piece first."""
    for length in range(len(word), 1, -1):
        piece, rest = lexicon.glued.get(word[:length]), word[length:]
        if piece is None:
            continue
        total = copy(before)
        ends = not rest or rest in lexicon.tails
        if piece == _HALF and ends:
            return total.value + piece, lexicon.tails.get(rest)
        if piece == _HALF or not total.add(piece, join):
            continue
        if ends:
            return total.value, lexicon.tails.get(rest)
        if (found := _segment(rest, total, lexicon, None)) is not None:
            return found
        for glue in lexicon.glue:
            if rest.startswith(glue) and (found := _segment(rest[len(glue) :], total, lexicon, glue)) is not None:
                return found
    return None
