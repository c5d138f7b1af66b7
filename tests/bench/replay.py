"""Replays speech, silence and noise through the whole pipeline and judges it: see README.md beside this file."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from kiosk import build
from kiosk.allocator import share_memory_between_threads
from kiosk.errors import EndOfAudio
from kiosk.events import Behind, Discarded, Event, Failure, Overflow, Ready, SpeechStarted, Warned
from kiosk.framing import Framer
from kiosk.settings import load_config
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Caption, Flag, Room, Samples
from tests.bench.recognition import read
from tests.bench.speech import Clip, percentile, read_clips
from tests.words import word_error_rate, words

ROOM: Final = Room("fr", "en")
LONGEST: Final = 24.0  # seconds of a clip of speech; longer ones are cut in any case
NOISE: Final = 0.2  # of all sound
UNUSED: Final = re.compile("rir_|ssak_noise[123]")  # no sound but echoes; noise over which somebody reads English aloud
NEAR_SILENCE: Final = 0.00025  # root mean square, -72 dB: what a quiet room and a good microphone leave
OVERLAP: Final = round(0.2 * SAMPLE_RATE)  # what a clip and its caption share: an utterance begins 0.3 s early
MOST_GROWTH, JUDGED_FROM = 20.0, 20.0  # MB, and minutes: in shorter runs allocators are still filling up


@dataclass(frozen=True, slots=True)
class Piece:
    """A clip of speech, a noise or a silence, and where it lies, in samples."""

    kind: str
    clip: Clip
    start: int
    end: int

    def shared(self, caption: Caption) -> int:
        """Samples that are in both; below 0 if they are apart."""
        return min(self.end, caption.end) - max(self.start, caption.start)


class Mixture:
    """Sound made while it is read, the same for the same seed. Implements `kiosk.ports.AudioSource`.

    The last eighth is the first one again, piece by piece, so that the two compare; it begins at sample `again`.
    `reader` reads clips in another process, so that neither its memory nor its time is counted.
    """

    live = False
    name = "replay"

    def __init__(
        self, clips: Sequence[Clip], reader: Executor, minutes: float, speed: float, talk: float, seed: int
    ) -> None:
        self.pieces: list[Piece] = []
        self._shares = {"speech": talk, "noise": NOISE, "silence": 1.0 - talk - NOISE}
        self.position, self.total = 0, round(minutes * 60 * SAMPLE_RATE)
        self.eighth, self.again = self.total // 8, self.total
        self._clips, self._reader, self._speed, self._began = clips, reader, speed, 0.0
        self._random, self._noise = random.Random(seed), np.random.default_rng(seed)  # noqa: S311
        self._decks: dict[str, list[Clip]] = {"speech": [], "noise": []}
        self._framer, self._sounds = Framer(), self._make()

    def open(self) -> None:
        self._began = time.monotonic()

    def read(self, timeout: float) -> AudioFrame | None:
        """The next frame, once it has been spoken at `speed` times real time (0: at once). Raises EndOfAudio."""
        if self._speed:
            spoken = (self.position + FRAME_SAMPLES) / SAMPLE_RATE / self._speed
            ahead = self._began + spoken - time.monotonic()
            time.sleep(max(0.0, min(ahead, timeout)))
            if ahead > timeout:
                return None
        while (frame := self._framer.pop()) is None:
            if (sound := next(self._sounds, None)) is None:
                raise EndOfAudio
            self._framer.push(sound)
        self.position = (frame.index + 1) * FRAME_SAMPLES
        return frame

    def lost_samples(self) -> int:
        return 0

    def close(self) -> None:
        pass

    def _make(self) -> Iterator[Samples]:
        """What `_choose` says, and from the last eighth on, once nobody speaks, what it said first."""
        first: deque[tuple[str, Clip]] = deque()
        filled: Counter[str] = Counter()
        kind, position = "", 0
        while position < self.total or kind != "silence":
            if self.again == self.total and position >= self.total - self.eighth and kind != "speech":
                self.again = position
            if position >= self.again and first:
                kind, clip = first.popleft()
            else:
                kind, clip = self._choose(kind, position, filled)
                if position < self.eighth:
                    first.append((kind, clip))
            if kind == "silence":
                sound = self._noise.normal(0.0, NEAR_SILENCE, round(clip.seconds * SAMPLE_RATE)).astype(np.float32)
            else:
                sound = self._reader.submit(read, clip.file).result()
            self.pieces.append(Piece(kind, clip, position, position + sound.size))
            filled[kind] += sound.size
            position += sound.size
            yield sound

    def _choose(self, before: str, position: int, filled: Counter[str]) -> tuple[str, Clip]:
        """At random one of the kinds that lack their share, but behind speech always 1 s of silence or more."""
        if before == "speech" or position >= self.total:
            return "silence", Clip(Path("silence"), "", "", min(15.0, 1.0 + self._random.expovariate(1.0)))
        kind = self._random.choice([name for name, share in self._shares.items() if filled[name] <= share * position])
        if kind == "silence":
            return kind, Clip(Path("silence"), "", "", self._random.uniform(1.0, 15.0))
        if not (deck := self._decks[kind]):  # as from a pack of cards: all of them before any comes again
            deck += [clip for clip in self._clips if (kind == "speech") == bool(clip.language)]
            self._random.shuffle(deck)
        return kind, deck.pop()


@dataclass
class Judge:
    """Takes events. `state`: of the process when models were loaded, then once each tenth of the sound is captioned.

    `spent`: CPU seconds of the process so far, at each final.
    """

    source: Mixture
    finals: list[Caption] = field(default_factory=list)
    opened: dict[int, int] = field(default_factory=dict)
    over: set[int] = field(default_factory=set)
    newest: dict[int, Caption] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    state: list[tuple[float, int, int, float]] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, event: Event) -> None:
        """Implements `kiosk.events.Emit`."""
        with self.lock:
            match event:
                case Ready():
                    self.state.append(process_state())
                case SpeechStarted(number):
                    self._expect(number > max(self.opened, default=0), f"utterance {number} opened out of order")
                    self.opened[number] = self.source.position
                case Caption():
                    self._caption(event)
                case Discarded(number):
                    self._expect(number not in self.over, f"{number} was discarded after its end")
                    self.over.add(number)
                case Behind(seconds):
                    self.counts["behind"] += seconds > 0.0
                    self.counts["late"] = max(self.counts["late"], round(seconds))
                case Overflow() | Failure() | Warned():
                    self.violations.append(str(event))

    def _caption(self, caption: Caption) -> None:
        number, text = caption.utterance_id, caption.transcript.text
        before = self.newest.pop(number, None)
        self._expect(number not in self.over, f"{number} came again after its end")
        settled = before.transcript.text[: before.settled] if before else ""
        if not caption.final:
            self._expect(text.startswith(settled), f"settled words of {number} were taken back")
            shown = before.translation.text if before else ""
            self.counts["retranslated"] += not caption.translation.text.startswith(shown)
            self.counts["partials"] += 1
            self.newest[number] = caption
            return
        self.counts["followed"] += bool(settled)
        self.counts["changed"] += not words(text).startswith(words(settled))
        if self.finals:
            self._expect(number > self.finals[-1].utterance_id, f"caption {number} is out of order")
            self._expect(caption.start >= self.finals[-1].end, f"caption {number} overlaps the one before it")
        self.over.add(number)
        self.finals.append(caption)
        self.spent.append(time.process_time())
        if 10 * caption.end >= len(self.state) * self.source.total:
            self.state.append(process_state())
            print(f"{caption.end / SAMPLE_RATE:.0f} s: {self.state[-1][0]:.0f} MB", file=sys.stderr)

    def _expect(self, holds: bool, otherwise: str) -> None:
        self.violations += [] if holds else [otherwise]


def process_state() -> tuple[float, int, int, float]:
    """Megabytes in memory, threads, open files, CPU seconds so far. Linux only."""
    resident = int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]) / 1024
    threads, files = (len(list(Path("/proc/self", folder).iterdir())) for folder in ("task", "fd"))
    return resident, threads, files, time.process_time()


def report(judge: Judge, minutes: float) -> dict[str, str]:
    """The table; what it finds lost, or grown, joins the violations."""
    finals, pieces, count, state = judge.finals, judge.source.pieces, judge.counts, judge.state
    spoken = [piece for piece in pieces if piece.kind == "speech"]
    seconds = sum(piece.end - piece.start for piece in spoken) / SAMPLE_RATE
    owner = {caption: max(spoken, key=lambda piece: piece.shared(caption)) for caption in finals}
    strays = {c: max(pieces, key=lambda piece: piece.shared(c)) for c in finals if owner[c].shared(c) <= 0}
    wordless = set(judge.opened) - {caption.utterance_id for caption in finals}
    judge.violations += [f"utterance {number} has no end" for number in sorted(set(judge.opened) - judge.over)]
    for lost in (piece for piece in spoken if all(piece.shared(caption) < OVERLAP for caption in finals)):
        found = sum(lost.start <= judge.opened[number] <= lost.end + OVERLAP for number in wordless)
        judge.violations.append(f"{lost.clip.file.name} lost at {lost.start // SAMPLE_RATE} s, {found} discarded there")
    growth = state[-1][0] - state[min(1, len(state) - 1)][0]
    judge.violations += ["memory grew"] if growth >= MOST_GROWTH and minutes >= JUDGED_FROM else []
    sound = judge.source.position / SAMPLE_RATE
    table = {"sound": f"{sound:.0f} s, {len(spoken)} clips of speech make {seconds:.0f} s of it"}
    for language in sorted({piece.clip.language for piece in spoken}):
        own = [piece for piece in spoken if piece.clip.language == language]
        heard = [" ".join(c.transcript.text for c in finals if owner[c] is piece) for piece in own]
        rate = word_error_rate([piece.clip.text for piece in own], heard, fold_diacritics=True)
        table[f"word error rate, {language}"] = f"{100 * rate:.1f} % of {len(own)} clips"
    for kind in ("noise", "silence"):
        there = {caption: piece for caption, piece in strays.items() if piece.kind == kind}
        doubted = sum(bool(set(caption.flags) - {Flag.STARTER}) for caption in there)
        of = sum(piece.kind == kind for piece in pieces)
        table[f"captions in {kind} alone"] = f"{len(there)}, {doubted} doubted, in {len(set(there.values()))} of {of}"
    waits = [caption.latency.transcribe + caption.latency.translate for caption in finals]
    totals = [caption.latency.total for caption in finals]
    early = slice(0, max(1, sum(caption.end <= judge.source.eighth for caption in finals)))
    late = slice(min(len(finals) - 1, sum(caption.start < judge.source.again for caption in finals)), len(finals))
    used = [spent - state[0][3] for spent in judge.spent]
    return table | {
        "captions, utterances discarded": f"{len(finals)}, {len(wordless)}",
        "partials": f"{count['partials']}, {count['partials'] / seconds:.2f} a second of speech",
        "partials that changed the translation shown": f"{count['retranslated']}",
        "finals that changed settled words": f"{count['changed']} of {count['followed']} that had any",
        "recognition and translation, median / p95": _median_and_p95(waits),
        "first eighth, and the same sound again as the last": f"{len(finals[early])}, {len(finals[late])} captions",
        "recognition and translation, first eighth": _median_and_p95(waits[early]),
        "recognition and translation, last eighth": _median_and_p95(waits[late]),
        "end of speech to caption, first eighth": _median_and_p95(totals[early]),
        "end of speech to caption, last eighth": _median_and_p95(totals[late]),
        "CPU, first eighth and last": f"{used[early][-1] - used[0]:.0f} s, {used[-1] - used[late][0]:.0f} s",
        "told to be behind": f"{count['behind']} times, {count['late']} s at most",
        "CPU a second of sound": f"{(state[-1][3] - state[0][3]) / sound:.3f} s",
        "MB, threads, files at first": "{:.0f}, {}, {}".format(*state[0]),
        "the same at the end": "{:.0f}, {}, {}".format(*state[-1]),
        "memory growth after the first tenth": f"{growth:.0f} MB",
        "violations": f"{len(judge.violations)}",
    }


def _median_and_p95(seconds: Sequence[float]) -> str:
    return f"{percentile(seconds, 50):.2f} / {percentile(seconds, 95):.2f} s"


def main() -> int:
    """Replay, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speech", type=Path, required=True, help="a folder with manifest.jsonl")
    parser.add_argument("--minutes", type=float, default=60.0, help="of sound")
    parser.add_argument("--speed", type=float, default=4.0, help="times real time; 0: as fast as it goes")
    parser.add_argument("--talk", type=float, default=0.5, help="share of speech, up to 0.75; a fifth is noise")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    clips = [clip for clip in read_clips(arguments.speech) if clip.language in {*ROOM.languages, ""}]
    clips = [clip for clip in clips if clip.seconds <= LONGEST and not UNUSED.match(clip.file.name)]
    share_memory_between_threads()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as reader:
        reader.submit(os.getpid).result()
        source = Mixture(clips, reader, arguments.minutes, arguments.speed, arguments.talk, arguments.seed)
        judge = Judge(source)
        config = load_config(None, os.environ)
        pipeline = build.pipeline(config, ROOM, source, judge.hear, partials=True, real_time=True, watched=True)
        pipeline.start()
        pipeline.wait()
        judge.state.append(process_state())
    if judge.finals:
        table = report(judge, arguments.minutes)
        print("| | |\n|---|---|", *(f"| {what} | {value} |" for what, value in table.items()), sep="\n")
    print(*judge.violations, sep="\n", file=sys.stderr)
    return 0 if judge.finals and not judge.violations else 1


if __name__ == "__main__":
    sys.exit(main())
