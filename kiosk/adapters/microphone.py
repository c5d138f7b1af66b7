"""The microphone, through PortAudio. The only sounddevice import, and soxr for devices that refuse 16 kHz."""

from __future__ import annotations

import atexit
import queue
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np
import soxr
from numpy.typing import NDArray

from kiosk.alsa import check_alsa
from kiosk.bounded import BoundedCalls, Stuck
from kiosk.errors import AudioError, DeviceError
from kiosk.framing import Framer
from kiosk.types import SAMPLE_RATE, AudioFrame, Samples
from kiosk.watching import LagWatch

SILENT_AFTER: Final = 2.0
"""Seconds without a block after which the device counts as lost: PortAudio does not notice that it was unplugged."""

FIRST_AFTER: Final = 4.0
"""Seconds that the first block may take. PulseAudio's null sink, which the tests hear, takes up to 2."""

REPLUGGED_WITHIN: Final = 3.0
"""Seconds after its last block in which a named device is awaited; then the default stands in for it."""

OPEN_WITHIN: Final = 5.0
CLOSE_WITHIN: Final = 2.0
"""Seconds after which PortAudio counts as stuck: it waits for ever for a sound server that stands still."""

_BLOCK_SECONDS: Final = 0.032
_BUFFER_SECONDS: Final = 0.2
"""How long PortAudio's thread may be kept from the processor before sound is lost; its own 0.06 s were not enough on a
busy machine. Blocks then come up to 0.07 s late."""
_QUEUE_SECONDS: Final = 30.0
_SYSTEM_DEFAULTS: Final = frozenset({"default", "sysdefault", "pulse", "pipewire"})
"""ALSA's names for whichever microphone the desktop has chosen: they tell a nurse nothing."""

_CARDS: Final = Path("/proc/asound/cards")
"""What Linux says is plugged in: tells of a microphone that came back without closing the one that stands in for it."""

_PLUG_IN: Final = "Branchez un microphone ; « kiosk devices » montre ceux que la machine voit."


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone that the machine sees. `rate`: its own sample rate in Hz; `default`: the one used unless told."""

    index: int
    name: str
    channels: int
    rate: int
    default: bool


def list_devices() -> tuple[Device, ...]:
    """Every device that can be listened to, as it is now. Raises AudioError where sound cannot be used."""
    sounddevice = _portaudio()
    default = sounddevice.default.device[0]
    return tuple(
        Device(
            index=index,
            name=str(info["name"]),
            channels=int(info["max_input_channels"]),
            rate=round(info["default_samplerate"]),
            default=index == default,
        )
        for index, info in enumerate(sounddevice.query_devices())
        if info["max_input_channels"] > 0
    )


@dataclass(slots=True, eq=False)
class _Line:
    """An open stream, and what it gave that nobody has read yet.

    `awaited`: how the device that was asked for is called, where another one stands in for it. `dropped`: samples, at
    the device's rate, that were lost because nothing took them in time. `heard`: when the last block was read. `cards`:
    what was plugged in when it was opened.
    """

    name: str
    awaited: str
    rate: int
    blocks: queue.Queue[NDArray[np.float32]]
    resampler: soxr.ResampleStream | None
    heard: float
    cards: str
    lag: LagWatch = field(default_factory=LagWatch)
    stream: Any = None
    begun: bool = False
    dropped: int = 0

    def take(self, block: NDArray[np.float32], _count: int, _time: object, status: Any) -> None:
        """PortAudio's thread: copy and leave. Anything slower here is lost sound."""
        if status.input_overflow:
            self.dropped += block.shape[0]
        self.dropped += round(self.lag.hear(time.monotonic(), block.shape[0] / self.rate) * self.rate)
        try:
            self.blocks.put_nowait(block.copy())
        except queue.Full:
            self.dropped += block.shape[0]

    def mono_16k(self, block: NDArray[np.float32]) -> Samples:
        """The same in one channel at 16 kHz."""
        mono = block[:, 0] if block.shape[1] == 1 else block.mean(axis=1, dtype=np.float32)
        return mono if self.resampler is None else self.resampler.resample_chunk(mono)

    @property
    def dead(self) -> bool:
        """Whether nothing can be hoped for from it any more."""
        patience = SILENT_AFTER if self.begun else FIRST_AFTER
        return not self.stream.active or time.monotonic() - self.heard > patience

    def close(self) -> None:
        """Release the device."""
        if self.stream is not None:
            self.stream.close(ignore_errors=True)


