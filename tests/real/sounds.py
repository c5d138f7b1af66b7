"""Sound for the tests: read anything, write any of the formats that people bring, and make what is not speech."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import numpy as np
from numpy.typing import NDArray

from kiosk.types import SAMPLE_RATE

Sound = NDArray[np.int16]
"""Mono, 16 kHz, shape (n,)."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a recording is written: file name's end, codec, rate in Hz, channels."""

    suffix: str = "wav"
    codec: str = "pcm_s16le"
    rate: int = SAMPLE_RATE
    channels: int = 1

    def __str__(self) -> str:
        return f"{self.suffix}, {self.codec}, {self.rate} Hz, {self.channels} channel(s)"


WAV: Final = Form()


def read(file: Path, *, form: str | None = None) -> Sound:
    """A whole recording; `form` names the container where the file does not tell, such as "g722"."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    with av.open(str(file), format=form) as container:
        blocks = [
            resampled.to_ndarray().reshape(-1)
            for frame in (*container.decode(audio=0), None)
            for resampled in resampler.resample(frame)
        ]
    return np.concatenate(blocks).astype(np.int16)


def write(folder: Path, name: str, sound: Sound, form: Form = WAV) -> Path:
    """Write `folder/name.suffix`; further channels repeat the first one."""
    file = folder / f"{name}.{form.suffix}"
    layout = "mono" if form.channels == 1 else "stereo"
    frame = av.AudioFrame.from_ndarray(sound[np.newaxis, :], format="s16", layout="mono")
    frame.sample_rate = SAMPLE_RATE
    with av.open(str(file), "w") as container:
        stream = container.add_stream(form.codec, rate=form.rate, layout=layout)
        assert isinstance(stream, av.AudioStream)
        # The muxer cuts to the encoder's frame size and converts to its sample format by itself.
        resampler = av.AudioResampler(format=stream.format, layout=layout, rate=form.rate)
        for given in (frame, None):
            for resampled in resampler.resample(given):
                container.mux(stream.encode(resampled))
        container.mux(stream.encode(None))
    return file


def excerpt(sound: Sound, start: float, end: float) -> Sound:
    """What lies between two moments, in seconds."""
    return sound[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]


def silence(seconds: float) -> Sound:
    """Digital silence."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.int16)


def joined(sounds: list[Sound], gap: float) -> Sound:
    """One after the other, with `gap` seconds of silence around each."""
    parts = [part for sound in sounds for part in (silence(gap), sound)]
    return np.concatenate([*parts, silence(gap)])


def noise(seconds: float, rms: float) -> Sound:
    """White noise, the same at every run; `rms` of full scale 1.0."""
    samples = np.random.default_rng(1).normal(0, rms, round(seconds * SAMPLE_RATE))
    return (np.clip(samples, -1, 1) * 32_767).astype(np.int16)


def clicks(seconds: float, every: float) -> Sound:
    """A full-scale click of 1 ms at every `every` seconds: a pen on the table."""
    sound = silence(seconds)
    click = round(SAMPLE_RATE / 1000)
    for begin in range(round(every * SAMPLE_RATE), sound.size - click, round(every * SAMPLE_RATE)):
        sound[begin : begin + click] = 32_000
    return sound


def hum(seconds: float) -> Sound:
    """50 Hz and its harmonics, as a badly earthed microphone gives."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    harmonics = [np.sin(2 * np.pi * 50 * number * time) / number for number in (1, 2, 3, 5)]
    wave: Sound = (np.sum(harmonics, axis=0) * 1_500).astype(np.int16)
    return wave
