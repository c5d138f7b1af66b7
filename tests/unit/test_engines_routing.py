"""One engine over packages of several: which route is taken, what stays in memory, what is never sent to a model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.errors import LanguageError, ModelDamaged, ModelMissing
from kiosk.models.files import FilePin
from kiosk.models.record import Origin, PackageRecord
from kiosk.models.store import Package
from kiosk.quality import EngineName, Preference
from kiosk.routing import Legs, RoutedEngine, memory
from kiosk.types import Via

ARGOS, FIREFOX = EngineName.ARGOS, EngineName.FIREFOX


def installed(pair: str, engine: EngineName = ARGOS, *, size: int = 100, origin: Origin = Origin.OFFICIAL) -> Package:
    source, target = pair.split("-")
    record = PackageRecord(
        source,
        target,
        "1.0",
        origin is Origin.STARTER,
        "",
        origin,
        FilePin("a", 1, "0" * 64),
        (FilePin("model.bin", size, "0" * 64),),
        engine,
    )
    return Package(Path(engine, record.folder_name), record)


class FakeLeg:
    """Puts its target language before what it is given, and knows what it was asked."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.continues = package.engine is ARGOS
        self.asked: list[tuple[list[str], str, int]] = []
        self.closed = False

    def translate(self, sentences: Sequence[str], *, shown: str = "", beam: int = 0) -> list[str]:
        assert not self.closed
        self.asked.append((list(sentences), shown, beam))
        return [f"{self.package.target}({sentence})" for sentence in sentences]

    def close(self) -> None:
        self.closed = True


class World:
    """Packages, and what is done with them in order: "verify fr-en", "read fr-en"."""

    def __init__(self, *packages: Package, budget: int = 10_000, preference: Preference | None = None) -> None:
        self.done: list[str] = []
        self.legs: dict[str, FakeLeg] = {}
        self.pool = Legs(dict.fromkeys(EngineName, self._read), self._verify, budget)
        wanted = preference or Preference()
        self.engine = RoutedEngine(packages, self.pool, wanted)
        self.second = RoutedEngine(packages, self.pool, wanted, second=True)

    def _verify(self, package: Package) -> None:
        self.done.append(f"verify {package.pair}")

    def _read(self, package: Package) -> FakeLeg:
        self.done.append(f"read {package.pair}")
        leg = self.legs[package.pull_name] = FakeLeg(package)
        return leg

    @property
    def in_memory(self) -> list[str]:
        return [name for name, leg in self.legs.items() if not leg.closed]


def test_nothing_is_read_before_it_was_verified_nor_before_it_is_needed() -> None:
    world = World(installed("fr-en"), installed("en-fr"))
    assert world.engine.serves("fr", "en")
    assert world.done == []
    world.engine.load("fr", "en")
    world.engine.load("fr", "en")
    assert world.done == ["verify fr-en", "read fr-en"]


def test_a_package_that_does_not_verify_is_not_read() -> None:
    def refuse(package: Package) -> None:
        raise ModelDamaged("abîmé")

    read: list[Package] = []
    pool = Legs({ARGOS: lambda package: read.append(package) or FakeLeg(package)}, refuse, 1000)
    with pytest.raises(ModelDamaged):
        RoutedEngine([installed("fr-en")], pool, Preference()).translate(["Oui."], "fr", "en")
    assert read == []


def test_every_sentence_comes_back_in_order_directly_or_through_english() -> None:
    world = World(installed("fr-en"), installed("en-ar"))
    assert world.engine.translate(["Oui.", "Non."], "fr", "en") == ["en(Oui.)", "en(Non.)"]
    assert world.engine.translate(["Oui.", "Non."], "fr", "ar") == ["ar(en(Oui.))", "ar(en(Non.))"]
    assert world.engine.translate([], "fr", "ar") == []
    assert world.engine.via("fr", "ar") == Via("argos+en", starter=False)


def test_steps_of_a_route_may_be_of_different_engines() -> None:
    world = World(installed("fr-en", origin=Origin.STARTER), installed("en-ar", FIREFOX))
    assert world.engine.translate(["Oui."], "fr", "ar") == ["ar(en(Oui.))"]
    assert world.engine.via("fr", "ar") == Via("argos+en+firefox", starter=True)


