"""Which of two languages was spoken."""

from __future__ import annotations

import pytest

from kiosk.identify import Spoken, spoken, spoken_by

ROOM = ("fr", "ar")


def test_the_likelier_of_the_two_whatever_the_others_are() -> None:
    heard = spoken({"en": 0.9, "fr": 0.08, "ar": 0.02}, ROOM, 3.0, None)
    assert heard.language == "fr"
    assert heard.probability == pytest.approx(0.8)


def test_the_language_before_decides_nothing_for_a_sentence() -> None:
    assert spoken({"fr": 0.4, "ar": 0.6}, ROOM, 2.0, "fr").language == "ar"


def test_one_word_leans_towards_the_language_before() -> None:
    even = {"fr": 0.45, "ar": 0.55}
    assert spoken(even, ROOM, 0.8, "fr").language == "fr"
    assert spoken(even, ROOM, 0.8, "ar").language == "ar"
    assert spoken(even, ROOM, 0.8, None).language == "ar"


def test_one_clear_word_is_heard_as_what_it_is() -> None:
    assert spoken({"fr": 0.1, "ar": 0.9}, ROOM, 0.8, "fr").language == "ar"


def test_nothing_known_is_a_toss() -> None:
    assert spoken({}, ROOM, 3.0, None) == Spoken("fr", 0.5, unsure=True)


def test_the_side_that_has_the_floor_is_believed_unless_the_sound_clearly_says_otherwise() -> None:
    assert spoken_by("ar", {"fr": 0.4, "ar": 0.6}, ROOM) == Spoken("ar", pytest.approx(0.6))
    assert spoken_by("ar", {"fr": 0.6, "ar": 0.4}, ROOM) == Spoken("ar", pytest.approx(0.4))
    assert spoken_by("ar", {"fr": 0.9, "ar": 0.1}, ROOM) == Spoken("ar", pytest.approx(0.1), unsure=True)
    assert spoken_by("fr", {"fr": 0.1, "ar": 0.9}, ROOM) == Spoken("fr", pytest.approx(0.1), unsure=True)
