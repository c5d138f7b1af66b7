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


def guide_in(language: str) -> str:
    """The guide for staff who read this language: guide.<language>.md beside the French one, which stands in for it."""
    return staff_guide(paths.GUIDE.with_suffix(f".{language}.md")) or staff_guide()
