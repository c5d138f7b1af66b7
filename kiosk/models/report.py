"""How the installation of models tells a person what happens, without knowing a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Progress = Callable[[int, int], None]
"""Told how many bytes are done and how many there are in all, 0 when unknown."""


class Report(Protocol):
    """Tells a person what happens."""

    def say(self, sentence: str) -> None:
        """Something that was done, or found."""

    def progress(self, what: str) -> Progress:
        """How to tell the progress of one download or copy."""