def test_every_step_is_given_one_sentence_at_a_time() -> None:
    world = World(installed("fr-en"))
    assert world.engine.translate(["Oui. Non.", "Bien."], "fr", "en") == ["en(Oui.) en(Non.)", "en(Bien.)"]
    assert world.legs["fr-en"].asked == [(["Oui.", "Non.", "Bien."], "", 0)]


@pytest.mark.parametrize("text", ["38,5", "12 34 56", "…", "♪ 🎵", "+33 1 23", ""])
def test_what_holds_no_letter_is_never_left_to_a_model(text: str) -> None:
    world = World(installed("fr-en"))
    assert world.engine.translate([text, "Oui."], "fr", "en") == [text, "en(Oui.)"]
    assert world.legs["fr-en"].asked == [(["Oui."], "", 0)]


def test_half_a_character_is_replaced() -> None:
    assert World(installed("fr-en")).engine.translate(["Oui \ud83d."], "fr", "en") == ["en(Oui ?.)"]


def test_the_last_step_alone_is_told_how_to_begin_and_every_step_the_beam() -> None:
    world = World(installed("fr-en"), installed("en-ar"))
    world.engine.translate(["Oui."], "fr", "ar", shown="نعم", beam=8)
    assert world.legs["fr-en"].asked == [(["Oui."], "", 8)]
    assert world.legs["en-ar"].asked == [(["en(Oui.)"], "نعم", 8)]


def test_what_a_reader_sees_already_begins_the_first_sentence_alone() -> None:
    world = World(installed("fr-en"))
    world.engine.translate(["12", "Oui."], "fr", "en", shown="Twelve")
    assert world.legs["fr-en"].asked == [(["Oui."], "", 0)]


def test_an_engine_that_cannot_go_on_from_what_is_shown_says_nothing_rather_than_something_else() -> None:
    world = World(installed("fr-en", FIREFOX))
    assert world.engine.translate(["Oui.", "Non."], "fr", "en", shown="No") == ["", "en(Non.)"]
    assert world.engine.translate(["Oui."], "fr", "en", shown="en(Oui") == ["en(Oui.)"]


def test_the_least_recently_used_makes_room() -> None:
    one = memory(installed("fr-en"))
    world = World(*(installed(pair) for pair in ("fr-en", "en-fr", "fr-es")), budget=2 * one)
    for source, target in (("fr", "en"), ("en", "fr"), ("fr", "en"), ("fr", "es")):
        world.engine.load(source, target)
    assert world.in_memory == ["fr-en", "fr-es"]
    assert world.engine.translate(["Yes."], "en", "fr") == ["fr(Yes.)"]
    assert world.done[-2:] == ["verify en-fr", "read en-fr"]


def test_a_route_larger_than_the_budget_still_translates() -> None:
    world = World(installed("fr-en"), installed("en-ar"), budget=1)
    assert world.engine.translate(["Oui."], "fr", "ar") == ["ar(en(Oui.))"]
    assert world.in_memory == ["fr-en", "en-ar"]
    world.engine.load("fr", "en")
    assert world.in_memory == ["fr-en", "en-ar"]


def test_the_preferred_engine_translates_and_the_other_gives_a_second_opinion() -> None:
    packages = [installed("fr-en"), installed("fr-en", FIREFOX)]
    world = World(*packages, preference=Preference("argos"))
    assert world.engine.via("fr", "en") == Via("argos", starter=False)
    assert world.second.via("fr", "en") == Via("firefox", starter=False)
    assert world.second.translate(["Oui."], "fr", "en") == ["en(Oui.)"]
    assert list(world.legs) == ["firefox:fr-en"]


def test_without_another_way_there_is_no_second_opinion() -> None:
    world = World(installed("fr-en"))
    assert not world.second.serves("fr", "en")
    with pytest.raises(ModelMissing, match="Rien d'autre"):
        world.second.load("fr", "en")


def test_what_is_missing_is_named_and_an_unknown_language_too() -> None:
    world = World(installed("fr-en"))
    assert not world.engine.serves("fr", "ar")
    with pytest.raises(ModelMissing, match="en-ar"):
        world.engine.load("fr", "ar")
    with pytest.raises(LanguageError, match="tlh"):
        world.engine.via("fr", "tlh")
