"""Which installed packages translate from one language into another: directly, or through English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from kiosk.errors import ModelMissing
from kiosk.languages import LANGUAGES, Offer, language
from kiosk.models.record import Origin
from kiosk.models.store import OFFLINE, Package
from kiosk.quality import EngineName, Preference, Quality, expected

PIVOT: Final = "en"
"""Nearly every package translates from or into English."""

_NO_PREFERENCE: Final = Preference()


@dataclass(frozen=True, slots=True)
class Route:
    """One package, or two that meet in English, in the order in which they translate."""

    steps: tuple[Package, ...]

    @property
    def engine(self) -> str:
        """ "argos" or "firefox"; "argos+en" through English, "argos+en+firefox" where the engine changes there."""
        first, *others = (step.engine for step in self.steps)
        return "+".join([first, *([PIVOT] if others else ()), *(engine for engine in others if engine is not first)])

    @property
    def starter(self) -> bool:
        """Whether a demonstration package is on the way."""
        return any(package.starter for package in self.steps)


def find_route(packages: Iterable[Package], source: str, target: str, preference: Preference = _NO_PREFERENCE) -> Route:
    """The best route that `packages` offer, see `find_routes`.

    Raises LanguageError, or ModelMissing naming the packages that would serve.
    """
    installed = tuple(packages)
    routes = find_routes(installed, source, target, preference)
    if not routes:
        raise _missing(installed, source, target)
    return routes[0]


def find_routes(
    packages: Iterable[Package], source: str, target: str, preference: Preference = _NO_PREFERENCE
) -> tuple[Route, ...]:
    """The routes that `packages` offer, one for each way of combining engines, best first.

    Of one engine and direction, any other package beats a demonstration one, then the newest version wins. Between
    routes: a direct one is best, since a second translation adds its own errors; but two packages through English beat
    one demonstration package, whose vocabulary of care is known to be wrong. Then the preferred engine.
    """
    installed = tuple(packages)
    ways = dict.fromkeys((((source, target),), legs_through_english(source, target)))
    routes = [Route(steps) for way in ways for steps in product(*(tuple(_contenders(installed, *leg)) for leg in way))]

    def disadvantage(route: Route) -> tuple[object, ...]:
        ranks = (preference.rank(step.engine, step.pair, f"{source}-{target}") for step in route.steps)
        return (route.starter, len(route.steps), *((not wanted, -quality) for wanted, quality in ranks))

    return tuple(sorted(routes, key=disadvantage))


def other_route(routes: tuple[Route, ...]) -> Route | None:
    """Of routes that `find_routes` found, the best of those that share least with the first: a second opinion.

    None where there is no other. It holds a demonstration package only if the first does.
    """
    if not routes:
        return None
    best, *others = routes
    sound = [route for route in others if route.starter <= best.starter]
    return min(sound, key=lambda route: len({*route.steps} & {*best.steps}), default=None)


def missing_packages(packages: Iterable[Package], source: str, target: str) -> tuple[str, ...]:
    """Directions to install before `source` can be translated into `target`, such as ("fr-en", "en-ar"); or none."""
    installed = tuple(packages)
    if _best(installed, source, target):
        return ()
    return tuple("-".join(leg) for leg in legs_through_english(source, target) if not _best(installed, *leg))


def offers(packages: Iterable[Package], staff: str, preference: Preference = _NO_PREFERENCE) -> tuple[Offer, ...]:
    """What can be done for every family language, both ways, in the order of `kiosk.languages`."""
    installed = tuple(packages)
    return tuple(_offer(installed, staff, family, preference) for family in LANGUAGES if family != staff)


def _offer(installed: tuple[Package, ...], staff: str, family: str, preference: Preference) -> Offer:
    directions = ((staff, family), (family, staff))
    missing = dict.fromkeys(pair for direction in directions for pair in missing_packages(installed, *direction))
    if missing:
        return Offer(LANGUAGES[family], tuple(missing), starter=False, pull=f"{staff}-{family}")
    routes = [find_route(installed, *direction, preference) for direction in directions]
    starter = any(route.starter for route in routes)
    return Offer(LANGUAGES[family], (), starter, "" if starter else expected_of(routes, preference.quality))


def expected_of(routes: Iterable[Route], quality: Quality) -> str:
    """What to expect of these routes, in one word: their weakest step decides."""
    measures = [quality.of(step.pair, step.engine) for route in routes for step in route.steps]
    return expected(measure.comet if measure else None for measure in measures)


def _best(packages: Iterable[Package], source: str, target: str) -> Package | None:
    serving = [package for package in packages if (package.source, package.target) == (source, target)]
    return max(
        serving,
        key=lambda package: (not package.starter, package.version_key, package.origin is not Origin.LOCAL),
        default=None,
    )


def _contenders(packages: tuple[Package, ...], source: str, target: str) -> Iterator[Package]:
    """The best package of each engine for one direction."""
    for engine in EngineName:
        if best := _best((package for package in packages if package.engine is engine), source, target):
            yield best


def legs_through_english(source: str, target: str) -> tuple[tuple[str, str], ...]:
    """The two directions through English, or the one there is when English is spoken."""
    if PIVOT in (source, target):
        return ((source, target),)
    return ((source, PIVOT), (PIVOT, target))


def _missing(installed: tuple[Package, ...], source: str, target: str) -> ModelMissing:
    needed = missing_packages(installed, source, target)
    names = " et ".join(needed)
    return ModelMissing(
        f"Rien n'est installé pour traduire {_named(source)} vers {_named(target)} : il manque "
        + (f"le paquet {names}." if len(needed) == 1 else f"les paquets {names}."),
        f"Installez ce qu'il faut dans les deux sens : kiosk models pull {source}-{target}. {OFFLINE}",
    )


def _named(code: str) -> str:
    return f"{language(code).french} ({code})"
