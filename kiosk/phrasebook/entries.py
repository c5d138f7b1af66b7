"""What a phrasebook is made of: the master's phrases and answers, and what each language says for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

MASTER: Final = "fr"
"""The language whose file holds the ids, the groups and the answers, and that every other file translates."""

ANSWERS: Final = "answer"
"""The group that holds what a family may answer."""


class Status(StrEnum):
    """How far a translation can be trusted. A file holds "draft" or "verified" only."""

    DRAFT = "draft"
    """Nobody qualified has reviewed it."""
    VERIFIED = "verified"
    """A qualified person has signed it, and neither it nor its French has changed since."""
    REVIEW = "review"
    """It was signed and has changed since, or it was never signed properly: a draft again."""


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter of the phrasebook; `name` in French, as staff read it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the master. `id` is "group.name"; `answers` are ids of phrases of the group `ANSWERS`, in order."""

    id: str
    text: str
    also: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The id of its group."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who reviewed a translation, when, of which French, and the seal of all that."""

    by: str
    on: date
    french: str
    seal: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase in one language; `also` are other ways to say it, for recognising only."""

    text: str
    also: tuple[str, ...] = ()
    status: Status = Status.DRAFT
    signature: Signature | None = None

    @property
    def verified(self) -> bool:
        """Whether a signature stands for this very text."""
        return self.status is Status.VERIFIED


@dataclass(frozen=True, slots=True)
class Master:
    """The French file: groups and phrases in the order in which they are shown, answers included."""

    groups: tuple[Group, ...]
    phrases: Mapping[str, Phrase]


def seal(french: str, text: str, also: Iterable[str], by: str, on: date) -> str:
    """16 hexadecimal digits of SHA-256 over what was signed.

    It tells an edit from a review. It is no proof of who signed: whoever can write the file can compute it.
    """
    signed = "\x1f".join((french, text, *also, by, on.isoformat()))
    return hashlib.sha256(signed.encode()).hexdigest()[:16]


def signed(french: str, text: str, also: tuple[str, ...], by: str, on: date) -> Entry:
    """`text` as a qualified person, `by`, has just verified it."""
    return Entry(text, also, Status.VERIFIED, Signature(by, on, french, seal(french, text, also, by, on)))
