"""Signed phrases written into the text of this machine's own file of a language; whoever calls it writes the file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from kiosk.phrasebook.entries import Entry

_HEADING: Final = re.compile(r"\s*\[")
_COMMENT: Final = re.compile(r"\s*(#|$)")

_BEGINNING: Final = """\
# Phrases relues et signées sur cette machine par « kiosk phrasebook verify » ; les mises à jour n'y touchent pas.
# Pour retirer une signature : écrire status = "draft". Tout autre changement d'une phrase l'annule.

language = "{code}"
"""


def with_signed(text: str, code: str, entries: Mapping[str, Entry]) -> str:
    """`text`, the content of a language's own file or "", with these signed entries in the place of the same ids.

    The order of the file and the comments of whoever edits it stay; new phrases come last.
    """
    lines = (text or _BEGINNING.format(code=code)).splitlines()
    for phrase, entry in entries.items():
        heading = re.compile(rf"\s*\[\s*{re.escape(phrase).replace('[.]', '.')}\s*\]")
        start = next((number for number, line in enumerate(lines) if heading.match(line)), None)
        if start is None:
            lines += ["", *_comment(entry), f"[{phrase}]", *_fields(entry)]
        else:
            lines[start + 1 : _end(lines, start)] = _fields(entry)
    return "\n".join(lines) + "\n"


def _end(lines: list[str], start: int) -> int:
    """Where the fields of the phrase at `start` end: before the comments of the next one."""
    end = start + 1
    while end < len(lines) and not _HEADING.match(lines[end]):
        end += 1
    while end > start + 1 and _COMMENT.match(lines[end - 1]):
        end -= 1
    return end


def _comment(entry: Entry) -> list[str]:
    return [f"# {entry.signature.french}"] if entry.signature else []


def _fields(entry: Entry) -> list[str]:
    fields = [f"text = {_quoted(entry.text)}"]
    if entry.also:
        fields.append(f"also = [{', '.join(map(_quoted, entry.also))}]")
    fields.append(f"status = {_quoted(entry.status)}")
    if signature := entry.signature:
        fields += [
            f"by = {_quoted(signature.by)}",
            f"on = {signature.on.isoformat()}",
            f"french = {_quoted(signature.french)}",
            f"seal = {_quoted(signature.seal)}",
        ]
    return fields


def _quoted(text: str) -> str:
    """A string as TOML writes it: JSON's escapes are among TOML's."""
    return json.dumps(str(text), ensure_ascii=False)
