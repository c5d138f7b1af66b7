"""Who translates what: official before demonstration, direct before English, newest before older."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import LanguageError, ModelMissing
from kiosk.models import Package, find_route, missing_packages, offers
from kiosk.models.files import FilePin
from kiosk.models.record import Origin, PackageRecord


def installed(pair: str, version: str = "1.9", origin: Origin = Origin.OFFICIAL) -> Package:
    source, target = pair.split("-")
    archive = FilePin(f"{pair}.argosmodel", 1, "0" * 64)
    starter = origin is Origin.STARTER
    record = PackageRecord(source, target, version, starter, "MIT", origin, archive, ())
    return Package(Path(record.folder_name), record)


def starter(pair: str) -> Package:
    return installed(pair, "0.1", Origin.STARTER)


def test_a_direct_package_is_a_route_of_one_step() -> None:
    route = find_route([installed("fr-en"), installed("en-fr")], "fr", "en")
    assert [step.pair for step in route.steps] == ["fr-en"]
    assert (route.engine, route.starter) == ("argos", False)


def test_two_packages_that_meet_in_english_are_a_route() -> None:
    route = find_route([installed("en-ar", "1.0"), installed("fr-en")], "fr", "ar")
    assert [step.pair for step in route.steps] == ["fr-en", "en-ar"]
    assert (route.engine, route.starter) == ("argos+en", False)


def test_a_direct_package_beats_two_through_english() -> None:
    packages = [installed("fr-en"), installed("en-es"), installed("fr-es", "1.0")]
    assert [step.pair for step in find_route(packages, "fr", "es").steps] == ["fr-es"]


def test_an_official_package_beats_a_starter_one_whatever_their_versions() -> None:
    packages = [installed("fr-en", "9.0", Origin.STARTER), installed("fr-en", "1.0")]
    assert not find_route(packages, "fr", "en").starter


def test_two_official_packages_beat_a_direct_starter_one() -> None:
    packages = [starter("fr-es"), installed("fr-en"), installed("en-es")]
    assert find_route(packages, "fr", "es").engine == "argos+en"


def test_a_direct_starter_beats_a_route_with_a_starter_in_it() -> None:
    packages = [starter("fr-es"), starter("fr-en"), installed("en-es")]
    assert [step.pair for step in find_route(packages, "fr", "es").steps] == ["fr-es"]


def test_one_starter_step_marks_the_whole_route() -> None:
    assert find_route([starter("fr-en"), installed("en-ar")], "fr", "ar").starter


def test_versions_are_compared_as_numbers() -> None:
    packages = [installed("fr-en", "1.9"), installed("fr-en", "1.10"), installed("fr-en", "1.2")]
    assert find_route(packages, "fr", "en").steps[0].version == "1.10"


def test_between_equal_versions_the_official_one_is_taken() -> None:
    packages = [installed("fr-en", origin=Origin.LOCAL), installed("fr-en")]
    assert find_route(packages, "fr", "en").steps[0].origin is Origin.OFFICIAL


def test_an_uninstalled_pair_says_which_packages_would_serve_and_how_to_get_them() -> None:
    with pytest.raises(ModelMissing) as missing:
        find_route([], "fr", "ar")
    assert "français (fr) vers arabe (ar)" in missing.value.message
    assert "les paquets fr-en et en-ar" in missing.value.message
    assert "kiosk models pull fr-ar" in missing.value.remedy


def test_an_uninstalled_pair_names_only_what_is_not_there() -> None:
    with pytest.raises(ModelMissing, match="le paquet en-ar"):
        find_route([installed("fr-en")], "fr", "ar")


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(LanguageError, match="tlh"):
        find_route([], "fr", "tlh")


def test_missing_packages_are_those_through_english() -> None:
    assert missing_packages([], "fr", "ar") == ("fr-en", "en-ar")
    assert missing_packages([], "fr", "en") == ("fr-en",)
    assert missing_packages([installed("fr-en")], "fr", "ar") == ("en-ar",)
    assert missing_packages([installed("fr-ar")], "fr", "ar") == ()


def test_offers_look_both_ways() -> None:
    packages = [starter("fr-en"), starter("en-fr"), installed("en-ar")]
    offered = {offer.language.code: offer for offer in offers(packages, "fr")}
    assert "fr" not in offered
    assert (offered["en"].installed, offered["en"].starter) == (True, True)
    assert (offered["ar"].missing, offered["ar"].starter) == (("ar-en",), False)
    assert offered["tr"].missing == ("en-tr", "tr-en")


def test_an_offer_is_marked_when_one_direction_only_is_a_demonstration() -> None:
    packages = [installed("fr-en"), starter("en-fr")]
    assert next(offer for offer in offers(packages, "fr") if offer.language.code == "en").starter
