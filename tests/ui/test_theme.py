"""Both themes can be read: WCAG 2.2 AA asks for 4.5:1."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from kiosk.ui.theme import DARK, LIGHT

_PAIRS = [
    ("foreground", "background"),
    ("foreground", "panel"),
    ("quiet", "background"),
    ("quiet", "panel"),
    ("staff", "background"),
    ("staff", "panel"),
    ("family", "panel"),
    ("starter", "background"),
    ("on-doubt", "doubt"),
    ("on-alarm", "alarm"),
    ("on-chosen", "chosen"),
]


def _luminance(color: Color) -> float:
    """WCAG relative luminance."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def _color(theme: Theme, name: str) -> Color:
    own = {"foreground": theme.foreground, "background": theme.background, "panel": theme.panel}
    return Color.parse(own.get(name) or theme.variables[name])


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("text", "ground"), _PAIRS)
def test_text_stands_out_from_its_ground(theme: Theme, text: str, ground: str) -> None:
    lighter, darker = sorted((_luminance(_color(theme, text)), _luminance(_color(theme, ground))), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
