"""Settings and their errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import Config
from kiosk.errors import LanguageError, SettingsError
from kiosk.settings import load_config
from kiosk.types import Room


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def test_without_anything_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.paths.SETTINGS", tmp_path / "absent.toml")
    assert load_config() == Config()


def test_options_outdo_the_environment_which_outdoes_the_file(settings: Path) -> None:
    settings.write_text('[speech]\nmodel = "tiny"\nbeam = 2\nthreads = 1\n')
    environment = {"KIOSK_SPEECH_BEAM": "3", "KIOSK_SPEECH_THREADS": "2"}
    speech = load_config(settings, environment, {"speech.threads": 4, "speech.model": None}).speech
    assert (speech.model, speech.beam, speech.threads) == ("tiny", 3, 4)


def test_a_whole_number_serves_as_a_number(settings: Path) -> None:
    settings.write_text("[segmenter]\nhangover = 1\n")
    assert load_config(settings).segmenter.hangover == 1.0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[speech]\nmodle = 'base'\n", ["modle", "[speech]", "model"]),
        ("[speach]\nmodel = 'base'\n", ["speach", "speech"]),
        ("[speech]\nmodel = 'huge'\n", ["speech.model", "huge", "base"]),
        ("[speech]\nbeam = 'five'\n", ["speech.beam", "five", "1", "10"]),
        ("[speech]\nbeam = true\n", ["speech.beam", "True"]),
        ("[segmenter]\nhangover = nan\n", ["segmenter.hangover", "nan"]),
        ("[segmenter]\nlongest = 60\n", ["segmenter.longest", "29"]),
        ("[translation]\nengine = 'google'\n", ["translation.engine", "google", "firefox"]),
        ("[translation]\nprefer = 'en-ar=firefox'\n", ["translation.prefer", "en-ar=firefox", "en-ar:firefox"]),
        ("[translation]\nmemory = 0\n", ["translation.memory", "50"]),
        ("[room]\nfamily = 'xx'\n", ["room.family", "xx", "ar"]),
        ("[terminal]\ntheme = 'blue'\n", ["terminal.theme", "blue", "dark", "light", "contrast"]),
        ("beam = 5\n", ["beam"]),
        ("[speech\n", ["TOML", "ligne 1, colonne 8"]),
    ],
)
def test_a_wrong_setting_names_the_file_the_key_and_what_is_allowed(
    settings: Path, content: str, words: list[str]
) -> None:
    settings.write_text(content)
    with pytest.raises(SettingsError) as raised:
        load_config(settings)
    assert raised.value.exit_code == 2
    for word in [str(settings), *words]:
        assert word in str(raised.value)


@pytest.mark.parametrize("code", ["482913", "['4829']", "'482'", "'" + 65 * "7" + "'"])
def test_a_code_that_does_not_suit_is_never_shown(settings: Path, code: str) -> None:
    # The waiting room is where this error is read, by whoever waits.
    settings.write_text(f"[waiting]\ncode = {code}\n")
    with pytest.raises(SettingsError) as raised:
        load_config(settings)
    assert code.strip("[']") not in str(raised.value)
    assert "waiting.code" in str(raised.value)
    assert "entre guillemets" in raised.value.remedy


def test_a_wrong_environment_names_the_variable() -> None:
    with pytest.raises(SettingsError, match="KIOSK_SPEECH_MODEL"):
        load_config(environment={"KIOSK_SPEECH_MODEL": "huge"})
    with pytest.raises(SettingsError, match="KIOSK_ROOM_FAMILLY"):
        load_config(environment={"KIOSK_ROOM_FAMILLY": "ar"})
    assert load_config(environment={"KIOSK_STATUS": "x"}) == Config()


def test_a_file_that_was_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nulle-part\.toml"):
        load_config(tmp_path / "nulle-part.toml")


def test_the_room_needs_two_languages() -> None:
    assert load_config(options={"room.family": "ar"}).languages == Room("fr", "ar")
    with pytest.raises(LanguageError):
        _ = load_config(options={"room.family": "fr"}).languages


def test_engines_are_preferred_by_direction(settings: Path) -> None:
    settings.write_text('[translation]\nprefer = "en-ar:firefox, tr-en:argos"\n')
    assert load_config(settings).translation.preferred == {"en-ar": "firefox", "tr-en": "argos"}
    assert Config().translation.preferred == {}
