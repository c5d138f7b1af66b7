"""How many cells this terminal gives to the vowel signs of Hindi and Bengali, and Rich told the same.

Rich counts nothing for them (Unicode's spacing marks, category Mc), as kitty and mlterm do; VTE, xterm, Konsole,
Alacritty and tmux give each a cell. « हिन्दी » takes 3 cells or 5: counted too short, a line runs on beyond its half of
the screen and its last words are not seen. So the terminal is asked, once, before the app opens.
"""

from __future__ import annotations

import os
import re
import select
import termios
import time
import tty
import unicodedata
from pathlib import Path
from typing import Final

import rich.cells
from rich._unicode_data import load
from rich.cells import CellTable

_SAMPLE: Final = "की"
"""A letter and a spacing mark: one cell or two."""
_PATIENCE: Final = 0.3
"""Seconds to wait for an answer: terminals take a few milliseconds, over a slow connection 100 to 200."""
_REPLY: Final = re.compile(rb"\x1b\[\d+;(\d+)R")


def match_terminal() -> None:
    """Have Rich, hence Textual, count as the terminal does.

    Where it does not say, spacing marks take a cell: a line counted too long leaves a gap, one too short loses words.
    """
    if width_of(_SAMPLE) != 1:
        count_spacing_marks()


def width_of(text: str, terminal: Path = Path("/dev/tty")) -> int | None:
    """Cells that the terminal gives to `text`, written for a moment where the cursor is. None when it does not say."""
    try:
        descriptor = os.open(terminal, os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return None
    try:
        before = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor, termios.TCSANOW)
        try:
            os.write(descriptor, f"\r{text}\x1b[6n".encode())
            reply = _REPLY.search(_read(descriptor))
            os.write(descriptor, b"\r\x1b[K")
        finally:
            termios.tcsetattr(descriptor, termios.TCSANOW, before)
    except (OSError, termios.error):
        return None
    finally:
        os.close(descriptor)
    return int(reply[1]) - 1 if reply else None


def _read(descriptor: int) -> bytes:
    answer = b""
    until = time.monotonic() + _PATIENCE
    while not _REPLY.search(answer) and (left := until - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            answer += os.read(descriptor, 1024)
    return answer


def count_spacing_marks() -> None:
    """Have Rich count a cell for each of them, for the rest of the process."""
    table = with_spacing_marks(load("auto"))
    # Nothing public does it: the older tables that UNICODE_VERSION can choose count the same.
    rich.cells.load_cell_table = lambda unicode_version="auto": table  # type: ignore[assignment, attr-defined]
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()


def with_spacing_marks(table: CellTable) -> CellTable:
    """The same table, in which they are not among the characters without width: what it does not name has a cell."""
    widths: list[tuple[int, int, int]] = []
    for start, end, width in table.widths:
        first = start
        for code in range(start, end + 1) if width == 0 else ():
            if unicodedata.category(chr(code)) == "Mc":
                if first < code:
                    widths.append((first, code - 1, width))
                first = code + 1
        if first <= end:
            widths.append((first, end, width))
    return table._replace(widths=widths)
