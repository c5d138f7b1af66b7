"""Argos packages of both kinds, read and run by CTranslate2 itself, and every way in which one may be damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.adapters.argos import ArgosLeg, Search
from kiosk.errors import ModelDamaged
from kiosk.models.record import Origin
from kiosk.models.store import Package
from tests.translation_kit import FRENCH_ENGLISH, package_at, write_package

SEARCH = Search(beam=2, threads=1)
MANY = {f"mot{letter}{other}": f"word{letter}{other}" for letter in "abcdef" for other in "ghijk"}
"""Enough words for a vocabulary to be compared with."""


@pytest.fixture(params=[False, True], ids=["sentencepiece", "bpe"])
def package(request: pytest.FixtureRequest, tmp_path: Path) -> Package:
    return write_package(tmp_path / "package", FRENCH_ENGLISH, bpe=request.param)


def test_every_sentence_is_translated_in_order(package: Package) -> None:
    leg = ArgosLeg.open(package, SEARCH)
    assert leg.translate(["bonjour enfant", "oui", "non non"]) == ["hello child", "yes", "no no"]
    assert leg.translate([]) == []
    assert leg.translate(["", "oui"]) == ["", "yes"]


def test_what_the_package_does_not_know_comes_through(package: Package) -> None:
    assert ArgosLeg.open(package, SEARCH).translate(["oui Doliprane 12"]) == ["yes Doliprane 12"]


def test_a_translation_goes_on_from_what_is_shown(package: Package) -> None:
    made = ArgosLeg.open(package, SEARCH).translate(["bonjour oui oui", "non"], shown="no three")
    assert made == ["no three yes", "no"]


def test_a_sentence_beyond_what_the_model_knows_is_translated_in_parts(package: Package) -> None:
    (made,) = ArgosLeg.open(package, SEARCH).translate(["oui " * 700])
    assert made == " ".join(["yes"] * 700)


def test_another_beam_may_be_asked_for(package: Package) -> None:
    assert ArgosLeg.open(package, SEARCH).translate(["bonjour"], beam=4) == ["hello"]


def test_moses_words_are_put_together_again(tmp_path: Path) -> None:
    text = "L'enfant n'a pas de fièvre : 38,5 (hier), merci !"
    same = {word: word for word in ("L&apos;", "enfant", "n&apos;", "a", "pas", "de", "fièvre", "hier", "merci")}
    package = write_package(tmp_path / "package", same, ("fr", "fr"), bpe=True)
    (made,) = ArgosLeg.open(package, SEARCH).translate([text])
    assert made == text


def test_the_word_that_names_the_target_language_is_taken_out_again(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", {"dis": "2en"} | FRENCH_ENGLISH)
    metadata = json.loads((package.path / "metadata.json").read_text())
    (package.path / "metadata.json").write_text(json.dumps(metadata | {"target_prefix": "▁2en"}))
    assert ArgosLeg.open(package, SEARCH).translate(["dis bonjour enfant"]) == ["hello child"]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("metadata.json", b"{"),
        ("metadata.json", None),
        ("sentencepiece.model", b"pieces"),
        ("sentencepiece.model", b""),
        ("model/model.bin", b"weights"),
        ("model/model.bin", b""),
        ("model/model.bin", None),
        ("model/source_vocabulary.json", b'["<unk>"'),
        ("model/source_vocabulary.json", b'{"a": 1}'),
        ("model/source_vocabulary.json", b"\xff\xfe"),
    ],
)
def test_a_damaged_file_is_named_with_its_remedy(tmp_path: Path, file: str, content: bytes | None) -> None:
    package = write_package(tmp_path / "package", FRENCH_ENGLISH)
    if content is None:
        (package.path / file).unlink()
    else:
        (package.path / file).write_bytes(content)
    with pytest.raises(ModelDamaged) as damaged:
        ArgosLeg.open(package, SEARCH)
    assert str(package.path / file) in damaged.value.message
    assert "kiosk models add" in damaged.value.remedy


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_a_damaged_bpe_model_is_named(tmp_path: Path, content: bytes | None) -> None:
    package = write_package(tmp_path / "package", MANY, bpe=True)
    if content is None:
        (package.path / "bpe.model").unlink()
    else:
        (package.path / "bpe.model").write_bytes(content)
    with pytest.raises(ModelDamaged, match=r"bpe\.model"):
        ArgosLeg.open(package, SEARCH)


def test_a_package_without_a_vocabulary_says_so(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", FRENCH_ENGLISH)
    for file in (package.path / "model").glob("*vocabulary*"):
        file.unlink()
    with pytest.raises(ModelDamaged, match="vocabulaire"):
        ArgosLeg.open(package, SEARCH)


def test_a_vocabulary_of_another_size_than_the_weights_is_damage(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", MANY)
    vocabulary = package.path / "model" / "source_vocabulary.json"
    vocabulary.write_text(json.dumps(json.loads(vocabulary.read_text())[:-5]))
    with pytest.raises(ModelDamaged, match="28 lignes pour 33 mots") as damaged:
        ArgosLeg.open(package, SEARCH)
    assert "source_vocabulary.json" in damaged.value.message


@pytest.mark.parametrize("bpe", [False, True])
def test_a_tokenizer_of_another_package_is_noticed(tmp_path: Path, bpe: bool) -> None:
    name = "bpe.model" if bpe else "sentencepiece.model"
    package = write_package(tmp_path / "package", MANY, bpe=bpe)
    ArgosLeg.open(package, SEARCH)
    other = write_package(tmp_path / "other", {f"{word}ment": made for word, made in MANY.items()}, bpe=bpe)
    (package.path / name).write_bytes((other.path / name).read_bytes())
    with pytest.raises(ModelDamaged, match=f"{name} n'est pas le découpage en mots") as damaged:
        ArgosLeg.open(package, SEARCH)
    assert "kiosk models add" in damaged.value.remedy


def test_the_remedy_is_the_command_that_brought_the_package(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", FRENCH_ENGLISH, origin=Origin.OFFICIAL)
    (package.path / "model" / "model.bin").unlink()
    with pytest.raises(ModelDamaged, match="kiosk models pull fr-en"):
        ArgosLeg.open(package, SEARCH)


def test_a_vocabulary_as_text_lines_serves_too(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", MANY)
    folder = package.path / "model"
    for file in folder.glob("*_vocabulary.json"):
        file.with_suffix(".txt").write_text("\n".join(json.loads(file.read_text())) + "\n", encoding="utf-8")
        file.unlink()
    assert ArgosLeg.open(package_at(package.path), SEARCH).translate(["motag"]) == ["wordag"]


def test_one_vocabulary_for_both_languages_serves_too(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", {word: word for word in MANY})
    assert (package.path / "model" / "shared_vocabulary.json").is_file()
    assert ArgosLeg.open(package, SEARCH).translate(["motag"]) == ["motag"]
