"""What the self-test found out is kept for each terminal."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kiosk.errors import OutputError
from kiosk.terminals import read_answers, write_answer


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "terminals.json"
    monkeypatch.setattr("kiosk.paths.terminals_file", lambda: path)
    return path


def test_before_anybody_was_asked_there_is_nothing(file: Path) -> None:
    assert read_answers() == {}


def test_each_terminal_has_its_own_answer_and_the_last_one_counts(file: Path) -> None:
    write_answer("vte", "terminal")
    write_answer("konsole", "terminal")
    write_answer("vte", "app")

    assert read_answers() == {"vte": "app", "konsole": "terminal"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["terminals.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '"app"', '{"vte": 3}', "\udcff", "[" * 100_000])
def test_whatever_is_wrong_with_the_file_it_is_as_if_there_was_none(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_bytes(content.encode("utf-8", "surrogateescape"))

    assert read_answers() == {}


def test_what_cannot_be_kept_says_where_and_what_to_write_instead(file: Path) -> None:
    file.parent.write_text("a file where a folder should be")

    with pytest.raises(OutputError) as raised:
        write_answer("vte", "app")

    assert str(file) in raised.value.message
    assert 'bidi = "app"' in raised.value.remedy
