"""BLEU, chrF, doubts, figures, speed and memory of all that translates here, on sentences and on speech: see README.md.

    uv run --no-project --with sacrebleu==2.6.0 python -m tests.bench.quality --tests FOLDER [--speech FOLDER]

Prints Markdown tables. Linux only.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from statistics import fmean, median
from typing import Final, TypeVar

from sacrebleu.metrics import BLEU, CHRF

from kiosk import build
from kiosk.languages import LANGUAGES
from kiosk.settings import load_config
from kiosk.types import FIGURES, Flag
from tests.bench import quality_speech as speech
from tests.bench.quality_ways import Answer, Direction, Done, Job, Way, figures_changed, in_a_process, ways

Pair = tuple[str, str]
"""A sentence and a person's translation of it."""

Item = TypeVar("Item")

HELD_OUT: Final = Path(__file__).parents[2] / "training" / "heldout.tsv"

QUALITY: Final = """\
| direction | test | what | sentences | BLEU | chrF | doubted % | with figures | of these changed \
| without a mark on figures | without any mark |
|---|---|---|---|---|---|---|---|---|---|---|"""
COST: Final = """\
| direction | what | processor ms a sentence, p50 | mean | sentences a processor second | memory MB |
|---|---|---|---|---|---|"""
SPEECH: Final = """\
| direction | clips | word errors % | reference | BLEU / chrF from text | from speech \
| doubted % from text | from speech | with figures | of these other on screen \
| without a mark on figures | without any mark |
|---|---|---|---|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Test:
    """Sentences of one kind in one direction."""

    name: str
    pairs: tuple[Pair, ...]


def read_tests(folder: Path, direction: Direction, limit: int) -> list[Test]:
    """Every test of a direction, `limit` sentences each, spread evenly; 0 for all."""
    source, target = direction
    files = {file.name.split(".")[1]: (file, 0) for file in sorted(folder.glob(f"{source}-{target}.*.tsv"))}
    files |= {file.name.split(".")[1]: (file, 1) for file in sorted(folder.glob(f"{target}-{source}.*.tsv"))}
    if {*direction} == {"fr", "en"}:
        files["PMI, held out"] = (HELD_OUT, int(source == "en"))
    return [Test(name, tuple(_spread(_pairs(*place), limit))) for name, place in files.items()]


def served() -> list[Direction]:
    """Every direction that packages serve here, French first."""
    best, _ = build.engines(load_config(None, os.environ))
    return [direction for direction in permutations(LANGUAGES, 2) if best.serves(*direction)]


def scores(translations: Sequence[str], references: Sequence[str]) -> str:
    """BLEU and chrF, as two cells."""
    bleu = BLEU().corpus_score(translations, [references]).score
    return f"{bleu:.1f} | {CHRF().corpus_score(translations, [references]).score:.1f}"


def figures(judged: Sequence[tuple[bool, frozenset[Flag]]]) -> str:
    """Of translations that should hold figures: how many, and how many hold others, marked or not; as four cells."""
    wrong = [doubts for changed, doubts in judged if changed]
    unmarked = sum(not FIGURES & doubts for doubts in wrong)
    return f"{len(judged)} | {len(wrong)} | {unmarked} | {wrong.count(frozenset())}"


def quality_row(direction: Direction, test: Test, name: str, answers: Sequence[Answer]) -> str:
    """How good the translations of one test are, and what is said of them."""
    judged = [
        (changed, answer.doubts)
        for (source, reference), answer in zip(test.pairs, answers, strict=True)
        if (changed := figures_changed(source, reference, answer.text, direction)) is not None
    ]
    cells = (
        "-".join(direction),
        test.name,
        name,
        str(len(answers)),
        scores([answer.text for answer in answers], [reference for _, reference in test.pairs]),
        f"{100 * fmean(bool(answer.doubts) for answer in answers):.0f}",
        figures(judged),
    )
    return f"| {' | '.join(cells)} |"


def cost_row(direction: Direction, name: str, done: Done) -> str:
    """What the translations of all tests of a direction took."""
    spent = [1000 * answer.seconds for answer in done.answers]
    times = f"{median(spent):.0f} | {fmean(spent):.0f} | {1000 / fmean(spent):.0f}"
    return f"| {'-'.join(direction)} | {name} | {times} | {done.megabytes:.0f} |"


def speech_row(direction: Direction, heard: Sequence[speech.Interpreted]) -> str:
    """What is left of speech that was recognised and then translated."""
    text, sound = [one.from_text for one in heard], [one.from_speech for one in heard]
    known = [one.clip.reference for one in heard]
    judged = [(one.figures_changed, one.doubts) for one in heard if one.figures_changed is not None]
    human = all(known)
    cells = (
        "-".join(direction),
        str(len(heard)),
        f"{100 * speech.word_errors(heard):.1f}",
        "a person's" if human else "its own, from text",
        scores(text, known).replace("|", "/") if human else "",
        scores(sound, known if human else text).replace("|", "/"),
        f"{100 * fmean(bool(one.text_doubts) for one in heard):.0f}",
        f"{100 * fmean(bool(one.doubts) for one in heard):.0f}",
        figures(judged),
    )
    return f"| {' | '.join(cells)} |"


def measure_text(folder: Path, wanted: Sequence[Direction], limit: int, *, show: bool) -> Iterator[str]:
    """Rows of both tables, those of QUALITY first."""
    engines, costs = build.engines(load_config(None, os.environ)), [COST]
    yield QUALITY
    for direction in wanted:
        tests = read_tests(folder, direction, limit)
        texts = tuple(source for test in tests for source, _ in test.pairs)
        for way in ways(engines, direction) if texts else ():
            done = in_a_process(Job(direction, way, texts))
            name = f"shown, by {done.name}" if way is Way.SHOWN else done.name
            answers = iter(done.answers)
            for test in tests:
                own = [next(answers) for _ in test.pairs]
                yield quality_row(direction, test, name, own)
                if show and way is Way.SHOWN:
                    _show(direction, test, own)
            costs.append(cost_row(direction, name, done))
    yield ""
    yield from costs


def measure_speech(folder: Path, wanted: Sequence[Direction], limit: int, *, show: bool) -> Iterator[str]:
    """Rows of the table of speech."""
    interpreter = speech.Interpreter(load_config(None, os.environ))
    yield SPEECH
    for direction in wanted:
        clips = _spread(speech.clips(folder, direction), limit)
        if not clips or not interpreter.serves(direction):
            continue
        heard = [interpreter.interpret(clip) for clip in clips]
        yield speech_row(direction, heard)
        for one in heard if show else ():
            state = f"figures changed: {one.figures_changed}, doubts: {', '.join(one.doubts)}"
            lines = (one.clip.text, f"heard: {one.heard}", f"shown: {one.from_speech}", f"from text: {one.from_text}")
            sys.stderr.write("\n  ".join((f"{one.clip.file.name}, {state}", *lines)) + "\n")


def _show(direction: Direction, test: Test, answers: Sequence[Answer]) -> None:
    """Figures that changed without a mark for them, to standard error."""
    for (source, reference), answer in zip(test.pairs, answers, strict=True):
        if not FIGURES & answer.doubts and figures_changed(source, reference, answer.text, direction):
            sys.stderr.write(
                f"{direction} {test.name} {sorted(answer.doubts)}\n  {source}\n  {reference}\n  {answer.text}\n"
            )


def _pairs(file: Path, column: int) -> list[Pair]:
    rows = [line.split("\t") for line in file.read_text("utf-8").split("\n")]
    return [(row[column], row[1 - column]) for row in rows if len(row) == 2]


def _spread(items: Sequence[Item], limit: int) -> Sequence[Item]:
    return items[:: len(items) // limit][:limit] if 0 < limit < len(items) else items


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tests", type=Path, help="a folder of <a>-<b>.<test>.tsv")
    parser.add_argument("--speech", type=Path, help="a folder with manifest.jsonl")
    parser.add_argument("--directions", default="", help="such as fr-en,en-fr; else all that packages serve")
    parser.add_argument("--limit", type=int, default=100, help="sentences of each test, 0 for all")
    parser.add_argument("--clips", type=int, default=36, help="clips of each direction, 0 for all")
    parser.add_argument("--show", action="store_true", help="what was said, heard and made of it, on standard error")
    arguments = parser.parse_args()
    named = [tuple(name.split("-")) for name in arguments.directions.split(",") if name]
    wanted = [(source, target) for source, target in named] or served()
    rows: list[Iterator[str]] = []
    if arguments.tests:
        rows.append(measure_text(arguments.tests, wanted, arguments.limit, show=arguments.show))
    if arguments.speech:
        rows.append(measure_speech(arguments.speech, wanted, arguments.clips, show=arguments.show))
    for table in rows:
        for line in table:
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
