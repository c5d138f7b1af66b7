"""A recording of two hours costs no more memory than one of a minute."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.types import SAMPLE_RATE

pytestmark = pytest.mark.real

# In a process of its own, since the peak of this one tells of every test before. Prints frames, then growth in bytes.
DRAIN = """
import resource, sys
from pathlib import Path
from kiosk.adapters.recording import Recording
from kiosk.errors import EndOfAudio

peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
source = Recording(Path(sys.argv[1]))
source.open()
frames, early = 0, 0
try:
    while (frame := source.read(1.0)) is not None:
        frames += 1
        if frames == 2_000:
            early = peak()
except EndOfAudio:
    pass
source.close()
print(frames, (peak() - early) * (1 if sys.platform == "darwin" else 1024))
"""


def test_two_hours_are_read_in_constant_memory(tmp_path: Path) -> None:
    file = two_hours(tmp_path)

    done = subprocess.run([sys.executable, "-c", DRAIN, str(file)], capture_output=True, text=True, check=True)

    frames, growth = map(int, done.stdout.split())
    assert frames == 2 * 3600 * SAMPLE_RATE // 512
    # The samples alone would be 230 MB as they lie in the file, 460 MB as float32.
    assert growth < 8_000_000


def two_hours(folder: Path) -> Path:
    """A WAV file of silence that takes no room on the disk: a header, then a hole."""
    size = 2 * 3600 * SAMPLE_RATE * 2
    fmt = b"".join(
        number.to_bytes(width, "little")
        for number, width in ((1, 2), (1, 2), (SAMPLE_RATE, 4), (SAMPLE_RATE * 2, 4), (2, 2), (16, 2))
    )
    header = b"RIFF" + (36 + size).to_bytes(4, "little") + b"WAVE" + b"fmt " + len(fmt).to_bytes(4, "little") + fmt
    header += b"data" + size.to_bytes(4, "little")
    file = folder / "deux-heures.wav"
    with file.open("wb") as stream:
        stream.write(header)
        stream.truncate(len(header) + size)
    return file
