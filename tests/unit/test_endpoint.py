"""How what was said before a silence sounds."""

from __future__ import annotations

import pytest

from kiosk.endpoint import Ending, Verdict, Verdicts, ending_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il a de la fièvre.", "fr"),
        ("Est-ce qu'il mange bien ?", "fr"),
        ("« Non ! »", "fr"),
        ("Oui.", "fr"),
        ("He weighs 5.2 kg.", "en"),
        ("هل لديه حمى؟", "ar"),
        ("他发烧了。", "zh"),
    ],
)
def test_a_whole_sentence_is_complete(text: str, language: str) -> None:
    assert ending_of(text, language) is Ending.COMPLETE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il a de la", "fr"),
        ("Il mange, euh.", "fr"),
        ("Elle dort mal et...", "fr"),
        ("Elle dort mal parce que.", "fr"),
        ("C'est le", "fr"),
        ("She had a fever and", "en"),
        ("I gave her…", "en"),
        ("", "fr"),
        ("—", "fr"),
    ],
)
def test_a_search_for_words_is_hesitant(text: str, language: str) -> None:
    assert ending_of(text, language) is Ending.HESITANT


def test_words_of_one_language_say_nothing_in_another() -> None:
    assert ending_of("Bitte die Tür, la.", "de") is Ending.COMPLETE


def test_a_verdict_is_taken_once_and_only_the_newest() -> None:
    verdicts = Verdicts()
    assert verdicts.take() is None
    verdicts.leave(Verdict(1, 100, Ending.HESITANT))
    verdicts.leave(Verdict(1, 200, Ending.COMPLETE))
    assert verdicts.take() == Verdict(1, 200, Ending.COMPLETE)
    assert verdicts.take() is None
