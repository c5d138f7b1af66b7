"""Who puts Arabic in order in each terminal of this user, as a person saw it in the self-test.

One small JSON file, `{"vte": "app"}`, without anything about anybody. Whatever is wrong with it, it is as if there was
none.
"""

from __future__ import annotations

import json

from kiosk import paths
from kiosk.disk import reason
from kiosk.errors import OutputError
from kiosk.state import write_state


def read_answers() -> dict[str, str]:
    """Terminal -> "app" or "terminal"; empty where nobody was asked yet."""
    try:
        stored = json.loads(paths.terminals_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {name: way for name, way in stored.items() if isinstance(way, str)}


def write_answer(terminal: str, way: str) -> None:
    """Keep what was seen in a terminal beside what is known of the others, whole or not at all. Raises OutputError."""
    file = paths.terminals_file()
    text = json.dumps(read_answers() | {terminal: way}, ensure_ascii=False, indent=1)
    try:
        write_state(file, f"{text}\n")
    except OSError as error:
        raise OutputError(
            f"Impossible d'enregistrer la réponse dans {file} : {reason(error)}.",
            f'Sans elle, écrivez dans kiosk.toml, section [terminal] : bidi = "{way}".',
        ) from error
