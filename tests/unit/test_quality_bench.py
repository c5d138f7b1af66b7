"""What the quality table counts: figures that changed, and which clips a person has translated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.quality_speech import clips
from tests.bench.quality_ways import Way, figures_changed, ways

FRENCH = "Donnez 5 ml matin et soir."
ENGLISH = "Give 5 ml morning and evening."


@pytest.mark.parametrize(
    ("reference", "shown", "changed"),
    [
        (ENGLISH, "Give five millilitres in the morning and in the evening.", False),
        (ENGLISH, "Give 50 ml morning and evening.", True),
        (ENGLISH, "Give it morning and evening.", True),
        ("Give it morning and evening.", "Give 50 ml morning and evening.", None),
        ("Give a teaspoon morning and evening.", "Give 50 ml morning and evening.", None),
    ],
    ids=["kept", "changed", "lost", "none in the reference", "the reference says it otherwise"],
)
def test_figures_are_those_of_the_reference(reference: str, shown: str, changed: bool | None) -> None:
    assert figures_changed(FRENCH, reference, shown, ("fr", "en")) is changed


class Serving:
    """An engine of which nothing but its directions is asked."""

    def __init__(self, *directions: tuple[str, str]) -> None:
        self._directions = directions

    def serves(self, source: str, target: str) -> bool:
        return (source, target) in self._directions


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        (("fr", "en"), [Way.BEST, Way.SECOND, Way.SHOWN]),
        (("en", "fr"), [Way.BEST, Way.SHOWN]),
        (("fr", "ar"), []),
    ],
)
def test_a_second_way_is_measured_where_there_is_one(direction: tuple[str, str], expected: list[Way]) -> None:
    engines = (Serving(("fr", "en"), ("en", "fr")), Serving(("fr", "en")))
    assert ways(engines, direction) == expected


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    said = {
        "ast_en_goodbye": ("en", "Goodbye."),
        "ast_en_welcome": ("en", "Welcome."),
        "ast_es_goodbye": ("es", "Adiós."),
        "fleurs_en_001": ("en", "A sentence."),
        "fleurs_es_001": ("es", "Otra frase."),
    }
    lines = [
        json.dumps({"file": f"{name}.flac", "lang": language, "text": text, "seconds": 2.0})
        for name, (language, text) in said.items()
    ]
    (tmp_path / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_a_prompt_is_translated_by_the_one_of_its_name(speech: Path) -> None:
    assert [(clip.text, clip.reference) for clip in clips(speech, ("en", "es"))] == [("Goodbye.", "Adiós.")]


def test_without_a_translation_only_conversations_with_staff_count(speech: Path) -> None:
    assert [clip.text for clip in clips(speech, ("en", "fr"))] == ["Goodbye.", "Welcome.", "A sentence."]
    assert clips(speech, ("en", "it")) == []


def test_staff_speak_french_where_it_is_spoken(speech: Path) -> None:
    assert clips(speech, ("en", "fr"))[0].room.staff == "fr"
    assert clips(speech, ("en", "es"))[0].room.staff == "en"
