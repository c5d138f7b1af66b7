"""A microphone that is found by its name, awaited where it is gone, and stood in for."""

from __future__ import annotations

import atexit
import queue
import sys
import time
from pathlib import Path
from typing import Final

from kiosk.adapters.microphone.portaudio import NO_ANSWER, PLUG_IN, SILENT_AFTER, Line, list_devices, start
from kiosk.bounded import BoundedCalls, Stuck
from kiosk.errors import DeviceError
from kiosk.framing import Framer
from kiosk.types import SAMPLE_RATE, AudioFrame

REPLUGGED_WITHIN: Final = 3.0
"""Seconds after its last block in which a named device is awaited; then the default stands in for it."""

OPEN_WITHIN: Final = 5.0
CLOSE_WITHIN: Final = 2.0
"""Seconds after which PortAudio counts as stuck: it waits for ever for a sound server that stands still."""

_CARDS: Final = Path("/proc/asound/cards")
"""What Linux says is plugged in: tells of a microphone that came back without closing the one that stands in for it."""


class Microphone:
    """A device found by a part of its name, or the system's default; 16 kHz mono whatever the device gives.

    Where a device that was asked for is not there, or refuses, it is awaited for a moment; then the default stands in,
    until something else is plugged in or this is opened again.
    """

    def __init__(self, wanted: str = "") -> None:
        self._wanted = wanted
        self._name = wanted or "microphone"
        self._framer = Framer()
        self._line: Line | None = None
        self._opening: BoundedCalls[Line] = BoundedCalls("kiosk-sound")
        self._closing: BoundedCalls[None] = BoundedCalls("kiosk-sound")
        self._told = 0
        self._wanted_heard: float | None = None
        self._looked = 0.0

    @property
    def name(self) -> str:
        """The device's own name once open, in words where it is only ALSA's "default"."""
        return self._name

    @property
    def live(self) -> bool:
        """True: it has no end."""
        return True

    def open(self) -> None:
        """Find the device by name, as an index may name another one since, and start it.

        Raises DeviceError where there is none or it refuses, AudioError where the sound library cannot be used.
        """
        if self._line is not None:
            return
        try:
            self._closing.wait(OPEN_WITHIN)
            self._line = self._opening.call(self._acquire, OPEN_WITHIN, Line.close)
        except Stuck:
            raise self._stuck() from None
        self._name, self._told = self._line.name, 0
        if self._line.awaited:
            self._name = f"{self._line.name} (« {self._line.awaited} » est indisponible)"

    def read(self, timeout: float) -> AudioFrame | None:
        """The next 32 ms; None when they have not come within `timeout`. Raises DeviceError when the device is lost."""
        line = self._line
        if line is None:
            raise RuntimeError("open() first")
        if (frame := self._framer.pop()) is not None:
            return frame
        if line.awaited:
            self._look_for_awaited(line)
        try:
            block = line.blocks.get(timeout=timeout)
        except queue.Empty:
            if line.dead:
                raise DeviceError(f"Le microphone « {line.name} » ne répond plus.", "Rebranchez-le.") from None
            return None
        line.heard, line.begun = time.monotonic(), True
        if not line.awaited:
            self._wanted_heard = line.heard
        self._framer.push(line.mono_16k(block))
        return self._framer.pop()

    def lost_samples(self) -> int:
        """Samples that came while the queue of 30 s was full, at 16 kHz, since the last call."""
        if self._line is None:
            return 0
        dropped, self._told = self._line.dropped - self._told, self._line.dropped
        lost = round(dropped * SAMPLE_RATE / self._line.rate)
        if lost:
            self._framer.skip(lost)
        return lost

    def close(self) -> None:
        """Release the device. One that does not let go is left to let go later."""
        line, self._line = self._line, None
        if line is None:
            return
        try:
            self._closing.call(line.close, CLOSE_WITHIN, lambda _: None)
        except Stuck:
            self._stuck()

    def _look_for_awaited(self, line: Line) -> None:
        """Let go of a stand-in as soon as something else was plugged in. Raises DeviceError."""
        now = time.monotonic()
        if now - self._looked < SILENT_AFTER:
            return
        self._looked = now
        if _cards() != line.cards:
            raise DeviceError(f"Un autre microphone a été branché : « {line.awaited} » est cherché.")

    def _acquire(self) -> Line:
        """Find and open a device. Runs in a thread of its own, and touches nothing that another one does."""
        cards, devices = _cards(), list_devices()
        if not devices:
            raise DeviceError("Aucun microphone n'est branché.", PLUG_IN)
        default = next((device for device in devices if device.default), devices[0])
        if not self._wanted:
            return start(default, cards)
        named = next((device for device in devices if self._wanted.casefold() in device.name.casefold()), None)
        heard = self._wanted_heard
        patient = heard is not None and time.monotonic() - heard < REPLUGGED_WITHIN
        if named is not None:
            try:
                return start(named, cards)
            except DeviceError:
                if patient or named == default:
                    raise
        elif patient:
            raise DeviceError(f"Le microphone « {self._wanted} » a disparu.", "Rebranchez-le.")
        return start(default, cards, awaited=self._wanted)

    @staticmethod
    def _stuck() -> DeviceError:
        """PortAudio waits for a sound server: it would wait at the end of the program too, were it told to tidy up."""
        # Not imported here: an import that is stuck itself would be waited for. sounddevice has no public name for it.
        if (tidy_up := getattr(sys.modules.get("sounddevice"), "_exit_handler", None)) is not None:
            atexit.unregister(tidy_up)
        return DeviceError(*NO_ANSWER)


def _cards() -> str:
    try:
        return _CARDS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
