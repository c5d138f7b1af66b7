"""The measured table, and which engine it puts first."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.errors import AssetError
from kiosk.quality import EngineName, Measure, Preference, Quality, expected

ARGOS, FIREFOX = EngineName.ARGOS, EngineName.FIREFOX

TABLE = Quality({("en-ar", ARGOS): Measure(20.0, 0.9), ("en-ar", FIREFOX): Measure(30.0, 0.8)})


def first(preference: Preference, pair: str, whole: str = "") -> EngineName:
    return max(EngineName, key=lambda engine: preference.rank(engine, pair, whole or pair))


def test_the_table_of_the_product_measures_both_engines_both_ways() -> None:
    table = Quality.load(paths.QUALITY)
    pairs = {pair for pair, _ in table.measures}
    assert len(pairs) == 16
    for pair in pairs:
        assert "-".join(reversed(pair.split("-"))) in pairs
        for engine in EngineName:
            measure = table.of(pair, engine)
            assert measure is not None
            assert 10 < measure.bleu < 60
            assert 0.6 < measure.comet < 0.95
    assert table.of("en-ar", ARGOS) == Measure(16.5, 0.765)
    assert table.of("fr-sq", ARGOS) is None


def test_comet_decides_which_engine_is_better() -> None:
    assert first(Preference(quality=TABLE), "en-ar") is ARGOS


def test_where_nobody_measured_firefox_is_presumed_better() -> None:
    assert first(Preference(quality=TABLE), "en-sq") is FIREFOX


def test_a_setting_outdoes_the_table_and_a_direction_outdoes_the_setting() -> None:
    assert first(Preference("firefox", quality=TABLE), "en-ar") is FIREFOX
    assert first(Preference("firefox", {"en-ar": ARGOS}, TABLE), "en-ar") is ARGOS
    assert first(Preference("argos", {"fr-ar": FIREFOX}, TABLE), "en-ar", "fr-ar") is FIREFOX
    assert first(Preference("argos", {"fr-ar": FIREFOX}, TABLE), "en-ar") is ARGOS


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("[en-ar\n", "line 1"),
        ("en-ar = 3\n", "[en-ar]"),
        ("[en-ar]\nargo = { bleu = 1, comet = 1 }\n", "[en-ar] argo"),
        ("[en-ar]\nargos = { bleu = 1 }\n", "[en-ar] argos"),
        ("[en-ar]\nargos = { bleu = 'x', comet = 1 }\n", "[en-ar] argos"),
        ("[en-ar]\nargos = 4\n", "[en-ar] argos"),
    ],
)
def test_a_wrong_table_names_the_file_and_the_place(tmp_path: Path, content: str, place: str) -> None:
    file = tmp_path / "quality.toml"
    file.write_text(content)
    with pytest.raises(AssetError) as wrong:
        Quality.load(file)
    assert str(file) in wrong.value.message
    assert place in wrong.value.message


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match=r"absent\.toml"):
        Quality.load(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("comets", "word"),
    [
        ((0.872, 0.886), "bon"),
        ((0.872, 0.835), "moyen"),
        ((0.872, 0.765), "fragile"),
        ((0.9, None), "non mesuré"),
        ((), "non mesuré"),
    ],
)
def test_what_to_expect_is_as_good_as_the_weakest_step(comets: tuple[float | None, ...], word: str) -> None:
    assert expected(comets) == word
