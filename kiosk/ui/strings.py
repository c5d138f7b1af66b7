"""The words of the screen, in the language that staff chose, and those that the family reads in its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

from kiosk import paths
from kiosk.interface import MASTER, Catalogue
from kiosk.types import Flag


class Hearing(Enum):
    """Whether a family is listened to, and the name of the text that tells it."""

    OPEN = "microphone_open"
    CLOSED = "microphone_closed"
    SOON = "wait"


class _Staff:
    """The language of whoever sits before this machine: one at a time, as there is one screen."""

    language = MASTER


def speak(language: str) -> None:
    """Show staff this language from now on, on every screen that is made from here."""
    _Staff.language = language


def spoken() -> str:
    """The language that staff are shown."""
    return _Staff.language


@cache
def catalogue() -> Catalogue:
    """Every text, read once. Raises AssetError."""
    return Catalogue.load(paths.INTERFACE)


def tr(key: str, /, **values: object) -> str:
    """The text of this key for staff, with `values` in place of what stands between braces."""
    return catalogue().text(key, _Staff.language, **values)


def counted(key: str, number: int, /) -> str:
    """`number` of something: the text `key`_one or `key`_many, whichever the language uses for that many."""
    one = number < 2 if _Staff.language == MASTER else number == 1
    return tr(f"{key}_one" if one else f"{key}_many", number=number)


def language_name(code: str) -> str:
    """A language by the name that staff have for it, in small letters where their language writes it so."""
    return tr(f"language.{code}")


def loading_name(what: str) -> str:
    """What is being loaded, as the pipeline names it, in the language of staff; as it is where nobody has named it."""
    key = f"loading.{what}"
    return tr(key) if catalogue().has(key, MASTER) else what


def flag_word(flag: Flag, language: str | None = None) -> str:
    """What a flag says to staff; in `language`, where another than theirs is asked for."""
    return catalogue().text(f"flag.{flag.value}", language or _Staff.language)


@dataclass(frozen=True, slots=True)
class FamilyStrings:
    """`notice`: an AI translates and may be wrong. `who`: the family. `translated`: over a translation.

    `ask_staff`: nothing works here, staff have to be asked. `hint`: how to speak. `forgotten`: nothing is left of what
    was said. For who is alone, `show_staff`: this screen is for staff to see; `erase_question`, with its keys, and
    `end_question`: whether to erase, or to end; `still_there`: whether anybody is, and the key that says so.
    """

    notice: str
    who: str
    translated: str
    ask_staff: str
    hint: str
    forgotten: str
    show_staff: str
    erase_question: str
    end_question: str
    still_there: str


def has_family_strings(code: str) -> bool:
    """Whether a family of this language reads them in its own."""
    return catalogue().has("family.notice", code)


def family_strings(code: str) -> FamilyStrings:
    """The family's words in its language, or in French where there are none yet.

    French is honest there: better than words that nobody is sure of.
    """
    text = catalogue().text
    return FamilyStrings(
        text("family.notice", code),
        text("family.who", code),
        text("family.translated", code),
        text("family.ask_staff", code),
        text("family.hint", code),
        text("family.forgotten", code),
        text("family.show_staff", code),
        text("family.erase_question", code),
        text("family.end_question", code),
        text("family.still_there", code),
    )


def hearing_word(hearing: Hearing, code: str) -> str:
    """What the family is told of the microphone, in its language."""
    return catalogue().text(f"family.{hearing.value}", code)


FAMILY_KEYS: Final = frozenset(
    f"keys.{name}"
    for name in (
        *("accept", "refuse", "interpreter", "languages", "choose", "clear", "back"),
        *("pause", "resume", "retry", "read_on", "large", "erase", "restore"),
        *("end", "forget", "return", "new_consultation"),
    )
)
"""What keys do that a family alone is told of: the others are for staff, those that lead to the phrasebook too."""


def key_word(key: str, code: str) -> str:
    """What a family alone reads of a key, in its language: what it does; nothing where that is for staff."""
    return catalogue().text(key, code) if key in FAMILY_KEYS else ""


def key_name(key: str, code: str) -> str:
    """What a key is called in the language of a family; as staff call it where nobody has named it."""
    name = f"key.{key}"
    return catalogue().text(name, code) if catalogue().has(name, code) else tr(name)


def staff_strings() -> FamilyStrings:
    """The same for whoever reads the staff's side."""
    return family_strings(_Staff.language)
