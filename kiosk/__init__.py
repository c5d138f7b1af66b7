"""Offline two-way captions for family consultations."""

import os
from typing import Final

__version__: Final = "0.1.0"

# ONNX Runtime 1.29 and later looks up a server of its maker, sends it events about each session and keeps an identifier
# of the machine (~/.cache/Microsoft), in native code, unless this stands before it is imported (its Privacy.md).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# numpy's OpenBLAS would share the small products of Whisper's features between all cores, whose threads wait for one
# another in busy loops: on 2 cores ten French utterances took 45 seconds of processor instead of 31, and no less time.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

# oneDNN, which computes Whisper on processors that are not Intel's, keeps what it prepares for each of the last 1024
# shapes. Every window has its own: after 400 of them 439 MB were in use instead of 200, for no time saved.
os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] = "0"
