"""The words that recognition may be biased towards."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.errors import SettingsError
from kiosk.vocabulary import MOST_WORDS, prompt, read_words


def test_comments_blank_lines_and_doubles_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "fr.txt"
    file.write_text("# PMI\nvaccins\n\ncourbe de poids  # mesures\nvaccins\n", encoding="utf-8")
    assert read_words(file) == ("vaccins", "courbe de poids")


@pytest.mark.parametrize("line", ["x" * 61, "tétée\x1b[31m"])
def test_what_is_no_word_is_refused_by_file_and_line(line: str, tmp_path: Path) -> None:
    file = tmp_path / "fr.txt"
    file.write_text(f"vaccins\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"fr\.txt, ligne 2"):
        read_words(file)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "fr.txt"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"fr\.txt"):
        read_words(file)


def test_the_project_s_words_are_told_as_a_sentence_and_not_all_of_them() -> None:
    told = prompt(paths.VOCABULARY, "fr")
    assert told.startswith("Consultation de PMI : ")
    assert told.endswith(".")
    assert told.count(",") == MOST_WORDS - 1


def test_a_language_without_words_is_told_nothing(tmp_path: Path) -> None:
    assert prompt(paths.VOCABULARY, "ar") == ""
    assert prompt(tmp_path, "fr") == ""
