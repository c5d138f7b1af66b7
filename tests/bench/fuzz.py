"""Damaged and hostile input for every parser: see tests/bench/README.md.

.venv/bin/python -m tests.bench.fuzz [--minutes 60] [--target NAME ...] [--seed 1] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as with_seed

from kiosk.errors import KioskError
from tests.bench.fuzz_targets import TARGETS, Target

HANG: Final = 5.0
"""Seconds of processor time that one input may take. Not by the clock: the machine may have other work."""

MEMORY: Final = 400
"""MB that a parser may need on top of what is loaded: the largest table of the program takes a few."""

SLICE: Final = 20.0
"""Seconds of one turn of a target, in a process of its own."""

_BATCH: Final = 400
_SPARE: Final = 120.0


class Hang(Exception):
    """One input took too long."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one turn of a target gave. `fell`: the error with its input, shrunk; empty where nothing fell."""

    examples: int
    values: int
    refused: int
    peak: int
    fell: str = ""


def main() -> int:
    """Fuzz for some minutes and print a table; 1 when something fell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--target", action="append", help="a part of a name; may be given several times")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where the files of what crashed are kept")
    parser.add_argument("--one-round", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    wanted = [t for t in TARGETS if not arguments.target or any(part in t.name for part in arguments.target)]
    if arguments.one_round is not None:
        print(json.dumps(asdict(fuzz(wanted[0], arguments.one_round, arguments.seed, arguments.folder))))
        return 0
    rounds: dict[str, list[Round]] = {target.name: [] for target in wanted}
    until = time.monotonic() + 60 * arguments.minutes
    for seed, target in zip(itertools.count(arguments.seed), itertools.cycle(wanted), strict=False):
        left = until - time.monotonic()
        if left < 1.0:
            break
        rounds[target.name].append(_in_a_process(target, min(SLICE, left), seed, arguments.keep))
        if fell := rounds[target.name][-1].fell:
            print(f"\n== {target.name}, seed {seed}\n{fell}", flush=True)
    return _report(rounds)


def _in_a_process(target: Target, seconds: float, seed: int, keep: Path | None) -> Round:
    """A turn in a process that may crash, or hang in native code, by itself."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        command = [sys.executable, "-m", "tests.bench.fuzz", "--target", target.name, "--seed", str(seed)]
        command += ["--one-round", str(seconds), "--folder", folder]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=2 * seconds + _SPARE, check=False)
            if done.returncode == 0:
                return Round(**json.loads(done.stdout.splitlines()[-1]))
            fell = f"the process ended with {done.returncode}:\n{done.stderr[-3000:]}"
        except subprocess.TimeoutExpired:
            fell = "the process hung"
        if keep is not None:
            shutil.copytree(folder, keep / f"{target.name}-{seed}".replace(" ", "-"), dirs_exist_ok=True)
        return Round(0, 0, 0, 0, fell)


def fuzz(target: Target, seconds: float, seed: int, folder: Path) -> Round:
    """Feed a target for some seconds, or until something falls."""
    counts = {"examples": 0, "values": 0, "refused": 0}
    signal.signal(signal.SIGPROF, _hang)
    inputs = target.inputs()
    before = _peak()
    _limit_memory()
    until = time.monotonic() + seconds

    def once(value: Any) -> None:
        if time.monotonic() > until:
            return
        counts["examples"] += 1
        _empty(folder)
        signal.setitimer(signal.ITIMER_PROF, HANG)
        try:
            target.run(value, folder)
            counts["values"] += 1
        except KioskError as error:
            assert error.exit_code in (1, 2), error
            assert error.message.strip(), "an error without a cause"
            counts["refused"] += 1
        except target.errors:
            counts["refused"] += 1
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    fell = ""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    while time.monotonic() < until and not fell:
        fell = _batch(once, inputs, chance.getrandbits(32))
    peak = _peak() - before
    if not fell and peak > MEMORY:
        fell = f"{peak} MB more than before"
    return Round(**counts, peak=peak, fell=fell)


def _batch(once: Any, inputs: Any, seed: int) -> str:
    test = settings(
        max_examples=_BATCH,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
    )(with_seed(seed)(given(inputs)(once)))
    try:
        test()
    except Exception as error:
        return "".join([*traceback.format_exception(error)[-12:], *getattr(error, "__notes__", ())])
    return ""


def _hang(number: int, frame: FrameType | None) -> None:
    raise Hang(f"more than {HANG:.0f} s of processor time")


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _limit_memory() -> None:
    """Address space that a parser cannot exceed, far above what is looked for: a runaway must not take the machine."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + (4 * MEMORY << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _report(rounds: dict[str, list[Round]]) -> int:
    print(f"\n{'parser':<24}{'inputs':>9}{'values':>9}{'refused':>9}{'MB more':>9}{'fell':>6}")
    for name, turns in rounds.items():
        sums = [sum(getattr(turn, field) for turn in turns) for field in ("examples", "values", "refused")]
        peak, fell = max((turn.peak for turn in turns), default=0), sum(bool(turn.fell) for turn in turns)
        print(f"{name:<24}" + "".join(f"{number:>9}" for number in (*sums, peak)) + f"{fell:>6}")
    return 1 if any(turn.fell for turns in rounds.values() for turn in turns) else 0


if __name__ == "__main__":
    sys.exit(main())
