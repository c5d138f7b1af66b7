"""Progress of downloads and copies: one live line in a terminal, a line every tenth elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Final

from kiosk.models.files import megabytes
from kiosk.models.report import Progress

_WORTH_TELLING: Final = 10_000_000
"""Bytes under which a transfer is over before anyone reads about it."""


class ConsoleReport:
    """Prints on standard output. Leaving its context ends a live line, so that an error starts on one of its own."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()
        self._unfinished = False

    def __enter__(self) -> ConsoleReport:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end_line()

    def say(self, sentence: str) -> None:
        """Print a line that stays."""
        self._end_line()
        print(sentence, flush=True)

    def progress(self, what: str) -> Progress:
        """How to tell the progress of one transfer: 100 steps in a terminal, 10 elsewhere; of 10 MB each if no end is
        known."""
        steps = 100 if self._live else 10
        told = -1

        def tell(done: int, total: int) -> None:
            nonlocal told
            if max(done, total) < _WORTH_TELLING:
                return
            step = done * steps // total if total else done // _WORTH_TELLING
            if step == told:
                return
            told = step
            share = f"{done * 100 // total} % de {megabytes(total)}" if total else megabytes(done)
            self._show(f"{what} : {share}")

        return tell

    def _show(self, text: str) -> None:
        if self._live:
            print(f"\r\x1b[K{text}", end="", flush=True)
            self._unfinished = True
        else:
            print(text, flush=True)

    def _end_line(self) -> None:
        if self._unfinished:
            print("\r\x1b[K", end="", flush=True)
            self._unfinished = False
