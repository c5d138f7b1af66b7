"""What holds for every test of the screens."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def every_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens are painted alike wherever tests run: TERM=xterm alone stands for sixteen colours."""
    monkeypatch.setenv("COLORTERM", "truecolor")
