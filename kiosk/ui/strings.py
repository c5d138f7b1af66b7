"""Words that stay on screen, and those that the family reads in its own language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FamilyStrings:
    """`notice`: an AI translates and may be wrong. `who`: the family. `translated`: over a translation."""

    notice: str
    who: str
    translated: str


STARTER_WARNING: Final = "⚠ modèle de démonstration : ne pas utiliser avec une famille"
RECORDING_NOTICE: Final = "Lecture d'un enregistrement : le micro n'est pas utilisé"

FRENCH: Final = FamilyStrings("Traduction automatique par une IA : peut se tromper", "Famille", "traduction")

# DRAFT: every translation below awaits review by a person who speaks the language. A language that is not here gets
# the French words, which is honest, rather than words that nobody is sure of.
_CATALOGUE: Final = {
    "fr": FRENCH,
    "en": FamilyStrings("Automatic translation by an AI: it can be wrong", "Family", "translation"),
    "ar": FamilyStrings("ترجمة آلية بالذكاء الاصطناعي: قد تخطئ", "العائلة", "ترجمة"),
    "tr": FamilyStrings("Yapay zekâ ile otomatik çeviri: hata yapabilir", "Aile", "çeviri"),
    "es": FamilyStrings("Traducción automática hecha por una IA: puede equivocarse", "Familia", "traducción"),
    "pt": FamilyStrings("Tradução automática feita por uma IA: pode errar", "Família", "tradução"),
    "it": FamilyStrings("Traduzione automatica fatta da un'IA: può sbagliare", "Famiglia", "traduzione"),
    "ro": FamilyStrings("Traducere automată făcută de o IA: poate greși", "Familie", "traducere"),
    "sq": FamilyStrings("Përkthim automatik nga një IA: mund të gabojë", "Familja", "përkthim"),
    "ru": FamilyStrings("Автоматический перевод, сделанный ИИ: возможны ошибки", "Семья", "перевод"),
    "uk": FamilyStrings("Автоматичний переклад, зроблений ШІ: можливі помилки", "Родина", "переклад"),
    "fa": FamilyStrings("ترجمهٔ خودکار با هوش مصنوعی: ممکن است اشتباه کند", "خانواده", "ترجمه"),
    "de": FamilyStrings("Automatische Übersetzung durch eine KI: Fehler sind möglich", "Familie", "Übersetzung"),
}


def family_strings(code: str) -> FamilyStrings:
    """The family's words in its language, or in French where there are none yet."""
    return _CATALOGUE.get(code, FRENCH)
