"""The packages of all engines as one engine: which ones translate a direction, and which of them stay in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from kiosk.allocator import give_memory_back
from kiosk.errors import ModelMissing
from kiosk.models.routes import Route, find_route, find_routes, other_route
from kiosk.models.store import Package
from kiosk.quality import EngineName, Preference
from kiosk.sentences import join_sentences, split_sentences
from kiosk.types import Via


class Leg(Protocol):
    """A package in memory: one step of a way."""

    @property
    def continues(self) -> bool:
        """Whether it can begin a translation as it is told to."""

    def translate(self, sentences: Sequence[str], *, shown: str = "", beam: int = 0) -> list[str]:
        """A translation for each sentence, in order; see `kiosk.ports.Engine`."""

    def close(self) -> None:
        """Give the memory back."""


OpenLeg = Callable[[Package], Leg]
"""Reads a package. Raises ModelDamaged."""


class Legs:
    """Packages in memory, up to a budget: those that were used least recently make room for others.

    `verify` is called on each before it is read. `budget`: bytes of memory, as `memory` counts them. What the way in
    use needs stays, whatever its size.
    """

    def __init__(self, open_leg: Mapping[EngineName, OpenLeg], verify: Callable[[Package], None], budget: int) -> None:
        self._open_leg = open_leg
        self._verify = verify
        self._budget = budget
        self._legs: dict[Path, tuple[Package, Leg]] = {}

    def get(self, package: Package, needed: Iterable[Package]) -> Leg:
        """The package, read now if it is not in memory. `needed` are not given up for it. Raises ModelDamaged."""
        held = self._legs.pop(package.path, None)
        if held is None:
            self._verify(package)
            self._make_room(memory(package), {step.path for step in needed})
            held = (package, self._open_leg[package.engine](package))
            give_memory_back()
        self._legs[package.path] = held  # the last one is the one used last
        return held[1]

    def _make_room(self, wanted: int, needed: set[Path]) -> None:
        for path in [path for path in self._legs if path not in needed]:
            if wanted + sum(memory(package) for package, _ in self._legs.values()) <= self._budget:
                return
            _, leg = self._legs.pop(path)
            leg.close()


RESIDENT: Final = {EngineName.ARGOS: 1.3, EngineName.FIREFOX: 2.0}
"""Bytes of memory that a byte of package takes once it has translated: 80 MB for 61, 36 MB for 18."""


def memory(package: Package) -> int:
    """Bytes of memory that a package takes, about."""
    return round(package.size * RESIDENT[package.engine])


class RoutedEngine:
    """Translates along the best route, or along the one that shares least with it: a second opinion.

    A port.Engine over whatever `packages` are installed, of any engine; steps of one route may be of different ones.
    """

    def __init__(
        self, packages: Sequence[Package], legs: Legs, preference: Preference, *, second: bool = False
    ) -> None:
        self._packages = packages
        self._legs = legs
        self._preference = preference
        self._second = second
        self._routes: dict[tuple[str, str], Route | None] = {}

    def serves(self, source: str, target: str) -> bool:
        """Whether there is such a route. Reads no weights."""
        return self._find(source, target) is not None

    def load(self, source: str, target: str) -> None:
        """Read what the route needs, verified. Raises LanguageError, ModelMissing, ModelDamaged."""
        route = self._route(source, target)
        for package in route.steps:
            self._legs.get(package, route.steps)

    def via(self, source: str, target: str) -> Via:
        """What the route is made of. Raises LanguageError, ModelMissing."""
        route = self._route(source, target)
        return Via(route.engine, route.starter)

    def translate(
        self, sentences: Sequence[str], source: str, target: str, *, shown: str = "", beam: int = 0
    ) -> list[str]:
        """A translation for each sentence, in order, whatever it is worth; see `kiosk.ports.Engine`.

        What holds no letter, such as figures alone, is its own translation. Where the last step cannot begin as it is
        told to, and does not happen to, the first translation is empty. A package that was given up is read again.
        Raises LanguageError, ModelMissing, ModelDamaged.
        """
        route = self._route(source, target)
        texts = [_encodable(sentence) for sentence in sentences]
        for package in route.steps:
            leg = self._legs.get(package, route.steps)
            beginning = shown if package is route.steps[-1] else ""
            texts = _translate(leg, texts, package.target, beginning, beam)
        return texts

    def _find(self, source: str, target: str) -> Route | None:
        pair = (source, target)
        if pair not in self._routes:
            routes = find_routes(self._packages, source, target, self._preference)
            best = routes[0] if routes else None
            self._routes[pair] = other_route(routes) if self._second else best
        return self._routes[pair]

    def _route(self, source: str, target: str) -> Route:
        route = self._find(source, target)
        if route is None:
            find_route(self._packages, source, target)  # says what is missing
            raise ModelMissing(f"Rien d'autre n'est installé pour traduire {source} vers {target}.")
        return route


def _translate(leg: Leg, texts: list[str], target: str, shown: str, beam: int) -> list[str]:
    """Every text sentence by sentence, in one call. What `shown` begins is one sentence already."""
    pieces = [split_sentences(text) for text in texts]
    if shown and texts:
        pieces[0] = [texts[0]]
    asked = [piece for text in pieces for piece in text if _has_letters(piece)]
    if not asked or asked[0] != texts[0]:
        shown = ""  # the first one is not translated at all
    made = iter(leg.translate(asked, shown=shown, beam=beam) if asked else ())
    answers = [[next(made) if _has_letters(piece) else piece for piece in text] for text in pieces]
    joined = [join_sentences(text, target) for text in answers]
    if shown and joined and not leg.continues and not joined[0].startswith(shown):
        joined[0] = ""
    return joined


def _has_letters(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _encodable(text: str) -> str:
    """Without the half characters that no engine takes, as a broken pipe may bring them."""
    return text.encode("utf-8", "replace").decode("utf-8")
