"""The figures of a text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.numbers import SPELLED, figures


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("Deux doses de 2,5 ml.", "fr", ["2", "2.5"]),
        ("Thirty-eight point five degrees.", "en", ["38.5"]),
        ("Treinta y ocho coma cinco.", "es", ["38.5"]),
        ("Trinta e oito vírgula cinco.", "pt", ["38.5"]),
        ("Achtunddreißig Komma fünf.", "de", ["38.5"]),
        ("Trentotto virgola cinque.", "it", ["38.5"]),
        ("4 500 grammes", "fr", ["4500"]),
        ("4,500 grams", "en", ["4500"]),
        ("4,5 kg", "fr", ["4.5"]),
        ("Une fois, attendez une seconde.", "fr", []),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text: str, language: str, numbers: list[str]) -> None:
    assert figures(text, language, spelled=True) == tuple(Decimal(number) for number in numbers)


@pytest.mark.parametrize("text", ["٣٨٫٥ درجة", "۳۸٫۵ درجه", "38.5", "38,5"])
def test_digits_of_any_script_are_read_without_knowing_the_language(text: str) -> None:
    assert figures(text, "ar", spelled=False) == (Decimal("38.5"),)


@given(st.text(), st.sampled_from(sorted(SPELLED)))
def test_no_text_is_too_strange(text: str, language: str) -> None:
    assert all(number >= 0 for number in figures(text, language, spelled=True))
