"""The live path: sound played into a virtual microphone, through sounddevice and the pipeline, and through the app."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.real import sounds
from tests.real.command import KIOSK, PATIENCE, CaptionLine, caption_line
from tests.real.consultation import TURNS
from tests.real.microphone import VirtualMicrophone
from tests.real.terminal import Terminal
from tests.words import word_error_rate, words

pytestmark = [pytest.mark.real, pytest.mark.microphone, pytest.mark.usefixtures("models")]

SAID: Final = TURNS[:4]
ENOUGH: Final = 60.0
"""Seconds for models to load, or for a caption to come after it was said, on a busy machine."""


class Listening:
    """`tests.real.listen` as a process: what it tells, line by line."""

    def __init__(self, microphone: VirtualMicrophone) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.real.listen"],
            env=microphone.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # ALSA complains there of every card that is not
            text=True,
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def until(self, wanted: Callable[[str], bool]) -> list[str]:
        """Every line up to and with the first wanted one."""
        lines: list[str] = []
        while not lines or not wanted(lines[-1]):
            lines.append(self._lines.get(timeout=ENOUGH))
        return lines

    def until_event(self, name: str) -> list[str]:
        """Every line up to and with this event."""
        return self.until(lambda line: json.loads(line).get("event") == name)

    def end(self) -> int:
        """Tell it to stop; its exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)


@pytest.fixture
def first_turns(tmp_path: Path, demo_sound: sounds.Sound) -> Path:
    """The first four turns of the consultation as a recording to play."""
    return sounds.write(tmp_path, "turns", sounds.excerpt(demo_sound, 0, SAID[-1].end + 0.3))


@pytest.fixture
def listening(virtual_microphone: VirtualMicrophone) -> Iterator[Listening]:
    """The pipeline on the virtual microphone, listening already."""
    running = Listening(virtual_microphone)
    try:
        running.until_event("Ready")
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.end()


def test_what_is_said_into_a_microphone_is_captioned(
    listening: Listening, virtual_microphone: VirtualMicrophone, first_turns: Path
) -> None:
    virtual_microphone.play(first_turns)
    lines = listening.until(is_final(len(SAID)))
    code = listening.end()

    captions = [caption_line(line) for line in lines if "text" in json.loads(line)]
    finals = [caption for caption in captions if caption.final]
    assert code == 0
    assert [caption.language for caption in finals] == [turn.language for turn in SAID]
    assert word_error_rate([turn.text for turn in SAID], [caption.text for caption in finals]) < 0.15
    assert_timed_as_said(finals)
    assert_partials_come_first(captions)


def test_a_microphone_that_vanishes_is_told_and_heard_again_when_it_is_back(
    listening: Listening, virtual_microphone: VirtualMicrophone, tmp_path: Path, demo_sound: sounds.Sound
) -> None:
    question = TURNS[2]
    file = sounds.write(tmp_path, "question", sounds.excerpt(demo_sound, question.start - 0.4, question.end + 0.3))

    virtual_microphone.unplug()
    try:
        listening.until_event("DeviceLost")
    finally:
        virtual_microphone.plug()
    listening.until_event("DeviceBack")
    virtual_microphone.play(file)
    *_, last = listening.until(is_final(1))

    assert words(caption_line(last).text) == words(question.text)
    assert listening.end() == 0


def test_the_app_shows_what_is_said(
    tmux: str, virtual_microphone: VirtualMicrophone, tmp_path: Path, first_turns: Path
) -> None:
    terminal = Terminal(tmux, tmp_path / "tmux", virtual_microphone.environment)
    try:
        terminal.open(*KIOSK, "run", "--languages", "fr,en")
        terminal.wait_for("The machine can make mistakes", ENOUGH)
        terminal.press("1")
        terminal.wait_for("Écoute", ENOUGH)

        virtual_microphone.play(first_turns)

        for phrase in ("petite fille", "is better today", "température", "38.5"):
            terminal.wait_for(phrase, ENOUGH)
        terminal.press("C-q")
        assert terminal.exit_code() == 0
    finally:
        terminal.close()


def is_final(number: int) -> Callable[[str], bool]:
    """Whether a line is the `number`th final caption to come."""
    seen = 0

    def wanted(line: str) -> bool:
        nonlocal seen
        fields: dict[str, Any] = json.loads(line)
        seen += fields.get("final") is True
        return seen == number

    return wanted


def assert_timed_as_said(finals: list[CaptionLine]) -> None:
    """Turns lie as far apart as they were said: no sound was lost between them."""
    for (one, said_one), (two, said_two) in zip(
        zip(finals, SAID, strict=True), zip(finals[1:], SAID[1:], strict=True), strict=False
    ):
        assert two.start - one.start == pytest.approx(said_two.start - said_one.start, abs=0.4)


def assert_partials_come_first(captions: list[CaptionLine]) -> None:
    """A caption grows by partials under its id, and nothing follows its final."""
    assert any(not caption.final for caption in captions)
    settled: set[int] = set()
    for caption in captions:
        assert caption.id not in settled
        if caption.final:
            settled.add(caption.id)
