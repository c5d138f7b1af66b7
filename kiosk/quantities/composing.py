"""Number words to numbers: "quatre-vingt-dix-sept", "zweihundertfünfzig", "خمسة وعشرون"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from kiosk.quantities.lexicon import ORDINAL, Lexicon, Word
from kiosk.quantities.scanning import Scan
from kiosk.quantities.sums import MULTIPLIERS, Sum, segment

_HUNDRED: Final = 100

_FEVERS: Final = range(34, 43)
"""Degrees of a body: "trente-huit cinq" is how a temperature is said, and nothing else is."""

_CENTURIES: Final = range(17, 21)
"""What a year begins with when it is said in two halves: "nineteen eighty-five"."""

_LONGEST_SUFFIX: Final = 5
_LONGEST_CASE: Final = 2
"""Letters of what may end a number in digits: "12th", "3ème", and of the endings of Russian cases."""


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
        words = self._scan.words
        if self._lexicon.doubled and words[place : place + 1] == words[place + 1 : place + 2] and self._word(place):
            return self.at(place + 1)  # "تین تین گھنٹے بعد": every three hours
        if (number := self._led(place)) is not None:
            return number
        number = self._whole(place)
        if number is None or number.article or number.ordinal or number.tail is not None:
            return number
        end = number.end
        pointed = end < len(words) and words[end] in self._lexicon.point and number.value % 1 == 0
        if pointed and (tenths := self.decimals(end + 1)):
            digits, after = tenths
            return replace(number, value=Decimal(f"{int(number.value)}.{digits}"), end=after, sure=True)
        return self._temperature(number)

    def _led(self, place: int) -> Number | None:
        """ "ساڑھے تین": a half and three; "ساڑھے تین سو": a half and three hundreds."""
        part = self._lexicon.leading.get(self._scan.words[place]) if place < len(self._scan.words) else None
        number = self._whole(place + 1) if part is not None else None
        if part is None or number is None or number.ordinal or number.article or number.tail is not None:
            return None
        last = self._word(number.end - 1)
        scale = last.value if last is not None and last.value >= _HUNDRED else 1
        return replace(number, value=number.value + part * scale, sure=True)

    def _whole(self, place: int) -> Number | None:
        figure = self._scan.figures.get(place)
        if figure is None:
            return self._spelled(place) if place < len(self._scan.words) else None
        if figure.form != "number":
            return None
        value, end = figure.parts[0], place + 1
        while (scale := self._word(end)) is not None and scale.value in MULTIPLIERS and not scale.article:
            value, end = value * scale.value, end + 1
        if (part := self._scan.figures.get(end)) is not None and part.form == "part":
            value, end = value + part.parts[0], end + 1
        elif end == place + 1:
            end = self._after_suffix(end)
        return Number(value, end, digits=True)

    def _after_suffix(self, place: int) -> int:
        """Past the ending of an ordinal or of a case: "1er", "12th", "5-й", "3'te". A unit or "pm" is none."""
        scan, known = self._scan, self._lexicon
        word = scan.words[place] if place < len(scan.words) else ""
        if not word[:1].isalpha() or len(word) > _LONGEST_SUFFIX:
            return place
        gap = scan.text[scan.ends[place - 1] : scan.starts[place]]
        if gap == "-" and len(word) <= _LONGEST_CASE and word > "\u0400":
            return place + 1  # "7-м" is seventh, not seven metres
        names = known.unit_at(scan.words, place) or known.symbols.at(scan.words, place)
        return place + 1 if gap in ("", "-", "'", "’") and names is None and word not in known.known else place

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
        total, end, pieces = Sum(known), place, list[_Piece]()
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
        sure = sure or (end < len(words) and words[end] in known.suffixes)  # "নয়", "is not", but "নয়টি"
        number = Number(
            total.value,
            end,
            sure and total.value != 1,
            ordinal=any(piece.ordinal for piece in pieces),
            tail=pieces[-1].tail,
        )
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
        if (
            before is not None
            and before.ordinal
            and word not in (known.numbers if known.units_first else known.ordinals)
        ):
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

    def decimals(self, place: int) -> tuple[str, int] | None:
        """The digits behind a decimal point said aloud, and where they end: "vingt-cinq", "zero five", "05"."""
        said, end = "", place
        while (number := self._whole(end)) is not None and not number.article and not number.ordinal:
            written = self._scan.text[self._scan.starts[end] : self._scan.ends[number.end - 1]]
            digits = written if number.digits else str(number.value)
            if not digits.isdecimal() or (said and (len(digits) > 1 or len(said) > 3)):
                break
            said, end = said + digits, number.end
            if len(digits) > 1:
                break
        return (said, end) if said else None

    def _temperature(self, number: Number) -> Number:
        if number.value not in _FEVERS:
            return number
        words, end = self._scan.words, number.end
        joined = self._lexicon.tenths_after_and and end < len(words) and words[end] in self._lexicon.ands
        start = end + joined
        tenths = self._whole(start)
        if (
            tenths is None
            or tenths.ordinal
            or not 1 <= tenths.value <= 9
            or not self._scan.spaced(start)
            or tenths.end != start + 1
        ):
            return number
        after = tenths.end
        if after < len(words):
            unit = self._lexicon.unit_at(words, after)
            if words[after] in self._lexicon.tenths:
                after += 1
            elif (unit is not None and unit[1].name not in ("°", "°C")) or self._whole(after) is not None:
                return number
        return replace(number, value=number.value + tenths.value / 10, end=after, sure=True)
