"""Recognised text, made harmless and comparable."""

from __future__ import annotations

import unicodedata

from kiosk.plain import clean

__all__ = ["clean", "fold"]


def fold(text: str) -> str:
    """`text` without case or diacritics: "Türkçe" and "turkce" are the same to someone who types."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
