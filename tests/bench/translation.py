"""Measures the engines on a file of sentences: against argostranslate itself, and each route's speed. See README.md."""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import Final

from kiosk import build, installed
from kiosk.adapters.argos import ARGOS_OWN, ArgosLeg, Search
from kiosk.config import Config
from kiosk.models.routes import find_route
from kiosk.models.store import Package
from kiosk.ports import Engine
from kiosk.quality import EngineName
from kiosk.sentences import join_sentences, split_sentences
from kiosk.settings import load_config

PEER: Final = Path(__file__).parent / "systems" / "argos_translate.py"
Spent = tuple[float, float]
"""Seconds, and seconds of the processor."""

TWELVE: Final = range(11, 14)
"""Words of a sentence of about twelve."""


def main() -> None:
    """See README.md beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pair", required=True, help="such as fr-en")
    parser.add_argument("--sentences", type=Path, required=True, help="a TSV, a sentence of each language a line")
    parser.add_argument("--column", type=int, default=0, help="the one to translate, from 0")
    parser.add_argument("--limit", type=int, default=500, help="sentences, spread evenly")
    parser.add_argument("--join", type=int, default=1, help="sentences that make one text")
    parser.add_argument("--argos", type=Path, help="Python of an environment with argostranslate and all it asks for")
    arguments = parser.parse_args()
    config = load_config()
    lines = arguments.sentences.read_text("utf-8").splitlines()
    texts = [line.split("\t")[arguments.column] for line in lines]
    texts = texts[:: max(1, len(texts) // arguments.limit)][: arguments.limit]
    texts = [" ".join(texts[start : start + arguments.join]) for start in range(0, len(texts), arguments.join)]
    source, target = arguments.pair.split("-")
    if arguments.argos:
        compare(config, source, target, texts, arguments.argos)
    else:
        measure(config, source, target, texts)


def compare(config: Config, source: str, target: str, texts: list[str], python: Path) -> None:
    """The same texts through argostranslate as it comes and through ArgosLeg, turn by turn; in Markdown."""
    packages = [package for package in installed.model_store(config).packages() if package.engine is EngineName.ARGOS]
    (package,) = find_route(packages, source, target).steps
    own = ArgosLeg.open(package, ARGOS_OWN)
    usual = ArgosLeg.open(package, Search(beam=config.translation.beam))
    spent: dict[str, list[Spent]] = {"argostranslate": [], "here, its settings": [], "here, as installed": []}
    different = []
    with _peer(python, package) as ask:
        ask(["OK"])
        for text in texts:
            sentences = split_sentences(text)
            expected, taken = ask(sentences)
            spent["argostranslate"].append(taken)
            made, taken = _timed(partial(own.translate, sentences))
            spent["here, its settings"].append(taken)
            spent["here, as installed"].append(_timed(partial(usual.translate, sentences))[1])
            if join_sentences(made, target) != expected.strip():
                different.append((text, expected, join_sentences(made, target)))
    print(f"{len(texts)} texts, {len(texts) - len(different)} translated the same\n")
    print("| | p50 ms | mean ms | processor ms | time, of argostranslate's | processor |\n|---|---|---|---|---|---|")
    wall, busy = (sum(taken) for taken in zip(*spent["argostranslate"], strict=True))
    for name, every in spent.items():
        seconds, processor = zip(*every, strict=True)
        print(
            f"| {name} | {median(seconds) * 1000:.1f} | {mean(seconds) * 1000:.1f} | {mean(processor) * 1000:.1f} "
            f"| {sum(seconds) / wall:.2f} | {sum(processor) / busy:.2f} |"
        )
    for text, expected, made_here in different[:10]:
        print(f"\n{text}\n  argostranslate: {expected}\n  here:           {made_here}")


def measure(config: Config, source: str, target: str, texts: list[str]) -> None:
    """Each route that is installed, text by text: of about twelve words, and all; in Markdown."""
    print("| route | 11 to 13 words, p50 ms | all, p50 ms | mean ms | processor ms |\n|---|---|---|---|---|")
    for engine in build.engines(config):
        if not engine.serves(source, target):
            continue
        engine.load(source, target)
        translate = partial(_translated, engine, source, target)
        translate("OK")
        spent = {text: _timed(partial(translate, text))[1] for text in texts}
        twelve = [spent[text][0] for text in texts if len(text.split()) in TWELVE]
        seconds, processor = zip(*spent.values(), strict=True)
        of_twelve = f"{median(twelve) * 1000:.1f} ({len(twelve)} texts)" if twelve else "none"
        everything = f"{median(seconds) * 1000:.1f} | {mean(seconds) * 1000:.1f} | {mean(processor) * 1000:.1f}"
        print(f"| {engine.via(source, target).engine} | {of_twelve} | {everything} |")


def _translated(engine: Engine, source: str, target: str, text: str) -> list[str]:
    return engine.translate(split_sentences(text), source, target)


@contextmanager
def _peer(python: Path, package: Package) -> Iterator[Callable[[list[str]], tuple[str, Spent]]]:
    with subprocess.Popen(
        [python, PEER, package.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def ask(sentences: list[str]) -> tuple[str, Spent]:
            print(json.dumps(sentences), file=stdin, flush=True)
            made, seconds, processor = json.loads(stdout.readline())
            return made, (seconds, processor)

        yield ask
        stdin.close()


def _timed(work: Callable[[], list[str]]) -> tuple[list[str], Spent]:
    begin, busy = time.perf_counter(), time.process_time()
    made = work()
    return made, (time.perf_counter() - begin, time.process_time() - busy)


if __name__ == "__main__":
    main()
