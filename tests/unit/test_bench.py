"""`kiosk bench` with engines that do nothing: what is measured, printed and stored. Real models are in tests/real."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kiosk import build, installed, machine, measuring
from kiosk.cli import main
from kiosk.speed import Counter
from kiosk.types import SAMPLE_RATE, Room, Transcript
from tests.fakes import FakeTranscriber, FakeTranslator, ScriptedSource, frame

ROOM = Room("fr", "en")
TURN = np.zeros(2 * SAMPLE_RATE, np.float32)


class Talker(FakeTranscriber):
    """Hears two sentences in whatever it is given."""

    def __init__(self) -> None:
        super().__init__(lambda _: Transcript("Bonjour. Comment allez-vous ?", "fr", 0.99, 0.0, -0.1))


def test_each_turn_is_guessed_at_recognised_and_translated() -> None:
    transcriber, told = Talker(), []
    figures = measuring.measure(
        "base", (transcriber, FakeTranslator()), [TURN] * 5, ROOM, 60.0, lambda done, total: told.append((done, total))
    )
    assert len(transcriber.heard) == 1 + 2 * 5  # one to warm up
    assert told == [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5)]
    assert (figures.model, figures.estimated) == ("base", False)
    assert figures.worst >= figures.turn > 0
    assert figures.translate >= figures.sentence > 0


def test_on_a_slow_machine_only_the_first_turns_are_measured() -> None:
    transcriber = Talker()
    measuring.measure("base", (transcriber, FakeTranslator()), [TURN] * 9, ROOM, 0.0, lambda *_: None)
    assert len(transcriber.heard) == 1 + 2 * measuring.FEWEST_TURNS


def test_words_that_are_not_heard_take_no_translation() -> None:
    silent = FakeTranscriber(lambda _: Transcript("", "fr", 0.99, 0.9, -0.1))
    figures = measuring.measure("base", (silent, FakeTranslator()), [TURN], ROOM, 0.0, lambda *_: None)
    assert (figures.sentence, figures.translate) == (0.0, 0.0)


def test_turns_are_cut_with_a_margin() -> None:
    source = ScriptedSource([frame(index, index) for index in range(100)])  # 3.2 s
    first, last = measuring.cut_turns(source, [(0.1, 0.5), (2.0, 3.2)])
    assert first[0] == 0  # nothing lies before the beginning
    assert first.size == round(0.7 * SAMPLE_RATE)
    assert (last[0], last[-1]) == (52, 99)  # 1.68 s, and the end


def test_the_demonstration_has_turns_of_a_few_seconds() -> None:
    seconds = [turn.size / SAMPLE_RATE for turn in build.demonstration()]
    assert len(seconds) == 14
    assert all(2 < each < 8 for each in seconds)


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with Whisper base, on a machine that nothing else occupies; the settings are the program's own."""
    (tmp_path / "whisper" / "base").mkdir(parents=True)
    monkeypatch.setattr("kiosk.paths.SETTINGS", tmp_path / "absent.toml")
    monkeypatch.setattr("kiosk.paths.machine_file", lambda: tmp_path / "state" / "machine.json")
    monkeypatch.setenv("KIOSK_MODELS_DIR", str(tmp_path))
    monkeypatch.setattr(build, "transcriber", lambda *_: Talker())
    monkeypatch.setattr(build, "room_translator", lambda *_: FakeTranslator())
    monkeypatch.setattr(build, "demonstration", lambda: (TURN,) * 4)
    monkeypatch.setattr(machine, "on_battery", lambda: False)
    monkeypatch.setattr(machine, "busy", lambda: False)
    return tmp_path


def test_the_answer_is_told_and_stored(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [model["model"] for model in report["models"]] == ["tiny", "base", "small", "medium", "large-v3"]
    assert [model["estimated"] for model in report["models"]] == [True, False, True, True, True]
    # Engines that do nothing are a very fast machine.
    assert (report["recommended"], report["installed"], report["used"]) == ("small", False, "base")
    assert report["bearable"] == ["medium", "large-v3"]
    assert report["stored"] == str(models / "state" / "machine.json")
    answer = machine.read_answer()
    assert answer is not None
    assert answer.model == "small"


def test_what_to_do_next_is_said_in_words(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench"]) == 0
    output = capsys.readouterr()
    assert "Conseillé : Whisper small" in output.out
    assert "kiosk models pull small" in output.out
    assert 'model = "auto" utilise small. Jusque-là, c\'est base' in output.out
    assert "medium et large-v3, que kiosk n'offre pas" in output.out
    assert "estimé" in output.out
    assert "Whisper base" in output.err  # the progress


def test_every_installed_model_is_measured(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (models / "whisper" / "tiny").mkdir()
    (models / "whisper" / "small").mkdir()
    assert main(["bench", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [model["estimated"] for model in report["models"]] == [False, False, False, True, True]
    assert (report["recommended"], report["installed"], report["used"]) == ("small", True, "small")


def test_a_setting_outdoes_the_answer(
    models: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_SPEECH_MODEL", "base")
    assert main(["bench"]) == 0
    assert 'Le réglage model = "base" l\'emporte' in capsys.readouterr().out


def test_what_falsifies_the_figures_is_said(
    models: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "on_battery", lambda: True)
    monkeypatch.setattr(machine, "busy", lambda: True)
    assert main(["bench"]) == 0
    output = capsys.readouterr()
    assert all("batterie" in text and "d'autres programmes" in text for text in (output.out, output.err))


def test_an_answer_of_a_busy_machine_is_stored_only_when_forced(
    models: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "busy", lambda: True)
    assert main(["bench"]) == 0
    assert "non enregistrée" in capsys.readouterr().out
    assert machine.read_answer() is None
    assert main(["bench", "--force"]) == 0
    assert "Réponse enregistrée" in capsys.readouterr().out
    assert machine.read_answer() is not None


@pytest.mark.parametrize(("counters", "words"), [((), "non mesurable sur cette machine"), ((1,), "de parole (J)")])
def test_energy_is_told_or_said_not_to_be_measurable(
    models: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    counters: tuple[int, ...],
    words: str,
) -> None:
    readings = tuple(Counter(f"intel-rapl:{each}", each, 99) for each in counters)
    monkeypatch.setattr(machine, "energy", lambda: readings)
    assert main(["bench"]) == 0
    assert words in capsys.readouterr().out


def test_an_answer_that_cannot_be_stored_is_told_all_the_same(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (models / "state").write_bytes(b"")
    assert main(["bench"]) == 1
    output = capsys.readouterr()
    assert "Conseillé : Whisper small" in output.out
    assert "Désormais" not in output.out
    assert "Impossible d'enregistrer" in output.err


def test_without_a_model_there_is_nothing_to_measure(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (models / "whisper" / "base").rmdir()
    assert main(["bench"]) == 1
    assert "kiosk models pull base" in capsys.readouterr().err


def test_through_english_translation_counts_twice(
    models: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "translation_steps", lambda *_: 10**9)
    assert main(["bench", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["recommended"] == "tiny"
    assert report["bearable"] == []


def test_a_slow_machine_is_told_that_captions_come_late(
    models: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "translation_steps", lambda *_: 10**9)
    assert main(["bench"]) == 0
    assert "viendront tard" in capsys.readouterr().out