class Microphone:
    """A device found by a part of its name, or the system's default; 16 kHz mono whatever the device gives.

    Where a device that was asked for is not there, or refuses, it is awaited for a moment; then the default stands in,
    until something else is plugged in or this is opened again.
    """

    def __init__(self, wanted: str = "") -> None:
        self._wanted = wanted
        self._name = wanted or "microphone"
        self._framer = Framer()
        self._line: _Line | None = None
        self._opening: BoundedCalls[_Line] = BoundedCalls("kiosk-sound")
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
            self._line = self._opening.call(self._acquire, OPEN_WITHIN, _Line.close)
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

    def _look_for_awaited(self, line: _Line) -> None:
        """Let go of a stand-in as soon as something else was plugged in. Raises DeviceError."""
        now = time.monotonic()
        if now - self._looked < SILENT_AFTER:
            return
        self._looked = now
        if _cards() != line.cards:
            raise DeviceError(f"Un autre microphone a été branché : « {line.awaited} » est cherché.")

    def _acquire(self) -> _Line:
        """Find and open a device. Runs in a thread of its own, and touches nothing that another one does."""
        cards, devices = _cards(), list_devices()
        if not devices:
            raise DeviceError("Aucun microphone n'est branché.", _PLUG_IN)
        default = next((device for device in devices if device.default), devices[0])
        if not self._wanted:
            return _start(default, cards)
        named = next((device for device in devices if self._wanted.casefold() in device.name.casefold()), None)
        heard = self._wanted_heard
        patient = heard is not None and time.monotonic() - heard < REPLUGGED_WITHIN
        if named is not None:
            try:
                return _start(named, cards)
            except DeviceError:
                if patient or named == default:
                    raise
        elif patient:
            raise DeviceError(f"Le microphone « {self._wanted} » a disparu.", "Rebranchez-le.")
        return _start(default, cards, awaited=self._wanted)

    @staticmethod
    def _stuck() -> DeviceError:
        """PortAudio waits for a sound server: it would wait at the end of the program too, were it told to tidy up."""
        # Not imported here: an import that is stuck itself would be waited for. sounddevice has no public name for it.
        if (tidy_up := getattr(sys.modules.get("sounddevice"), "_exit_handler", None)) is not None:
            atexit.unregister(tidy_up)
        return DeviceError(
            "Le système de son de l'ordinateur ne répond plus.", "Si cela dure, redémarrez l'ordinateur."
        )


def _start(device: Device, cards: str, *, awaited: str = "") -> _Line:
    """Open a device and start it. Raises DeviceError."""
    name = "microphone par défaut" if device.name in _SYSTEM_DEFAULTS else device.name
    sounddevice = _portaudio(refresh=False)
    error: Exception | None = None
    # What we want first, then what the device is made for; ALSA's plain "hw" devices convert nothing.
    for rate, channels in ((SAMPLE_RATE, 1), (device.rate, 1), (device.rate, min(device.channels, 2))):
        line = _Line(
            name=name,
            awaited=awaited,
            rate=rate,
            blocks=queue.Queue(maxsize=round(_QUEUE_SECONDS / _BLOCK_SECONDS)),
            resampler=None if rate == SAMPLE_RATE else soxr.ResampleStream(rate, SAMPLE_RATE, 1),
            heard=0.0,
            cards=cards,
        )
        try:
            line.stream = sounddevice.InputStream(
                device=device.index,
                samplerate=rate,
                channels=channels,
                dtype="float32",
                blocksize=round(rate * _BLOCK_SECONDS),
                latency=_BUFFER_SECONDS,
                callback=line.take,
            )
            line.stream.start()
        except sounddevice.PortAudioError as refused:
            line.close()
            error = refused
            continue
        line.heard = time.monotonic()
        return line
    raise _refused(name, error)


def _portaudio(*, refresh: bool = True) -> ModuleType:
    """The sounddevice module; `refresh` makes PortAudio look again at what is plugged in, which it does only at start.

    To be called only while no stream is open. Raises AudioError where the library is missing or cannot be used.
    """
    if refresh:
        check_alsa()
    try:
        import sounddevice  # noqa: PLC0415 - the library is loaded by the import, and may be missing
    except OSError as error:
        raise AudioError(
            "La bibliothèque PortAudio n'est pas installée.", "Installez-la : sudo apt install libportaudio2."
        ) from error
    if refresh:
        # sounddevice has no public name for this; its own exit handler does the same.
        sounddevice._terminate()
        sounddevice._initialize()
    return sounddevice  # type: ignore[no-any-return]


def _cards() -> str:
    try:
        return _CARDS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _refused(name: str, error: Exception | None) -> DeviceError:
    if "unavailable" in str(error).casefold():
        return DeviceError(
            f"Le microphone « {name} » est utilisé par un autre programme.",
            "Fermez ce programme (visioconférence, dictée), puis réessayez.",
        )
    return DeviceError(f"Le microphone « {name} » refuse de s'ouvrir.", _PLUG_IN)
