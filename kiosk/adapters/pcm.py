"""Raw sound on a pipe as a source: 16 kHz, mono, signed 16-bit little-endian, as `arecord -t raw` gives."""

from __future__ import annotations

import os
import select
from typing import Final

import numpy as np

from kiosk.errors import EndOfAudio
from kiosk.framing import Framer
from kiosk.types import FRAME_SAMPLES, AudioFrame

_BLOCK_BYTES: Final = 2 * FRAME_SAMPLES * 8


class PcmPipe:
    """Reads a file descriptor, usually standard input, without blocking for longer than it is told."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._framer = Framer()
        self._odd = b""

    @property
    def name(self) -> str:
        """What a person calls it."""
        return "entrée standard"

    @property
    def live(self) -> bool:
        """False: it ends."""
        return False

    def open(self) -> None:
        """Nothing to do: the pipe is there."""

    def read(self, timeout: float) -> AudioFrame | None:
        """The next frame; None when the pipe gave too little within `timeout`. Raises EndOfAudio."""
        frame = self._framer.pop()
        if frame is not None:
            return frame
        if not select.select([self._descriptor], [], [], timeout)[0]:
            return None
        data = os.read(self._descriptor, _BLOCK_BYTES)
        if not data:
            if not self._framer.flush():
                raise EndOfAudio
            return self._framer.pop()
        data = self._odd + data
        whole = len(data) - len(data) % 2
        self._odd = data[whole:]
        self._framer.push(np.frombuffer(data[:whole], "<i2").astype(np.float32) / 32768.0)
        return self._framer.pop()

    def lost_samples(self) -> int:
        """A pipe waits for its reader: nothing is lost."""
        return 0

    def close(self) -> None:
        """The descriptor belongs to whoever opened it."""
