"""Commands of this program as they can be typed here: many machines have it in `.venv` and not on the PATH."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

_NAME: Final = "kiosk"

_COMMAND: Final = re.compile(
    rf"(?<![\w./-]){_NAME}(?= (?:run|caption|translate|models|phrasebook|devices|doctor|report|bench)\b)"
)
"""The program's name before one of its commands."""


def program() -> str:
    """What to type for the program: its name where the shell finds it, else its path, from here if it is below."""
    beside = Path(sys.executable).with_name(_NAME)
    if shutil.which(_NAME) is not None or not beside.is_file():
        return _NAME
    here = Path.cwd()
    return shlex.quote(str(beside.relative_to(here) if beside.is_relative_to(here) else beside))


def as_typed(text: str) -> str:
    """A message with every command in it as it can be typed: "kiosk models pull" -> ".venv/bin/kiosk models pull"."""
    return _COMMAND.sub(lambda _: program(), text)
