"""What was said, as a text that a person keeps on purpose: the whole conversation, or a reminder of a few lines. Pure.

Nothing is kept by itself; `kiosk.keep` writes, and only what the nurse asks for. A machine's words outlive the
conversation here, where nobody can ask again: each stands beside what was heard, with its doubts in words.
"""

from __future__ import annotations

import re
import textwrap
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from kiosk.languages import language
from kiosk.plain import clean
from kiosk.quantities import find
from kiosk.types import FACTS, BackTranslation, Caption, Flag, Room, Side

_ENDING: Final = re.compile(r"\.[a-z][a-z0-9]{1,3}$", re.IGNORECASE)
"""How the names of files end: .txt, .md, .docx, .mp4."""


class Form(StrEnum):
    """How a file is written; the value is how its name ends."""

    TEXT = "txt"
    MARKDOWN = "md"


@dataclass(frozen=True, slots=True)
class Said:
    """A caption as it was last shown, and what its translation says, translated back, where that is known."""

    caption: Caption
    back: BackTranslation | None = None

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Facts and doubts, that of the back-translation included."""
        doubtful = self.back is not None and self.back.doubtful and Flag.MEANING not in self.caption.flags
        return (*self.caption.flags, Flag.MEANING) if doubtful else self.caption.flags

    @property
    def doubts(self) -> tuple[Flag, ...]:
        """The flags that are no mere facts."""
        return tuple(flag for flag in self.flags if flag not in FACTS)

    @property
    def printable(self) -> bool:
        """Whether it may stand on a paper that is taken home: a doubt is in words that the family cannot read."""
        return self.caption.final and not self.doubts


@dataclass(frozen=True, slots=True)
class Occasion:
    """When (local time) and between which languages this was said, and words that only the screen knows.

    `flags`: what each flag says to staff. `family_notice`: that a machine translates, in the family's language.
    """

    room: Room
    when: datetime
    flags: Mapping[Flag, str]
    family_notice: str


_MONTHS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_WHO: Final = {Side.STAFF: "Équipe", Side.FAMILY: "Famille"}
_NOTHING: Final = "—"

_RESERVATION: Final = (
    "Une IA a écouté et traduit. Aucune personne n'a vérifié ce qui suit : l'écoute comme la traduction peuvent être "
    "fausses, même là où aucun doute n'est signalé. Ce n'est pas un compte rendu médical."
)
_RESERVATION_AT_HOME: Final = (
    "Une IA a écouté et traduit. Aucune personne n'a vérifié les lignes dites « non vérifiées » : elles peuvent être "
    "fausses. En cas de doute, demandez à l'équipe."
)
_CAUTION: Final = (
    "Ce fichier contient des données de santé. Le kiosque ne l'effacera pas : la personne qui l'a demandé en répond."
)

# With "14 mars" and "2,5 ml", which hold figures: what is worth a line on a paper even in words alone.
_WHEN_OR_HOW_MUCH: Final = re.compile(
    r"\b(lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|demain|rendez-vous|midi|minuit|matins?|soirs?"
    rf"|heures?|jours?|semaines?|mois|fois|doses?|gouttes?|vaccins?|{'|'.join(_MONTHS)})\b",
    re.IGNORECASE,
)


def file_name(stem: str, when: datetime, form: Form) -> str:
    """A name with the date and the time, and of nobody: "rappel-2026-03-14-10h05.txt"."""
    return f"{stem}-{when:%Y-%m-%d-%Hh%M}.{form}"


def with_ending(name: str, form: Form) -> str:
    """`name`, ending as `form` does unless it has an ending of its own. "14.03" is a date, "J. Dupont" a name.

    Whether a file can have that name is `kiosk.keep`'s to say: what is empty or ends with a point stays as it is.
    """
    name = name.strip()
    return name if not name or name.endswith(".") or _ENDING.search(name) else f"{name}.{form}"


def worth_reminding(said: Said) -> bool:
    """Whether it holds a quantity in either language, or a French word for a time or an amount. Raises AssetError."""
    halves = (
        (said.caption.transcript.text, said.caption.transcript.language),
        (said.caption.translation.text, said.caption.translation.target),
    )
    return any(
        any(map(str.isdecimal, text))
        or any(quantity.sure for quantity in find(text, code))
        or (code == "fr" and _WHEN_OR_HOW_MUCH.search(text) is not None)
        for text, code in halves
    )


def reminder_order(said: Sequence[Said]) -> tuple[Said, ...]:
    """What may be worth a line on a paper first, then the rest; each in the order in which it was said."""
    return tuple(sorted(said, key=lambda one: not worth_reminding(one)))


def still_printable(lines: Sequence[Said], said: Sequence[Said]) -> bool:
    """Whether each of these lines, chosen a moment ago, is word for word among what is `said` now, and in no doubt."""
    now = [one.caption for one in said if one.printable]
    return all(line.caption in now for line in lines)


def conversation(said: Sequence[Said], occasion: Occasion, form: Form) -> str:
    """All of it: who spoke, what was heard, what was translated, and every doubt in words."""
    page, room = _page(form), occasion.room
    staff, family = language(room.staff).french, language(room.family).french
    page.title("Conversation traduite par une machine")
    count = f"{len(said)} parole{'s' if len(said) > 1 else ''}"
    page.paragraph(f"Le {_date(occasion.when)} à {occasion.when.hour} h {occasion.when:%M}. {count}.")
    page.paragraph(f"Langues : {staff} (équipe), {family} (famille).")
    page.paragraph(_RESERVATION)
    page.paragraph(_CAUTION)
    for number, one in enumerate(said, 1):
        caption = one.caption
        heard, translation = caption.transcript, caption.translation
        page.heading(f"{number}. {_WHO[caption.side]}")
        page.words(f"Entendu, en {language(heard.language).french}", heard.text, heard.language)
        label = f"{_origin(one).capitalize()}, en {language(translation.target).french}"
        page.words(label, translation.text, translation.target)
        if caption.translation.figures:
            page.words("Quantités telles qu'entendues", " ; ".join(translation.figures), heard.language)
        if one.back is not None:
            page.words("La traduction dit à peu près", one.back.text, heard.language)
        doubts = [occasion.flags[flag] for flag in one.doubts] + ([] if caption.final else ["phrase inachevée"])
        for doubt in doubts:
            page.paragraph(f"⚠ {doubt}")
    return page.text()


def reminder(said: Sequence[Said], occasion: Occasion, form: Form) -> str:
    """Lines for the family to take home, each in both languages with its reserve.

    Raises ValueError where there is no line, or where one may not be printed: the screen offers neither.
    """
    if not said or not all(one.printable for one in said):
        raise ValueError("nothing to print, or a line in doubt")
    page, room = _page(form), occasion.room
    page.title("Rappel")
    page.paragraph(f"Le {_date(occasion.when)}.")
    if not all(Flag.VERIFIED in one.flags for one in said):
        page.paragraph(_RESERVATION_AT_HOME)
        page.words("", occasion.family_notice, room.family)
    for number, one in enumerate(said, 1):
        spoken = one.caption.transcript.language
        page.heading(f"{number} sur {len(said)}")
        for code in room.languages:
            text = one.caption.transcript.text if code == spoken else one.caption.translation.text
            page.words(f"En {language(code).french} ({'dit' if code == spoken else _origin(one)})", text, code)
    return page.text()


def _origin(one: Said) -> str:
    """Where a translation comes from, and who vouches for it."""
    if Flag.VERIFIED in one.flags:
        return "phrase vérifiée par une personne qualifiée"
    if Flag.STARTER in one.flags:
        return "traduction de démonstration, non vérifiée, à ne pas utiliser"
    return "phrase préparée, non vérifiée" if Flag.PHRASE in one.flags else "traduction automatique, non vérifiée"


def _date(when: datetime) -> str:
    return f"{'1er' if when.day == 1 else when.day} {_MONTHS[when.month - 1]} {when.year}"


# -- pages ------------------------------------------------------------------------------------------------------------

_WIDTH: Final = 76
"""Columns of a text file: what a printer that knows no more than letters puts on a line."""

_TOGETHER: Final = re.compile(r"(?<=[\d«]) (?=\S)|(?<=\S) (?=[»:;?!])")
"""Spaces where no line may end: behind a figure, and where French typography has one beside a mark."""
_RTL_ISOLATE: Final = "\u2067{}\u2069"

_MARKDOWN: Final = re.compile(r"[\\`*_\[\]<>#|~&]|^[-+=](?=[-+=\s]|$)")
_LIST: Final = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


class _Page(ABC):
    """Blocks of a document, one under the other."""

    def __init__(self) -> None:
        self._blocks: list[str] = []

    def text(self) -> str:
        """The whole document, with its closing line end."""
        return "\n\n".join(self._blocks) + "\n"

    def words(self, label: str, text: str, code: str) -> None:
        """What was said or translated, in the language `code`, under its label."""
        self._words(label, clean(text) or _NOTHING, rtl=language(code).rtl)

    @abstractmethod
    def title(self, text: str) -> None:
        """Of the document."""

    @abstractmethod
    def heading(self, text: str) -> None:
        """Of one utterance."""

    @abstractmethod
    def paragraph(self, text: str) -> None:
        """Words of the program."""

    @abstractmethod
    def _words(self, label: str, text: str, *, rtl: bool) -> None: ...


class _TextPage(_Page):
    def title(self, text: str) -> None:
        self._blocks.append(f"{text.upper()}\n{'=' * len(text)}")

    def heading(self, text: str) -> None:
        self._blocks.append(f"{text}\n{'-' * len(text)}")

    def paragraph(self, text: str) -> None:
        self._blocks.append("\n".join(_wrapped(text)))

    def _words(self, label: str, text: str, *, rtl: bool) -> None:
        lines = [_RTL_ISOLATE.format(line) if rtl else line for line in _wrapped(text)]
        self._blocks.append("\n".join([*([f"{label} :"] if label else []), *(f"    {line}" for line in lines)]))


class _MarkdownPage(_Page):
    def title(self, text: str) -> None:
        self._blocks.append(f"# {text}")

    def heading(self, text: str) -> None:
        self._blocks.append(f"## {text}")

    def paragraph(self, text: str) -> None:
        self._blocks.append(_escaped(text))

    def _words(self, label: str, text: str, *, rtl: bool) -> None:
        if label:
            self._blocks.append(f"{_escaped(label)} :")
        escaped = _escaped(text)
        self._blocks.append(f"> {_RTL_ISOLATE.format(escaped) if rtl else escaped}")


def _page(form: Form) -> _Page:
    return _MarkdownPage() if form is Form.MARKDOWN else _TextPage()


def _wrapped(text: str) -> list[str]:
    """Lines of `_WIDTH` columns; a figure is never parted from what it counts."""
    return textwrap.wrap(_TOGETHER.sub("\u00a0", text), _WIDTH, break_on_hyphens=False)


def _escaped(text: str) -> str:
    """`text` as Markdown that shows it as it is. A "14." in front would be a list, whose figures readers count anew."""
    return _LIST.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\g<0>", text))
