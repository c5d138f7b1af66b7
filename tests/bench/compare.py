"""This program beside others on the same speech, each at the pace of a microphone: see README.md beside this file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk import installed
from kiosk.settings import load_config
from tests.bench import reference, report
from tests.bench.scoring import score
from tests.bench.streaming import play

_LANGUAGES: Final = "fr,en,es,de,pt"


@dataclass(frozen=True, slots=True)
class Contender:
    """A system: its module in `systems/`, and the folder of its environment under --peers; "" for this project's.

    `options`: what its module is given beside the model and the language.
    """

    module: str
    environment: str = ""
    options: tuple[str, ...] = ()

    def command(self, peers: Path, whisper: Path, language: str) -> list[str]:
        """What starts it. Raises SystemExit where its environment was not built."""
        python = peers / self.environment / "bin" / "python" if self.environment else Path(sys.executable)
        if not python.exists():
            raise SystemExit(f"{python} is missing: see tests/bench/systems/README.md")
        # Its own interpreter must find this repository's `tests`, which the working directory gives it.
        module = f"tests.bench.systems.{self.module}"
        return [str(python), "-m", module, "--model", str(whisper), "--language", language, *self.options]


SYSTEMS: Final = {
    "kiosk": Contender("kiosk_system"),
    "kiosk-finals": Contender("kiosk_system", options=("--finals",)),
    "plain": Contender("plain_script"),
    "realtimestt": Contender("realtimestt_system", "realtimestt"),
    "whisperlivekit": Contender("whisperlivekit_system", "whisperlivekit"),
}


def main() -> None:
    """Measure, add to the results, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speech", type=Path, required=True, help="a folder with manifest.jsonl")
    parser.add_argument("--systems", type=_names, default=list(SYSTEMS), help=f"of {','.join(SYSTEMS)}")
    parser.add_argument("--languages", type=_names, default=_names(_LANGUAGES), help=f"default: {_LANGUAGES}")
    parser.add_argument("--clips", type=int, default=13, help="a language; what one lacks the others give")
    parser.add_argument("--results", type=Path, help="a JSON file to add to")
    parser.add_argument("--peers", type=Path, default=Path("peers"), help="folder of the other systems' environments")
    arguments = parser.parse_args()
    if unknown := set(arguments.systems) - SYSTEMS.keys():
        parser.error(f"unknown systems: {', '.join(sorted(unknown))}")
    config = load_config()
    whisper = installed.model_store(config).whisper(installed.speech_model(config))
    # Before anything is measured, so that a missing environment is told at once.
    commands = {
        (name, language): SYSTEMS[name].command(arguments.peers.absolute(), whisper, language)
        for language in arguments.languages
        for name in arguments.systems
    }
    clips = reference.choose(arguments.speech, arguments.languages, arguments.clips)
    runs = []
    for (name, language), command in commands.items():
        if spoken := clips.get(language):
            runs.append(_measure(name, language, command, spoken))
            if arguments.results:
                report.add(arguments.results, runs[-1])
            print(report.row(runs[-1:], language), file=sys.stderr, flush=True)
    print(report.tables(report.read(arguments.results) if arguments.results else runs))


def _measure(name: str, language: str, command: Sequence[str], clips: Sequence[reference.Spoken]) -> report.Run:
    session = play(command, clips)
    return report.run_of(name, language, session, score(session))


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


if __name__ == "__main__":
    main()
