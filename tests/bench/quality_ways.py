"""Translates sentences in every way that is installed, each in a process of its own, to tell its memory. Linux only."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from kiosk import build, gate, installed
from kiosk.config import Config
from kiosk.ports import Engine
from kiosk.quantities import find, same_quantities
from kiosk.settings import load_config
from kiosk.types import FACTS, Flag

Direction = tuple[str, str]
Translate = Callable[[str], tuple[str, frozenset[Flag]]]
"""A text to its translation and what there is to doubt about it."""

_WARMING: Final = "OK, 12."


class Way(StrEnum):
    """What translates: an engine's answer as it comes, or what a reader is shown."""

    BEST = "best"
    """The best route, once, whatever it is worth."""
    SECOND = "second"
    """The route that is asked when the best one's answer is doubtful."""
    SHOWN = "shown"
    """All of it: phrasebook, glossary, other attempts where the first is doubtful."""


@dataclass(frozen=True, slots=True)
class Job:
    """Sentences of one direction to translate in one way."""

    direction: Direction
    way: Way
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One translation, the doubts that go with it, and the processor seconds that it took."""

    text: str
    doubts: frozenset[Flag]
    seconds: float


@dataclass(frozen=True, slots=True)
class Done:
    """A job's answers, in order. `name`: the route, such as "argos+en". `megabytes`: what it added to the process."""

    name: str
    answers: tuple[Answer, ...]
    megabytes: float


def ways(engines: Sequence[Engine], direction: Direction) -> list[Way]:
    """The ways in which a direction can be translated here; none where no package serves it."""
    best, second = (engine.serves(*direction) for engine in engines)
    return [Way.BEST, *([Way.SECOND] if second else []), Way.SHOWN] if best else []


def in_a_process(job: Job) -> Done:
    """Do a job in a new process, which ends with it."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(do, (job,))


def do(job: Job) -> Done:
    """Translate every text of a job, one after the other, as they would be said. Raises ModelMissing, ModelDamaged."""
    config = load_config(None, os.environ)
    import_module("kiosk.adapters.argos")  # the libraries first: what is added then is what the packages take
    if installed.firefox_installed():
        import_module("kiosk.adapters.firefox")
    before = _megabytes("VmRSS")
    name, translate = _open(config, job.direction, job.way)
    translate(_WARMING)
    answers = tuple(_timed(translate, text) for text in job.texts)
    if job.way is not Way.SHOWN:  # what checking takes is part of what is shown, not of an engine
        answers = tuple(_checked(text, one, job.direction) for text, one in zip(job.texts, answers, strict=True))
    return Done(name, answers, _megabytes("VmHWM") - before)


def figures_changed(source: str, reference: str, shown: str, languages: Direction) -> bool | None:
    """Whether a translation says other quantities than a person's; both are in the second of `languages`.

    None where that person's holds none, or none that can be told to be the source's: nothing can be said then.
    """
    target = languages[1]
    if not any(one.sure for one in find(reference, target)) or same_quantities(source, reference, languages):
        return None
    return bool(same_quantities(reference, shown, (target, target)))


def _open(config: Config, direction: Direction, way: Way) -> tuple[str, Translate]:
    """A route's name and what translates along it, loaded."""
    best, second = build.engines(config)
    engine = second if way is Way.SECOND else best
    via = engine.via(*direction)
    name = f"{via.engine}, demonstration" if via.starter else via.engine
    if way is Way.SHOWN:
        return name, _shown(config, direction)
    engine.load(*direction)
    return name, lambda text: (engine.translate([text], *direction)[0], frozenset())


def _shown(config: Config, direction: Direction) -> Translate:
    gated = build.translator(config, *direction)

    def translate(text: str) -> tuple[str, frozenset[Flag]]:
        made = gated.translate(text, *direction)
        return made.text, frozenset(made.flags) - FACTS

    return translate


def _timed(translate: Translate, text: str) -> Answer:
    begin = time.process_time()
    made, doubts = translate(text)
    return Answer(made, doubts, time.process_time() - begin)


def _checked(source: str, answer: Answer, direction: Direction) -> Answer:
    return Answer(answer.text, frozenset(gate.check(source, answer.text, direction)), answer.seconds)


def _megabytes(what: str) -> float:
    """Memory of this process: VmRSS for now, VmHWM for the most there was."""
    return int(Path("/proc/self/status").read_text().partition(f"{what}:")[2].split()[0]) / 1024
