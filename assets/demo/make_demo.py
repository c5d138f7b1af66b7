"""Make the demonstration consultation: consultation.toml -> consultation.flac and consultation.json.

    .venv/bin/python assets/demo/make_demo.py

Needs pico2wave (Debian: libttspico-utils, section non-free). The same text gives the same sound, sample for sample.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import tomllib
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import numpy as np
from numpy.typing import NDArray

RATE: Final = 16_000
LOUDNESS: Final = 0.06
"""Root mean square of a turn at level 0: speech at a table, about -24 dB below full scale."""

ROOM_TONE: Final = 0.0005
"""Root mean square of the noise under everything, -66 dB: no room is digitally silent."""

SILENT: Final = 0.003
"""Below this a sample belongs to the silence that pico leaves around a sentence."""

LONGEST_PAUSE: Final = 0.4
"""Seconds kept of the pauses inside a turn: pico leaves up to 0.6 between sentences, more than people do."""

AFTER_LAST: Final = 1.2
"""Seconds of room tone at the end."""

HERE: Final = Path(__file__).resolve().parent

Sound = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Voice:
    """A pico voice; `pitch` and `speed` in percent of its usual ones."""

    voice: str
    language: str
    pitch: int
    speed: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn as consultation.toml gives it: see there."""

    speaker: str
    say: str
    fr: str
    en: str
    gap: float
    level: float


def spoken(turn: Turn, voice: Voice) -> Sound:
    """The turn at its loudness, without silence around it."""
    sound = without_long_pauses(synthesised(turn.say, voice))
    rms = float(np.sqrt(np.mean(np.square(sound))))
    return sound * (LOUDNESS / rms * 10 ** (turn.level / 20))


def synthesised(text: str, voice: Voice) -> Sound:
    """What pico2wave makes of `text`, in [-1, 1]."""
    marked = f"<pitch level='{voice.pitch}'><speed level='{voice.speed}'>{text}</speed></pitch>"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "turn.wav")
        subprocess.run(["pico2wave", f"--lang={voice.voice}", f"--wave={file}", marked], check=True)
        with wave.open(str(file)) as recording:
            if recording.getframerate() != RATE or recording.getnchannels() != 1:
                raise SystemExit("pico2wave no longer writes 16 kHz mono")
            data = recording.readframes(recording.getnframes())
    return np.frombuffer(data, "<i2").astype(np.float64) / 32_768


def without_long_pauses(sound: Sound) -> Sound:
    """Cut the silence around a turn, and every pause inside it to `LONGEST_PAUSE`."""
    loud = np.flatnonzero(np.abs(sound) > SILENT)
    if not loud.size:
        raise SystemExit("pico2wave wrote silence")
    half = round(LONGEST_PAUSE * RATE / 2)
    pauses = np.flatnonzero(np.diff(loud) > 2 * half)
    begins = [loud[0], *(loud[pauses + 1] - half)]
    ends = [*(loud[pauses] + half), loud[-1] + 1]
    return np.concatenate([sound[begin:end] for begin, end in zip(begins, ends, strict=True)])


def write_flac(sound: Sound, file: Path) -> None:
    """Write 16-bit FLAC without anything that names a date or an encoder."""
    samples = np.round(np.clip(sound, -1, 1) * 32_767).astype(np.int16)
    with av.open(str(file), "w", format="flac", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono", options={"compression_level": "8"})
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="s16", layout="mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def main() -> None:
    """Speak every turn, join them, and write down when each is said."""
    with (HERE / "consultation.toml").open("rb") as stream:
        script = tomllib.load(stream)
    voices = {name: Voice(**voice) for name, voice in script["voices"].items()}
    pieces: list[Sound] = []
    written = []
    position = 0
    for number, turn in enumerate((Turn(**entry) for entry in script["turn"]), start=1):
        voice = voices[turn.speaker]
        sound = spoken(turn, voice)
        start = position + round(turn.gap * RATE)
        pieces += [np.zeros(start - position), sound]
        position = start + sound.size
        source, target = (voice.language, "en" if voice.language == "fr" else "fr")
        texts = {"fr": turn.fr, "en": turn.en}
        written.append(
            {
                "id": number,
                "speaker": turn.speaker,
                "start": round(start / RATE, 2),
                "end": round(position / RATE, 2),
                "language": source,
                "text": texts[source],
                "target": target,
                "translation": texts[target],
            }
        )
    pieces.append(np.zeros(round(AFTER_LAST * RATE)))
    whole = np.concatenate(pieces)
    whole += np.random.default_rng(0).normal(0, ROOM_TONE, whole.size)
    write_flac(whole, HERE / "consultation.flac")
    (HERE / "consultation.json").write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(written)} turns, {whole.size / RATE:.1f} s")


if __name__ == "__main__":
    main()
