"""What a machine remembers between two starts, for one user: written whole or not at all, for its owner alone."""

from __future__ import annotations

from pathlib import Path

from kiosk.disk import write_whole


def write_state(file: Path, text: str) -> None:
    """Replace `file` by `text`, and make its folder. Raises OSError, and leaves nothing behind then."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, text.encode())
