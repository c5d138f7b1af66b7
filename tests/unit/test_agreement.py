"""Which words are settled while somebody speaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.agreement import Agreement


def settled_after(*hypotheses: str) -> str:
    agreement = Agreement()
    for hypothesis in hypotheses:
        agreement.hear(hypothesis)
    return agreement.settled


def test_one_hypothesis_settles_nothing() -> None:
    assert settled_after("Bonjour, comment") == ""


def test_what_two_hypotheses_agree_on_is_settled() -> None:
    assert settled_after("Bonjour, comment ça", "Bonjour, comment allez-vous") == "Bonjour, comment"


def test_case_and_punctuation_are_no_disagreement_and_the_newest_form_counts() -> None:
    assert settled_after("bonjour comment allez", "Bonjour, comment allez-vous") == "Bonjour, comment"


def test_punctuation_waits_for_the_word_after_it() -> None:
    assert settled_after("Oui. Il dort.", "Oui. Il dort.") == "Oui. Il dort"


def test_a_french_question_mark_leaves_no_space_behind() -> None:
    assert settled_after("Il dort ?", "Il dort ?") == "Il dort"


def test_a_figure_waits_for_the_word_after_it() -> None:
    assert settled_after("Il a 38.", "Il a 38.") == "Il a"
    assert settled_after("Il a 38.", "Il a 38.", "Il a 38.5 degrés", "Il a 38.5 degrés ce matin") == "Il a 38.5 degrés"


def test_scripts_without_spaces_are_settled_character_by_character() -> None:
    assert settled_after("孩子发烧", "孩子发热了") == "孩子发"


def test_a_hypothesis_that_takes_back_settled_words_is_refused() -> None:
    agreement = Agreement()
    agreement.hear("Elle dort bien")
    agreement.hear("Elle dort bien mais")
    assert not agreement.hear("Il dort")
    assert (agreement.text, agreement.settled) == ("Elle dort bien mais", "Elle dort bien")


def test_settled_words_go_on_from_where_they_were() -> None:
    assert settled_after("Elle", "Elle dort", "Elle dort mal", "Elle dort mal la nuit") == "Elle dort mal"


WORDS = st.lists(st.sampled_from(["il", "a", "38,5", "de", "fièvre.", "孩子", "—", "نعم،"]), max_size=6).map(" ".join)


@given(st.lists(WORDS, max_size=12))
def test_settled_words_are_never_taken_back(hypotheses: list[str]) -> None:
    agreement = Agreement()
    for hypothesis in hypotheses:
        before = agreement.settled
        taken = agreement.hear(hypothesis)
        assert agreement.settled.startswith(before)
        assert agreement.text.startswith(agreement.settled)
        assert taken == hypothesis.startswith(before)


@pytest.mark.parametrize("text", ["", " ", "…", "38"])
def test_nothing_to_settle_is_no_error(text: str) -> None:
    assert settled_after(text, text) == ""
