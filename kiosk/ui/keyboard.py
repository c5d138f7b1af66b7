"""Keys by the name that bindings have for them, whatever the keyboard."""

from __future__ import annotations

import unicodedata
from typing import Final

from textual import events

_AZERTY: Final = dict(zip("&é\"'(-è_çà", "1234567890", strict=True))
"""What the row of digits of a French keyboard types without the shift key."""


def key_of(character: str) -> str:
    """The key that a typed character stands for: a digit of any script, on a French keyboard without shift too.

    A letter is the small one: with Caps Lock, no key would do anything.
    """
    value = unicodedata.decimal(character, None)
    small = character.casefold()
    return _AZERTY.get(small, small) if value is None else str(value)


def rename(event: events.Key) -> None:
    """Have bindings find the key of a character."""
    if event.character is not None and (key := key_of(event.character)) != event.character:
        event.key = event.character = key
