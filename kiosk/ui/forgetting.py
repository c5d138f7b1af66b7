"""What stays of words that were drawn once their screen is gone, dropped when what was said is forgotten."""

from __future__ import annotations

import gc
from typing import Final, Protocol

import rich.cells
from rich.segment import Segment
from textual import keys
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser


class _Cache(Protocol):
    """What `functools.lru_cache` makes of a function."""

    def cache_clear(self) -> None: ...


# Nothing public empties them. Of single letters and keys a cache keeps the order in which each was last met: the end of
# a word that was typed, or of a line, can be read from it.
_CACHES: Final[tuple[_Cache, ...]] = (
    rich.cells.cached_cell_len,  # every line and word that was measured: 4,096 of them, for the life of the process
    rich.cells.get_character_cell_size,
    Segment._split_cells,  # a line that was cut where something lay over it
    StylesCache.get_inner_outer,  # of a widget that is gone, what holds the lines that it drew
    XTermParser._parse_extended_key,
    keys.format_key,
    keys.key_to_character,
)
"""The caches of Rich and Textual that all screens share and that lead to text; the others are keyed by styles and
places, or go with their widget."""


def forget_drawn() -> None:
    """Empty these caches, and free the screens and widgets that nobody shows any more.

    They refer to each other in circles: Python would free them at a collection of its own, hours later in a waiting
    room where little happens. It takes 0.05 s. Called once the screens are gone: `App.call_later` does.
    """
    for cache in _CACHES:
        cache.cache_clear()
    gc.collect()
