"""Recognised text is shown as text, and names are found as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.languages import language
from kiosk.ui.bidi import visual_lines
from kiosk.ui.text import clean
from kiosk.ui.widgets.language_picker import matches


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("Il pèse 5,2 kg.", "Il pèse 5,2 kg."),
        ("\x1b[31mrouge\x1b[0m", "[31mrouge[0m"),
        ("\x9b2Jeffacé", "2Jeffacé"),
        ("deux\nlignes\tet\r\nune autre\u2028encore", "deux lignes et une autre encore"),
        ("dose \u202eenvers\u202c", "dose envers"),
        ("می‌خواهم", "می‌خواهم"),
        ("\ud800", ""),
    ],
)
def test_control_characters_are_taken_out_and_the_rest_is_kept(given_text: str, shown: str) -> None:
    assert clean(given_text) == shown


@given(st.text())
def test_whatever_was_recognised_a_line_holds_nothing_that_drives_a_terminal(text: str) -> None:
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in clean(text))


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("tr", "turc"),
        ("tr", "TURKCE"),
        ("tr", "tür"),
        ("ar", "العر"),
        ("ar", "عر"),
        ("ar", "ar"),
        ("vi", "viet"),
        ("pt", "portugues"),
    ],
)
def test_a_language_is_found_by_its_native_name_its_french_name_or_its_code(code: str, typed: str) -> None:
    assert matches(language(code), typed)


def test_a_language_is_not_found_by_letters_inside_its_name() -> None:
    assert not matches(language("de"), "mand")


@pytest.mark.parametrize("width", range(16, 60))
def test_no_line_begins_with_a_mark_or_ends_with_an_opening_guillemet(width: int) -> None:
    text = "la famille lit à peu près : « Bonjour ! » ; « Voulez-vous boire ? »"
    lines = visual_lines(text, width, "fr")
    assert not [line for line in lines if line.strip()[0] in ":;!?»"]
    assert not [line for line in lines if line.rstrip().endswith("«")]
    assert "".join("".join(lines).split()) == "".join(text.split())
