"""Faults of the app in a terminal: its window, signals, memory and disk; and what staff read of a lost microphone."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kiosk import paths
from tests.bench.faults_rig import CUT, CUT_AFTER, ENOUGH, WHOLE, Outcome, Room, write_group
from tests.real import consultation, sounds
from tests.real.command import KIOSK
from tests.real.microphone import SINK
from tests.real.terminal import Terminal

HEARD: Final = ("température", "temperature")
BEGUN: Final = "bien fait"
UNIT: Final = paths.ROOT / "setup/service/kiosk.service"

# What systemd does with the unit: starts it again, whatever it ended on. The terminal is set right as its session does.
_AGAIN: Final = 'while :; do "$@"; printf "\\033c"; stty sane; sleep {seconds}; done'


class App:
    """`kiosk run` in a terminal, in a room with a microphone."""

    def __init__(self, room: Room, terminal: Terminal) -> None:
        self.room = room
        self.terminal = terminal
        demo = sounds.read(consultation.RECORDING)
        self._files = {
            turn.id: sounds.write(room.folder, f"turn{turn.id}", sounds.excerpt(demo, turn.start - 0.3, turn.end + 0.3))
            for turn in (WHOLE, CUT)
        }

    def begin(self) -> None:
        """Answer the notice; returns once it listens."""
        self.terminal.wait_for("The machine can make mistakes", ENOUGH)
        self.terminal.press("1")
        self.terminal.wait_for("Écoute", ENOUGH)

    def hears(self) -> bool:
        """Say WHOLE; whether it is shown in both languages once more than before."""
        time.sleep(1.0)
        before = self.terminal.screen().count(HEARD[0])
        self.room.start_playing(self._files[WHOLE.id]).wait()
        return self.shows(lambda screen: screen.count(HEARD[0]) > before, 20.0) is not None

    def cut(self) -> subprocess.Popen[bytes]:
        """Begin to say CUT; returns when some of it is said."""
        playing = self.room.start_playing(self._files[CUT.id])
        time.sleep(CUT_AFTER)
        return playing

    def shows(self, wanted: Callable[[str], bool], timeout: float = 10.0) -> float | None:
        """Seconds until the screen is as wanted; None when it is not in time."""
        began = time.monotonic()
        while time.monotonic() < began + timeout:
            if wanted(self.terminal.screen()):
                return round(time.monotonic() - began, 1)
            time.sleep(0.05)
        return None

    @property
    def microphone_in_use(self) -> bool:
        """Whether anything listens."""
        return bool(self.room.pactl("list", "short", "source-outputs"))


@contextmanager
def app(*before: str, **environment: str) -> Iterator[App]:
    """The app, not yet begun; `before`: what starts it."""
    with tempfile.TemporaryDirectory(prefix="kiosk-") as name:
        room = Room(Path(name))
        room.start()
        tmux = shutil.which("tmux")
        assert tmux is not None
        terminal = Terminal(tmux, room.folder / "tmux", room.environment | environment)
        try:
            terminal.open(*before, *KIOSK, "run", "--languages", "fr,en")
            yield App(room, terminal)
        finally:
            terminal.close()
            room.stop()


def words_on_screen() -> Iterator[Outcome]:
    """What staff read when the microphone is muted, or goes away; and the window is resized meanwhile."""
    with app() as here:
        here.begin()
        room, terminal = here.room, here.terminal
        lost = [here.hears()]
        room.pactl("set-source-mute", f"{SINK}.monitor", "1")
        muted = here.shows(lambda screen: "Micro muet" in screen)
        room.pactl("set-source-mute", f"{SINK}.monitor", "0")
        heard = here.shows(lambda screen: "Écoute" in screen)
        yield row("muted, as staff read it", muted, heard, lost, "the screen of kiosk run in tmux", "« Micro muet ? »")
        lost = [here.hears()]
        room.unplug()
        away = here.shows(lambda screen: "Micro absent" in screen and "reprendra seule" in screen)
        room.plug()
        back = here.shows(lambda screen: "Micro absent" not in screen)
        lost.append(here.hears())
        yield row(
            "unplugged, as staff read it", away, back, lost, "the same", "« Micro absent… L'écoute reprendra seule »"
        )
        saying = here.cut()
        for size in (("60", "20"), ("200", "60"), ("30", "8"), ("120", "40")):
            terminal.resize(*size)
            time.sleep(0.3)
        saying.wait()
        whole = here.shows(lambda screen: BEGUN in screen and "six heures" in re.sub(r"\s+", " ", screen), 20.0)
        lost = [whole is not None, here.hears()]
        yield row(
            "terminal resized", "nothing to notice", "at once", lost, "tmux resize-window, four times in a sentence"
        )


def row(
    fault: str,
    noticed: float | str | None,
    back: float | str | None,
    kept: list[bool],
    how: str,
    remark: str = "",
) -> Outcome:
    """A row of the table, of sentences that were kept or not."""
    return Outcome(fault, noticed, back, kept.count(False), len(kept), how, remark)


def ended() -> Iterator[Outcome]:
    """The app is told to end, or its window is closed, while somebody speaks: nothing is left behind."""
    for name, how in (("SIGTERM", "kill -TERM"), ("SIGHUP", "kill -HUP"), ("terminal closed", "tmux kill-server")):
        with app() as here:
            here.begin()
            heard = here.hears()
            process = here.terminal.process()
            here.cut()
            began = time.monotonic()
            if name.startswith("SIG"):
                os.kill(process, getattr(signal, name))
            else:
                here.terminal.close()
            while Path(f"/proc/{process}").exists() and time.monotonic() < began + 20:
                time.sleep(0.02)
            gone = None if Path(f"/proc/{process}").exists() else round(time.monotonic() - began, 1)
            left = "the microphone is still open" if here.microphone_in_use else "microphone closed, no process left"
            if name == "SIGTERM":
                left += f", exit code {here.terminal.exit_code()}, " + (
                    "words left on the screen" if BEGUN in here.terminal.everything() else "screen empty"
                )
            yield row(name, gone, "by design not", [heard], how, left)


def killed() -> Iterator[Outcome]:
    """The app dies without a word, and what keeps the service alive starts it again."""
    seconds = re.search(r"^RestartSec=(\d+)$", UNIT.read_text(), re.MULTILINE)
    assert seconds is not None
    again = ("sh", "-c", _AGAIN.format(seconds=seconds[1]), "sh")
    for name, how in (("SIGKILL", "kill -KILL"), ("killed for want of memory", "memory cgroup: 4 MB more than it has")):
        with app(*again) as here:
            here.begin()
            heard = here.hears()
            process = child_of(here.terminal.process())
            if name != "SIGKILL":
                exhaust_memory(process)
            here.cut()
            began = time.monotonic()
            if name == "SIGKILL":
                os.kill(process, signal.SIGKILL)
            while Path(f"/proc/{process}").exists() and time.monotonic() < began + 20:
                time.sleep(0.02)
            gone = None if Path(f"/proc/{process}").exists() else round(time.monotonic() - began, 1)
            died = time.monotonic()
            here.shows(lambda screen: "The machine can make mistakes" in screen, ENOUGH)
            back = round(time.monotonic() - died, 1)
            here.begin()
            lost = [heard, here.hears()]
            yield row(name, gone, back, lost, f"{how}; started again as the unit says (RestartSec={seconds[1]})")


def child_of(process: int) -> int:
    """The last child of a process."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[-1])


