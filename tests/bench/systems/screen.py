"""What every system prints: JSON lines on the standard output that it was started with, and nothing else there."""

from __future__ import annotations

import json
import os
import threading


class Screen:
    """Takes standard output for itself, and sends whatever a library prints to standard error."""

    def __init__(self) -> None:
        self._descriptor = os.dup(1)
        os.set_inheritable(self._descriptor, False)
        os.dup2(2, 1)
        self._lock = threading.Lock()

    def ready(self) -> None:
        """Models are loaded: sound may come."""
        self._write({"kind": "ready"})

    def partial(self, text: str, translation: str | None = None, at: float | None = None) -> None:
        """Provisional words: all that are on screen behind the last final, so "" takes them away."""
        self._write({"kind": "partial", "text": text, "translation": translation, "at": at})

    def final(self, text: str, translation: str | None = None, at: float | None = None) -> None:
        """Words that will not change any more. `at`: seconds of sound at which they were said, where known."""
        self._write({"kind": "final", "text": text, "translation": translation, "at": at})

    def _write(self, entry: dict[str, object]) -> None:
        with self._lock:
            os.write(self._descriptor, json.dumps(entry).encode() + b"\n")
