"""Blocks of any length to frames of 512 samples."""

from __future__ import annotations

from collections import deque

import numpy as np

from kiosk.types import FRAME_SAMPLES, AudioFrame, Samples


class Framer:
    """Cuts what a source delivers into numbered frames. Numbers go on through `flush`, as audio time does."""

    def __init__(self) -> None:
        self._ready: deque[AudioFrame] = deque()
        self._rest: Samples = np.zeros(0, np.float32)
        self._index = 0

    def push(self, samples: Samples) -> None:
        """Add sound, shape (n,)."""
        samples = np.concatenate([self._rest, samples])
        whole = samples.size - samples.size % FRAME_SAMPLES
        for start in range(0, whole, FRAME_SAMPLES):
            # A copy, or a frame kept for an utterance would keep the whole block.
            self._ready.append(AudioFrame(samples[start : start + FRAME_SAMPLES].copy(), self._index))
            self._index += 1
        self._rest = samples[whole:]

    def flush(self) -> bool:
        """Fill the last frame with silence, so that its beginning is not lost; False when nothing was left."""
        if not self._rest.size:
            return False
        self.push(np.zeros(FRAME_SAMPLES - self._rest.size, np.float32))
        return True

    def skip(self, samples: int) -> None:
        """Let audio time pass that was not heard, and forget what was half heard."""
        self._index += samples // FRAME_SAMPLES
        self._rest = np.zeros(0, np.float32)

    def pop(self) -> AudioFrame | None:
        """The next whole frame, if there is one."""
        return self._ready.popleft() if self._ready else None
