"""Faults of the microphone and of the sound server."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.faults_rig import (
    BACK,
    CUT,
    LOST,
    WHOLE,
    Outcome,
    Rig,
    Room,
    Told,
    interrupted,
    is_event,
    is_final_of,
    rig,
)
from tests.real.microphone import SINK

OTHER: Final = "other_sink"
MUTE, NOT_MUTE = is_event("Mute", mute=True), is_event("Mute", mute=False)


def told_at_all(told: Told) -> bool:
    """Whether anything is said of the microphone."""
    return told.name in {"DeviceLost", "Mute"}


def over(told: Told) -> bool:
    """Whether it is said to be in order again."""
    return told.name == "DeviceBack" or NOT_MUTE(told)


def in_one_session() -> Iterator[Outcome]:
    """Everything that the same session lives through, one after the other."""
    with rig() as here:
        room = here.room
        yield interrupted(
            here, ("unplugged, replugged", "PulseAudio null sink unloaded, loaded"), room.unplug, room.plug
        )
        yield interrupted(
            here,
            ("muted by a switch", "pactl set-source-mute"),
            lambda: room.pactl("set-source-mute", f"{SINK}.monitor", "1"),
            lambda: room.pactl("set-source-mute", f"{SINK}.monitor", "0"),
            (MUTE, NOT_MUTE),
        )
        yield interrupted(
            here,
            ("gone silent: the stream is open and nothing comes", "pactl suspend-sink"),
            lambda: room.pactl("suspend-sink", SINK, "1"),
            lambda: room.pactl("suspend-sink", SINK, "0"),
            (told_at_all, over),
        )
        yield from default_changed(here)
        yield interrupted(
            here,
            ("sound server stands still", "SIGSTOP, then SIGCONT, to PulseAudio"),
            lambda: room.server.send_signal(signal.SIGSTOP),
            lambda: room.server.send_signal(signal.SIGCONT),
            hold=8.0,
        )
        yield interrupted(
            here,
            ("sound server dies, is started again", "SIGKILL to PulseAudio"),
            lambda: die(here),
            room.start,
            hold=4.0,
        )
        yield interrupted(
            here,
            ("microphone renamed", "null sink unloaded, loaded under another name, the default again"),
            room.unplug,
            lambda: room.plug("renamed_sink"),
            hold=1.0,
            sink="renamed_sink",
        )


def die(here: Rig) -> None:
    """The sound server is gone, and its socket with it."""
    here.room.server.kill()
    here.room.server.wait()


def default_changed(here: Rig) -> Iterator[Outcome]:
    """Another microphone becomes the default while the first one stays."""
    room = here.room
    other = room.pactl("load-module", "module-null-sink", f"sink_name={OTHER}", "rate=16000", "channels=1")
    room.hiss(OTHER)
    time.sleep(1.0)
    before = here.hears()
    changed = time.monotonic()
    room.pactl("set-default-source", f"{OTHER}.monitor")
    back = None
    while back is None and time.monotonic() < changed + 20:
        since = time.monotonic()
        here.say(WHOLE, OTHER).wait()
        if here.listening.first(is_final_of(WHOLE.text), since, 3.0) is not None:
            back = round(since - changed, 1)
    noticed = here.listening.first(told_at_all, changed, 0.0)
    lost = [before, back is not None].count(False)
    room.pactl("set-default-source", f"{SINK}.monitor")
    room.pactl("unload-module", other)
    time.sleep(4.0)
    yield Outcome(
        "default device changed",
        round(noticed.at - changed, 1) if noticed else "nothing to notice",
        back,
        lost,
        2,
        "pactl set-default-source; back: said into the new one and captioned",
    )


def named() -> Iterator[Outcome]:
    """A microphone that was asked for by name goes away: the default stands in for it."""
    modules = []

    def plug_jabra(room: Room) -> None:
        modules.append(room.pactl("load-module", "module-null-sink", "sink_name=jabra", "rate=16000", "channels=1"))
        room.hiss("jabra")
        with (room.folder / ".asoundrc").open("a") as settings:
            settings.write("pcm.jabra { type pulse device jabra.monitor hint { show on description Jabra } }\n")

    with rig(prepare=plug_jabra, KIOSK_AUDIO_DEVICE="jabra") as here:
        room = here.room
        since = time.monotonic()
        here.say(WHOLE, "jabra").wait()
        before = here.listening.first(is_final_of(WHOLE.text), since, 15.0) is not None
        saying, started = here.say(CUT, "jabra"), time.monotonic()
        time.sleep(2.0)
        broken = time.monotonic()
        room.unplug()  # where there was another one, PulseAudio would move the stream there by itself
        room.pactl("unload-module", modules[0])
        room.plug()
        noticed = here.listening.first(is_event("DeviceLost"), broken, 10.0)
        back = here.listening.first(is_event("DeviceBack"), broken, 15.0)
        saying.wait()
        beginning = here.settled_beginning(started)
        after = here.hears()
        yield Outcome(
            "named microphone gone for good",
            noticed and round(noticed.at - broken, 1),
            back and round(back.at - broken, 1),
            [before, beginning, after].count(False),
            3,
            "its sink unloaded; the default stands in after 3 s",
            back.fields["source"] if back else "",
        )


def taken() -> Iterator[Outcome]:
    """Another program holds the device when it is to be opened again."""
    with rig(FAULTS_REFUSE="taken") as here:

        def take() -> None:
            here.listening.command("take")
            here.room.unplug()
            here.room.plug()

        yield interrupted(
            here,
            ("taken by another program", "PortAudio made to say « Device unavailable » when it is opened again"),
            take,
            lambda: here.listening.command("free"),
            (is_taken, BACK),
        )


def is_taken(told: Told) -> bool:
    """Whether another program is named as the cause."""
    return LOST(told) and "autre programme" in told.fields["reason"]


def rate_refused() -> Iterator[Outcome]:
    """A device that cannot be opened at 16 kHz."""
    with rig(FAULTS_REFUSE="rate") as here:
        opened = here.listening.first(is_event("Rate"), 0.0, 1.0)
        heard = here.hears()
        rate = opened.fields["rate"] if opened else "?"
        yield Outcome(
            "sample rate refused",
            "at once",
            "at once",
            int(not heard),
            1,
            "PortAudio made to refuse 16 kHz",
            f"{rate} Hz",
        )


def without_configuration() -> Iterator[Outcome]:
    """ALSA's own configuration is missing: PortAudio would abort the process."""
    with rig() as here:
        environment = here.room.environment | {"ALSA_CONFIG_PATH": str(Path("/nonexistent/alsa.conf"))}
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", "devices"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        told = done.returncode == 1 and "ALSA" in done.stderr
        yield Outcome(
            "ALSA's configuration missing",
            round(time.monotonic() - began, 1) if told else None,
            "needs a person",
            0,
            0,
            "ALSA_CONFIG_PATH pointing nowhere, kiosk devices",
            done.stderr.splitlines()[0] if done.stderr else "",
        )
