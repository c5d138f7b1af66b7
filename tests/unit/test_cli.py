"""The command line: exit codes and sentences. What commands do with real models is in tests/real."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import __version__, build, installed, machine
from kiosk.adapters import microphone
from kiosk.cli import doctor, main
from kiosk.cli import run as cli_run
from kiosk.config import Config, WaitingConfig
from kiosk.errors import DeviceError, ModelMissing
from kiosk.languages import Offer, language
from kiosk.types import Flag, Room, Translation
from tests.fakes import FakeTranslator


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the settings of whoever runs the tests, and without what their machine was found to be."""
    monkeypatch.setattr("kiosk.paths.SETTINGS", tmp_path / "absent.toml")
    monkeypatch.setattr("kiosk.paths.machine_file", lambda: tmp_path / "machine.json")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "COMMANDE"),
        (["listen"], "listen"),
        (["caption"], "FICHIER"),
        (["caption", "a.wav", "--format", "doc"], "doc"),
        (["caption", "a.wav", "--languages", "fr"], "Deux langues"),
        (["caption", "a.wav", "--languages", "fr,xx"], "xx"),
        (["caption", "a.wav", "--model", "huge"], "speech.model"),
        (["translate", "--from", "fr", "--to", "fr", "Bonjour"], "les mêmes"),
        (["--config", "nulle-part.toml", "devices"], "nulle-part.toml"),
    ],
)
def test_a_wrong_command_line_is_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert words in output.err
    assert "Traceback" not in output.err
    assert output.out == ""


def test_a_command_may_follow_a_settings_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    settings = tmp_path / "salle-2.toml"
    settings.write_text('[room]\nstaff = "fr"\n')

    assert main(["--config", str(settings), "translate", "--from", "fr", "--to", "fr", "Bonjour"]) == 2
    assert "les mêmes" in capsys.readouterr().err


def test_a_wrong_environment_is_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_SPEECH_BEAM", "many")
    assert main(["devices"]) == 2
    assert "KIOSK_SPEECH_BEAM" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["--version"])
    assert raised.value.code == 0
    assert capsys.readouterr().out == f"kiosk {__version__}\n"


def test_help_is_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["caption", "--help"])
    help_text = capsys.readouterr().out
    assert "usage : kiosk caption" in help_text
    assert "show this help" not in help_text


def test_models_that_are_not_installed_are_exit_code_1_with_the_command_to_get_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KIOSK_MODELS_DIR", str(tmp_path))
    assert main(["caption", "a.wav"]) == 1
    assert "kiosk models pull base" in capsys.readouterr().err


def test_ctrl_c_is_exit_code_130(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(microphone, "list_devices", interrupted)
    assert main(["devices"]) == 130
    assert "interrompu" in capsys.readouterr().err


def test_run_needs_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 1
    assert "terminal" in capsys.readouterr().err


def test_translate_gives_a_line_for_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "translator", lambda *_: FakeTranslator())
    monkeypatch.setattr("sys.stdin", iter(["Bonjour.\n", "\n", "Merci.\n"]))
    assert main(["translate", "--from", "fr", "--to", "en"]) == 0
    assert capsys.readouterr().out == "[en] Bonjour.\n\n[en] Merci.\n"


def test_translate_says_its_doubts_beside_the_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Doubtful(FakeTranslator):
        def translate(self, text: str, source: str, target: str, *, shown: str = "") -> Translation:
            return Translation("30,000 beds", source, target, "argos", (Flag.STARTER, Flag.NUMBERS))

    monkeypatch.setattr(build, "translator", lambda *_: Doubtful())
    assert main(["translate", "--from", "fr", "--to", "en", "trois millilitres"]) == 0
    output = capsys.readouterr()
    assert output.out == "30,000 beds\n"
    assert "ne pas utiliser avec une famille" in output.err
    assert "ligne 1, chiffres à vérifier." in output.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_told_as_what_it_is() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "kiosk", "models", "list"]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert "il n'y a plus de place" in ran.stderr
    assert "imprévue" not in ran.stderr


class HealthyMachine:
    """Answers of `kiosk.build` on a machine where everything is in order."""

    name = "Jabra"

    def open(self) -> None:
        pass

    def read(self, timeout: float) -> str:
        return "frame"

    def close(self) -> None:
        pass


@pytest.fixture
def healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "microphone", lambda _: HealthyMachine())
    monkeypatch.setattr(installed, "check_models", lambda *_: None)
    monkeypatch.setattr(installed, "language_offers", lambda _: ())
    monkeypatch.setattr(build, "measure_speed", lambda *_: build.Speed(encode=0.1, translate=0.05))
    monkeypatch.setattr(doctor, "_free_megabytes", lambda: 8_000)


@pytest.mark.usefixtures("healthy")
def test_doctor_on_a_healthy_machine_is_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is True
    assert {check["name"] for check in report["checks"]} >= {"Terminal", "Mémoire", "Microphone", "Modèles", "Réseau"}


