"""`kiosk report`: what is shown of the counts, and what is not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.usage import Month
from kiosk.usage.keeping import add_to_file

BUSY = Month(
    24,
    2,
    6,
    455,
    1000,
    120,
    31,
    8,
    microphone=1,
    languages={"ar": 15, "tr": 5, "sq": 3, "uk": 1},
    doubts={"numbers": 80, "negation": 40},
    failures={"unforeseen": 1},
    latencies=(100, 500, 300, 60, 30, 10, 0, 0, 0),
)


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "usage.json"
    monkeypatch.setattr("kiosk.paths.usage_file", lambda: path)
    monkeypatch.setattr("kiosk.paths.SETTINGS", tmp_path / "absent.toml")
    monkeypatch.setenv("KIOSK_USAGE_KEEP", "on")
    return path


def test_it_says_that_nothing_is_counted_unless_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KIOSK_USAGE_KEEP")
    assert main(["report"]) == 0
    assert 'keep = "off"' in capsys.readouterr().out


def test_a_month_is_told_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    add_to_file(BUSY, date(2025, 11, 30))
    assert main(["report", "--month", "2025-11"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Consultations commencées 24" in out
    assert "Refus à l'écran d'information moins de 5" in out
    assert "Interprète demandé 6" in out
    assert "Langues arabe 15, turc 5, autres 4" in out
    assert "avec un doute 12,0 %" in out
    assert "chiffres à vérifier 8,0 %" in out
    assert "Pannes imprévue 1" in out
    assert "la moitié en 0,75 s au plus, 95 % en 1,5 s au plus" in out
    assert "albanais" not in out


def test_this_month_keeps_its_languages_to_itself(capsys: pytest.CaptureFixture[str]) -> None:
    add_to_file(BUSY)
    assert main(["report"]) == 0
    assert "arabe" not in capsys.readouterr().out
    assert main(["report", "--json"]) == 0
    (month,) = json.loads(capsys.readouterr().out)["months"].values()
    assert month["languages"] == {}


def test_as_json_what_is_withheld_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    add_to_file(BUSY, date(2025, 11, 30))
    assert main(["report", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    month = report["months"]["2025-11"]
    assert report["counting"] is True
    assert (month["consultations"], month["refused"], month["interpreter"]) == (24, None, 6)
    assert month["languages"] == {"ar": 15, "tr": 5, "other": 4}
    assert (month["latency_p50"], month["latency_p95"]) == (0.75, 1.5)


def test_of_a_month_with_few_consultations_only_the_machine_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    add_to_file(Month(4, 1, 0, 60, 90, 9, languages={"ar": 4}, microphone=2, doubts={"numbers": 9}), date(2025, 11, 1))
    assert main(["report"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Consultations commencées moins de 5" in out
    assert "Pertes du micro 2" in out
    assert "Sous-titres" not in out
    assert "arabe" not in out
    assert "chiffres" not in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--month", "novembre"], 2, "AAAA-MM"),
        (["--month", "2026-13"], 2, "AAAA-MM"),
        (["--forget", "--json"], 2, "--json"),
        (["--month", "1999-01"], 1, "Rien n'a été compté en 1999-01"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence_and_its_code(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, words: str
) -> None:
    assert main(["report", *arguments]) == code
    assert words in capsys.readouterr().err


def test_a_file_that_makes_no_sense_is_set_aside_and_told(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.parent.mkdir()
    file.write_text("{")
    assert main(["report"]) == 1
    assert "mis de côté" in capsys.readouterr().err
    assert main(["report"]) == 0


def test_a_month_cannot_be_forgotten_of_a_file_that_makes_no_sense(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    file.parent.mkdir()
    file.write_text("{")
    for _ in range(2):  # what was set aside stays until all of it is forgotten
        assert main(["report", "--forget", "--month", "2025-11"]) == 1
        told = capsys.readouterr()
        assert "rien à supprimer" not in told.out
        assert str(file.with_suffix(".illisible")) in told.err
        assert "report --forget" in told.err
    assert main(["report", "--forget"]) == 0
    assert main(["report", "--forget", "--month", "2025-11"]) == 0


def test_a_file_that_cannot_be_read_is_a_failure(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.mkdir(parents=True)
    assert main(["report"]) == 1
    assert str(file) in capsys.readouterr().err


def test_it_forgets(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    add_to_file(BUSY, date(2025, 11, 30))
    assert main(["report", "--forget"]) == 0
    assert not file.exists()
    assert main(["report", "--forget"]) == 0
    assert "rien à supprimer" in capsys.readouterr().out
