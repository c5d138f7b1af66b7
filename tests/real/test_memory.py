"""What recognition keeps in memory. A process of its own: others have theirs full already."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = [pytest.mark.real, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]

WINDOWS = 40
MOST_GROWTH = 15
"""MB. Without what `kiosk/__init__.py` tells oneDNN: 67 on an AMD processor; on Intel's, where it is not used, none."""

_PROGRAM = f"""
from pathlib import Path
from kiosk import installed
from kiosk.adapters.whisper import WhisperTranscriber
from kiosk.allocator import give_memory_back
from kiosk.settings import load_config

config = load_config(options={{"speech.model": "base"}})
whisper = WhisperTranscriber(lambda: installed.model_store(config).whisper("base"), config.speech)
whisper.load()

def resident():
    give_memory_back()
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]) // 1024

whisper.encode_silence(12.0)
before = resident()
for window in range({WINDOWS}):
    whisper.encode_silence(7.0 + window * 0.1)
print(resident() - before)
"""


def test_windows_of_many_sizes_leave_nothing_behind() -> None:
    ran = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=300, check=True)
    assert int(ran.stdout) < MOST_GROWTH
