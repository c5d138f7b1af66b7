"""Measures captions on a folder of human speech: see README.md beside this file. Prints Markdown tables."""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from kiosk import build, installed
from kiosk.adapters.recording import Recording
from kiosk.adapters.silero import SileroDetector
from kiosk.adapters.whisper import WhisperTranscriber
from kiosk.config import Config
from kiosk.errors import EndOfAudio, LanguageError, ModelMissing
from kiosk.events import Event, Failure
from kiosk.listening import ListenerConfig
from kiosk.pipeline import Parts, Pipeline, PipelineConfig
from kiosk.ports import Transcriber, Translator
from kiosk.settings import load_config
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, BackTranslation, Caption, Room, Translation
from tests.words import word_error_rate, words

STAFF: Final = "fr"
PATIENCE: Final = 300.0
SILENCE_AFTER: Final = 1.0
"""Seconds of silence added to each clip: a person who stops speaking leaves a microphone open."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording and what is said in it; `text` is empty for noise."""

    file: Path
    language: str
    text: str
    seconds: float

    @property
    def room(self) -> Room:
        """Where this is said: French with English for French and for noise, else French with the clip's language."""
        return Room(STAFF, "en" if self.language in {STAFF, ""} else self.language)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the pipeline made of a clip, and the seconds from its start to its end."""

    clip: Clip
    captions: tuple[Caption, ...]
    wall: float

    @property
    def text(self) -> str:
        """Every caption's words."""
        return " ".join(caption.transcript.text for caption in self.captions)


@dataclass
class Followed:
    """A recording with silence after it. Implements `kiosk.ports.AudioSource`."""

    recording: Recording
    live: bool = False
    _left: int = round(SILENCE_AFTER * SAMPLE_RATE / FRAME_SAMPLES)
    _index: int = field(default=-1)

    @property
    def name(self) -> str:
        return self.recording.name

    def open(self) -> None:
        self.recording.open()

    def read(self, timeout: float) -> AudioFrame | None:
        try:
            frame = self.recording.read(timeout)
        except EndOfAudio:
            if self._left == 0:
                raise
            self._left -= 1
            frame = AudioFrame(np.zeros(FRAME_SAMPLES, np.float32), self._index + 1)
        self._index = frame.index if frame is not None else self._index
        return frame

    def lost_samples(self) -> int:
        return 0

    def close(self) -> None:
        self.recording.close()


class NoTranslator:
    """Where no package serves a room: recognition alone is measured. Implements `kiosk.ports.Translator`."""

    def load(self, room: Room) -> None:
        """Nothing."""

    def translate(self, text: str, source: str, target: str) -> Translation:
        """Nothing either."""
        return Translation("", source, target, "none")

    def follow(self, sentence: str, source: str, target: str, shown: str) -> Translation:
        """Nothing."""
        return self.translate(sentence, source, target)

    def back_translate(self, said: str, translation: Translation) -> BackTranslation:
        """Nothing."""
        return BackTranslation("", 0.0, doubtful=True)

    def forget(self) -> None:
        """Nothing."""


class Bench:
    """Whisper, loaded once, and a translator for each room."""

    def __init__(self, config: Config) -> None:
        store = installed.model_store(config)
        self._config = config
        name = installed.speech_model(config)
        self._transcriber: Transcriber = WhisperTranscriber(lambda: store.whisper(name), config.speech)
        self._translators: dict[Room, Translator] = {}
        self._transcriber.load()

    def hear(self, clip: Clip) -> Heard:
        """Caption one clip as fast as it goes, through the same pipeline as `kiosk caption`."""
        room = clip.room
        events: list[Event] = []
        parts = Parts(Followed(Recording(clip.file)), SileroDetector(), self._transcriber, self._translator(room))
        pipeline = Pipeline(parts, room, PipelineConfig(ListenerConfig(self._config.segmenter)), events.append)
        begin = time.perf_counter()
        pipeline.start()
        if not pipeline.wait(PATIENCE):
            raise SystemExit(f"{clip.file.name}: stuck")
        wall = time.perf_counter() - begin
        if failures := [event for event in events if isinstance(event, Failure)]:
            print(f"{clip.file.name}: {failures[0].message}", file=sys.stderr)
        return Heard(clip, tuple(event for event in events if isinstance(event, Caption)), wall)

    def translated(self, room: Room) -> bool:
        """Whether packages serve this room."""
        return not isinstance(self._translator(room), NoTranslator)

    def _translator(self, room: Room) -> Translator:
        if room not in self._translators:
            try:
                self._translators[room] = build.room_translator(self._config, room)
            except (ModelMissing, LanguageError):  # Catalan, for one, is heard by Whisper but not offered
                self._translators[room] = NoTranslator()
        return self._translators[room]


