"""Every theme can be read: WCAG 2.2 AA asks for 4.5:1, AAA for 7:1. In sixteen colours, too."""

from __future__ import annotations

import itertools

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from kiosk.config import Config
from kiosk.settings import load_config
from kiosk.types import Flag
from kiosk.ui.app import KioskApp
from kiosk.ui.sixteen import readable
from kiosk.ui.theme import CONTRAST, DARK, LIGHT, THEMES
from tests.ui.fakes import FakeOpener, caption, conversation

_GROUNDS = ("background", "panel")
_TEXTS = ("foreground", "quiet", "staff", "family", "starter")
_PAIRS = [
    *itertools.product(_TEXTS, _GROUNDS),
    ("on-doubt", "doubt"),
    ("on-alarm", "alarm"),
    ("on-chosen", "chosen"),
]
"""Every text of the stylesheet, by the ground on which it may stand."""


def _luminance(color: Color) -> float:
    """WCAG relative luminance."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def _color(theme: Theme, name: str) -> Color:
    own = {"foreground": theme.foreground, "background": theme.background, "panel": theme.panel}
    return Color.parse(own.get(name) or theme.variables[name])


def _contrast(theme: Theme, text: str, ground: str) -> float:
    lighter, darker = sorted((_luminance(_color(theme, text)), _luminance(_color(theme, ground))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("theme", "least"), [(DARK, 4.5), (LIGHT, 4.5), (CONTRAST, 7.0)], ids=["AA", "AA", "AAA"])
@pytest.mark.parametrize(("text", "ground"), _PAIRS)
def test_text_stands_out_from_its_ground(theme: Theme, least: float, text: str, ground: str) -> None:
    assert _contrast(theme, text, ground) >= least


def test_high_contrast_stands_on_pure_black_with_lines_and_choices_that_stand_out() -> None:
    assert _color(CONTRAST, "background") == Color(0, 0, 0)
    assert _contrast(CONTRAST, "rule", "background") >= 7.0
    assert _contrast(CONTRAST, "chosen", "panel") >= 7.0


def test_the_settings_name_every_theme() -> None:
    for name in THEMES:
        assert load_config(options={"terminal.theme": name}).terminal.theme == name
    assert next(iter(THEMES)) == Config().terminal.theme


async def test_a_key_goes_through_all_themes_and_nothing_is_said_by_colour_alone() -> None:
    opener = FakeOpener()
    app = conversation(opener)
    names, shown = [], []
    async with app.run_test() as pilot:
        opener.emit(caption("Deux.", "Ten.", flags=(Flag.NUMBERS,)))
        for _ in range(4):
            await pilot.pause()
            names.append(app.theme)
            shown.append([strip.text for strip in app.screen._compositor.render_strips()])
            await pilot.press("t")

    assert names == ["kiosk-sombre", "kiosk-clair", "kiosk-contraste", "kiosk-sombre"]
    assert any("⚠ chiffres à vérifier" in line for line in shown[0])
    assert all(other == shown[0] for other in shown)


def _styles(app: KioskApp) -> set[Style]:
    return {segment.style for strip in app.screen._compositor.render_strips() for segment in strip if segment.style}


@pytest.mark.parametrize("name", THEMES)
async def test_in_sixteen_colours_no_bold_black_becomes_grey_and_no_light_ground_has_light_text(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = FakeOpener()
    app = conversation(opener, starter="en")
    monkeypatch.setattr(app.console, "_color_system", ColorSystem.STANDARD)
    app.theme = THEMES[name].name
    async with app.run_test() as pilot:
        opener.emit(caption("Deux.", "Ten.", flags=(Flag.NUMBERS, Flag.STARTER), figures=("2",)))
        await pilot.pause()
        styles = _styles(app)

    on_doubt = {style for style in styles if _sixteen(style.bgcolor) == 11}
    assert on_doubt
    assert all(_sixteen(style.color) == 0 and not style.bold for style in on_doubt)
    for style in styles:
        assert not (style.bold and _sixteen(style.color) == 0)


def _sixteen(color: object) -> int | None:
    return color.downgrade(ColorSystem.STANDARD).number if color is not None else None  # type: ignore[attr-defined]


def test_a_dark_ground_leaves_text_as_it_is() -> None:
    style = Style(color="#f3f5f6", bgcolor="#0f151b", bold=True)

    assert readable(style, Color(255, 255, 255).rich_color) == style
