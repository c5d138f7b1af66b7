"""How well each engine translates each direction, and which one is therefore preferred where both are installed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from kiosk.errors import AssetError


class EngineName(StrEnum):
    """What runs a package: the value stands in settings, in captions and in the folders of the store."""

    ARGOS = "argos"
    FIREFOX = "firefox"


AUTO: Final = "auto"
"""The setting that leaves the choice of the engine to the measured table."""

_UNMEASURED: Final = {EngineName.ARGOS: 0.0, EngineName.FIREFOX: 0.01}
"""COMET presumed where nobody measured: Firefox is ahead in each of the 16 directions that were."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One engine on one direction: BLEU, 0 to 100, and COMET, about 0.5 to 0.95. Higher is better."""

    bleu: float
    comet: float


@dataclass(frozen=True, slots=True)
class Quality:
    """The measured table: by direction, such as "en-ar", and engine."""

    measures: Mapping[tuple[str, EngineName], Measure]

    @classmethod
    def load(cls, path: Path) -> Quality:
        """Read assets/quality/quality.toml. Raises AssetError naming the file and the place."""
        try:
            with path.open("rb") as stream:
                tables = tomllib.load(stream)
        except (OSError, ValueError) as error:
            raise _wrong(path, str(error)) from error
        measures = {}
        for pair, table in tables.items():
            if not isinstance(table, dict):
                raise _wrong(path, f"[{pair}]")
            for name, fields in table.items():
                try:
                    measures[pair, EngineName(name)] = _measure(fields)
                except (KeyError, TypeError, ValueError) as error:
                    raise _wrong(path, f"[{pair}] {name}") from error
        return cls(measures)

    def of(self, pair: str, engine: EngineName) -> Measure | None:
        """What was measured of a direction; None where nobody did."""
        return self.measures.get((pair, engine))


@dataclass(frozen=True, slots=True)
class Preference:
    """Which engine comes first for a direction: the one that `pairs` names, else `engine`, else the better one.

    `pairs`: by direction, such as "en-ar", or "fr-ar" for all of a way through English. What is not preferred still
    serves where nothing else is installed.
    """

    engine: str = AUTO
    pairs: Mapping[str, EngineName] = field(default_factory=dict)
    quality: Quality = field(default_factory=lambda: Quality({}))

    def rank(self, engine: EngineName, pair: str, whole: str) -> tuple[bool, float]:
        """Higher is preferred. `pair`: the direction of one step, "en-ar", of a way that is `whole`, "fr-ar"."""
        measure = self.quality.of(pair, engine)
        wanted = self.pairs.get(pair, self.pairs.get(whole, self.engine))
        return (engine == wanted, measure.comet if measure else _UNMEASURED[engine])


GOOD: Final = 0.86
FAIR: Final = 0.82
"""COMET of the weaker direction from which a language is called good, or fair.

Of the 16 directions that were measured, Google's lie at 0.867 to 0.909 and Argos' at 0.700 to 0.878: what is good here
is near the best there is. Where a line is drawn below that is a judgement, not a measurement.
"""


def expected(comets: Iterable[float | None]) -> str:
    """What staff may expect of a route, in one word, from the COMET of each of its steps, both ways."""
    known = list(comets)
    if not known or None in known:
        return "non mesuré"
    worst = min(comet for comet in known if comet is not None)
    return "bon" if worst >= GOOD else "moyen" if worst >= FAIR else "fragile"


def _measure(fields: Any) -> Measure:
    return Measure(bleu=float(fields["bleu"]), comet=float(fields["comet"]))


def _wrong(path: Path, where: str) -> AssetError:
    return AssetError(
        f"La table {path} est absente ou incorrecte : {where}.",
        "Corrigez-la, ou remettez en état les fichiers du projet.",
    )
