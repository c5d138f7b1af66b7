"""Number words to numbers: "quatre-vingt-dix-sept", "zweihundertfünfzig", "خمسة وعشرون"."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from kiosk.quantities.lexicon import ORDINAL, Lexicon, Word
from kiosk.quantities.scanning import Scan

_HUNDRED: Final = 100
_THOUSAND: Final = 1000

# "Trente-huit cinq" is how a temperature is said, and nothing else is.
_FEVERS: Final = range(34, 43)
_TENTHS: Final = frozenset({"десятых", "десятые", "десятих"})
_CENTURIES: Final = range(17, 21)

SCALES: Final = (Decimal(10) ** 9, Decimal(10) ** 6, Decimal(10) ** 3)
"""What multiplies what stands before it."""
_LONGEST_SUFFIX: Final = 5
_HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Number:
    """A number at a place in a scan and up to `end`, another one, counted in words.

    `article`: a word such as "a", a number only where a unit follows. `tail`: the unit glued to it, as in "zweimal".
    """

    value: Decimal
    end: int
    sure: bool = True
    digits: bool = False
    ordinal: bool = False
    article: bool = False
    tail: str | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """One word of a number."""

    word: Word
    ordinal: bool = False
    tail: str | None = None


class _Sum:
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
        size = "thousands" if self.last >= _THOUSAND else "hundreds" if self.last >= _HUNDRED else "tens"
        after = self._lexicon.joins.get(join)
        return self.last >= 20 and (after is None or size in after)

    def _multiply(self, value: Decimal) -> bool:
        if self._scale is not None and value >= self._scale:
            if value == self._scale or value == _THOUSAND:
                return False
            # "Siete mil millones": seven thousand million.
            self._total, self._group, self._scale = self.value * value, Decimal(0), value
            return True
        if value not in SCALES and self._group:
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


class Numbers:
    """The numbers of a scan, each read once."""

    def __init__(self, scan: Scan, lexicon: Lexicon) -> None:
        self._scan = scan
        self._lexicon = lexicon
        self._read: dict[int, Number | None] = {}

    def at(self, place: int) -> Number | None:
        """The number that begins at `place`, in digits or words."""
        if place not in self._read:
            self._read[place] = self._number(place)
        return self._read[place]

    def _number(self, place: int) -> Number | None:
        number = self._whole(place)
        if number is None or number.article or number.ordinal or number.tail is not None:
            return number
        end, words = number.end, self._scan.words
        if end < len(words) and words[end] in self._lexicon.point and (tenths := self._decimals(end + 1)):
            digits, after = tenths
            return replace(number, value=Decimal(f"{number.value}.{digits}"), end=after, sure=True)
        return self._temperature(number)

    def _whole(self, place: int) -> Number | None:
        figure = self._scan.figures.get(place)
        if figure is None:
            return self._spelled(place) if place < len(self._scan.words) else None
        if figure.form != "number":
            return None
        value, end = figure.parts[0], place + 1
        while (scale := self._word(end)) is not None and scale.value in SCALES and not scale.article:
            value, end = value * scale.value, end + 1
        if (part := self._scan.figures.get(end)) is not None and part.form == "part":
            value, end = value + part.parts[0], end + 1
        elif end == place + 1:
            end = self._after_suffix(end)
        return Number(value, end, sure=not self._in_a_name(place), digits=True)

    def _after_suffix(self, place: int) -> int:
        """Past the ending of an ordinal or of a case: "1er", "12th", "5-й", "3'te". A unit or "pm" is none."""
        scan, known = self._scan, self._lexicon
        if place >= len(scan.words) or not scan.words[place].isalpha() or len(scan.words[place]) > _LONGEST_SUFFIX:
            return place
        glued = scan.text[scan.ends[place - 1] : scan.starts[place]] in ("", "-", "'", "’")
        names = known.unit_at(scan.words, place) or known.symbols.at(scan.words, place)
        return place + 1 if glued and names is None and scan.words[place] not in known.known else place

    def _word(self, place: int) -> Word | None:
        return self._lexicon.numbers.get(self._scan.words[place]) if place < len(self._scan.words) else None

    def word_at(self, place: int) -> Number | None:
        """The number that the word, or the figure, at `place` is on its own."""
        number = self.at(place)
        if number is None or number.end == place + 1 or number.digits:
            return number
        word = self._word(place)
        return Number(word.value, place + 1, word.sure) if word is not None else number

    def _spelled(self, place: int) -> Number | None:
        words, known = self._scan.words, self._lexicon
        total, end, pieces = _Sum(known), place, list[_Piece]()
        while end < len(words) and not (pieces and self._ends(pieces[-1])):
            joined = words[end] if pieces and words[end] in known.joins and end + 1 < len(words) else None
            start = end + (joined is not None)
            piece = self._piece(start, pieces[-1] if pieces else None)
            if piece is None or not total.add(piece.word.value, joined):
                break
            pieces.append(piece)
            end = start + 1
        if not pieces:
            return None
        if pieces[0].word.article:
            return Number(pieces[0].word.value, place + 1, sure=False, article=True)
        # "Neuf cents" surely is a number, though neither word is; "mie una" ("to me one") is not.
        sure = any(piece.word.sure for piece in pieces) or sum(piece.word.value != 1 for piece in pieces) > 1
        number = Number(total.value, end, sure and total.value != 1, ordinal=any(piece.ordinal for piece in pieces), tail=pieces[-1].tail)
        return self._year(number, place) if known.paired_years else number

    def _ends(self, piece: _Piece) -> bool:
        """Whether nothing can follow. Tens do in "الثالث والعشرون", ordinals in "vigésimo primeiro"."""
        value = piece.word.value
        goes_on = value < 10 if self._lexicon.units_first else value % 10 == 0 and value >= 20
        return (piece.ordinal and not goes_on) or piece.tail is not None or piece.word.article

    def _piece(self, place: int, before: _Piece | None) -> _Piece | None:
        """The number word at `place`, if it may follow `before`."""
        words, known = self._scan.words, self._lexicon
        word = words[place]
        if before is not None and before.ordinal and word not in (known.numbers if known.units_first else known.ordinals):
            return None
        if (number := known.numbers.get(word)) is not None:
            return _Piece(number) if before is None or not number.article else None
        if (ordinal := known.ordinals.get(word)) is not None:
            alone = before is None or before.ordinal or not self._scan.spaced(place)
            return _Piece(ordinal, ordinal=True) if alone or ordinal.sure or known.spaced_ordinals else None
        if (parts := segment(word, known)) is not None:
            value, tail = parts
            return _Piece(Word(value), ordinal=tail == ORDINAL, tail=None if tail == ORDINAL else tail)
        return None

    def _year(self, number: Number, place: int) -> Number:
        """ "Nineteen eighty-five", "twenty twenty-six"."""
        if number.end == place + 1 and number.value in _CENTURIES and number.end not in self._scan.figures:
            rest = self._whole(number.end)
            if rest is not None and 10 <= rest.value < _HUNDRED and not rest.ordinal:
                return replace(number, value=number.value * _HUNDRED + rest.value, end=rest.end)
        return number

    def _decimals(self, place: int) -> tuple[str, int] | None:
        """The digits behind a decimal point said aloud, and where they end: "vingt-cinq", "zero five", "one four"."""
        said, end = "", place
        while (number := self._whole(end)) is not None and not number.article and not number.ordinal:
            if number.value != int(number.value) or (said and (number.value >= 10 or len(said) > 3)):
                break
            said, end = said + str(number.value), number.end
            if number.value >= 10:
                break
        return (said, end) if said else None

    def _temperature(self, number: Number) -> Number:
        if number.value not in _FEVERS:
            return number
        words, end = self._scan.words, number.end
        joined = self._lexicon.tenths_after_and and end < len(words) and words[end] in self._lexicon.ands
        start = end + joined
        tenths = self._whole(start)
        if tenths is None or tenths.ordinal or not 1 <= tenths.value <= 9 or not self._scan.spaced(start) or tenths.end != start + 1:
            return number
        after = tenths.end
        if after < len(words):
            unit = self._lexicon.unit_at(words, after)
            if words[after] in _TENTHS:
                after += 1
            elif (unit is not None and unit[1].name not in ("°", "°C")) or self._whole(after) is not None:
                return number
        return replace(number, value=number.value + tenths.value / 10, end=after, sure=True)

    def _in_a_name(self, place: int) -> bool:
        """Whether letters stand right before the digits: "B12", "COVID-19"."""
        start, text = self._scan.starts[place], self._scan.text
        if start and text[start - 1] in "-‐‑":
            start -= 1
        return start > 0 and text[start - 1].isalpha() and text[start - 1] < "\u0600"


def segment(word: str, lexicon: Lexicon) -> tuple[Decimal, str | None] | None:
    """A number written in one word, and the unit glued to it: "zweiundzwanzig" -> 22, "zweimal" -> (2, "times")."""
    if not lexicon.glued or len(word) < 5:
        return None
    return _segment(word, _Sum(lexicon), lexicon, None)


def _segment(word: str, total: _Sum, lexicon: Lexicon, join: str | None) -> tuple[Decimal, str | None] | None:
    for length in range(len(word), 1, -1):
        value = lexicon.glued.get(word[:length])
        if value is None:
            continue
        sum_ = copy(total)
        if value == _HALF:
            if length == len(word) or (word[length:] in lexicon.tails):
                return sum_.value + value, lexicon.tails.get(word[length:])
            continue
        if not sum_.add(value, join):
            continue
        rest = word[length:]
        if not rest:
            return sum_.value, None
        if rest in lexicon.tails:
            return sum_.value, lexicon.tails[rest]
        glue = next((glue for glue in lexicon.glue if rest.startswith(glue)), None)
        found = _segment(rest, sum_, lexicon, None)
        if found is None and glue is not None:
            found = _segment(rest[len(glue) :], sum_, lexicon, glue)
        if found is not None:
            return found
    return None
