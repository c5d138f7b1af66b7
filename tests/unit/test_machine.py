"""What is read of a machine, and the answer that `kiosk bench` stores."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from kiosk import installed, machine
from kiosk.config import Config
from kiosk.errors import ModelMissing, OutputError
from kiosk.machine import Answer, energy, on_battery, read_answer, write_answer
from kiosk.settings import load_config
from kiosk.speed import Counter, Figures

FIGURES = Figures("base", False, 0.25, 0.6, 0.15, 0.02, 0.05, 0.4, None, 370)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the answer is stored; not there yet, nor is its folder."""
    path = tmp_path / "state" / "kiosk" / "machine.json"
    monkeypatch.setattr("kiosk.paths.machine_file", lambda: path)
    return path


def answer(model: str = "small") -> Answer:
    return Answer(model, machine.processor(), "2026-01-02")


def test_an_answer_comes_back_and_is_its_owners_alone(file: Path) -> None:
    write_answer(answer("base"), [FIGURES])
    assert write_answer(answer("small"), [FIGURES]) == file
    assert read_answer() == answer("small")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert json.loads(file.read_text(encoding="utf-8"))["figures"][0]["turn"] == 0.25


def test_without_a_file_there_is_no_answer(file: Path) -> None:
    assert read_answer() is None
    assert not file.parent.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"small"',
        b'{"model": "small"}',
        b'{"model": ["small"], "processor": "x", "date": "2026-01-02"}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_no_answer(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert read_answer() is None


@pytest.mark.parametrize("change", [{"model": "enormous"}, {"processor": "another one"}, {"date": 20260102}])
def test_what_is_not_of_this_machine_or_this_program_is_no_answer(file: Path, change: dict[str, object]) -> None:
    write_answer(answer(), [])
    assert read_answer() is not None
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | change), encoding="utf-8")
    assert read_answer() is None


def test_what_is_not_a_file_is_no_answer_and_cannot_be_written(file: Path) -> None:
    file.mkdir(parents=True)
    assert read_answer() is None
    with pytest.raises(OutputError, match=r"machine\.json.*kiosk\.toml"):
        write_answer(answer(), [])
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_cannot_be_made_is_named(file: Path) -> None:
    file.parent.parent.mkdir()
    file.parent.write_bytes(b"")
    with pytest.raises(OutputError, match="Impossible d'enregistrer"):
        write_answer(answer(), [])


class TestTheModelInUse:
    """What the settings mean on a machine, whatever command asks."""

    @pytest.fixture
    def config(self, file: Path, tmp_path: Path) -> Config:
        return load_config(tmp_path / "kiosk.toml", options={"models.dir": str(tmp_path)})

    @pytest.fixture(autouse=True)
    def settings(self, tmp_path: Path) -> None:
        (tmp_path / "kiosk.toml").touch()

    @staticmethod
    def install(folder: Path, *names: str) -> None:
        for name in names:
            (folder / "whisper" / name).mkdir(parents=True)

    def test_is_the_recommended_one_once_it_is_installed(self, config: Config, tmp_path: Path) -> None:
        self.install(tmp_path, "base")
        write_answer(answer("small"), [])
        assert installed.speech_model(config) == "base"
        self.install(tmp_path, "small")
        assert installed.speech_model(config) == "small"
        assert installed.speech_to_install(config) == "small"

    def test_is_asked_for_by_name_where_nothing_is_installed(self, config: Config) -> None:
        with pytest.raises(ModelMissing, match="kiosk models pull base"):
            installed.check_models(config, None)

    def test_is_not_what_is_installed_when_nobody_said_what_to_install(self, config: Config, tmp_path: Path) -> None:
        self.install(tmp_path, "tiny")
        assert installed.speech_model(config) == "tiny"
        assert installed.speech_to_install(config) == "base"

    def test_is_the_one_that_is_named(self, tmp_path: Path, file: Path) -> None:
        self.install(tmp_path, "base")
        write_answer(answer("base"), [])
        config = load_config(tmp_path / "kiosk.toml", options={"models.dir": str(tmp_path), "speech.model": "small"})
        assert installed.speech_model(config) == installed.speech_to_install(config) == "small"


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pretended /sys/class."""
    monkeypatch.setattr(machine, "_SYSTEM", tmp_path)
    return tmp_path


def describe(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(f"{text}\n")


def test_energy_is_read_of_whole_processors_only(system: Path) -> None:
    for folder, name in (("0", "package-0"), ("0:0", "core"), ("1", "psys"), ("2", "package-1")):
        describe(system / "powercap" / f"intel-rapl:{folder}", name=name, energy_uj="12", max_energy_range_uj="99")
    assert energy() == (Counter("intel-rapl:0", 12, 99), Counter("intel-rapl:2", 12, 99))


def test_without_counters_that_can_be_read_there_is_no_energy(system: Path) -> None:
    assert energy() == ()
    describe(system / "powercap" / "intel-rapl:0", name="package-0", max_energy_range_uj="99")
    assert energy() == ()


@pytest.mark.parametrize(
    ("kind", "status", "scope", "fed_by_it"),
    [
        ("Battery", "Discharging", "System", True),
        ("Battery", "Charging", "System", False),
        ("Battery", "Discharging", "Device", False),
        ("Mains", "Discharging", "System", False),
    ],
)
def test_only_the_machines_own_battery_counts(
    system: Path, kind: str, status: str, scope: str, fed_by_it: bool
) -> None:
    describe(system / "power_supply" / "BAT0", type=kind, status=status, scope=scope)
    assert on_battery() is fed_by_it


def test_a_machine_without_battery_is_not_on_battery(system: Path) -> None:
    assert not on_battery()


def test_other_programs_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "cores", lambda: 4)
    monkeypatch.setattr("os.getloadavg", lambda: (2.5, 0.0, 0.0))
    assert machine.busy()
    monkeypatch.setattr("os.getloadavg", lambda: (1.9, 9.0, 9.0))
    assert not machine.busy()


def test_a_process_has_held_some_memory() -> None:
    assert machine.peak_memory() > 10
