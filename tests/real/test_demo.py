"""The main job on the bundled consultation: real models, judged word by word against its script."""

from __future__ import annotations

import pytest

from kiosk import installed
from kiosk.config import Config
from tests.real.command import Ran
from tests.real.consultation import SECONDS, TURNS
from tests.words import word_error_rate, words

pytestmark = pytest.mark.real

TOLERANCE = 0.6
"""Seconds by which a caption may begin before its turn (pre-roll) or end before it (a faint last consonant)."""


def test_it_ends_well(demo: Ran) -> None:
    assert (demo.code, demo.err) == (0, "")


def test_every_turn_is_one_caption_where_it_was_said(demo: Ran) -> None:
    assert len(demo.captions) == len(TURNS)
    for caption, turn in zip(demo.captions, TURNS, strict=True):
        assert caption.start == pytest.approx(turn.start, abs=TOLERANCE)
        assert caption.end == pytest.approx(turn.end, abs=TOLERANCE)


def test_captions_are_final_numbered_and_in_order(demo: Ran) -> None:
    assert all(caption.final for caption in demo.captions)
    ids = [caption.id for caption in demo.captions]
    assert ids == sorted(set(ids))
    moments = [moment for caption in demo.captions for moment in (caption.start, caption.end)]
    assert moments == sorted(set(moments))
    assert moments[0] >= 0
    assert moments[-1] <= SECONDS


def test_every_turn_is_heard_in_its_language_and_translated_into_the_other(demo: Ran) -> None:
    heard = [(caption.language, caption.target) for caption in demo.captions]
    assert heard == [(turn.language, turn.target) for turn in TURNS]
    assert all(0.5 <= caption.language_probability <= 1 for caption in demo.captions)


@pytest.mark.parametrize("language", ["fr", "en", "both"])
def test_fewer_than_fifteen_words_in_a_hundred_are_misheard(demo: Ran, language: str) -> None:
    pairs = [
        (turn.text, caption.text)
        for turn, caption in zip(TURNS, demo.captions, strict=True)
        if language in {turn.language, "both"}
    ]
    said, heard = zip(*pairs, strict=True)
    assert word_error_rate(said, heard) < 0.15


def test_weight_temperature_dose_and_date_are_heard_as_said(demo: Ran) -> None:
    for turn, caption in zip(TURNS, demo.captions, strict=True):
        assert figures(caption.text) == figures(turn.text)


def test_a_starter_package_is_named_in_every_caption(demo: Ran) -> None:
    offer = next(offer for offer in installed.language_offers(Config()) if offer.language.code == "en")
    assert [("starter" in caption.flags) for caption in demo.captions] == [offer.starter] * len(TURNS)


def test_every_caption_is_translated_and_says_by_what(demo: Ran) -> None:
    for caption in demo.captions:
        assert caption.translation.strip()
        assert caption.translation != caption.text
        assert caption.engine == "argos"


def test_a_figure_that_the_translation_changed_is_flagged(demo: Ran) -> None:
    for caption in demo.captions:
        if sorted(figures(caption.text)) != sorted(figures(caption.translation)):
            assert "numbers" in caption.flags


def test_latency_is_told_in_seconds(demo: Ran) -> None:
    for caption in demo.captions:
        parts = caption.latency
        assert set(parts) == {"endpoint", "transcribe", "translate", "total"}
        assert min(parts.values()) >= 0
        assert parts["total"] >= parts["transcribe"] + parts["translate"]


def figures(text: str) -> list[str]:
    """The figures of a text in order, spelled-out ones too."""
    return [word for word in words(text).split() if word[0].isdigit()]
