"""The themes. Text stands at 4.5:1 or more against its ground (WCAG 2.2 AA), in high contrast at 7:1 (AAA).

A test counts.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="kiosk-sombre",
    dark=True,
    primary="#8cc8ff",
    background="#0f151b",
    surface="#0f151b",
    panel="#1d2833",
    foreground="#f3f5f6",
    variables={
        "staff": "#8cc8ff",
        "family": "#ffc78a",
        "quiet": "#b4c0ca",
        "rule": "#4a5a68",
        "starter": "#ffd84d",
        "doubt": "#ffd84d",
        "on-doubt": "#1a1400",
        "alarm": "#ff8f8f",
        "on-alarm": "#2a0000",
        "chosen": "#8cc8ff",
        "on-chosen": "#06131f",
    },
)

LIGHT: Final = Theme(
    name="kiosk-clair",
    dark=False,
    primary="#0b4f8a",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#e7ebee",
    foreground="#14191e",
    variables={
        "staff": "#0b4f8a",
        "family": "#7a3b00",
        "quiet": "#48545e",
        "rule": "#8b98a3",
        "starter": "#6a4a00",
        "doubt": "#ffd84d",
        "on-doubt": "#1a1400",
        "alarm": "#9c1c1c",
        "on-alarm": "#ffffff",
        "chosen": "#0b4f8a",
        "on-chosen": "#ffffff",
    },
)

CONTRAST: Final = Theme(
    name="kiosk-contraste",
    dark=True,
    primary="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1f1f1f",
    foreground="#ffffff",
    variables={
        "staff": "#8fdcff",
        "family": "#ffd79a",
        "quiet": "#e6e6e6",
        "rule": "#ffffff",
        "starter": "#ffff5c",
        "doubt": "#ffff5c",
        "on-doubt": "#000000",
        "alarm": "#ffb3b3",
        "on-alarm": "#000000",
        "chosen": "#ffffff",
        "on-chosen": "#000000",
    },
)

THEMES: Final = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
"""By what kiosk.toml calls them, in the order in which a key goes through them."""
