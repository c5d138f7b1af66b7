"""PortAudio ends the whole process where ALSA's configuration is missing: that is noticed before."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import alsa
from kiosk.alsa import check_alsa


def has_alsa() -> bool:
    try:
        ctypes.CDLL("libasound.so.2")
    except OSError:
        return False
    return sys.platform == "linux" and Path("/usr/share/alsa/alsa.conf").exists()


@pytest.mark.skipif(not has_alsa(), reason="ALSA is not installed")
@pytest.mark.parametrize("content", [None, "", "pcm.!default {"], ids=["missing", "empty", "broken"])
def test_devices_says_what_is_wrong_where_portaudio_would_abort(content: str | None, tmp_path: Path) -> None:
    file = tmp_path / "alsa.conf"
    if content is not None:
        file.write_text(content)
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "devices"],
        env=os.environ | {"ALSA_CONFIG_PATH": str(file), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    cause, remedy = done.stderr.splitlines()
    assert "ALSA" in cause
    assert "ALSA_CONFIG_PATH" in remedy
    assert done.stdout == ""


def test_a_machine_without_alsa_has_no_use_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alsa, "_LIBRARY", "libasound-that-is-not-there.so")
    check_alsa()
    monkeypatch.setattr(sys, "platform", "darwin")
    check_alsa()
