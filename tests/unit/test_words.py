"""The yardstick of the real tests: spelling is forgiven, a wrong figure is not."""

from __future__ import annotations

import pytest

from tests.words import word_error_rate, words


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("Elle pèse 5 kilos et 800 grammes.", "elle pèse 5kg et 800 g"),
        ("2,5 ml", "2.5 milliliters"),
        ("Attendez six heures.", "attendez 6h"),
        ("March 14th, at ten o'clock", "March 14 at 10 o’clock"),
        ("Asseyez-vous !", "asseyez vous"),
        ("All right.", "Alright"),
    ],
)
def test_two_spellings_of_the_same_words_are_equal(written: str, otherwise: str) -> None:
    assert words(written) == words(otherwise)


@pytest.mark.parametrize(
    ("said", "heard"),
    [("2,5 ml", "25 ml"), ("38.5 degrees", "38 degrees"), ("quatre fois", "cinq fois"), ("14 mars", "4 mars")],
)
def test_a_wrong_figure_is_an_error(said: str, heard: str) -> None:
    assert word_error_rate([said], [heard]) == 0.5


def test_diacritics_count_unless_folded() -> None:
    assert word_error_rate(["élève"], ["eleve"]) == 1.0
    assert word_error_rate(["élève"], ["eleve"], fold_diacritics=True) == 0.0


def test_the_rate_is_over_all_words_not_a_mean_of_rates() -> None:
    assert word_error_rate(["oui", "elle va bien merci"], ["non", "elle va bien merci"]) == 0.2
