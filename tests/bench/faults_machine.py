"""Faults of the machine: sleep, its clock, its processor, its memory, and model files that are deleted."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from kiosk import paths
from tests.bench.faults_rig import (
    CUT,
    CUT_AFTER,
    PAUSE,
    WHOLE,
    Outcome,
    Room,
    Told,
    interrupted,
    is_event,
    missing,
    rig,
    write_group,
)
from tests.real import consultation

FAKETIME: Final = "libfaketime.so.1"
SLEEP: Final = 6.0
DAY: Final = 86_400.0
NOTHING: Final = "nothing to notice"
HOG: Final = "while True: pass"


def suspended() -> Iterator[Outcome]:
    """The process stands still while the world goes on, and the clock that counts sleep moved meanwhile."""
    with rig() as here:
        write_group("freezer", "cgroup.procs", str(here.listening.process.pid))

        def sleep() -> float:
            write_group("freezer", "freezer.state", "FROZEN")
            time.sleep(SLEEP)
            here.listening.command(f"slept {SLEEP}")
            write_group("freezer", "freezer.state", "THAWED")
            return time.monotonic()

        yield interrupted(
            here,
            ("suspend and resume", f"freezer cgroup for {SLEEP:.0f} s, and that much more on the clock of sleep"),
            sleep,
            None,
            (is_event("DeviceLost"), is_event("DeviceBack")),
        )


def clock_jumps() -> Iterator[Outcome]:
    """The time of day jumps a day ahead, then two back, in the middle of a sentence."""
    library = next(Path("/usr/lib").glob(f"*/faketime/{FAKETIME}"))
    with rig(prepare=lambda room: set_clock(room, "+0"), before=fake_time(library)) as here:
        here.hears()
        for days in (1, -1):
            saying = here.say(CUT)
            time.sleep(CUT_AFTER)
            set_clock(here.room, f"{days:+d}d")
            asked = time.monotonic()
            here.listening.command("clock")
            seen = here.listening.first(is_event("Clock"), asked, 5.0)
            if seen is None or abs(seen.fields["time"] - time.time() - days * DAY) > 60:
                raise RuntimeError("the time of day did not jump")
            saying.wait()
            here.hears()
        said = (WHOLE, CUT, WHOLE, CUT, WHOLE)
        lost = missing(said, here.listening.finals(0.0))
        trouble = here.listening.first(is_event("DeviceLost", "Warned", "Failure"), 0.0, 0.0)
        yield Outcome(
            "clock jumps a day ahead, two back",
            NOTHING,
            NOTHING if trouble is None else None,
            lost,
            len(said),
            "libfaketime, time of day only",
        )


def fake_time(library: Path) -> Callable[[Room], tuple[str, ...]]:
    """What starts a process whose time of day the file « clock » of the room moves."""
    return lambda room: (
        "env",
        f"LD_PRELOAD={library}",
        f"FAKETIME_TIMESTAMP_FILE={room.folder / 'clock'}",
        "FAKETIME_NO_CACHE=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
    )


def set_clock(room: Room, offset: str) -> None:
    """Move the time of day of what `fake_time` started."""
    (room.folder / "clock").write_text(offset + "\n")


def models_deleted() -> Iterator[Outcome]:
    """Every file of the models is deleted while they are in use; then the program is started again."""
    with rig(prepare=copy_models, before=models_of) as here:
        folder = here.room.folder / "models"
        before = here.hears()
        shutil.rmtree(folder)
        after = here.hears()
        since = time.monotonic()
        here.say(CUT).wait()
        cut = here.listening.first(lambda told: bool(told.fields.get("final")), since, 15.0) is not None
        trouble = here.listening.first(is_event("DeviceLost", "Warned", "Failure"), 0.0, 0.0)
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "caption", str(consultation.RECORDING), "--languages", "fr,en"],
            env=here.room.environment | {"KIOSK_MODELS_DIR": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        told = done.returncode == 1 and "kiosk models pull" in done.stderr
        yield Outcome(
            "model files deleted while in use",
            "at the next start" if told else None,
            NOTHING if trouble is None else None,
            [before, after, cut].count(False),
            3,
            "every file of the models removed after they were loaded",
            done.stderr.splitlines()[0].removeprefix("kiosk : ").replace(str(folder), "…/models"),
        )


def copy_models(room: Room) -> None:
    """Models of the room's own."""
    shutil.copytree(paths.ROOT / "models", room.folder / "models", ignore=shutil.ignore_patterns("downloads"))


def models_of(room: Room) -> tuple[str, ...]:
    """What starts a process that uses them."""
    return ("env", f"KIOSK_MODELS_DIR={room.folder / 'models'}")


def memory_short() -> Iterator[Outcome]:
    """The system refuses any more memory, which CTranslate2's own threads do not survive."""
    with rig() as here:
        pid = here.listening.process.pid
        before = here.hears()
        since = time.monotonic()
        resource.prlimit(pid, resource.RLIMIT_AS, (virtual_memory(pid) + (1 << 20), -1))
        for turn in consultation.TURNS[7:10]:
            here.say(turn).wait()
            time.sleep(PAUSE)
        noticed = here.listening.first(is_event("Warned", "Overflow", "Ended"), since, 10.0)
        died = noticed is not None and noticed.name == "Ended"
        yield Outcome(
            "memory refused",
            noticed and round(noticed.at - since, 1),
            "started again, as after SIGKILL" if died else "at the next sentence",
            int(not before),
            1,
            "RLIMIT_AS 1 MB above what is in use",
            "CTranslate2 ends the process" if died else "",
        )


def virtual_memory(pid: int) -> int:
    """Bytes of address space that a process has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def processor_saturated() -> Iterator[Outcome]:
    """Next to no processor is left for a while: captions are late, and that is said."""
    said = consultation.TURNS[:10]
    with rig() as here:
        others = [subprocess.Popen([sys.executable, "-c", HOG]) for _ in range(8)]
        one_core(here.listening.process.pid, *(other.pid for other in others))
        since = time.monotonic()
        try:
            for turn in said:
                here.say(turn).wait()
                time.sleep(PAUSE)
            noticed = here.listening.first(is_late, since, 20.0)
        finally:
            for other in others:
                other.kill()
                other.wait()
        mended = time.monotonic()
        back = here.listening.first(is_event("Behind", seconds=0.0), mended, 60.0) if noticed else None
        after = here.hears()
        overflow = sum(told.fields["seconds"] for told in here.listening.told if told.name == "Overflow")
        yield Outcome(
            "processor saturated",
            noticed and round(noticed.at - since, 1),
            back and round(back.at - mended, 1),
            missing(said, here.listening.finals(since)) + int(not after),
            len(said) + 1,
            "8 busy programs beside it on one core while ten turns are said",
            f"{overflow:.1f} s of sound said to be lost",
        )


def one_core(*pids: int) -> None:
    """Have all threads of these processes share one core."""
    core = max(os.sched_getaffinity(0))
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), {core})


def is_late(told: Told) -> bool:
    """Whether lateness is told."""
    return told.name == "Behind" and told.fields["seconds"] > 0
