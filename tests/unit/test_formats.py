"""Captions as text."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kiosk import formats
from kiosk.types import SAMPLE_RATE, Caption, Flag, Latency, Side, Transcript, Translation

CAPTION = Caption(
    utterance_id=3,
    side=Side.FAMILY,
    transcript=Transcript("She had a fever.", "en", 0.98765, 0.0, -0.2, (Flag.UNSURE_LANGUAGE,)),
    translation=Translation("Elle avait de la fièvre.", "en", "fr", "argos", (Flag.STARTER,)),
    start=round(61.5 * SAMPLE_RATE),
    end=3_725 * SAMPLE_RATE,
    latency=Latency(0.64, 0.9, 0.05, 1.6),
    final=True,
    settled=16,
)


def test_jsonl_has_the_documented_fields_on_one_line() -> None:
    line = formats.render(CAPTION, "jsonl")
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert json.loads(line) == {
        "id": 3,
        "final": True,
        "settled": 16,
        "start": 61.5,
        "end": 3725.0,
        "language": "en",
        "language_probability": 0.9877,
        "text": "She had a fever.",
        "target": "fr",
        "translation": "Elle avait de la fièvre.",
        "engine": "argos",
        "figures": [],
        "flags": ["unsure-language", "starter"],
        "latency": {"endpoint": 0.64, "transcribe": 0.9, "translate": 0.05, "total": 1.6},
    }


def test_text_shows_who_spoke_both_languages_and_the_doubts() -> None:
    assert formats.render(CAPTION, "text") == (
        "01:01  Famille  [unsure-language, starter]\n"
        "       en  She had a fever.\n"
        "       fr  Elle avait de la fièvre.\n\n"
    )


def test_figures_in_doubt_stand_under_the_translation_as_they_were_said() -> None:
    doubted = replace(CAPTION, translation=replace(CAPTION.translation, figures=("2,5 ml", "6 h")))
    assert formats.render(doubted, "text").splitlines()[3] == "           = 2,5 ml · 6 h"
    assert json.loads(formats.render(doubted, "jsonl"))["figures"] == ["2,5 ml", "6 h"]
    for player in formats.FORMATS[2:]:
        assert formats.render(doubted, player).endswith("\n= 2,5 ml · 6 h\n[unsure-language, starter]\n\n")


def test_srt_numbers_its_cues_and_says_the_doubts() -> None:
    assert formats.render(CAPTION, "srt") == (
        "3\n00:01:01,500 --> 01:02:05,000\nShe had a fever.\nElle avait de la fièvre.\n[unsure-language, starter]\n\n"
    )


@pytest.mark.parametrize("form", ["text", "srt", "vtt"])
def test_what_was_recognised_drives_no_terminal_and_ends_no_cue(form: formats.Format) -> None:
    hostile = replace(CAPTION.translation, text="a\x1b[2J\n\nb\x9b31m")
    assert "a[2J b31m" in formats.render(replace(CAPTION, translation=hostile), form)


def test_vtt_has_a_header_and_no_arrow_in_its_text() -> None:
    odd = replace(CAPTION, transcript=replace(CAPTION.transcript, text="a --> b"))
    assert formats.header("vtt") == "WEBVTT\n\n"
    assert formats.render(odd, "vtt").splitlines()[:2] == ["00:01:01.500 --> 01:02:05.000", "a → b"]


def test_an_empty_translation_leaves_no_blank_line_that_would_end_the_cue() -> None:
    empty = replace(CAPTION, translation=replace(CAPTION.translation, text=""))
    assert "" not in formats.render(empty, "srt").splitlines()[:-1]
