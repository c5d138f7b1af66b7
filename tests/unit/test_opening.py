"""Opening a conversation keeps the screen waiting for nothing that could have been done before."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kiosk import build
from kiosk.config import Config, SpeechConfig
from kiosk.pipeline import PipelineConfig
from kiosk.types import Room

_PROGRAM = """
import sys
from kiosk import build
from kiosk.config import Config
from kiosk.types import Room

if "warm" in sys.argv:
    build.warm(Config())
before = set(sys.modules)
build.session_opener(Config(), None)(Room("fr", "en"), lambda event: None)
print(*sorted({name.partition(".")[0] for name in set(sys.modules) - before}))
"""


def _imported(*arguments: str) -> list[str]:
    """What the first conversation of a process has to import."""
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments], capture_output=True, text=True, timeout=120, check=True
    )
    return ran.stdout.split()


def test_once_warm_the_first_conversation_imports_nothing() -> None:
    assert {"faster_whisper", "onnxruntime", "soxr"} <= set(_imported())
    assert _imported("warm") == []


@pytest.mark.parametrize(("partials", "every"), [("on", build.PARTIAL_EVERY), ("off", 0.0)])
def test_a_conversation_shows_words_before_their_end_only_where_the_settings_say_so(
    partials: str, every: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[PipelineConfig] = []
    monkeypatch.setattr(build, "Pipeline", lambda parts, room, config, emit: made.append(config))

    build.session_opener(Config(speech=SpeechConfig(partials=partials)), None)(Room("fr", "en"), lambda event: None)

    assert made[0].listener.partial_every == every
    assert made[0].captioner.review, "whoever has a screen can compare, whatever it shows while people speak"
