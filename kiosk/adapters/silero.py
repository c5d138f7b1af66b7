"""Voice detection by Silero VAD v6, whose ONNX file comes with faster-whisper. The only onnxruntime import."""

from __future__ import annotations

from importlib import resources
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kiosk.errors import ModelDamaged
from kiosk.types import FRAME_SAMPLES, Samples

_CONTEXT: Final = 64
_STATE: Final = (1, 1, 128)


class SileroDetector:
    """Silero VAD, streaming.

    The network wants each 512-sample window preceded by the last 64 samples of the one before, and carries an LSTM
    state of two (1, 1, 128) arrays. faster-whisper's own helper starts both afresh at every call, so it cannot stream.
    """

    def __init__(self) -> None:
        self._session: onnxruntime.InferenceSession | None = None
        self._hidden: NDArray[np.float32]
        self._cell: NDArray[np.float32]
        self._context: Samples
        self.reset()

    def load(self) -> None:
        """Read the network. Raises ModelDamaged."""
        if self._session is not None:
            return
        options = onnxruntime.SessionOptions()
        # One window costs 0.05 ms on one core: more threads would only spin.
        options.inter_op_num_threads = 1
        options.intra_op_num_threads = 1
        options.log_severity_level = 4
        file = resources.files("faster_whisper") / "assets" / "silero_vad_v6.onnx"
        try:
            self._session = onnxruntime.InferenceSession(
                file.read_bytes(), providers=["CPUExecutionProvider"], sess_options=options
            )
        except (OSError, RuntimeError) as error:
            raise ModelDamaged(
                "Le détecteur de voix (silero_vad_v6.onnx) est absent ou endommagé.", "Relancez ./install.sh."
            ) from error

    def probability(self, samples: Samples) -> float:
        """Probability in [0, 1] that this window, shape (512,), is speech."""
        if self._session is None:
            raise RuntimeError("load() first")
        window = np.concatenate([self._context, samples])[np.newaxis, :]
        output, self._hidden, self._cell = self._session.run(
            None, {"input": window, "h": self._hidden, "c": self._cell}
        )
        self._context = samples[FRAME_SAMPLES - _CONTEXT :]
        return float(output.item())

    def reset(self) -> None:
        """Forget what was heard."""
        self._hidden = np.zeros(_STATE, np.float32)
        self._cell = np.zeros(_STATE, np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
