"""Who translates what: official before demonstration, direct before English, newest before older."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.errors import LanguageError, ModelMissing
from kiosk.models import Package, find_route, find_routes, missing_packages, offers, other_route
from kiosk.models.files import FilePin
from kiosk.models.record import Origin, PackageRecord
from kiosk.quality import EngineName, Measure, Preference, Quality


def installed(
    pair: str,
    version: str = "1.9",
    origin: Origin = Origin.OFFICIAL,
    engine: EngineName = EngineName.ARGOS,
) -> Package:
    source, target = pair.split("-")
    archive = FilePin(f"{pair}.argosmodel", 1, "0" * 64)
    starter = origin is Origin.STARTER
    record = PackageRecord(source, target, version, starter, "MIT", origin, archive, (), engine)
    return Package(Path(engine, record.folder_name), record)


def firefox(pair: str) -> Package:
    return installed(pair, "0", engine=EngineName.FIREFOX)


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


def test_what_to_expect_of_a_language_is_told_where_it_was_measured() -> None:
    packages = [installed(pair) for pair in ("fr-en", "en-fr", "en-ar", "ar-en", "en-bn", "bn-en")]
    wanted = Preference(quality=Quality.load(paths.QUALITY))
    told = {offer.language.code: offer.quality for offer in offers(packages, "fr", wanted) if offer.installed}
    assert told == {"en": "moyen", "ar": "fragile", "bn": "non mesuré"}


ARGOS_FIRST = Preference("argos")
FIREFOX_FIRST = Preference("firefox")


def test_the_preferred_engine_takes_a_direction_that_both_serve() -> None:
    packages = [firefox("fr-en"), installed("fr-en")]
    assert find_route(packages, "fr", "en", ARGOS_FIRST).engine == "argos"
    assert find_route(packages, "fr", "en", FIREFOX_FIRST).engine == "firefox"
    assert find_route([firefox("fr-en")], "fr", "en", ARGOS_FIRST).engine == "firefox"


def test_each_step_is_of_the_engine_that_is_better_for_it() -> None:
    packages = [build(pair) for pair in ("fr-en", "en-ar") for build in (installed, firefox)]
    better = {("fr-en", EngineName.ARGOS): Measure(1, 0.9), ("fr-en", EngineName.FIREFOX): Measure(1, 0.8)}
    route = find_route(packages, "fr", "ar", Preference(quality=Quality(better)))
    assert [(step.pair, step.engine) for step in route.steps] == [("fr-en", "argos"), ("en-ar", "firefox")]
    assert route.engine == "argos+en+firefox"
    assert find_route(packages, "fr", "ar", FIREFOX_FIRST).engine == "firefox+en"


def test_a_direct_route_is_better_whatever_the_engine() -> None:
    packages = [installed("fr-es"), firefox("fr-en"), firefox("en-es")]
    assert find_route(packages, "fr", "es", FIREFOX_FIRST).engine == "argos"


def test_no_preference_brings_a_demonstration_package_before_a_real_one() -> None:
    assert find_route([starter("fr-en"), firefox("fr-en")], "fr", "en", ARGOS_FIRST).engine == "firefox"


def test_every_way_of_combining_engines_is_a_route() -> None:
    packages = [installed("fr-en"), installed("en-ar"), firefox("en-ar")]
    routes = find_routes(packages, "fr", "ar", ARGOS_FIRST)
    assert [route.engine for route in routes] == ["argos+en", "argos+en+firefox"]
    assert find_routes(packages, "ar", "fr") == ()


def test_the_second_opinion_shares_as_little_as_can_be() -> None:
    packages = [build(pair) for pair in ("fr-en", "en-ar") for build in (installed, firefox)]
    routes = find_routes(packages, "fr", "ar", ARGOS_FIRST)
    other = other_route(routes)
    assert other is not None
    assert (routes[0].engine, other.engine) == ("argos+en", "firefox+en")


def test_a_demonstration_gives_no_second_opinion_on_a_real_package() -> None:
    assert other_route(find_routes([starter("fr-en"), firefox("fr-en")], "fr", "en")) is None
    assert other_route(find_routes([installed("fr-en")], "fr", "en")) is None
    assert other_route(()) is None
