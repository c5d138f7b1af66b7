"""Memory that was freed and that the C library keeps for later."""

from __future__ import annotations

import ctypes
from typing import Final

_M_ARENA_MAX: Final = -8  # malloc.h


def share_memory_between_threads() -> None:
    """Have the C library keep one pool of free memory instead of one a thread. Call it before there are threads.

    Each window of Whisper has its own size, so that every pool fills up with pieces: after 90 recordings of all lengths
    390 MB with one a thread, 344 with one, for the same time of the processor.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)


def give_memory_back() -> None:
    """Have the C library return what it holds free; only glibc knows how, and needs to be told.

    A translation package that was dropped stays resident otherwise: 90 of 116 MB after three of them.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
