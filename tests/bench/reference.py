"""What the comparison plays: clips chosen alike for all systems, and where in each of them somebody speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from faster_whisper.audio import decode_audio
from faster_whisper.vad import get_speech_timestamps
from numpy.typing import NDArray

from kiosk.types import SAMPLE_RATE, Samples
from tests.bench.speech import Clip, chosen, read_clips

SHORTEST: Final = 1.2
LONGEST: Final = 12.0
LONGEST_PAUSE: Final = 1.0
"""Seconds of silence within a clip from which it is more than one utterance, so that it has no one end of speech."""

_AFTER: Final = 1.0
"""Seconds of silence behind a clip while it is judged, so that Silero sees the end of speech that ends the file."""
_PAUSE_MS: Final = 100
_SPEECH_MS: Final = 250
"""A stretch shorter than this is no speech, Silero's own default: it often takes the first 0.1 s of a file for some."""
_BELOW_PEAK: Final = 35.0
"""Decibels below a clip's loudest 10 ms that count as silence when the energy is asked instead of Silero."""
_FRAME: Final = SAMPLE_RATE // 100


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A clip ready to be played; `onset` and `end` of speech in seconds from its first sample."""

    clip: Clip
    name: str
    pcm: NDArray[np.int16]
    onset: float
    end: float
    energy_onset: float
    energy_end: float

    @property
    def speech(self) -> float:
        """Seconds from the first word to the last one."""
        return self.end - self.onset


def choose(folder: Path, languages: Sequence[str], each: int) -> dict[str, list[Spoken]]:
    """By language, `each` clips of one utterance and 1.2 to 12 s, spread evenly over the manifest.

    What a language lacks the others give, so that there are always `each` times as many as languages, if at all.
    """
    fitting: dict[Path, Spoken] = {}
    for clip in read_clips(folder):
        if clip.language in languages and SHORTEST <= clip.seconds <= LONGEST and (spoken := prepare(folder, clip)):
            fitting[clip.file] = spoken
    clips = [spoken.clip for spoken in fitting.values()]
    available = {language: sum(clip.language == language for clip in clips) for language in languages}
    shares = _shares(available, each * len(languages))
    drawn = {language: chosen(clips, [language], share)[language] for language, share in shares.items() if share}
    return {language: [fitting[clip.file] for clip in group] for language, group in drawn.items()}


def prepare(folder: Path, clip: Clip) -> Spoken | None:
    """Decode a clip and find its speech; None when that is not one utterance.

    Silero as faster-whisper runs it, without padding: the first start and the last end. The same is asked of the
    energy, which knows nothing of speech but everything of loudness; the report counts where the two disagree.
    """
    samples = np.asarray(decode_audio(str(clip.file), sampling_rate=SAMPLE_RATE), np.float32)
    followed = np.concatenate([samples, np.zeros(round(_AFTER * SAMPLE_RATE), np.float32)])
    stretches = get_speech_timestamps(
        followed, min_silence_duration_ms=_PAUSE_MS, min_speech_duration_ms=_SPEECH_MS, speech_pad_ms=0
    )
    pauses = [later["start"] - earlier["end"] for earlier, later in pairwise(stretches)]
    if not stretches or max(pauses, default=0) > LONGEST_PAUSE * SAMPLE_RATE:
        return None
    loud_from, loud_to = energy_bounds(samples)
    return Spoken(
        clip=clip,
        name=clip.file.relative_to(folder).as_posix(),
        pcm=np.round(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2"),
        onset=stretches[0]["start"] / SAMPLE_RATE,
        end=min(stretches[-1]["end"], samples.size) / SAMPLE_RATE,
        energy_onset=loud_from,
        energy_end=loud_to,
    )


def energy_bounds(samples: Samples) -> tuple[float, float]:
    """Seconds to the first and past the last 10 ms that are at most 35 dB below the loudest."""
    whole = samples[: samples.size // _FRAME * _FRAME].reshape(-1, _FRAME)
    level = 20 * np.log10(np.sqrt(np.mean(whole * whole, axis=1)) + 1e-9)
    loud = np.flatnonzero(level > level.max() - _BELOW_PEAK)
    return float(loud[0]) * 0.01, float(loud[-1] + 1) * 0.01


def _shares(available: dict[str, int], wanted: int) -> dict[str, int]:
    """How many of each: all of what is scarce, the rest shared evenly."""
    shares: dict[str, int] = {}
    for place, language in enumerate(sorted(available, key=lambda language: available[language])):
        shares[language] = min(available[language], -(-(wanted - sum(shares.values())) // (len(available) - place)))
    return {language: shares[language] for language in available}
