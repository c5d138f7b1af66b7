"""What faults are tried on: a virtual room in which recordings are said, and the pipeline listening to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz

from tests.real import consultation, sounds
from tests.real.microphone import SINK, VirtualMicrophone
from tests.words import word_error_rate, words

ENOUGH: Final = 60.0
"""Seconds for models to load, or for a caption to come after it was said, on a busy machine."""

UNTIL_NOTICED: Final = 10.0
"""Seconds after which a fault counts as unnoticed, or as not overcome."""

ALIKE: Final = 0.35
"""Word error rate up to which a caption is what was said: Whisper base on clear speech."""

WHOLE, CUT = consultation.TURNS[2], consultation.TURNS[6]
"""What is said before and after a fault; and what the fault falls into."""

CUT_AFTER: Final = 2.0
"""Seconds of CUT that are said before the fault: « Vous avez bien fait. » and a little more."""

PAUSE: Final = 0.8
"""Seconds between two who speak, as in the consultation."""

BEGINNING: Final = "vous avez bien fait"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row of the table. `lost`: finals that are missing, of those that were said where they could be heard.

    `noticed` and `back`: seconds, or None where it did not happen; a word where there was nothing to notice.
    """

    fault: str
    noticed: float | str | None
    back: float | str | None
    lost: int | str
    said: int
    how: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An event, and when it came: `time.monotonic()`."""

    at: float
    name: str
    fields: Mapping[str, Any]


class Room(VirtualMicrophone):
    """A virtual microphone in a room that is never digitally silent."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        del self.environment["PULSE_SOURCE"]  # the default source is what some faults change
        self.environment["KIOSK_SPEECH_MODEL"] = "base"
        # Without it null sinks hand sound out in pieces of up to 2 s.
        self.environment["PULSE_LATENCY_MSEC"] = "40"
        self._noise: list[subprocess.Popen[bytes]] = []
        self._hiss = sounds.write(folder, "hiss", sounds.noise(600, rms=0.0005))

    def plug(self, name: str = SINK) -> None:
        """Make the microphone appear, with the noise of a quiet room, and be the default one."""
        self.module = self.pactl("load-module", "module-null-sink", f"sink_name={name}", "rate=16000", "channels=1")
        self.pactl("set-default-source", f"{name}.monitor")
        self.hiss(name)

    def hiss(self, name: str) -> None:
        """A quiet room before the microphone of this name."""
        self._noise.append(self.start_playing(self._hiss, name))

    def unplug(self) -> None:
        """Make the microphone vanish."""
        self.pactl("unload-module", self.module)

    def start_playing(self, file: Path, name: str = SINK) -> subprocess.Popen[bytes]:
        """Say a recording; returns at once."""
        return subprocess.Popen(
            ["paplay", "--latency-msec=40", f"--device={name}", str(file)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def pactl(self, *arguments: str) -> str:
        """What pactl answers."""
        return self._pactl(*arguments).strip()

    @property
    def server(self) -> subprocess.Popen[bytes]:
        """The sound server."""
        assert self._server is not None
        return self._server

    def stop(self) -> None:
        """End the sound server and what plays into it."""
        for playing in self._noise:
            playing.kill()
            playing.wait()
        super().stop()


class Listening:
    """`tests.bench.faults_child` as a process: what it tells, and when."""

    def __init__(self, environment: Mapping[str, str], before: tuple[str, ...] = ()) -> None:
        self.process = subprocess.Popen(
            [*before, sys.executable, "-m", "tests.bench.faults_child"],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.told: list[Told] = []
        self._new = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def first(self, wanted: Callable[[Told], bool], since: float, timeout: float) -> Told | None:
        """The first event after `since` that is wanted, if it comes within `timeout` seconds from now."""
        end = time.monotonic() + timeout
        with self._new:
            while True:
                for told in self.told:
                    if told.at >= since and wanted(told):
                        return told
                if (left := end - time.monotonic()) <= 0:
                    return None
                self._new.wait(left)

    def finals(self, since: float) -> list[str]:
        """What was settled since."""
        with self._new:
            return [told.fields["text"] for told in self.told if told.at >= since and told.fields.get("final")]

    def command(self, line: str) -> None:
        """Tell the process something."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self) -> int | None:
        """Tell it to stop; its exit code, None when it had to be killed."""
        assert self.process.stdin is not None
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                return self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        return None

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            fields = json.loads(line)
            with self._new:
                self.told.append(Told(time.monotonic(), fields["event"], fields))
                self._new.notify_all()
        with self._new:
            self.told.append(Told(time.monotonic(), "Ended", {}))
            self._new.notify_all()


@dataclass
class Rig:
    """A room and who listens in it."""

    room: Room
    listening: Listening
    files: dict[int, Path] = field(default_factory=dict)

    def say(self, turn: consultation.Turn, sink: str = SINK) -> subprocess.Popen[bytes]:
        """Begin to say a turn of the consultation."""
        return self.room.start_playing(self.files[turn.id], sink)

    def hears(self, sink: str = SINK, patience: float = 15.0) -> bool:
        """Say WHOLE; whether it is settled as it was said."""
        time.sleep(PAUSE)
        since = time.monotonic()
        self.say(WHOLE, sink).wait()
        return self.listening.first(is_final_of(WHOLE.text), since, patience) is not None

    def settled_beginning(self, since: float) -> bool:
        """Whether what was said of CUT before the fault is settled."""

        def begins(told: Told) -> bool:
            return bool(told.fields.get("final")) and words(told.fields["text"]).startswith(BEGINNING)

        return self.listening.first(begins, since, 15.0) is not None


def missing(turns: Sequence[consultation.Turn], finals: Sequence[str]) -> int:
    """How many of the turns are not in the captions, of which one may hold two."""
    heard = words(" ".join(finals))
    return sum(fuzz.partial_ratio(words(turn.text), heard) < 100 * (1 - ALIKE) for turn in turns)


def is_final_of(text: str) -> Callable[[Told], bool]:
    """Whether an event is the final caption of this text."""

    def wanted(told: Told) -> bool:
        return bool(told.fields.get("final")) and word_error_rate([text], [told.fields["text"]]) <= ALIKE

    return wanted


def is_event(*names: str, **fields: object) -> Callable[[Told], bool]:
    """Whether an event has one of these names, and these fields."""
    return lambda told: told.name in names and all(told.fields.get(key) == value for key, value in fields.items())


LOST: Final = is_event("DeviceLost")
BACK: Final = is_event("DeviceBack")


@contextmanager
def rig(
    before: Callable[[Room], tuple[str, ...]] = lambda _: (),
    prepare: Callable[[Room], object] = lambda _: None,
    **environment: str,
) -> Iterator[Rig]:
    """A room with the pipeline listening in it. `before` starts its process; `prepare` is done to the room first."""
    with tempfile.TemporaryDirectory(prefix="kiosk-") as name:
        room = Room(Path(name))
        room.start()
        listening = None
        try:
            prepare(room)
            demo = sounds.read(consultation.RECORDING)
            files = {
                turn.id: sounds.write(
                    room.folder, f"turn{turn.id}", sounds.excerpt(demo, turn.start - 0.3, turn.end + 0.3)
                )
                for turn in consultation.TURNS
            }
            listening = Listening(room.environment | environment, before(room))
            if listening.first(is_event("Ready", "DeviceBack"), 0.0, ENOUGH) is None:
                raise RuntimeError("the pipeline did not begin to listen")
            yield Rig(room, listening, files)
        finally:
            if listening is not None:
                listening.end()
            room.stop()


def interrupted(
    rig: Rig,
    fault: tuple[str, str],
    inject: Callable[[], object],
    undo: Callable[[], object] | None,
    marks: tuple[Callable[[Told], bool], Callable[[Told], bool]] = (LOST, BACK),
    *,
    hold: float = 4.0,
    sink: str = SINK,
) -> Outcome:
    """Say something, then break in upon something else, mend it after `hold` seconds, and say something again.

    `fault`: its name and how it is made. `inject` may return when the fault can first be noticed, by
    `time.monotonic()`; otherwise that is when it is called. `marks`: what shows that it is noticed, and that it is
    over. `sink`: where the last thing is said.
    """
    name, how = fault
    is_noticed, is_back = marks
    before = rig.hears()
    started = time.monotonic()
    saying = rig.say(CUT)
    time.sleep(CUT_AFTER)
    broken = time.monotonic()
    moment = inject()
    broken = moment if isinstance(moment, float) else broken
    noticed = rig.listening.first(is_noticed, broken, UNTIL_NOTICED)
    mended = broken
    if undo is not None:
        time.sleep(max(0.0, broken + hold - time.monotonic()))
        mended = time.monotonic()
        undo()
    back = rig.listening.first(is_back, broken if noticed is None else noticed.at, UNTIL_NOTICED)
    saying.kill()
    saying.wait()
    beginning = rig.settled_beginning(started)
    after = rig.hears(sink)
    return Outcome(
        name,
        noticed and round(noticed.at - broken, 1),
        back and round(max(0.0, back.at - mended), 1),
        [before, beginning, after].count(False),
        3,
        how,
    )


def write_group(kind: str, name: str, value: str) -> None:
    """Set a file of a control group (version 1) of this suite."""
    (group(kind) / name).write_text(value)


def group(kind: str) -> Path:
    """The suite's own control group of a kind; made when it is first asked for."""
    folder = Path("/sys/fs/cgroup") / kind / f"kiosk-faults-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    return folder


def can_group(kind: str) -> bool:
    """Whether control groups of this kind (version 1) can be made here."""
    try:
        return (group(kind) / "cgroup.procs").exists()
    except OSError:
        return False


def drop_groups() -> None:
    """Remove those that were made."""
    for folder in Path("/sys/fs/cgroup").glob(f"*/kiosk-faults-{os.getpid()}"):
        folder.rmdir()
