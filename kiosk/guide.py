"""The staff guide, a file that teams may edit."""

from __future__ import annotations

from pathlib import Path

from kiosk import paths


def staff_guide(file: Path = paths.GUIDE) -> str:
    """The guide, in Markdown; empty where it is missing or cannot be read: help must never be what fails."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
