"""What is said and is a phrase, and what only sounds like one. The sets are in tests/data/phrasebook."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import paths
from kiosk.phrasebook import Entry, Phrase, Phrasebook
from kiosk.phrasebook.entries import Master

DATA = Path(__file__).parent.parent / "data" / "phrasebook"

BOOK = Phrasebook.load(paths.PHRASEBOOK, Path("no-such-folder"), ["en", "es", "tr", "ro", "bn", "hi", "vi", "zh"])


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def found(text: str, source: str = "fr", target: str = "en") -> str | None:
    match = BOOK.match(text, source, target)
    return match and match.id


def test_a_phrase_comes_with_its_translation_and_how_far_to_trust_it() -> None:
    match = BOOK.match("Est-ce que vous allaitez ?", "fr", "en")
    assert match is not None
    assert (match.id, match.translation) == ("feeding.breastfeeding", "Are you breastfeeding?")
    assert (match.verified, match.score) == (False, 1.0)


def test_what_a_family_says_comes_back_in_french() -> None:
    match = BOOK.match("are you breastfeeding", "en", "fr")
    assert match is None  # nobody asked: without a question mark it may be the end of a statement
    match = BOOK.match("Yes!", "en", "fr")
    assert match is not None and match.translation == "Oui"


@pytest.mark.parametrize("said", [row[1] for row in rows("other.tsv")])
def test_a_word_that_changes_the_meaning_makes_another_sentence(said: str) -> None:
    assert found(said) is None


def test_nothing_is_taken_for_another_phrase() -> None:
    assert [(said, found(said)) for _, said, phrase in rows("same.tsv") if found(said) not in (phrase, None)] == []


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("form", 0.98),
        ("ending", 0.98),
        ("figure", 0.98),
        ("filler", 0.98),
        ("spelling", 0.98),
        ("misheard", 0.85),
        ("other words", 0.8),
    ],
)
def test_most_ways_to_say_a_phrase_are_recognised(kind: str, least: float) -> None:
    said = [(text, phrase) for of, text, phrase in rows("same.tsv") if of == kind]
    right = Counter(found(text) == phrase for text, phrase in said)
    assert right[True] / len(said) >= least, [text for text, phrase in said if found(text) != phrase]


def test_what_a_recogniser_heard_of_every_phrase_is_that_phrase_or_none() -> None:
    """Spoken by a synthetic voice, heard by Whisper base, which understands half of it."""
    heard = rows("heard.tsv")
    assert [(text, found(text)) for phrase, text in heard if found(text) not in (phrase, None)] == []
    assert sum(found(text) == phrase for phrase, text in heard) / len(heard) >= 0.6


@pytest.mark.parametrize(
    "said",
    [
        "Asseyez-vous",
        "asseyez vous s'il vous plait",
        "Euh, asseyez-vous, madame.",
        "S'il vous plaît, asseyez-vous !",
        "« Asseyez-vous, s’il vous plaît. »",
    ],
)
def test_hesitation_and_politeness_count_for_nothing(said: str) -> None:
    assert found(said) == "welcome.sit"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Do not lay your baby down on the back.", "en"),
        ("Lay your baby down on the back.", "en"),
        ("In an emergency, call 16.", "en"),
        ("No honey before 2 years of age.", "en"),
        ("You are breastfeeding.", "en"),
        ("Very.", "en"),
        ("Tiene preguntas.", "es"),
        ("Hayır değil", "tr"),
        ("râu", "ro"),
        ("2天", "zh"),
    ],
)
def test_other_languages_are_matched_word_by_word(said: str, language: str) -> None:
    assert found(said, language, "fr") is None


@pytest.mark.parametrize(("language", "sign", "other"), [("hi", "ी", "ा"), ("bn", "ি", "া"), ("vi", "á", "à")])
def test_a_sign_that_makes_another_word_makes_another_sentence(language: str, sign: str, other: str) -> None:
    texts = [entry.text for phrase in BOOK.everything if (entry := BOOK.entry(phrase.id, language)) is not None]
    changed = [text.replace(sign, other, 1) for text in texts if sign in text]
    assert len(changed) > 40
    assert [text for text in changed if found(text, language, "fr")] == []


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "…", "1", "38,5", "😀", "♪ ♪", "ne", "n'", "vous", "le", "https://exemple.fr/?q=1", "а" * 10_000],
)
@pytest.mark.parametrize("source", ["fr", "en", "ar", "xx"])
def test_what_is_no_phrase_is_none(text: str, source: str) -> None:
    assert BOOK.match(text, source, "en" if source == "fr" else "fr") is None


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    BOOK.match(text, "fr", "en")
    BOOK.match(text, "en", "fr")


@given(st.sampled_from([phrase.text for phrase in BOOK.everything]), st.integers(0, 400))
def test_another_figure_is_never_the_phrase(text: str, figure: int) -> None:
    """A number put before the first, or into any, word of a phrase."""
    assert found(f"{figure} {text}") is None


def test_phrases_that_sound_alike_in_one_language_are_not_guessed_between() -> None:
    phrases = {phrase: Phrase(phrase, french) for phrase, french in (("a.left", "À gauche"), ("a.law", "Le droit"))}
    book = Phrasebook(Master((), phrases), {"en": {"a.left": Entry("Left"), "a.law": Entry("Left")}})
    assert book.match("Left", "en", "fr") is None
    assert book.match("À gauche", "fr", "en") is not None
