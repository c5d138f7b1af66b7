"""The same sentence in both languages side by side, staff's on the left and the family's on the right."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from kiosk.languages import language
from kiosk.phrasebook import MASTER, Phrasebook, Status
from kiosk.ui.widgets.native import Native

_UNREVIEWED = "Textes en {name} : brouillons qu'aucun interprète n'a encore relus."


class Both(Horizontal):
    """A phrase of the phrasebook in French and in the family's language; French alone where it lacks a translation."""

    def __init__(self, phrasebook: Phrasebook, phrase: str, family: str) -> None:
        super().__init__()
        self._french = said(phrasebook, phrase, MASTER)
        self._translated = said(phrasebook, phrase, family)
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
    name = language(family).french
    if None in statuses:
        return f"Pas de texte en {name} : lisez ces phrases à la famille, ou faites-les lire par un interprète."
    return "" if statuses == {Status.VERIFIED} else _UNREVIEWED.format(name=name)
