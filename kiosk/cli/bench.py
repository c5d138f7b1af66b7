"""`kiosk bench`: how fast this machine captions with each Whisper, and which one suits it."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from kiosk import build, installed, machine, measuring, speed
from kiosk.config import Config
from kiosk.errors import OutputError
from kiosk.invocation import as_typed
from kiosk.speed import Figures
from kiosk.types import Room

BUDGET: Final = 40.0
"""Seconds for all turns of all models; on a slow machine fewer turns are played."""

_ROOM: Final = Room("fr", "en")
"""What the demonstration speaks."""

_UNMEASURABLE: Final = "non mesurable sur cette machine"


@dataclass(frozen=True, slots=True)
class _Result:
    """All that was found out. `used` is what the settings mean once the answer is stored, `stored` where it lies."""

    processor: str
    cores: int
    date: str
    warnings: tuple[str, ...]
    models: tuple[Figures, ...]
    recommended: str
    bearable: tuple[str, ...]
    used: str
    installed: bool
    busy: bool
    stored: Path | None


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of `kiosk bench`."""
    parser.add_argument("--json", action="store_true", help="une ligne JSON, pour les scripts")
    parser.add_argument("--force", action="store_true", help="enregistrer la réponse même si la machine est occupée")
    # For tests: the first turns only.
    parser.add_argument("--turns", type=int, default=0, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Measure, print and store. Raises ModelMissing, ModelDamaged, AudioFileError; OutputError once all is printed."""
    # Before anything is measured: measuring keeps the processor at work.
    busy = machine.busy()
    warnings = _warnings(busy)
    for warning in warnings:
        print(f"kiosk : {warning}", file=sys.stderr)
    figures = speed.complete(_measure(config, arguments.turns or None))
    answer = machine.Answer(speed.recommend(figures), machine.processor(), f"{datetime.now().astimezone():%Y-%m-%d}")
    refused: OutputError | None = None
    stored = None
    # A busy moment would have this machine hear worse for good: a smaller model makes more mistakes.
    if arguments.force or not busy:
        try:
            stored = machine.write_answer(answer, figures)
        except OutputError as error:
            refused = error
    result = _Result(
        processor=answer.processor,
        cores=machine.cores(),
        date=answer.date,
        warnings=warnings,
        models=figures,
        recommended=answer.model,
        bearable=speed.bearable(figures),
        used=installed.speech_model(config),
        installed=answer.model in installed.installed_speech(config),
        busy=busy,
        stored=stored,
    )
    print(_as_json(result) if arguments.json else as_typed(_as_text(result, config)))
    if refused:
        raise refused
    return 0


def _warnings(busy: bool) -> tuple[str, ...]:
    warnings = []
    if machine.on_battery():
        warnings.append("sur batterie, cette machine est peut-être plus lente : branchez le chargeur et recommencez.")
    if busy:
        warnings.append("d'autres programmes occupent le processeur : fermez-les et recommencez.")
    return tuple(warnings)


def _measure(config: Config, most: int | None) -> list[Figures]:
    """Every installed model, smallest first, so that the peak of memory is each one's own."""
    names = installed.installed_speech(config)
    if not names:
        installed.check_models(config, None)  # which raises, naming what to install
    steps = installed.translation_steps(config, config.languages)
    measured = []
    end = time.perf_counter() + BUDGET
    with _Progress() as progress:
        progress.say("Traduction : vérification et chargement")
        translator = build.room_translator(config, _ROOM)
        turns = build.demonstration()[:most]
        for place, name in enumerate(names):
            progress.say(f"Whisper {name} : vérification et chargement")
            engines = (build.transcriber(config, name), translator)
            seconds = max(0.0, end - time.perf_counter()) / (len(names) - place)
            tell = progress.counter(f"Whisper {name} : prises de parole mesurées")
            measured.append(measuring.measure(name, engines, turns, _ROOM, seconds, tell).through(steps))
    return measured


class _Progress:
    """What is being done, on the error output: one live line in a terminal, a line a step elsewhere."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def say(self, text: str) -> None:
        """What begins now."""
        if self._live:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
        else:
            print(text, file=sys.stderr, flush=True)

    def counter(self, what: str) -> measuring.Tell:
        """How to tell that turns pass: each one in a terminal, their number once elsewhere."""

        def tell(done: int, total: int) -> None:
            if self._live:
                self.say(f"{what} : {done} sur {total}")
            elif not done:
                self.say(f"{what} : {total} au plus")

        return tell


# -- in words ---------------------------------------------------------------------------------------------------------


def _as_json(result: _Result) -> str:
    models = [
        dataclasses.asdict(each) | {"settle": each.settle, "in_time": each.in_time, "offered": _offered(each)}
        for each in result.models
    ]
    fields: dict[str, Any] = dataclasses.asdict(result) | {"models": _rounded(models)}
    return json.dumps(fields | {"stored": result.stored and str(result.stored)}, ensure_ascii=False)


def _rounded(models: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: round(v, 3) if isinstance(v, float) else v for key, v in model.items()} for model in models]


def _offered(figures: Figures) -> bool:
    return figures.model in speed.OFFERED


def _as_text(result: _Result, config: Config) -> str:
    return "\n".join(
        [
            f"{result.processor}, {result.cores} cœurs, {result.date}",
            "",
            *_table(result.models),
            "",
            *_advice(result, config),
        ]
    )


def _table(models: Sequence[Figures]) -> list[str]:
    def row(label: str, cell: Callable[[Figures], str]) -> str:
        return f"{label:<48}" + "".join(f"{cell(each):>10}" for each in models)

    lines = [
        row("Whisper", lambda each: each.model),
        row("", lambda each: "estimé" if each.estimated else "mesuré"),
        row("Reconnaître une prise de parole, médiane (s)", lambda each: _number(each.turn)),
        row("  la plus lente (s)", lambda each: _number(each.worst)),
        row("Traduire une phrase, médiane (s)", lambda each: _number(each.sentence)),
        row(f"Reconnaître et traduire, {_number(speed.SETTLE_LIMIT)} au plus (s)", lambda each: _number(each.settle)),
        row(
            f"Hypothèse pendant la parole, {_number(speed.HYPOTHESIS_LIMIT)} au plus (s)",
            lambda each: _number(each.hypothesis),
        ),
        row("Calcul par seconde de parole (s de processeur)", lambda each: _number(each.cpu)),
    ]
    if any(each.joules is not None for each in models):
        lines.append(row("Énergie par seconde de parole (J)", lambda each: _number(each.joules or 0.0)))
    lines.append(row("Mémoire au plus (Mo)", lambda each: str(each.memory)))
    if all(each.joules is None for each in models):
        lines.append(f"Énergie par seconde de parole : {_UNMEASURABLE}.")
    lines.append("Estimé : en proportion de la taille des modèles, d'après le plus proche qui est mesuré.")
    return lines


def _advice(result: _Result, config: Config) -> list[str]:
    recommended = next(each for each in result.models if each.model == result.recommended)
    lines = [f"Attention : {warning}" for warning in result.warnings]
    if recommended.in_time:
        lines += [f"Conseillé : Whisper {result.recommended}, le plus grand dont les sous-titres viennent à temps."]
    else:
        lines += [
            f"Conseillé : Whisper {result.recommended}, mais même ses sous-titres viendront tard sur cette machine."
        ]
    if result.bearable:
        names = " et ".join(result.bearable)
        lines.append(f"Cette machine porterait aussi {names}, que kiosk n'offre pas : leurs empreintes manquent.")
    if not result.installed:
        lines.append(f"Pour l'installer : kiosk models pull {result.recommended}")
    if config.speech.model != "auto":
        lines.append(f'Le réglage model = "{config.speech.model}" l\'emporte sur ce conseil ; "auto" le suivrait.')
    elif result.stored:
        until = "" if result.installed else f" Jusque-là, c'est {result.used} qui est utilisé."
        lines.append(f'Désormais, model = "auto" utilise {result.recommended}.{until}')
    if result.stored:
        lines.append(f"Réponse enregistrée dans {result.stored}")
    elif result.busy:
        lines.append(
            "Réponse non enregistrée, car prise sur une machine occupée ; pour l'imposer : kiosk bench --force"
        )
    return lines


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
