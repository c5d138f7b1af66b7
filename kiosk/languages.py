"""The languages a family may choose: those that Whisper hears and for which an Argos package exists.

Codes are ISO 639-1, which Whisper and Argos share for every language below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.errors import LanguageError
from kiosk.types import Room


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its own name in its own script, its French name, and whether it is written right to left."""

    code: str
    native: str
    french: str
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What this machine can do for a family language, both ways between it and the staff's.

    `missing` names the packages to pull, such as "en-ar", and is empty when captions work; `starter` says that a
    demonstration package is on the route. `quality`: what to expect of the translation, in a word; empty where nothing
    translates. `pull`: what to ask `kiosk models pull` for, such as "fr-ar".
    """

    language: Language
    missing: tuple[str, ...]
    starter: bool
    quality: str = ""
    pull: str = ""

    @property
    def installed(self) -> bool:
        """Captions work both ways."""
        return not self.missing


def for_families_alone(offers: Iterable[Offer], *, demonstration: bool = False) -> tuple[Offer, ...]:
    """What may be offered where no staff are: languages that work both ways without a demonstration package.

    `demonstration`: for a trial, in which no family takes part, those that need one too.
    """
    return tuple(offer for offer in offers if offer.installed and (demonstration or not offer.starter))


# In the order in which staff look for them: the family languages most met in PMI first, then the alphabet.
_LANGUAGES: Final = (
    Language("fr", "Français", "français"),
    Language("ar", "العربية", "arabe", rtl=True),
    Language("tr", "Türkçe", "turc"),
    Language("en", "English", "anglais"),
    Language("uk", "Українська", "ukrainien"),
    Language("sq", "Shqip", "albanais"),
    Language("pt", "Português", "portugais"),
    Language("es", "Español", "espagnol"),
    Language("it", "Italiano", "italien"),
    Language("ro", "Română", "roumain"),
    Language("ru", "Русский", "russe"),
    Language("fa", "فارسی", "persan", rtl=True),
    Language("de", "Deutsch", "allemand"),
    Language("bn", "বাংলা", "bengali"),
    Language("zh", "中文", "chinois"),
    Language("hi", "हिन्दी", "hindi"),
    Language("ur", "اردو", "ourdou", rtl=True),
    Language("pl", "Polski", "polonais"),
    Language("vi", "Tiếng Việt", "vietnamien"),
)

LANGUAGES: Final = {language.code: language for language in _LANGUAGES}
"""Every language by its code, the most used first."""


def language(code: str) -> Language:
    """The language of this code. Raises LanguageError."""
    try:
        return LANGUAGES[code]
    except KeyError:
        known = ", ".join(LANGUAGES)
        raise LanguageError(f"Langue inconnue : « {code} ».", f"Codes possibles : {known}.") from None


def parse_room(text: str) -> Room:
    """`"fr,ar"` -> Room(staff="fr", family="ar"). Raises LanguageError."""
    codes = [code.strip().lower() for code in text.split(",")]
    if len(codes) != 2 or codes[0] == codes[1]:
        raise LanguageError(
            f"Deux langues différentes sont attendues, non « {text} ».",
            "Exemple : fr,en (celle de l'équipe, puis celle de la famille).",
        )
    staff, family = (language(code).code for code in codes)
    return Room(staff, family)
