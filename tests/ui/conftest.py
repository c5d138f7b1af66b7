"""What holds for every test of the screens."""

from __future__ import annotations

import pytest

from kiosk import invocation
from kiosk.ui import app


@pytest.fixture(autouse=True)
def every_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens are painted alike wherever tests run: TERM=xterm alone stands for sixteen colours."""
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(autouse=True)
def as_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands by their name, wherever these tests run: their path would stand in the pictures."""
    monkeypatch.setattr(invocation, "program", lambda: "kiosk")


@pytest.fixture(autouse=True)
def looking_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests look whether anybody is still here when they mean to, not when a second has passed."""
    monkeypatch.setattr(app, "LOOK_EVERY", 3600.0)
