"""A microphone that is mute, and a sound server that stands still: told, and heard again. All the rest: tests/bench."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real import sounds
from tests.real.command import caption_line
from tests.real.consultation import TURNS
from tests.real.microphone import VirtualMicrophone
from tests.real.test_live import Listening, is_final
from tests.words import words

pytestmark = [pytest.mark.real, pytest.mark.microphone, pytest.mark.usefixtures("models")]

QUESTION = TURNS[2]


@pytest.fixture
def question(tmp_path: Path, demo_sound: sounds.Sound) -> Path:
    """One sentence of the consultation as a recording to play."""
    return sounds.write(tmp_path, "question", sounds.excerpt(demo_sound, QUESTION.start - 0.4, QUESTION.end + 0.3))


@pytest.fixture
def listening(virtual_microphone: VirtualMicrophone) -> Iterator[Listening]:
    """The pipeline on the virtual microphone, listening already."""
    running = Listening(virtual_microphone)
    try:
        running.until_event("Ready")
        yield running
    finally:
        if running.process.poll() is None:
            running.end()


def test_a_mute_microphone_is_told_until_something_is_heard(
    listening: Listening, virtual_microphone: VirtualMicrophone, question: Path
) -> None:
    listening.until_event("Mute")  # into a null sink nobody says anything, not even noise
    virtual_microphone.play(question)
    told = [json.loads(line).get("event") for line in listening.until_event("Mute")]
    *_, last = listening.until(is_final(1))
    assert "DeviceLost" not in told
    assert words(caption_line(last).text) == words(QUESTION.text)


def test_a_sound_server_that_stands_still_is_told_and_does_not_hold_anything_up(
    listening: Listening, virtual_microphone: VirtualMicrophone, question: Path
) -> None:
    virtual_microphone.signal(signal.SIGSTOP)
    try:
        listening.until_event("DeviceLost")
    finally:
        virtual_microphone.signal(signal.SIGCONT)
    listening.until_event("DeviceBack")
    virtual_microphone.play(question)
    *_, last = listening.until(is_final(1))
    assert words(caption_line(last).text) == words(QUESTION.text)
