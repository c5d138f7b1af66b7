"""What captions cost on this machine: the demonstration's turns through the engines, one after the other, timed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

import numpy as np

from kiosk import machine, speed
from kiosk.errors import EndOfAudio
from kiosk.ports import AudioSource, Transcriber, Translator
from kiosk.sentences import split_sentences
from kiosk.types import SAMPLE_RATE, Context, Room, Samples

FEWEST_TURNS: Final = 3
"""Measured however long they take: two languages, and a median that is not the mean of two."""

_BEFORE: Final = 0.32
_AFTER: Final = 0.2
"""Seconds of sound around a turn, about as the segmenter cuts it out."""

Tell = Callable[[int, int], object]
"""Told how many turns are measured, and of how many."""


@dataclass(slots=True)
class _Times:
    """What each turn took, in seconds; and all of them together."""

    turns: list[float] = field(default_factory=list)
    hypotheses: list[float] = field(default_factory=list)
    sentences: list[float] = field(default_factory=list)
    translations: list[float] = field(default_factory=list)
    speech: float = 0.0
    cpu: float = 0.0
    joules: float | None = 0.0


def cut_turns(source: AudioSource, spans: Sequence[tuple[float, float]]) -> tuple[Samples, ...]:
    """The sound between each two times, in seconds, of an open recording, with a margin. Raises AudioFileError."""
    frames = []
    try:
        while True:
            if (frame := source.read(1.0)) is not None:
                frames.append(frame.samples)
    except EndOfAudio:
        sound = np.concatenate(frames)
    return tuple(
        sound[round(max(0.0, start - _BEFORE) * SAMPLE_RATE) : round((end + _AFTER) * SAMPLE_RATE)]
        for start, end in spans
    )


def measure(
    model: str,
    engines: tuple[Transcriber, Translator],
    turns: Sequence[Samples],
    room: Room,
    seconds: float,
    tell: Tell,
) -> speed.Figures:
    """What loaded engines take for `turns`, for about `seconds`: on a slow machine not all of them are played."""
    transcriber, translator = engines
    transcriber.transcribe(turns[0], room.languages, Context(), final=False)  # the first call prepares the next ones
    end = time.perf_counter() + seconds
    times = _Times()
    for done, samples in enumerate(turns):
        if done >= FEWEST_TURNS and time.perf_counter() >= end:
            break
        tell(done, len(turns))
        _time_turn(times, transcriber, translator, samples, room)
    return speed.Figures(
        model=model,
        estimated=False,
        turn=median(times.turns),
        worst=max(times.turns),
        hypothesis=median(times.hypotheses),
        sentence=median(times.sentences or [0.0]),
        translate=median(times.translations),
        cpu=times.cpu / times.speech,
        joules=None if times.joules is None else times.joules / times.speech,
        memory=machine.peak_memory(),
    )


def _time_turn(times: _Times, transcriber: Transcriber, translator: Translator, samples: Samples, room: Room) -> None:
    start = time.perf_counter()
    transcriber.transcribe(samples, room.languages, Context(), final=False)
    times.hypotheses.append(time.perf_counter() - start)

    energy, cpu, start = machine.energy(), time.process_time(), time.perf_counter()
    heard = transcriber.transcribe(samples, room.languages, Context(), final=True)
    times.turns.append(time.perf_counter() - start)
    translating = 0.0
    translator.forget()  # or what was translated before would cost nothing
    for sentence in split_sentences(heard.text):
        start = time.perf_counter()
        translator.translate(sentence, heard.language, room.other(heard.language))
        times.sentences.append(time.perf_counter() - start)
        translating += times.sentences[-1]
    times.translations.append(translating)
    times.cpu += time.process_time() - cpu
    spent = speed.joules(energy, machine.energy())
    times.joules = None if spent is None or times.joules is None else times.joules + spent
    times.speech += samples.size / SAMPLE_RATE