def read_clips(folder: Path) -> list[Clip]:
    """Speech of manifest.jsonl, and every recording of noise/ as a clip of no language."""
    clips = []
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        if words(entry["text"]):
            clips.append(Clip(folder / entry["file"], entry["lang"], entry["text"], entry["seconds"]))
    clips += [Clip(file, "", "", 0.0) for file in sorted((folder / "noise").glob("*.flac"))]
    return clips


def chosen(clips: Iterable[Clip], languages: Sequence[str], limit: int) -> dict[str, list[Clip]]:
    """By language, `limit` each, spread evenly (0: all), in the order of `languages`, or of size."""
    by_language: dict[str, list[Clip]] = {}
    for clip in clips:
        by_language.setdefault(clip.language, []).append(clip)
    order = languages or sorted(filter(None, by_language), key=lambda language: -len(by_language[language]))
    drawn = {}
    for language in [*order, ""]:
        group = by_language.get(language, [])
        drawn[language] = group[:: len(group) // limit][:limit] if 0 < limit < len(group) else group
    return drawn


def row(language: str, heard: Sequence[Heard], translated: bool) -> str:
    """One line of the table of speech."""
    captions = [caption for one in heard for caption in one.captions]
    audio = sum(one.clip.seconds for one in heard)
    said, text = [one.clip.text for one in heard], [one.text for one in heard]
    strict, folded = (word_error_rate(said, text, fold_diacritics=fold) for fold in (False, True))
    astray = sum(caption.transcript.language != language for caption in captions)
    waits = [c.latency.endpoint + c.latency.transcribe + c.latency.translate for c in captions]
    cells = (
        language,
        str(len(heard)),
        f"{audio:.0f}",
        str(len(captions)),
        f"{100 * folded:.1f}",
        f"{100 * strict:.1f}",
        f"{100 * astray / max(1, len(captions)):.1f}",
        f"{sum(one.wall for one in heard) / audio:.3f}",
        f"{percentile(waits, 50):.2f}",
        f"{percentile(waits, 95):.2f}",
        f"{statistics.fmean(c.latency.transcribe for c in captions):.2f}" if captions else "",
        f"{statistics.fmean(c.latency.translate for c in captions):.3f}" if captions and translated else "none",
    )
    return f"| {' | '.join(cells)} |"


def percentile(values: Sequence[float], percent: float) -> float:
    """Linear between neighbours; 0.0 of nothing."""
    return float(np.percentile(values, percent)) if values else 0.0


HEADER: Final = """\
| language | clips | audio s | captions | WER % | WER % with diacritics | other language % | real-time factor \
| latency p50 s | p95 s | transcribe s | translate s |
|---|---|---|---|---|---|---|---|---|---|---|---|"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speech", type=Path, required=True, help="a folder with manifest.jsonl")
    parser.add_argument("--languages", default="", help="such as fr,en; else all that are there")
    parser.add_argument("--limit", type=int, default=0, help="clips a language, spread evenly; 0 for all")
    parser.add_argument("--show", action="store_true", help="also what was said and heard, on standard error")
    arguments = parser.parse_args()
    bench = Bench(load_config())
    groups = chosen(read_clips(arguments.speech), list(filter(None, arguments.languages.split(","))), arguments.limit)
    noise = groups.pop("")
    print(HEADER)
    for language, clips in groups.items():
        heard = [bench.hear(clip) for clip in clips]
        if arguments.show:
            for one in heard:
                print(f"{one.clip.file.name}\n  said  {one.clip.text}\n  heard {one.text}", file=sys.stderr)
        translated = bench.translated(clips[0].room)
        print(row(language, heard, translated), flush=True)
    if noise:
        invented = [one for one in map(bench.hear, noise) if one.captions]
        print(f"\nCaptions on recordings without speech: {len(invented)} of {len(noise)} recordings.")
        for one in invented:
            print(f"{one.clip.file.name}: {one.text}", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"\nPeak memory of this bench, all rooms in one process: {peak:.0f} MB.")


if __name__ == "__main__":
    main()
