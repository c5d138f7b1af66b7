"""French sentences made alike: what says nothing left out, and the ways to ask one question brought to one."""

from __future__ import annotations

import re
from typing import Final

BORN: Final = re.compile(r"\bnés?\b", re.IGNORECASE)
""" "Né", which without its accent would deny."""

# Texts below are folded: lower case, without accents.

_INVERTED: Final = re.compile(r"[- ]t[- ](?:il|elle|on)s?\b|-(?:il|elle)s?\b")
_SAME: Final = tuple(
    (re.compile(pattern), same)
    for pattern, same in (
        # "Votre bébé, il dort bien ?" is "Votre bébé dort bien ?", and so is "Votre bébé dort-il bien ?"
        (r"\b(enfant|bebe),?( \w+)? (?:il|elle)\b", r"\1\2"),
        (r"\best[- ]ce qu(?:e\b|')", " "),
        (r"\bs(?:'il|i) (?:vous|te) plait\b|\bsvp\b", " "),
        (r"\bpuis-je\b", "je peux"),
        (r"\bce n'est\b", "c'est"),
        (r"\bca\b", "cela"),
        (r"\baux\b", "au"),
        (r"\bune?\b", "1"),
        (r"\bquel(?:le)?s?\b", "quel"),
        (r"\bj\b", "je"),
    )
)

IGNORED: Final = frozenset(("le", "la", "les", "l", "de", "des", "d", "ne", "n", "euh", "heu"))
""" "Ne" too: it is not said by most and never stands alone. Not "du": "faire mal" is not "faire du mal"."""

OPENINGS: Final = ("alors", "donc", "bon", "ben", "bah", "voila", "et", "ok")
"""Said before a sentence without changing it; behind it some of them would."""

PERSONS: Final = frozenset(("je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles"))
"""Words that change places in a question."""

_DENYING: Final = frozenset(
    ("pas", "jamais", "rien", "aucun", "aucune", "ni", "personne", "plus", "que", "qu", "point")
)

_ASKING: Final = re.compile(
    r"\best[- ]ce qu|[- ]t[- ](?:il|elle|on)\b|^(?:et )?(?:a |de |depuis )?(?:combien|comment|ou|pourquoi|qui|quel)"
)
_INVERSION: Final = re.compile(r"\b\w+(?:ez|es)[- ]vous\b|\bpuis-je\b|\w-(?:il|elle)s?\b")


def made_alike(folded: str) -> str:
    """A folded sentence with one form for what may be put in several."""
    alike = _INVERTED.sub(" ", folded)
    for pattern, same in _SAME:
        alike = pattern.sub(same, alike)
    return alike


def lost_its_denial(words: list[str]) -> bool:
    """Whether there is a "ne" whose "pas" was not heard: "Ne donnez de bain froid"."""
    return not {"ne", "n"}.isdisjoint(words) and _DENYING.isdisjoint(words)


def is_question(folded: str, *, ended: bool) -> bool | None:
    """Whether a folded sentence without a question mark asks; None where it cannot be told.

    `ended`: a full stop says that it does not. "Asseyez-vous" and "avez-vous" differ by their verb alone, which is
    compared anyway.
    """
    if _ASKING.search(folded):
        return True
    return None if not ended and _INVERSION.search(folded) else False
