"""Terms that must come through translation."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.errors import AssetError
from kiosk.glossary import Glossary, Term, with_wanted

TERMS = Glossary(
    [
        Term({"keep": ("PMI",)}),
        Term({"fr": ("santé",), "en": ("health",)}),
        Term({"fr": ("carnet de santé",), "en": ("health record book", "carnet de santé")}),
        Term({"fr": ("vaccin", "vaccins"), "uk": ("вакцин*",)}),
    ]
)


def spans(text: str, target: str = "en", source: str = "fr") -> list[str]:
    return [text[found.start : found.end] for found in TERMS.find(text, source, target)]


def test_a_term_is_found_as_a_whole_word_whatever_its_case_and_accents() -> None:
    assert spans("Apportez le CARNET DE SANTE à la pmi.") == ["CARNET DE SANTE", "pmi"]
    assert spans("Les PMIs et l'épmi") == []


def test_the_longer_of_two_terms_that_overlap_counts() -> None:
    assert spans("votre carnet de santé") == ["carnet de santé"]


def test_a_term_without_a_form_in_the_other_language_is_not_looked_for() -> None:
    assert spans("un vaccin", target="en") == []


def test_any_of_the_wanted_forms_will_do() -> None:
    (found,) = TERMS.find("le carnet de santé", "fr", "en")
    assert found.kept_in("Bring the carnet de santé.")
    assert found.kept_in("Bring the Health Record Book.")
    assert not found.kept_in("Bring the notebook.")


def test_a_form_may_have_every_ending() -> None:
    (found,) = TERMS.find("le vaccin", "fr", "uk")
    assert found.kept_in("після вакцинації")
    assert not found.kept_in("після щеплення")


def test_a_wanted_form_is_written_into_the_sentence() -> None:
    text = "Le carnet de santé est à la PMI."
    assert with_wanted(text, TERMS.find(text, "fr", "en")) == "Le health record book est à la PMI."


def test_both_directions_share_an_entry() -> None:
    (found,) = TERMS.find("My health record book is lost.", "en", "fr")
    assert found.kept_in("Mon carnet de santé est perdu.")


def test_the_glossary_of_the_program_is_in_order() -> None:
    glossary = Glossary.load(paths.GLOSSARY)
    assert glossary.find("Donnez du Doliprane.", "fr", "ar")


def test_a_file_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert Glossary.load(tmp_path / "none.toml").find("PMI", "fr", "en") == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[term]]\nfr = 3", "1e [[term]], fr"),
        ('[[term]]\nkeep = ["PMI"]\n[[term]]\nxx = ["a"]', "2e [[term]]"),
        ('[[term]]\nfr = ["seul"]', "deux langues"),
        ('[[term]]\nfr = ["", "a"]', "1e [[term]], fr"),
        ("[[term]\n", "mal écrit"),
        ("[other]\n", "[[term]]"),
    ],
)
def test_a_wrong_file_is_named_with_the_entry(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "glossaire.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AssetError) as raised:
        Glossary.load(file)
    assert str(file) in str(raised.value)
    assert named in str(raised.value)
