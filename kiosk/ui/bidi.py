"""From the order in which text is read to what the terminal must be sent.

The only python-bidi and arabic_reshaper import.

Text stays in reading order wherever it is kept, and is wrapped in that order. Then each line, where the terminal does
not do it by itself, is joined (Arabic letters take the form that touches their neighbours) and put in the order that is
seen, after the Unicode Bidirectional Algorithm (UAX #9), its language giving the direction of the paragraph.

python-bidi's `get_display`, in Rust, gives a string from which nobody can tell what became of each character, and does
not mirror brackets. Its older steps in Python keep an entry for each character, but know no pairs of brackets (rule
N0): « Efferalgan (paracétamol) » inside Arabic would lose a bracket to its other end. So these steps are taken here one
by one, with N0 among them; a test holds the order against that of `get_display`.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from itertools import accumulate, groupby
from typing import Any, Final, TypeVar

from arabic_reshaper import ArabicReshaper
from bidi import algorithm
from bidi.mirror import MIRRORED
from textual.content import Content

from kiosk.languages import LANGUAGES

T = TypeVar("T")


class Way(StrEnum):
    """Who puts text in order: this program, or the terminal by itself."""

    APP = "app"
    TERMINAL = "terminal"

    @property
    def other(self) -> Way:
        """The one to try where this one does not read well."""
        return Way.TERMINAL if self is Way.APP else Way.APP


class _Terminal:
    """There is one terminal to a process, and every line is made for that one."""

    way = Way.APP
    latin_digits = False


def draw_for(way: Way, *, latin_digits: bool = False) -> None:
    """Make lines for a terminal of this kind from now on.

    `latin_digits`: write ٢٫٥ as 2٫5, since the terminal would show it as ٥٫٢.
    """
    _Terminal.way = way
    _Terminal.latin_digits = latin_digits


def drawn_for() -> Way:
    """Who puts text in order now."""
    return _Terminal.way


# No room speaks Hebrew; the tables of the tests do, since its letters do not join and the order alone is seen.
_FROM_THE_RIGHT: Final = frozenset({"he", *(code for code, language in LANGUAGES.items() if language.rtl)})

_RESHAPER: Final = ArabicReshaper(
    configuration={
        "delete_harakat": False,
        # A word drawn in one cell cannot be read. Lam and alef alone must be one: apart they are misspelt.
        "ARABIC LIGATURE ALLAH": False,
    }
)

_NEVER_DRAWN: Final = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xAD, 0x200D, 0xFE0F, *range(0x1F3FB, 0x1F400)]
)
"""Embeddings, overrides and isolates; soft hyphens, joiners, emoji selectors and skin tones.

Of the latter no two terminals think alike how many cells they take (asked: VTE, xterm, Konsole, kitty, Alacritty,
mlterm, tmux), and after a joiner Rich counts nothing for the next character, be it a letter. What is left is readable.
"""
_LATIN_DIGITS: Final = {first + value: str(value) for first in (0x660, 0x6F0) for value in range(10)}
_DIRECTION_MARKS: Final = frozenset("\u200e\u200f\u061c")
"""LRM, RLM and ALM: they have a say in the order and no place on the screen."""
_EMBEDDED: Final = {True: "\u202b{}\u202c", False: "\u202a{}\u202c"}
"""For terminals that order lines by themselves: whether a part of the line begins on the right, and what says so.

Without it they take a line for one of Latin, and the words around a dose change places. Seen to work in Konsole 22.12,
which mirrors no brackets; RLM does not.
"""
_MARK: Final = {True: "\u200f", False: "\u200e"}
"""RLM and LRM, by whether the paragraph begins on the right."""
_BEFORE_A_NUMBER: Final = {True: re.compile("L[^LRN]*(?=N[^LR]*R)"), False: re.compile("R[^LRN]*(?=N[^LR]*(?:L|$))")}
"""In classes of characters, from a word of the other direction up to a number before one of the paragraph's own.

UAX #9 leaves such a number to the word before: « 2,5 ml 3 مرات » would be seen with the 3 beside the 2,5, and « Donnez
à محمد 2,5 ml » with the name between 2,5 and ml. With a mark there, as careful authors set it, it goes with the rest.
"""
_GROUPED: Final = re.compile(r"(?<!\d)(?:\d{1,3}(?: \d{3})+|\d\d(?: \d\d){3,})(?!\d)")
"""80 000, or a telephone number: UAX #9 keeps it whole only where no-break spaces part it, and shows 000 80."""
_LETTER: Final = "L"
"""What a character is taken for that no table knows yet. UAX #9 does so too, outside the blocks of Arabic."""
_DEEPEST: Final = 63
"""How many brackets inside one another UAX #9 looks at (BD16)."""


def reads_from_the_right(language: str) -> bool:
    """Whether paragraphs of the language of this code begin on the right."""
    return language in _FROM_THE_RIGHT


def drawable(text: str) -> str:
    """`text` composed, and without what terminals draw or count differently. To be done before it is wrapped."""
    kept = unicodedata.normalize("NFC", text).translate(_NEVER_DRAWN)
    return kept.translate(_LATIN_DIGITS) if _Terminal.latin_digits else kept


def visual_lines(text: str, width: int, language: str) -> list[str]:
    """`text` wrapped to lines of `width` cells at most, each as it must be sent to the terminal. At least one line."""
    return [visual_content(line, language).plain for line in Content(drawable(text)).wrap(max(width, 1))]


