"""The words of the screen: how they are read, and that none is missing."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.errors import AssetError, SettingsError
from kiosk.interface import MASTER, STAFF_LANGUAGES, Catalogue
from kiosk.languages import LANGUAGES
from kiosk.settings import load_config
from kiosk.types import Flag
from kiosk.ui.strings import FAMILY_KEYS

FRENCH = '[end]\ntitle = "Fin"\nfiles = "{number} fichiers dans {folder}"\n'

SHIPPED = Catalogue.load(paths.INTERFACE)
FAMILIES = sorted(file.stem for file in paths.PHRASEBOOK.glob("*.toml"))


def catalogue(folder: Path, **files: str) -> Catalogue:
    for language, content in files.items():
        (folder / f"{language}.toml").write_text(content, encoding="utf-8")
    return Catalogue.load(folder)


def test_a_text_is_found_by_its_key_and_filled(tmp_path: Path) -> None:
    words = catalogue(tmp_path, fr=FRENCH, en='[end]\nfiles = "{folder} holds {number} files"\n')
    assert words.text("end.title", "fr") == "Fin"
    assert words.text("end.files", "en", number=2, folder="/tmp/{x}") == "/tmp/{x} holds 2 files"


def test_what_is_missing_is_shown_in_french_and_told_to_the_log_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    words = catalogue(tmp_path, fr=FRENCH, en="")
    with caplog.at_level(logging.WARNING, logger="kiosk"):
        shown = [words.text("end.files", "en", number=n, folder="Secret") for n in (1, 2)]

    assert shown == ["1 fichiers dans Secret", "2 fichiers dans Secret"]
    assert [record.getMessage() for record in caplog.records] == ["no text for end.files in en"]


def test_a_text_that_french_lacks_too_is_its_key_rather_than_a_crash(tmp_path: Path) -> None:
    assert catalogue(tmp_path, fr=FRENCH).text("end.gone", "en", number=1) == "end.gone"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[end\n", "en.toml"),
        ('title = "End"\n', "title"),
        ("[end]\ntitle = 3\n", "end.title"),
        ('[end]\ntitle = " "\n', "end.title"),
        ('[end]\nfiles = "{number} files"\n', "end.files"),
        ('[end]\nfiles = "{number} files in {folder} of {who}"\n', "end.files"),
        ('[end]\ntitle = "{"\n', "end.title"),
        ('[end]\ntitle = "{0}"\n', "end.title"),
        ('[end]\nfiles = "{number:d} files in {folder}"\n', "end.files"),
        ('[end]\nfiles = "{number.real} files in {folder}"\n', "end.files"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(tmp_path: Path, content: str, named: str) -> None:
    with pytest.raises(AssetError) as caught:
        catalogue(tmp_path, fr=FRENCH, en=content)
    assert "en.toml" in caught.value.message
    assert named in caught.value.message
    assert caught.value.remedy


def test_without_the_french_file_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match=r"fr\.toml"):
        Catalogue.load(tmp_path)


# -- the setting ------------------------------------------------------------------------------------------------------


def test_the_screen_speaks_french_unless_the_settings_say_english(tmp_path: Path) -> None:
    settings = tmp_path / "kiosk.toml"
    settings.write_text("")
    assert load_config(settings).interface.language == "fr"
    assert load_config(settings, {"KIOSK_INTERFACE_LANGUAGE": "en"}).interface.language == "en"
    settings.write_text('[interface]\nlanguage = "de"\n')
    with pytest.raises(SettingsError, match=r"interface\.language"):
        load_config(settings)


# -- the texts of the program -----------------------------------------------------------------------------------------


def test_staff_find_every_text_in_each_of_their_languages() -> None:
    for language in STAFF_LANGUAGES:
        assert SHIPPED.keys(language) == SHIPPED.keys(MASTER)


def test_families_find_theirs_in_each_language_of_the_phrasebook() -> None:
    family = {key for key in SHIPPED.keys(MASTER) if key.startswith("family.")}
    assert set(FAMILIES) == set(LANGUAGES)
    for language in FAMILIES:
        assert {key for key in SHIPPED.keys(language) if key.startswith("family.")} == family


def test_a_family_alone_finds_the_same_keys_in_each_language() -> None:
    keys = {language: {key for key in SHIPPED.keys(language) if key.startswith("key")} for language in FAMILIES}
    for language in FAMILIES:
        assert keys[language] == FAMILY_KEYS | {"key.space"} or language in STAFF_LANGUAGES


def test_a_file_holds_no_text_that_french_lacks() -> None:
    for file in paths.INTERFACE.glob("*.toml"):
        assert SHIPPED.keys(file.stem) <= SHIPPED.keys(MASTER)


def test_every_flag_and_every_language_has_a_word() -> None:
    assert {f"flag.{flag.value}" for flag in Flag} == {key for key in SHIPPED.keys("fr") if key.startswith("flag.")}
    assert {key: SHIPPED.text(f"language.{key}", "fr") for key in LANGUAGES} == {
        code: language.french for code, language in LANGUAGES.items()
    }
