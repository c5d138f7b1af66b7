"""Quantities that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import paths
from kiosk.errors import AssetError
from kiosk.quantities.plausible import Plausible

TABLE = Plausible.load(paths.PLAUSIBLE)


def found(text: str, language: str = "fr") -> list[str]:
    return [quantity.text for quantity in TABLE.implausible(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "impossible"),
    [
        ("Donnez 3000 litres de sirop.", "fr", "3000 litres"),
        ("Donnez trois mille litres de sirop.", "fr", "trois mille litres"),
        ("Il a de la fièvre à 385.", "fr", "385"),
        ("Elle pèse 5200 kg.", "fr", "5200 kg"),
        ("Donnez le paracétamol 60 fois par jour.", "fr", "60 fois par jour"),
        ("Give 5 litres of syrup.", "en", "5 litres"),
        ("Ateşi 385.", "tr", "385"),
        ("Il mesure 620 cm.", "fr", "620 cm"),
        ("La fièvre est à 53 °C.", "fr", "53 °C"),
        ("C'est à 395 degrés.", "fr", "395 degrés"),
        ("Sa température est de 45 degrés.", "fr", "45 degrés"),
    ],
)
def test_what_cannot_be_is_found(text: str, language: str, impossible: str) -> None:
    assert found(text, language) == [impossible]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Donnez 2,5 ml de sirop toutes les six heures.", "fr"),
        ("Il a 38,5 de fièvre depuis trois jours.", "fr"),
        ("Il pèse cinq kilos deux cents.", "fr"),
        ("Elle boit six biberons de 150 ml par jour.", "fr"),
        ("Un bain à 37 °C, la chambre à 18 °C.", "fr"),
        ("La température de la chambre est de 19 degrés.", "fr"),
        ("Rendez-vous le 12 mars 2026 à 14 h 30.", "fr"),
        ("Appelez le 15, ou le 01 42 00 00 00.", "fr"),
        ("He weighs eleven kilos.", "en"),
        ("", "fr"),
        ("38", "xx"),
    ],
)
def test_what_can_be_is_left_alone(text: str, language: str) -> None:
    assert found(text, language) == []


def test_the_narrower_bound_of_a_context_counts() -> None:
    assert found("Un bain de 40 litres.") == []
    assert found("Un sirop de 40 litres.") == ["40 litres"]


@given(st.text(max_size=200), st.sampled_from(["fr", "en", "ar", "tr", "xx"]))
def test_no_text_is_too_strange(text: str, language: str) -> None:
    assert isinstance(TABLE.implausible(text, language), tuple)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[units]\nlitre = [1, 2]", "litre"),
        ("[units]\nml = [5, 1]", "ml"),
        ("[units]\nml = 5", "ml"),
        ("[[context]]\nunits = {}", "1e [[context]]"),
        ("[[context]]\n[context.words]\nfr = []\n[context.units]\nml = [1, 2]", "fr"),
        ("[other]", "other"),
        ("[units", "mal écrite"),
        ("context = false", "[[context]]"),
    ],
)
def test_a_wrong_table_is_named_with_the_key(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "plausible.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AssetError) as raised:
        Plausible.load(file)
    assert str(file) in str(raised.value)
    assert named in str(raised.value)
