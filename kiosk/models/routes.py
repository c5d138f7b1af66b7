"""Which installed packages translate from one language into another: directly, or through English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.errors import ModelMissing
from kiosk.languages import LANGUAGES, Offer, language
from kiosk.models.record import Origin
from kiosk.models.store import OFFLINE, ArgosPackage

PIVOT: Final = "en"
"""Nearly every Argos package translates from or into English."""


@dataclass(frozen=True, slots=True)
class Route:
    """One package, or two that meet in English, in the order in which they translate."""

    steps: tuple[ArgosPackage, ...]

    @property
    def engine(self) -> str:
        """ "argos", or "argos+en" through English."""
        return "argos" if len(self.steps) == 1 else f"argos+{PIVOT}"

    @property
    def starter(self) -> bool:
        """Whether a demonstration package is on the way."""
        return any(package.starter for package in self.steps)


def find_route(packages: Iterable[ArgosPackage], source: str, target: str) -> Route:
    """The best route that `packages` offer.

    For one direction, any other package beats a demonstration one, then the newest version wins. Between routes: a
    direct one is best, since a second translation adds its own errors; but two official packages through English beat
    one demonstration package, whose vocabulary of care is known to be wrong.

    Raises LanguageError, or ModelMissing naming the packages that would serve.
    """
    installed = tuple(packages)
    legs = [_best(installed, *leg) for leg in legs_through_english(source, target)]
    through = Route(tuple(leg for leg in legs if leg)) if all(legs) else None
    direct = _best(installed, source, target)
    candidates = [route for route in (Route((direct,)) if direct else None, through) if route]
    if not candidates:
        raise _missing(installed, source, target)
    return min(candidates, key=lambda route: (route.starter, len(route.steps)))


def missing_packages(packages: Iterable[ArgosPackage], source: str, target: str) -> tuple[str, ...]:
    """Directions to install before `source` can be translated into `target`, such as ("fr-en", "en-ar"); or none."""
    installed = tuple(packages)
    if _best(installed, source, target):
        return ()
    return tuple("-".join(leg) for leg in legs_through_english(source, target) if not _best(installed, *leg))


def offers(packages: Iterable[ArgosPackage], staff: str) -> tuple[Offer, ...]:
    """What can be done for every family language, both ways, in the order of `kiosk.languages`."""
    installed = tuple(packages)
    return tuple(_offer(installed, staff, family) for family in LANGUAGES if family != staff)


def _offer(installed: tuple[ArgosPackage, ...], staff: str, family: str) -> Offer:
    directions = ((staff, family), (family, staff))
    missing = dict.fromkeys(pair for direction in directions for pair in missing_packages(installed, *direction))
    starter = not missing and any(find_route(installed, *direction).starter for direction in directions)
    return Offer(LANGUAGES[family], tuple(missing), starter)


def _best(packages: Iterable[ArgosPackage], source: str, target: str) -> ArgosPackage | None:
    serving = [package for package in packages if (package.source, package.target) == (source, target)]
    return max(
        serving,
        key=lambda package: (not package.starter, package.version_key, package.origin is not Origin.LOCAL),
        default=None,
    )


def legs_through_english(source: str, target: str) -> tuple[tuple[str, str], ...]:
    """The two directions through English, or the one there is when English is spoken."""
    if PIVOT in (source, target):
        return ((source, target),)
    return ((source, PIVOT), (PIVOT, target))


def _missing(installed: tuple[ArgosPackage, ...], source: str, target: str) -> ModelMissing:
    needed = missing_packages(installed, source, target)
    names = " et ".join(needed)
    return ModelMissing(
        f"Rien n'est installé pour traduire {_named(source)} vers {_named(target)} : il manque "
        + (f"le paquet {names}." if len(needed) == 1 else f"les paquets {names}."),
        f"Installez ce qu'il faut dans les deux sens : kiosk models pull {source}-{target}. {OFFLINE}",
    )


def _named(code: str) -> str:
    return f"{language(code).french} ({code})"
