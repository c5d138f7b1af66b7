"""Reading the tables of the gate, and what is said of those that are damaged."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from kiosk.errors import AssetError
from kiosk.gate.tables import GATE, load
from kiosk.gate.words import Text
from kiosk.languages import LANGUAGES

SPOKEN = {"fr", "en", "es", "pt", "it", "de", "tr", "ru", "uk", "ro", "sq", "pl", "ar", "fa", "ur", "bn"}


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the tables, to damage."""
    return Path(shutil.copytree(GATE, tmp_path / "gate"))


def test_every_language_of_the_families_has_its_tables() -> None:
    loaded = load()
    assert set(loaded.negation) == SPOKEN
    assert set(loaded.letters) >= SPOKEN
    assert set(loaded.lengths.relative) >= SPOKEN
    assert set(loaded.negation) | set(loaded.letters) <= set(LANGUAGES)


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_no_phrase_of_a_table_stands_in_two_of_its_lists(language: str) -> None:
    table = tomllib.loads((GATE / "negation" / f"{language}.toml").read_text(encoding="utf-8"))
    phrases = [phrase for kind in ("denies", "maybe", "neutral", "hints") for phrase in table[kind]]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize(
    ("file", "content", "named"),
    [
        ("negation/fr.toml", 'denies = ["pas"', "fr.toml"),
        ("negation/fr.toml", 'refuses = ["pas"]', "refuses"),
        ("negation/fr.toml", 'denies = "pas"', "denies"),
        ("negation/fr.toml", 'denies = [""]', "denies"),
        ("letters/fr.txt", "_le 812\nquelque chose", "ligne 2"),
        ("lengths.toml", "relative = 3", "lengths.toml"),
        ("lengths.toml", "limits = []\n[relative]\nfr = 0", "lengths.toml"),
    ],
)
def test_a_damaged_table_is_named(tables: Path, file: str, content: str, named: str) -> None:
    (tables / file).write_text(content, encoding="utf-8")
    with pytest.raises(AssetError) as error:
        load(tables)
    assert named in error.value.message


def test_a_table_that_is_no_text_is_named(tables: Path) -> None:
    (tables / "kept.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AssetError, match=r"kept\.txt"):
        load(tables)


def test_an_edited_table_is_what_counts(tables: Path) -> None:
    (tables / "negation" / "en.toml").write_text('denies = ["nay"]\nneutral = ["nay nay"]', encoding="utf-8")
    english = load(tables).negation["en"]
    assert english.read(Text("Nay, he sleeps.", "en").tokens).denies
    assert not english.read(Text("He does not sleep, nay nay.", "en").tokens).denies


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("ne _ pas", "il ne le lui donne pas", True),
        ("ne _ pas", "il ne le lui a encore hier donné pas", False),
        ("fièvre*", "des fièvres", True),
        ("+less", "a careless man", True),
        ("+less", "less milk", False),
        ("| de rien . |", "De rien.", True),
        ("| de rien . |", "Il ne parle de rien.", False),
        (", non ?", "Ça va, non ?", True),
        ("n' hésite", "N’hésitez pas, n’hésite pas.", True),
    ],
)
def test_how_a_phrase_is_written(tables: Path, phrase: str, text: str, found: bool) -> None:
    (tables / "negation" / "fr.toml").write_text(f'hints = ["{phrase}"]', encoding="utf-8")
    assert (load(tables).negation["fr"].read(Text(text, "fr").tokens).hints == 1) is found
