"""What `kiosk doctor` says of the counts and of the words of the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli import place
from kiosk.cli.tables import table_checks
from kiosk.config import Config, InterfaceConfig, UsageConfig

ON = Config(usage=UsageConfig(keep="on"))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "usage.json"
    monkeypatch.setattr("kiosk.paths.usage_file", lambda: path)
    return path


def test_counting_is_not_asked_for(file: Path) -> None:
    check = place.usage(Config())
    assert check.ok
    assert "non tenus" in check.found
    assert "--forget" not in check.found


def test_counts_that_were_left_are_told(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("{}")
    assert "kiosk report --forget" in place.usage(Config()).found


def test_counts_are_told_by_their_months(file: Path) -> None:
    assert place.usage(ON).ok
    assert "0 mois" in place.usage(ON).found


def test_counts_that_make_no_sense_are_set_aside_and_told(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("{")
    assert "mis de côté" in place.usage(ON).found


def test_counts_that_cannot_be_read_are_to_mend(file: Path) -> None:
    file.mkdir(parents=True)
    assert not place.usage(ON).ok


@pytest.mark.parametrize(("code", "name"), [("fr", "français"), ("en", "anglais")])
def test_the_words_of_the_screen_are_told_with_their_language(code: str, name: str) -> None:
    check = next(table_checks(Config(interface=InterfaceConfig(language=code))))
    assert check.ok
    assert name in check.found
    assert "manquent" not in check.found
