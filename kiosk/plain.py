"""Text from outside, made harmless before a terminal or a file gets it."""

from __future__ import annotations

import unicodedata
from typing import Final

# Embeddings, overrides and isolates: one left open reorders the rest of the line. LRM, RLM and the joiners that
# Persian and Hindi need stay.
_BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """`text` on one line, without the control characters (C0, C1, surrogates, bidi).

    They could drive a terminal, forge a line of a document, or show its words in another order.
    """
    one_line = " ".join(text.split())
    return "".join(c for c in one_line if c not in _BIDI_CONTROLS and unicodedata.category(c) not in ("Cc", "Cs"))
