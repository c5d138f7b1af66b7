"""Whether a member of staff is beside this screen, or a family alone in a waiting room."""

from __future__ import annotations

from typing import Any

from textual.app import App


def family_alone(app: App[Any]) -> str:
    """The code of the language that a family alone has chosen; empty where staff are here, or before it has."""
    return "" if attended(app) else str(getattr(app, "chosen", ""))


def attended(app: App[Any]) -> bool:
    """Staff are here: screens may name commands and causes. `Navigation.attended` says so; other apps are for staff."""
    return bool(getattr(app, "attended", True))
