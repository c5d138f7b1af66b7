"""A text as words and figures, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from kiosk.quantities.folding import INDIC, fold, western
from kiosk.quantities.lexicon import Lexicon

_SPACE: Final = "[ \u00a0\u202f\u2009]"
_MARK: Final = f"[\u0300-\u036f\u064b-\u065f\u0670\u0640{INDIC}]*"
_LETTER: Final = rf"[^\W\d_]{_MARK}(?:(?<=\u09cd)[^\W\d_]{_MARK})*"
"""One letter, or several that Bengali writes as one: "গ্রা"."""

_TOKEN: Final = re.compile(
    rf"""
      (?P<iso>(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d))
    | (?P<date>(?<!\d)\d{{1,2}}(?P<dot>[./-])\d{{1,2}}(?P=dot)(?:\d{{4}}|\d\d)(?![\d.,]*\d))
    | (?P<clock>(?<![\d:])\d{{1,2}}:[ ]?\d\d(?::\d\d)?(?![\d:]))
    | (?P<slash>(?<![\d/.,])\d{{1,2}}/\d{{1,2}}(?![\d/]|[.,]\d))
    | (?P<grouped>(?<![\d.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d+(?!\d))?)
    | (?P<number>\d+(?:[.,]\d+)*)
    | (?P<vulgar>[½¼¾⅓⅔])
    | (?P<word>[а-яіїєґё]+(?:['’ʼ][а-яіїєґё]+)*
             | {_LETTER}(?:\.{_LETTER})+(?![\w{INDIC}])\.?
             | (?:[^\W\d_]{_MARK})+)
    | (?P<sign>[^\s\w'’ʼ‘"‐‑‒–—\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff-])
    """,
    re.VERBOSE | re.IGNORECASE,
)

_LAKHS: Final = re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}")
"""As India writes 1,50,000."""

_VULGAR: Final = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667"}
_PARTS: Final = {2: "0.5", 3: "0.333", 4: "0.25", 5: "0.2", 8: "0.125", 10: "0.1"}


@dataclass(frozen=True, slots=True)
class Figure:
    """What digits say: a number, or the parts of a "date" (day, month, perhaps year) or a "clock" (hours, minutes)."""

    form: str
    parts: tuple[Decimal, ...]


@dataclass(slots=True)
class Scan:
    """`words` are folded, and empty where there are digits, which `figures` has by their place among the words.

    Apostrophes and hyphens are no words; other punctuation is.
    """

    text: str
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    figures: dict[int, Figure] = field(default_factory=dict)

    def add(self, word: str, start: int, end: int) -> None:
        """One more word, between these characters."""
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)

    def spaced(self, place: int) -> bool:
        """Whether space alone parts this word from the one before it, no hyphen or apostrophe."""
        return self.text[self.ends[place - 1] : self.starts[place]].isspace()

    def in_name(self, place: int) -> bool:
        """Whether letters stand right before this word: "B12", "COVID-19"."""
        start = self.starts[place]
        if start and self.text[start - 1] in "-‐‑":
            start -= 1
        return start > 0 and self.text[start - 1].isalpha()


def scan(text: str, lexicon: Lexicon) -> Scan:
    """The words and figures of `text`, whose digits may be of any script."""
    plain = western(text)
    result = Scan(plain)
    for found in _TOKEN.finditer(plain):
        form, said = found.lastgroup or "", found[0]
        if form == "word":
            _add_word(result, fold(said, lexicon.language), found.start(), found.end(), lexicon)
        elif form == "sign":
            result.add(said, found.start(), found.end())
        else:
            _add_figures(result, form, found, lexicon)
    return result


def _add_word(result: Scan, word: str, start: int, end: int, lexicon: Lexicon) -> None:
    """A word, without the article or the "and" that Arabic writes in front of it where what is left is known.

    What Bengali writes behind a number, as in "তিনটি" and "দুবার", is a word of its own.
    """
    if lexicon.prefixes and word not in lexicon.known:
        for prefix in lexicon.prefixes:
            rest = word[len(prefix) :]
            if word.startswith(prefix) and rest in lexicon.known:
                if prefix[0] in lexicon.joins:
                    result.add(prefix[0], start, start + 1)
                    start += 1
                word = rest
                break
    if word.endswith(lexicon.suffixes) and word not in lexicon.known:
        word, start = _without_number(result, word, start, end, lexicon)
    result.add(word, start, end)


def _without_number(result: Scan, word: str, start: int, end: int, lexicon: Lexicon) -> tuple[str, int]:
    """What stands behind the number in `word`, and where it begins; the number is added. `word` if there is none."""
    for suffix in lexicon.suffixes:
        stem = word.removesuffix(suffix)
        if stem != word and stem in lexicon.numbers:
            written = result.text[start:end]
            cuts = (cut for cut in range(len(written), 0, -1) if fold(written[cut:], lexicon.language) == suffix)
            cut = start + next(cuts, 1)
            result.add(stem, start, cut)
            return suffix, cut
    return word, start


def _add_figures(result: Scan, form: str, found: re.Match[str], lexicon: Lexicon) -> None:
    said, start, end = found[0], found.start(), found.end()
    match form:
        case "iso":
            year, month, day = said.split("-")
            figure = _date(day, month, year)
        case "dot" | "date":
            figure = _date(*re.split(r"[./-]", said))
        case "clock":
            figure = Figure("clock", tuple(Decimal(part) for part in said.split(":")[:2]))
        case "slash":
            figure = _ratio(*said.split("/"))
        case "vulgar":
            after = start in result.ends[-1:] and len(result.words) - 1 in result.figures
            figure = Figure("part" if after else "number", (Decimal(_VULGAR[said]),))
        case _:
            figure = Figure("number", tuple(_numbers(said, lexicon.decimal_mark)))
    if figure.form == "number" and len(figure.parts) > 1:
        for piece in re.finditer(r"\d+|/", said):
            if piece[0] == "/":
                result.add("/", start + piece.start(), start + piece.end())
                continue
            result.figures[len(result.words)] = Figure("number", (Decimal(piece[0]),))
            result.add("", start + piece.start(), start + piece.end())
    else:
        result.figures[len(result.words)] = figure
        result.add("", start, end)


def _date(day: str, month: str, year: str = "") -> Figure:
    """The day before the month, as everywhere but in the United States, unless only the other way is a date."""
    first, second = int(day), int(month)
    if second > 12 >= first:
        first, second = second, first
    if not (1 <= second <= 12 and first >= 1):
        return Figure("number", tuple(Decimal(part) for part in (day, month, year) if part))
    parts = [Decimal(first), Decimal(second)]
    if year:
        parts.append(Decimal(year) + (2000 if len(year) == 2 else 0))
    return Figure("date", tuple(parts))


def _ratio(first: str, second: str) -> Figure:
    """ "1/2" is a half, "12/03" a date, "24/7" two numbers."""
    if len(first) == 1 and int(second) in _PARTS and 0 < int(first) < int(second) and second[0] != "0":
        return Figure("number", (Decimal(first) * Decimal(_PARTS[int(second)]),))
    if len(second) == 2 and 1 <= int(first) <= 31:
        return _date(first, second)
    return Figure("number", (Decimal(first), Decimal(second)))


def _numbers(said: str, mark: str) -> list[Decimal]:
    """One number, or several where points part them as in no number: "1.2.3"."""
    plain = re.sub(_SPACE, "", said)
    if _LAKHS.fullmatch(plain):
        return [Decimal(plain.replace(",", ""))]
    points, commas = plain.count("."), plain.count(",")
    if not points and not commas:
        return [Decimal(plain)]
    if points and commas:
        last = max(plain.rfind("."), plain.rfind(","))
        whole, part = re.sub("[.,]", "", plain[:last]), plain[last + 1 :]
        return [Decimal(f"{whole}.{part}")]
    sign = "." if points else ","
    groups = plain.split(sign)
    by_thousands = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and groups[0] != "0"
    if by_thousands and (sign != mark or len(groups) > 2 or groups[1] == "000") and plain == said:
        return [Decimal("".join(groups))]
    if len(groups) == 2:
        return [Decimal(f"{groups[0]}.{groups[1]}")]
    return [Decimal(group) for group in groups]
