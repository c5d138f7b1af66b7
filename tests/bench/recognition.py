"""Measures recognition in right-sized windows against faster-whisper's `transcribe`: see README.md beside this file.

Both hear the same clips with the same model, beam and number of threads, one after the other, so that their times can
be compared as ratios whatever else the machine does. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.vad import VadOptions, get_speech_timestamps

from kiosk import installed, textrules
from kiosk.adapters.recording import Recording
from kiosk.adapters.whisper import WhisperTranscriber
from kiosk.errors import EndOfAudio
from kiosk.hypothesis import TWICE
from kiosk.identify import spoken
from kiosk.segmenter import TAIL_FRAMES
from kiosk.settings import load_config
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE, Context, Samples
from tests.bench.speech import STAFF, Clip, chosen, read_clips
from tests.words import word_error_rate, words

LONGEST: Final = 28.0
"""Seconds: what one utterance may last; longer clips are left out, their transcript would not fit."""

TAIL: Final = TAIL_FRAMES * FRAME_SAMPLES
PRE_ROLL: Final = 0.32 * SAMPLE_RATE
"""Samples of sound around speech."""

LENGTHS: Final = (0.7, 1.0, 1.5, 2.0, 3.0)
"""Seconds of a clip's beginning in which its language is told, beside the whole of it."""

BOUNDS: Final = (1.0, 1.5, 2.0, 3.0)

OTHERS: Final = ("en", "es", "ar", "tr", "pt", "it", "de", "ru", "uk")
"""What French is told from; every other language is told from French."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A clip as both heard it, and the CPU seconds that each took."""

    clip: Clip
    ours: str
    theirs: str
    our_time: float
    their_time: float


def read(file: Path) -> Samples:
    """What is said in a recording."""
    recording = Recording(file)
    recording.open()
    blocks = []
    try:
        while (frame := recording.read(1.0)) is not None:
            blocks.append(frame.samples)
    except EndOfAudio:
        pass
    finally:
        recording.close()
    return spoken_part(np.concatenate(blocks))


def spoken_part(samples: Samples) -> Samples:
    """What the segmenter would cut out: from the pre-roll to the tail, whatever pauses there are between."""
    stretches = get_speech_timestamps(samples, VadOptions(speech_pad_ms=0))
    if not stretches:
        return samples
    start, end = stretches[0]["start"] - PRE_ROLL, stretches[-1]["end"] + TAIL
    return samples[max(0, round(start)) : round(end)]


def hear(clip: Clip, samples: Samples, ours: WhisperTranscriber, theirs: WhisperModel, beam: int) -> Heard:
    """Recognise one clip twice; both are told its language."""
    start = time.process_time()
    transcript = ours.transcribe(samples, (clip.language, STAFF), Context(language=clip.language), final=True)
    middle = time.process_time()
    segments, _ = theirs.transcribe(samples, language=clip.language, beam_size=beam)
    text = " ".join(segment.text for segment in segments)
    return Heard(clip, transcript.text, text, middle - start, time.process_time() - middle)


def row(name: str, heard: Sequence[Heard]) -> str:
    """A line of the table of words."""
    said = [one.clip.text for one in heard]
    rates = [
        100 * word_error_rate(said, text, fold_diacritics=True)
        for text in ([one.theirs for one in heard], [one.ours for one in heard])
    ]
    loops = [
        sum(textrules.longest_repeat(words(text)) >= TWICE for text in texts)
        for texts in ([one.theirs for one in heard], [one.ours for one in heard])
    ]
    ratio = statistics.median(one.our_time / one.their_time for one in heard)
    ours, theirs = (statistics.fmean(times) for times in zip(*((h.our_time, h.their_time) for h in heard), strict=True))
    cells = (
        name,
        len(heard),
        *(f"{rate:.1f}" for rate in rates),
        *loops,
        f"{theirs:.2f}",
        f"{ours:.2f}",
        f"{ratio:.2f}",
    )
    return f"| {' | '.join(map(str, cells))} |"


def told(clip: Clip, samples: Samples, ours: WhisperTranscriber) -> Iterator[tuple[float, bool]]:
    """Whether the clip's language is told right, by seconds of its beginning, in every room of two."""
    rooms = [(clip.language, other) for other in (OTHERS if clip.language == STAFF else (STAFF,))]
    for length in (*LENGTHS, LONGEST):
        if length < LONGEST and samples.size < (length + 0.3) * SAMPLE_RATE:
            continue
        beginning = samples[: round(length * SAMPLE_RATE)]
        seconds = beginning.size / SAMPLE_RATE
        probabilities = ours.language_probabilities(beginning)
        for room in rooms:
            yield seconds, spoken(probabilities, room, seconds, None).language == clip.language


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speech", type=Path, required=True, help="a folder with manifest.jsonl")
    parser.add_argument("--languages", default="", help="such as fr,en; else all that are there")
    parser.add_argument("--limit", type=int, default=0, help="clips a language, spread evenly; 0 for all")
    parser.add_argument("--show", action="store_true", help="also what was said and heard, on standard error")
    arguments = parser.parse_args()
    config = load_config()
    folder = installed.model_store(config).whisper("base")
    ours = WhisperTranscriber(lambda: folder, config.speech)
    ours.load()
    threads = ours.threads
    theirs = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)
    clips = [clip for clip in read_clips(arguments.speech) if clip.text and clip.seconds <= LONGEST]
    groups = chosen(clips, list(filter(None, arguments.languages.split(","))), arguments.limit)
    right: dict[str, list[bool]] = defaultdict(list)
    everything: list[Heard] = []
    print("| language | clips | WER %, transcribe | WER %, here | loops | loops | CPU s | CPU s | median ratio |")
    print("|---|---|---|---|---|---|---|---|---|")
    for language, group in groups.items():
        heard = []
        for clip in group:
            samples = read(clip.file)
            heard.append(hear(clip, samples, ours, theirs, config.speech.beam))
            for seconds, is_right in told(clip, samples, ours):
                longer = next((f"under {bound} s" for bound in BOUNDS if seconds < bound), "3 s and more")
                right[longer].append(is_right)
            if arguments.show:
                one = heard[-1]
                print(f"{clip.file.name}\n  {clip.text}\n  {one.theirs}\n  {one.ours}", file=sys.stderr)
        if heard:
            everything += heard
            print(row(language, heard), flush=True)
    print(row("all", everything))
    tally = ours.tally
    print(
        f"\nOf {tally.finals} answers {100 * tally.looks / tally.finals:.1f} % were compared with another window, "
        f"{100 * tally.full.total() / tally.finals:.1f} % with the full one "
        f"({', '.join(f'{doubt.value} {count}' for doubt, count in tally.full.items())}).\n"
    )
    print("| sound | language told right, two at a time |\n|---|---|")
    for length, answers in sorted(right.items(), key=lambda item: (item[0][0] == "3", item[0])):
        print(f"| {length} | {100 * statistics.fmean(answers):.1f} % of {len(answers)} |")


if __name__ == "__main__":
    main()