@pytest.mark.usefixtures("healthy")
def test_doctor_calls_no_machine_ready_that_translates_with_demonstration_packages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "language_offers", lambda _: (Offer(language("en"), (), starter=True),))
    assert main(["doctor"]) == 1
    (line, remedy) = capsys.readouterr().out.partition("À CORRIGER  Traduction")[2].splitlines()[:2]
    assert "ne pas utiliser avec une famille" in line
    assert "kiosk models pull fr-en" in remedy


@pytest.mark.usefixtures("healthy")
@pytest.mark.parametrize(
    ("setting", "there", "answered", "words"),
    [
        ("auto", ["base"], None, ["Whisper base (choisi parmi les installés", "« kiosk bench » dirait"]),
        ("tiny", ["base"], None, ["Whisper tiny (réglage", "« kiosk bench » dirait"]),
        ("auto", ["base", "small"], "small", ["Whisper small (conseil de « kiosk bench »)"]),
        ("auto", ["base"], "small", ["Whisper base (choisi", "conseille small : kiosk models pull small"]),
        ("base", ["base"], "tiny", ["Whisper base (réglage ; « kiosk bench » conseille tiny)"]),
    ],
)
def test_doctor_says_which_model_is_used_and_why(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    setting: str,
    there: list[str],
    answered: str | None,
    words: list[str],
) -> None:
    monkeypatch.setattr("kiosk.invocation.program", lambda: "kiosk")
    monkeypatch.setenv("KIOSK_SPEECH_MODEL", setting)
    monkeypatch.setenv("KIOSK_MODELS_DIR", str(tmp_path))
    for name in there:
        (tmp_path / "whisper" / name).mkdir(parents=True)
    if answered:
        machine.write_answer(machine.Answer(answered, machine.processor(), "2026-01-02"), [])

    assert main(["doctor"]) == 0
    output = capsys.readouterr().out
    for word in words:
        assert word in output


@pytest.mark.usefixtures("healthy")
def test_doctor_names_what_is_to_mend_and_how(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(_: Config) -> None:
        raise DeviceError("Aucun microphone n'est branché.", "Branchez-en un.")

    def missing(_: Config, __: Room) -> None:
        raise ModelMissing("Whisper base n'est pas installé.", "kiosk models pull base")

    monkeypatch.setattr(build, "microphone", absent)
    monkeypatch.setattr(installed, "check_models", missing)
    monkeypatch.setattr(doctor, "_free_megabytes", lambda: 300)
    assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("À CORRIGER") for line in lines) == 3
    assert any("kiosk models pull base" in line for line in lines)


@pytest.mark.usefixtures("healthy")
def test_doctor_finds_a_slow_machine(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "measure_speed", lambda *_: build.Speed(encode=3.0, translate=0.05))
    assert main(["doctor"]) == 1
    assert "tiny" in capsys.readouterr().out


_UNFORESEEN = """
import sys
from kiosk import build, cli
from kiosk.cli import {command}

def stumble(*arguments, **named):
    said = "chrysantheme"
    raise ValueError(said) from KeyError(said)

{command}.run = stumble
sys.exit(cli.main())
"""


@pytest.mark.parametrize(
    ("command", "arguments"),
    [("caption", ["a.wav"]), ("translate", ["--from", "fr", "--to", "en", "Bonjour"]), ("run", []), ("report", [])],
)
def test_an_error_that_nobody_foresaw_is_a_sentence_that_quotes_nothing(command: str, arguments: list[str]) -> None:
    program = _UNFORESEEN.format(command=command)
    ran = subprocess.run(
        [sys.executable, "-c", program, command, *arguments], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "erreur imprévue (ValueError" in ran.stderr
    assert "service informatique" in ran.stderr
    assert "chrysantheme" not in ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 2


def test_what_a_file_says_drives_no_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The name of a section is quoted, whatever is in it."""
    settings = tmp_path / "kiosk.toml"
    settings.write_text('["\\u001b[2J\\u009b31mroom"]\n')
    assert main(["--config", str(settings), "devices"]) == 2
    err = capsys.readouterr().err
    assert "section inconnue" in err
    assert "\x1b" not in err
    assert "\x9b" not in err


@pytest.mark.parametrize(
    ("starter", "setting", "told"), [(True, "off", True), (True, "on", False), (False, "off", False)]
)
def test_a_waiting_room_without_a_language_for_families_is_told_before_it_opens(
    capsys: pytest.CaptureFixture[str], starter: bool, setting: str, told: bool
) -> None:
    config = Config(waiting=WaitingConfig(code="2580", demonstration=setting))
    cli_run._tell_unready([Offer(language("en"), (), starter=starter)], config)
    error = capsys.readouterr().err
    assert ("aucune langue à offrir aux familles" in error) is told
    assert ("kiosk models pull fr-ar" in error) is told