def exhaust_memory(process: int) -> None:
    """Put a process where it can have next to no more memory than it has."""
    write_group("memory", "memory.limit_in_bytes", str(4 << 20))
    write_group("memory", "cgroup.procs", str(process))


def disk() -> Iterator[Outcome]:
    """No log can be written, since the disk is full, or read-only."""
    for fault, how in (("disk full", "tmpfs of 64 kB under the log, filled"), ("disk read-only", "tmpfs mounted ro")):
        with tempfile.TemporaryDirectory(prefix="kiosk-") as name:
            options = "size=64k" if fault == "disk full" else "ro"
            subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", name], check=True)
            try:
                with app(XDG_STATE_HOME=name) as here:
                    here.begin()
                    kept = [here.hears()]
                    if fault == "disk full":
                        fill(Path(name))
                    # Something to log.
                    here.room.unplug()
                    away = here.shows(lambda screen: "Micro absent" in screen)
                    here.room.plug()
                    here.shows(lambda screen: "Micro absent" not in screen)
                    kept.append(here.hears())
                    screen = here.terminal.screen()
                    clean = away is not None and "Traceback" not in screen and "Logging error" not in screen
                    here.terminal.press("C-q")
                    code = here.terminal.exit_code()
                    yield row(
                        fault,
                        "nothing to notice" if clean else None,
                        "nothing to notice",
                        kept,
                        f"{how}; a microphone unplugged, which is logged",
                        f"nothing on the screen, exit code {code}",
                    )
            finally:
                subprocess.run(["umount", "--lazy", name], check=True)


def fill(folder: Path) -> None:
    """Leave no room."""
    with (folder / "rest").open("wb", buffering=0) as rest:
        try:
            while True:
                rest.write(bytes(1024))
        except OSError:
            pass