def visual_line(line: str, language: str) -> str:
    """One line, already wrapped, as it must be sent to the terminal."""
    return visual_content(Content(drawable(line)), language).plain


def visual_content(line: Content, language: str) -> Content:
    """One line, `drawable` and wrapped, as it must be sent to the terminal; each character keeps its style."""
    from_the_right = reads_from_the_right(language)
    mixed = from_the_right or any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in line.plain)
    if not line.plain or not mixed:
        return line
    if _Terminal.way is Way.TERMINAL:
        # One style for the line, that of its end, which may still change: Konsole orders each style by itself.
        *_, (_, style) = line.render(end="")
        marked = list(_with_whole_numbers(line.plain))
        for place in reversed(_places_of_marks(marked, from_the_right)):
            marked.insert(place, _MARK[from_the_right])
        return Content.styled(_EMBEDDED[from_the_right].format("".join(marked)), style)
    return Content.assemble(*visual_pieces(list(line.render(end="")), from_the_right=from_the_right))


def visual_pieces(pieces: list[tuple[str, T]], *, from_the_right: bool) -> list[tuple[str, T]]:
    """Pieces of one line in reading order -> the same, joined, and cut where need be, from left to right as it is seen.

    What each piece is tagged with is not looked at. `from_the_right`: the direction of the paragraph.
    """
    texts = [text for text, _ in pieces]
    # A ligature makes the text shorter, so a piece ends where the text up to its end does once joined.
    ends = [len(_RESHAPER.reshape(text)) for text in accumulate(texts)]
    clusters: list[str] = []
    owners: list[int] = []
    for index, character in enumerate(_with_whole_numbers(_RESHAPER.reshape("".join(texts)))):
        if clusters and unicodedata.category(character) in ("Mn", "Me"):
            clusters[-1] += character
        else:
            clusters.append(character)
            owners.append(sum(end <= index for end in ends))
    for place in reversed(_places_of_marks(clusters, from_the_right)):
        clusters.insert(place, _MARK[from_the_right])
        owners.insert(place, owners[place - 1])
    seen = [
        (owners[entry["index"]], entry["ch"] + clusters[entry["index"]][1:])
        for entry in in_visual_order("".join(cluster[0] for cluster in clusters), from_the_right=from_the_right)
        if entry["ch"] not in _DIRECTION_MARKS
    ]
    return [
        ("".join(text for _, text in group), pieces[owner][1])
        for owner, group in groupby(seen, key=lambda item: item[0])
    ]


def _with_whole_numbers(text: str) -> str:
    return _GROUPED.sub(lambda number: number[0].replace(" ", "\u00a0"), text)


def _places_of_marks(characters: list[str], from_the_right: bool) -> list[int]:
    """Where marks are wanted: see `_BEFORE_A_NUMBER`."""
    classes = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N"}
    line = "".join(classes.get(unicodedata.bidirectional(character[0]), " ") for character in characters)
    return [match.end() for match in _BEFORE_A_NUMBER[from_the_right].finditer(line)]


def in_visual_order(text: str, *, from_the_right: bool) -> list[dict[str, Any]]:
    """UAX #9 for one line. Each entry has the `index` of its character in `text`, and `ch`, mirrored where it must be.

    Zero-width non-joiners and the like are left out.
    """
    storage = algorithm.get_empty_storage()
    storage["base_level"] = int(from_the_right)
    storage["base_dir"] = "R" if from_the_right else "L"
    algorithm.get_embedding_levels(text, storage)
    for index, entry in enumerate(storage["chars"]):
        entry["index"] = index
        if not entry["type"]:  # a character newer than Python's tables: python-bidi would stop at it
            entry["type"] = entry["orig"] = _LETTER
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _pair_brackets(storage["chars"], storage["base_dir"])
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    algorithm.reorder_resolved_levels(storage, debug=False)
    algorithm.apply_mirroring(storage, debug=False)
    entries: list[dict[str, Any]] = storage["chars"]
    return entries


def _pair_brackets(entries: list[dict[str, Any]], base: str) -> None:
    """Rule N0: both brackets of a pair take one direction, after what they hold and what stands before them."""
    for opening, closing in sorted(_bracket_pairs(entries)):
        inside = {_strong(entry) for entry in entries[opening + 1 : closing]} - {""}
        if not inside:
            continue
        direction = base
        if base not in inside:
            before = [strong for entry in entries[:opening] if (strong := _strong(entry))]
            direction = (before or [base])[-1]
        entries[opening]["type"] = entries[closing]["type"] = direction


def _bracket_pairs(entries: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Rule BD16. A bracket is what opens or closes and has another character for its mirror image."""
    pairs: list[tuple[int, int]] = []
    awaited: list[tuple[str, int]] = []
    for index, entry in enumerate(entries):
        character = entry["ch"]
        if entry["type"] != "ON" or character not in MIRRORED:
            continue
        kind = unicodedata.category(character)
        if kind == "Ps":
            if len(awaited) == _DEEPEST:
                return []
            awaited.append((MIRRORED[character], index))
        elif kind == "Pe":
            for depth in reversed(range(len(awaited))):
                if awaited[depth][0] == character:
                    pairs.append((awaited[depth][1], index))
                    del awaited[depth:]
                    break
    return pairs


def _strong(entry: dict[str, Any]) -> str:
    """The direction of a character by itself, as rule N0 has it: numbers count as right to left."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(entry["type"], "")
