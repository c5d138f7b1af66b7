"""argparse in French: it looks its words up with gettext, for which no French catalogue is published."""

from __future__ import annotations

import argparse
from typing import Final

_WORDS: Final = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "montrer cette aide",
    "show program's version number and exit": "montrer la version",
    "expected one argument": "une valeur est attendue",
    "the following arguments are required: %s": "il manque %s",
    "unrecognized arguments: %s": "argument inconnu : %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r n'existe pas (possible : %(choices)s)",
    "invalid %(type)s value: %(value)r": "la valeur %(value)r ne convient pas",
    "ambiguous option: %(option)s could match %(matches)s": "l'option %(option)s est ambiguë : %(matches)s",
    "not allowed with argument %s": "incompatible avec %s",
    "ignored explicit argument %r": "la valeur %r n'est pas attendue",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
}


def speak_french() -> None:
    """Make argparse use the words above; what is not among them stays English."""
    # `_` is the one name through which argparse takes every word it shows (CPython's Lib/argparse.py, 3.11 to 3.13).
    argparse._ = lambda words: _WORDS.get(words, words)  # type: ignore[attr-defined]
