"""Memory that was freed and that the C library keeps for later."""

from __future__ import annotations

import ctypes


def give_memory_back() -> None:
    """Have the C library return what it holds free; only glibc knows how, and needs to be told.

    A translation package that was dropped stays resident otherwise: 90 of 116 MB after three of them.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
