"""`kiosk` as a person or a script runs it: a process of its own, judged by its output and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

KIOSK: Final = (sys.executable, "-m", "kiosk")
PATIENCE: Final = 180.0
"""Seconds after which a process counts as stuck, on any machine."""


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """One line of `kiosk caption --format jsonl`: exactly the documented fields."""

    id: int
    final: bool
    settled: int
    start: float
    end: float
    language: str
    language_probability: float
    text: str
    target: str
    translation: str
    engine: str
    figures: list[str]
    flags: list[str]
    latency: dict[str, float]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a finished command left: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def captions(self) -> list[CaptionLine]:
        """Standard output read as JSONL."""
        return [caption_line(line) for line in self.out.splitlines()]


def caption_line(line: str) -> CaptionLine:
    """One JSONL line; fails on a missing or an undocumented field."""
    fields: dict[str, Any] = json.loads(line)
    return CaptionLine(**fields)


def environment(**changes: str) -> dict[str, str]:
    """This process's environment without anybody's kiosk settings, with Whisper base whatever suits this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    return kept | {"PYTHONUTF8": "1", "KIOSK_SPEECH_MODEL": "base"} | changes


def run(
    *arguments: str | Path,
    sound: bytes = b"",
    before: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
) -> Ran:
    """Run `kiosk` with `sound` on standard input; `before` is a command that starts it, such as unshare."""
    done = subprocess.run(
        [*before, *KIOSK, *map(str, arguments)],
        input=sound,
        capture_output=True,
        env=dict(env or environment()),
        timeout=PATIENCE,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def caption(file: str | Path, *, sound: bytes = b"", before: Sequence[str] = ()) -> Ran:
    """Run `kiosk caption FILE --format jsonl` for French and English."""
    return run("caption", file, "--languages", "fr,en", "--format", "jsonl", sound=sound, before=before)
