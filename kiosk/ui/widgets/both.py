"""The same sentences in both languages side by side, staff's on the left and the family's on the right."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from kiosk.languages import language
from kiosk.phrasebook import MASTER, Phrasebook, Status
from kiosk.ui.strings import language_name, tr
from kiosk.ui.widgets.native import Native


class Both(Horizontal):
    """Phrases of the phrasebook in French and in the family's language; French alone where it lacks a translation."""

    def __init__(self, phrasebook: Phrasebook, family: str, *phrases: str) -> None:
        super().__init__()
        self._french = " ".join(said(phrasebook, phrase, MASTER) for phrase in phrases)
        self._translated = " ".join(said(phrasebook, phrase, family) for phrase in phrases)
        self._family = language(family)

    def compose(self) -> ComposeResult:
        yield Static(self._french, classes="-staff", markup=False)
        translated = Native(self._translated, self._family.code)
        yield Static(translated, classes="-family -rtl" if self._family.rtl else "-family")


def said(phrasebook: Phrasebook, phrase: str, code: str) -> str:
    """A phrase in a language, or nothing where it is absent."""
    entry = phrasebook.entry(phrase, code)
    return entry.text if entry is not None else ""


def reservation(phrasebook: Phrasebook, phrases: tuple[str, ...], family: str) -> str:
    """What staff must know of the translations of these phrases; nothing where all of them are verified."""
    if family == MASTER:
        return ""
    statuses = {phrasebook.status(phrase, MASTER, family) for phrase in phrases}
    name = language_name(family)
    if None in statuses:
        return tr("notice.no_text", language=name)
    return "" if statuses == {Status.VERIFIED} else tr("notice.unreviewed", language=name)
