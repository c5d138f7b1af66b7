"""What a machine remembers between two starts, for one user: written whole or not at all, for its owner alone."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_state(file: Path, text: str) -> None:
    """Replace `file` by `text`, and make its folder. Raises OSError, and leaves nothing behind then."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp's files are their owner's alone (0600).
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
