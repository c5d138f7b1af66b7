"""`kiosk bench` on the real models: what it says and stores, not how fast this machine is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.real import command

pytestmark = pytest.mark.real


def bench(home: Path, *arguments: str) -> command.Ran:
    """Run it on the first two turns, its answer stored in a home of its own."""
    env = command.environment(
        HOME=str(home), XDG_STATE_HOME=str(home / "state"), KIOSK_SPEECH_MODEL="auto", COLUMNS="100"
    )
    return command.run("bench", "--turns", "2", "--force", *arguments, env=env)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody's home."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def ran(models: None, home: Path) -> command.Ran:
    """`kiosk bench --json`, run once."""
    return bench(home, "--json")


@pytest.fixture(scope="module")
def report(ran: command.Ran) -> dict[str, Any]:
    """What it printed."""
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_whisper_base_is_measured_and_what_is_not_installed_estimated(report: dict[str, Any]) -> None:
    models = {model["model"]: model for model in report["models"]}
    assert list(models) == ["tiny", "base", "small", "medium", "large-v3"]
    base, large = models["base"], models["large-v3"]
    assert (base["estimated"], large["estimated"], large["offered"]) == (False, True, False)
    for figure in ("turn", "worst", "hypothesis", "sentence", "translate", "settle", "cpu", "memory"):
        assert 0 < base[figure] <= large[figure]
    assert 100 < base["memory"] < 700


def test_a_model_on_offer_is_recommended_and_stored(report: dict[str, Any], home: Path) -> None:
    assert report["recommended"] in {"tiny", "base", "small"}
    stored = home / "state" / "kiosk" / "machine.json"
    assert report["stored"] == str(stored)
    assert json.loads(stored.read_text(encoding="utf-8"))["model"] == report["recommended"]


def test_the_progress_is_beside_the_answer(ran: command.Ran) -> None:
    assert "Whisper base" in ran.err
    assert "Traceback" not in ran.err


def test_nothing_of_what_was_said_is_stored(report: dict[str, Any], home: Path) -> None:
    text = Path(report["stored"]).read_text(encoding="utf-8").casefold()
    assert "bonjour" not in text
    assert "hello" not in text
    assert [file.name for file in home.rglob("*") if file.is_file()] == ["machine.json"]


def test_people_read_a_table_and_an_advice(models: None, tmp_path: Path) -> None:
    ran = bench(tmp_path)
    assert ran.code == 0, ran.err
    assert "Conseillé : Whisper" in ran.out
    assert "mesuré" in ran.out
    assert "estimé" in ran.out
    assert "Réponse enregistrée dans" in ran.out
