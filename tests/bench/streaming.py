"""Plays speech to a system at the pace of a microphone, and notes when each of its words came back.

A system is a child process: PCM (16 kHz, mono, 16 bits) on its standard input, JSON lines on its standard output.
See systems/README.md for what it must print.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

from kiosk import paths
from kiosk.types import SAMPLE_RATE
from tests.bench.processes import ProcessTree, machine_cpu
from tests.bench.reference import Spoken
from tests.words import words

BLOCK: Final = SAMPLE_RATE // 50
BEFORE: Final = 1.5
AFTER_LEAST: Final = 2.5
AFTER_MOST: Final = 8.0
QUIET: Final = 1.5
"""Seconds without news after a final until the next clip begins."""

_LOADING: Final = 180.0
_ENDING: Final = 60.0
_PIPE_BYTES: Final = 1 << 20
_NOISE_LEVEL: Final = 8.0
"""RMS of the near silence in 16-bit steps, -72 dB: what a quiet room and a good microphone leave."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a system put on its screen: `arrived` on the monotonic clock, `at` in seconds of sound where it knows."""

    arrived: float
    final: bool
    text: str
    translation: str | None
    at: float | None


@dataclass(frozen=True, slots=True)
class Played:
    """A clip and the second of the stream at which its first sample stood."""

    spoken: Spoken
    start: float


@dataclass(frozen=True, slots=True)
class Session:
    """One stream through one system. `began` is its first sample on the monotonic clock of the lines."""

    began: float
    seconds: float
    played: tuple[Played, ...]
    lines: tuple[Line, ...]
    cpu: float
    elsewhere: float
    """Cores that other programs kept busy meanwhile: the figures are only worth something where this is small."""
    peak_megabytes: float


class System:
    """A system's process from its start until it has loaded its models, then to its end."""

    def __init__(self, command: Sequence[str]) -> None:
        offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            command,
            bufsize=0,
            cwd=paths.ROOT,
            env={**os.environ, **offline},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input: IO[bytes] = self._process.stdin
        # A microphone does not wait: what a busy system has not read yet must fit into the pipe.
        fcntl.fcntl(self._input, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._ready = threading.Event()
        self.lines: list[Line] = []
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), name="reader", daemon=True)
        self._reader.start()
        self.tree = ProcessTree(self._process.pid)

    def wait_until_ready(self) -> None:
        """Until the models are loaded. Ends the benchmark if that never happens."""
        deadline = time.monotonic() + _LOADING
        while not self._ready.wait(0.1):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise SystemExit(f"{self._process.args}: not ready")

    def write(self, block: bytes) -> None:
        """Sound that has just been said. Ends the benchmark if the system has gone."""
        try:
            self._input.write(block)
        except BrokenPipeError:
            raise SystemExit(f"{self._process.args}: ended too early") from None

    def finish(self) -> float:
        """Close its input, wait for its last captions and its end; its CPU seconds since it was started."""
        self._input.close()
        deadline = time.monotonic() + _ENDING
        while True:
            self.tree.cpu()
            number, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            if number:
                break
            if time.monotonic() > deadline:
                self.kill()
            time.sleep(0.05)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if self._process.returncode:
            print(f"{self._process.args}: ended with {self._process.returncode}", file=sys.stderr)
        self.tree.stop()
        self._reader.join(5)
        # What was waited for and what was seen alive differ where a descendant was left behind.
        return max(usage.ru_utime + usage.ru_stime, self.tree.last_cpu)

    def kill(self) -> None:
        """End it and its descendants at once, if they still live."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _read(self, output: IO[bytes]) -> None:
        for raw in output:
            arrived = time.monotonic()
            try:
                entry = json.loads(raw)
                kind = entry["kind"]
            except (ValueError, TypeError, KeyError):  # a library's own chatter
                continue
            if kind == "ready":
                self._ready.set()
            elif kind in {"partial", "final"}:
                line = Line(arrived, kind == "final", entry["text"], entry.get("translation"), entry.get("at"))
                self.lines.append(line)


@dataclass(slots=True)
class Microphone:
    """Writes sound as it would be spoken, against the clock: a block that is late does not delay the next."""

    system: System
    began: float
    _noise: np.random.Generator = field(default_factory=lambda: np.random.default_rng(20))
    _blocks: int = 0

    @property
    def seconds(self) -> float:
        """How much was said."""
        return self._blocks * BLOCK / SAMPLE_RATE

    def say(self, pcm: NDArray[np.int16]) -> None:
        """Play a clip; its last block is filled up with near silence."""
        missing = -len(pcm) % BLOCK
        whole = np.concatenate([pcm, self._silence(missing)]) if missing else pcm
        for begin in range(0, len(whole), BLOCK):
            self._block(whole[begin : begin + BLOCK])

    def be_quiet(self, seconds: float) -> None:
        """Play near silence."""
        for _ in range(round(seconds * SAMPLE_RATE / BLOCK)):
            self._block(self._silence(BLOCK))

    def _silence(self, samples: int) -> NDArray[np.int16]:
        return np.round(self._noise.normal(0.0, _NOISE_LEVEL, samples)).astype("<i2")

    def _block(self, samples: NDArray[np.int16]) -> None:
        self._blocks += 1
        # Sound can be handed out once it has been spoken, not before.
        time.sleep(max(0.0, self.began + self.seconds - time.monotonic()))
        self.system.write(samples.tobytes())


def play(command: Sequence[str], clips: Sequence[Spoken]) -> Session:
    """Play every clip of a language to a fresh process in one continuous stream."""
    system = System(command)
    try:
        system.wait_until_ready()
        cpu_ready, machine_ready, own_ready = system.tree.cpu(), machine_cpu(), time.process_time()
        began = time.monotonic()
        microphone = Microphone(system, began)
        microphone.be_quiet(BEFORE)
        played = []
        for spoken in clips:
            played.append(Played(spoken, microphone.seconds))
            microphone.say(spoken.pcm)
            _listen(microphone, began + played[-1].start + spoken.onset)
        seconds = microphone.seconds
        cpu = system.finish() - cpu_ready
    finally:
        system.kill()
    others = machine_cpu() - machine_ready - cpu - (time.process_time() - own_ready)
    return Session(
        began=began,
        seconds=seconds,
        played=tuple(played),
        lines=tuple(system.lines),
        cpu=cpu,
        elsewhere=max(0.0, others / (time.monotonic() - began)),
        peak_megabytes=system.tree.peak_megabytes,
    )


def _listen(microphone: Microphone, onset: float) -> None:
    """Near silence until the system has said its last about the clip, but neither too short nor for ever.

    It has when a final has come since the onset, no provisional words stand behind the last one, and all is quiet.
    """
    begin = microphone.seconds
    while (waited := microphone.seconds - begin) < AFTER_MOST:
        lines = microphone.system.lines
        if waited >= AFTER_LEAST and lines and time.monotonic() - lines[-1].arrived >= QUIET:
            pending = not lines[-1].final and words(lines[-1].text)
            if not pending and any(line.final and line.arrived >= onset and words(line.text) for line in lines):
                return
        microphone.be_quiet(BLOCK / SAMPLE_RATE)
