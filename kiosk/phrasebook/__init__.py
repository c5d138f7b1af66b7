"""Sentences of a consultation that were translated by hand: read, checked, recognised in what is said, signed.

Pure, but for reading the files; `kiosk.cli.phrasebook` writes.
"""

from kiosk.phrasebook.book import Phrasebook, PhraseMatch, written_languages
from kiosk.phrasebook.checking import Problem
from kiosk.phrasebook.entries import ANSWERS, MASTER, Entry, Group, Phrase, Signature, Status

__all__ = [
    "ANSWERS",
    "MASTER",
    "Entry",
    "Group",
    "Phrase",
    "PhraseMatch",
    "Phrasebook",
    "Problem",
    "Signature",
    "Status",
    "written_languages",
]
