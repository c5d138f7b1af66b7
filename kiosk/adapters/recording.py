"""A recording as a source: tests, the demo, bug reports. The only av (PyAV) import.

Decoded as a stream, so that two hours cost no more memory than a minute.
"""

from __future__ import annotations

import time
import wave
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final, Literal

import av
import numpy as np

from kiosk.disk import reason
from kiosk.errors import AudioFileError, EndOfAudio
from kiosk.framing import Framer
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Samples

Pace = Literal["fast", "real"]

_FRAME_SECONDS: Final = FRAME_SAMPLES / SAMPLE_RATE
_PAUSED_AFTER: Final = 0.5
_TOLERANCE: Final = 0.5
_STREAMED: Final = 2_000_000_000
_LEAST_RATE: Final = 4_000
"""Samples a second under which no speech is left. A header that says 1 made a hundred bytes into 200 MB of sound."""
_FORMATS: Final = "Formats acceptés : WAV, FLAC, OGG et MP3."


class Recording:
    """A WAV, FLAC, OGG or MP3 file of any rate and any number of channels.

    At pace "real" a frame is not handed out before it would have been spoken; after a pause the clock starts afresh.
    A file that breaks off in the middle is heard up to there, then fails.
    """

    def __init__(self, file: Path, pace: Pace = "fast") -> None:
        self._file = file
        self._pace = pace
        self._framer = Framer()
        self._blocks: Iterator[Samples] | None = None
        self._container: av.container.InputContainer | None = None
        self._due = 0.0

    @property
    def name(self) -> str:
        """The file's name."""
        return self._file.name

    @property
    def live(self) -> bool:
        """False: it ends."""
        return False

    def open(self) -> None:
        """Read the header. Opening what is open changes nothing. Raises AudioFileError."""
        if self._container is not None:
            return
        try:
            self._container = av.open(str(self._file), metadata_errors="ignore")
        except FileNotFoundError:
            raise AudioFileError(f"Le fichier {self._file} n'existe pas.") from None
        except (IsADirectoryError, PermissionError) as error:
            raise AudioFileError(f"Le fichier {self._file} ne peut pas être lu : {reason(error)}.") from None
        except (av.error.FFmpegError, OSError, ValueError):
            raise AudioFileError(f"{self._file} n'est pas un enregistrement sonore lisible.", _FORMATS) from None
        if not self._container.streams.audio:
            self.close()
            raise AudioFileError(f"{self._file} ne contient pas de son.", _FORMATS)
        self._blocks = self._decode(self._container)

    def read(self, timeout: float) -> AudioFrame | None:
        """The next frame; at real pace None when it is not due within `timeout`. Raises EndOfAudio, AudioFileError."""
        if self._pace == "real" and not self._wait(timeout):
            return None
        while (frame := self._framer.pop()) is None:
            block = self._next_block()
            if block is not None:
                self._framer.push(block)
            elif not self._framer.flush():
                raise EndOfAudio
        return frame

    def lost_samples(self) -> int:
        """Nothing is ever lost."""
        return 0

    def close(self) -> None:
        """Close the file."""
        if self._container is not None:
            self._container.close()
        self._container = self._blocks = None

    def _wait(self, timeout: float) -> bool:
        now = time.monotonic()
        # Much too late means that listening was paused: go on from now, don't catch up in a burst.
        due = now if now - self._due > _PAUSED_AFTER else self._due
        if due - now > timeout:
            time.sleep(timeout)
            return False
        time.sleep(max(0.0, due - now))
        self._due = due + _FRAME_SECONDS
        return True

    def _next_block(self) -> Samples | None:
        if self._blocks is None:
            raise RuntimeError("open() first")
        return next(self._blocks, None)

    def _decode(self, container: av.container.InputContainer) -> Iterator[Samples]:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
        heard = 0
        try:
            for decoded in chain(container.decode(audio=0), (None,)):
                if decoded is not None and decoded.sample_rate < _LEAST_RATE:
                    raise AudioFileError(f"{self._file} n'est pas un enregistrement de parole.", _FORMATS)
                for frame in resampler.resample(decoded):
                    heard += frame.samples
                    yield frame.to_ndarray().reshape(-1).astype(np.float32, copy=False)
        except (av.error.FFmpegError, OSError, ValueError):
            raise self._cut_short(heard / SAMPLE_RATE) from None
        if heard / SAMPLE_RATE < _promised(self._file, container) - _TOLERANCE:
            raise self._cut_short(heard / SAMPLE_RATE)
        if not heard:
            raise AudioFileError(f"{self._file} ne contient pas de son.", _FORMATS)

    def _cut_short(self, seconds: float) -> AudioFileError:
        if not seconds:
            return AudioFileError(f"{self._file.name} est endommagé : rien ne peut en être lu.", _FORMATS)
        return AudioFileError(
            f"{self._file.name} est endommagé ou coupé : le son s'arrête après {seconds:.1f} secondes.",
            "Ce qui précède a été traité.",
        )


def _promised(file: Path, container: av.container.InputContainer) -> float:
    """Seconds that the header promises; 0.0 where it only estimates them, or where a stream did not know."""
    if container.format.name == "flac" and container.duration:
        return container.duration / av.time_base
    if container.format.name == "wav":
        # FFmpeg tells what is there, not what the header says.
        try:
            with wave.open(str(file)) as header:
                seconds = header.getnframes() / header.getframerate()
                return seconds if header.getnframes() * header.getsampwidth() < _STREAMED else 0.0
        except (wave.Error, EOFError):
            return 0.0
    return 0.0
