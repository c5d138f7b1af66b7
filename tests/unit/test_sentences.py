"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sentences import LONG_CLAUSE, LONGEST_SENTENCE, clause_end, join_sentences, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Bonjour. Comment allez-vous ? Bien !", ["Bonjour.", "Comment allez-vous ?", "Bien !"]),
        ("Mme. Martin voit le Dr. Petit.", ["Mme. Martin voit le Dr. Petit."]),
        ("Il pèse 5.2 kg. C'est bien.", ["Il pèse 5.2 kg.", "C'est bien."]),
        ("J. Dupont est là.", ["J. Dupont est là."]),
        ("Il a dit « oui. » Puis non.", ["Il a dit « oui. »", "Puis non."]),
        ("هل عنده حمى؟ نعم.", ["هل عنده حمى؟", "نعم."]),
        ("你好。他发烧了吗？", ["你好。", "他发烧了吗？"]),
        ("उसे बुखार है। कब से?", ["उसे बुखार है।", "कब से?"]),
        ("sans ponctuation", ["sans ponctuation"]),
        ("Ah... oui.", ["Ah...", "oui."]),
        ("  ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_nothing_but_space_is_lost() -> None:
    text = "Un. Deux ! Trois ? « Quatre. » Cinq"
    assert "".join(split_sentences(text)).replace(" ", "") == text.replace(" ", "")


def test_a_sentence_too_long_to_translate_is_cut_after_a_clause() -> None:
    clause = " ".join(["mot"] * 30) + ","
    pieces = split_sentences(" ".join([clause] * 20))
    assert all(piece.endswith(",") and len(piece) <= LONGEST_SENTENCE for piece in pieces)
    assert " ".join(pieces) == " ".join([clause] * 20)


def test_without_punctuation_it_is_cut_between_words_and_without_words_anywhere() -> None:
    words = " ".join(["parole"] * 1500)
    assert " ".join(split_sentences(words)) == words
    assert max(map(len, split_sentences(words))) <= LONGEST_SENTENCE
    assert split_sentences("a" * 10_000) == ["a" * LONGEST_SENTENCE] * 25


@given(st.text(st.sampled_from("ab .,!?…。،😀♪\n\t5"), max_size=1500))
def test_whatever_the_text_nothing_but_space_is_lost_and_no_piece_is_blank(text: str) -> None:
    pieces = split_sentences(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece.strip() == piece != "" and len(piece) <= LONGEST_SENTENCE for piece in pieces)


def test_sentences_are_joined_as_their_language_joins_them() -> None:
    assert join_sentences(["Oui.", "", "Non."], "fr") == "Oui. Non."
    assert join_sentences(["你好。", "他发烧了吗？"], "zh") == "你好。他发烧了吗？"
    assert join_sentences([], "fr") == ""


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Elle va mieux, merci", "Elle va mieux,"),
        ("Elle va mieux, merci, mais", "Elle va mieux, merci,"),
        ("Elle va mieux.", ""),
        ("Il pèse 5,2 kg et", ""),
        ("هي أفضل، شكرا", "هي أفضل،"),
        ("她好多了，谢谢", "她好多了，"),
    ],
)
def test_a_clause_ends_at_punctuation_that_words_follow(text: str, clauses: str) -> None:
    assert text[: clause_end(text)] == clauses


def test_long_speech_without_punctuation_is_cut_short_of_its_last_word() -> None:
    text = " ".join(["mot"] * (LONG_CLAUSE + 1))
    assert clause_end(" ".join(["mot"] * LONG_CLAUSE)) == 0
    assert text[: clause_end(text)] == " ".join(["mot"] * LONG_CLAUSE)


def test_what_was_translated_before_is_not_cut_again() -> None:
    text = "Elle va mieux, merci"
    assert clause_end(text, len("Elle va mieux,")) == len("Elle va mieux,")
