"""How soon each Whisper would caption on a machine, from what was measured of one, and which of them to take.

Pure arithmetic: `measuring` measures, `machine` reads the machine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

DEFAULT: Final = "base"
"""What is asked for where nothing is installed."""

OFFERED: Final = ("tiny", "base", "small")
"""The models that models/manifest.toml pins, smallest first."""

_SAFEST_FIRST: Final = ("base", "tiny", "small")
"""Which installed one is taken unmeasured: the best that most machines can bear, then what is sooner, then later."""

# Layers of the encoder, as many of the decoder, and width: OpenAI's whisper/model.py and model card.
_SHAPES: Final = {
    "tiny": (4, 384),
    "base": (6, 512),
    "small": (12, 768),
    "medium": (24, 1_024),
    "large-v3": (32, 1_280),
}
_VOCABULARY: Final = 51_865

MODELS: Final = tuple(_SHAPES)
"""Every size there is, smallest first; those that are not offered are only named."""

SETTLE_LIMIT: Final = 0.7
"""Seconds to recognise and translate an ordinary turn: the goal is a settled caption less than 0.9 s after the end of
speech, of which 0.19 s pass before recognition begins."""

HYPOTHESIS_LIMIT: Final = 0.45
"""Seconds for a hypothesis while somebody speaks: the goal is two a second."""

_BYTES_A_PARAMETER: Final = 2
"""Peak of memory by which one model outdoes another: weights come as 16 bits and stay as 8.

Those random weights took 306 MB more as small than as base, where this says 335.
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one Whisper takes on this machine; `estimated` when another was measured.

    In seconds: `turn` and `worst` to recognise a turn (median and longest), `hypothesis` to guess at one that is still
    growing, `sentence` to translate a sentence, `translate` to translate a turn (medians). Of the settled caption, for
    a second of speech: `cpu` seconds of all cores, and `joules`, None where nothing measures them. `memory`: peak of
    the process in MB.
    """

    model: str
    estimated: bool
    turn: float
    worst: float
    hypothesis: float
    sentence: float
    translate: float
    cpu: float
    joules: float | None
    memory: int

    @property
    def settle(self) -> float:
        """Seconds to recognise and translate an ordinary turn."""
        return self.turn + self.translate

    @property
    def in_time(self) -> bool:
        """Whether captions would come soon enough."""
        return self.settle <= SETTLE_LIMIT and self.hypothesis <= HYPOTHESIS_LIMIT

    def through(self, steps: int) -> Figures:
        """The same where a translation takes `steps` packages, as it does through English."""
        return replace(self, sentence=self.sentence * steps, translate=self.translate * steps)


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter of energy: `domain` names it; after `highest` it starts again at zero. In microjoules."""

    domain: str
    value: int
    highest: int


class Why(Enum):
    """Why a model is the one in use."""

    SETTING = "setting"
    BENCH = "bench"
    INSTALLED = "installed"
    NOTHING = "nothing"
    """Nothing is installed: it is the one to install."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The Whisper in use, and why."""

    model: str
    why: Why


def choose(setting: str, answered: str | None, installed: Collection[str]) -> Choice:
    """The Whisper to use. `setting`: a name or "auto"; `answered`: what `kiosk bench` recommended for this machine."""
    if setting != "auto":
        return Choice(setting, Why.SETTING)
    if answered in installed:
        return Choice(str(answered), Why.BENCH)
    for model in _SAFEST_FIRST:
        if model in installed:
            return Choice(model, Why.INSTALLED)
    return Choice(DEFAULT, Why.NOTHING)


def parameters(model: str) -> int:
    """Weights, about: layers x width² x 28, of which 12 to encode and 16 to decode, and words x width."""
    layers, width = _SHAPES[model]
    return 28 * layers * width**2 + _VOCABULARY * width


def predict(measured: Figures, model: str) -> Figures:
    """What `model` would take, in proportion to the weights: an estimate.

    Random weights in these shapes, int8, 8 s encoded and 14 tokens decoded on 2 busy cores of an EPYC, the best of
    five runs: small took 3.0 times as long as base, tiny 0.6 times (0.5 for a hypothesis), where this says 3.4 and 0.5.
    """
    ratio = parameters(model) / parameters(measured.model)
    more = parameters(model) - parameters(measured.model)
    return replace(
        measured,
        model=model,
        estimated=True,
        turn=measured.turn * ratio,
        worst=measured.worst * ratio,
        hypothesis=measured.hypothesis * ratio,
        cpu=measured.cpu * ratio,
        joules=None if measured.joules is None else measured.joules * ratio,
        memory=max(0, measured.memory + more * _BYTES_A_PARAMETER // 1_000_000),
    )


def complete(measured: Sequence[Figures]) -> tuple[Figures, ...]:
    """Figures of every size, smallest first; what was not measured is estimated from the measured one next in size."""
    known = {figures.model: figures for figures in measured}

    def distance(model: str, other: str) -> float:
        there, here = parameters(model), parameters(other)
        return max(there, here) / min(there, here)

    return tuple(
        known.get(model) or predict(min(measured, key=lambda figures: distance(model, figures.model)), model)
        for model in MODELS
    )


def recommend(figures: Iterable[Figures]) -> str:
    """The largest model on offer whose captions come soon enough, or the smallest when none does."""
    fitting = {each.model for each in figures if each.in_time}
    return next((model for model in reversed(OFFERED) if model in fitting), OFFERED[0])


def bearable(figures: Iterable[Figures]) -> tuple[str, ...]:
    """The models that this machine could bear and that are not on offer."""
    return tuple(each.model for each in figures if each.in_time and each.model not in OFFERED)


def joules(before: Sequence[Counter], after: Sequence[Counter]) -> float | None:
    """Energy spent between two readings of the same counters, each started again at most once; None without any."""
    if not before or [counter.domain for counter in before] != [counter.domain for counter in after]:
        return None
    spent = 0
    for start, end in zip(before, after, strict=True):
        spent += end.value - start.value if end.value >= start.value else end.value + start.highest - start.value
    return spent / 1_000_000
