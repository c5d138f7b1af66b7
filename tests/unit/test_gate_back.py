"""How alike a sentence and its back-translation are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.gate import SIMILAR_ENOUGH, similarity


@pytest.mark.parametrize(
    ("source", "back"),
    [
        ("Donnez 2,5 ml de sirop.", "Donnez 2,5 ml de sirop."),
        ("Revenez dans trois semaines.", "Reviens dans trois semaines."),
        ("Est-ce qu'elle dort bien la nuit ?", "Dort-elle bien la nuit ?"),
        ("Il ne faut pas secouer un bébé.", "Vous ne devez pas secouer un bébé."),
        ("Attendez six heures entre deux doses.", "Attends 6 heures entre deux doses."),
    ],
)
def test_the_same_in_other_words_is_similar(source: str, back: str) -> None:
    assert similarity(source, back) >= SIMILAR_ENOUGH


@pytest.mark.parametrize(
    ("source", "back"),
    [
        ("Donnez 2,5 ml de sirop.", "Donnez 25 ml de sirop."),
        ("Il ne faut pas secouer un bébé.", "Il faut secouer un bébé."),
        ("Pas plus de quatre fois par jour.", "Plus de quatre fois par jour."),
        ("Couchez toujours le bébé sur le dos.", "Remplissez l'arrière du bébé."),
        ("Prenez un événement.", "Prends une épée."),
        ("Avez-vous son carnet de santé ?", ""),
    ],
)
def test_something_else_is_not(source: str, back: str) -> None:
    assert similarity(source, back) < SIMILAR_ENOUGH


def test_english_is_compared_too() -> None:
    assert (
        similarity("She has no fever this morning.", "She doesn't have a fever this morning.", "en") >= SIMILAR_ENOUGH
    )
    assert similarity("He has no fever.", "He has a fever.", "en") < SIMILAR_ENOUGH


@given(st.text(max_size=100), st.text(max_size=100))
def test_the_score_lies_between_0_and_1_and_is_the_same_both_ways(one: str, other: str) -> None:
    score = similarity(one, other)
    assert 0.0 <= score <= 1.0
    assert score == pytest.approx(similarity(other, one), abs=1e-9)


@given(st.text(max_size=100))
def test_a_text_is_like_itself(text: str) -> None:
    assert similarity(text, text) == pytest.approx(1.0)


def test_ten_thousand_characters_are_compared() -> None:
    assert similarity("le bébé dort " * 800, "un chat mange " * 800) < SIMILAR_ENOUGH
