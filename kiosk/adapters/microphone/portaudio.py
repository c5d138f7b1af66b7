"""PortAudio: which devices there are, and streams from them. The only sounddevice import, and soxr for devices that
refuse 16 kHz."""

from __future__ import annotations

import queue
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Final

import numpy as np
import soxr
from numpy.typing import NDArray

from kiosk.alsa import check_alsa
from kiosk.errors import AudioError, DeviceError
from kiosk.types import SAMPLE_RATE, Samples
from kiosk.watching import LagWatch

SILENT_AFTER: Final = 2.0
"""Seconds without a block after which the device counts as lost: PortAudio does not notice that it was unplugged."""

FIRST_AFTER: Final = 4.0
"""Seconds that the first block may take. PulseAudio's null sink, which the tests hear, takes up to 2."""

_BLOCK_SECONDS: Final = 0.032
_BUFFER_SECONDS: Final = 0.2
"""How long PortAudio's thread may be kept from the processor before sound is lost; its own 0.06 s were not enough on a
busy machine. Blocks then come up to 0.07 s late."""
_QUEUE_SECONDS: Final = 30.0
_SYSTEM_DEFAULTS: Final = frozenset({"default", "sysdefault", "pulse", "pipewire"})
"""ALSA's names for whichever microphone the desktop has chosen: they tell a nurse nothing."""

PLUG_IN: Final = "Branchez-en un, ou rebranchez-le. Service informatique : « kiosk devices » montre ceux qui sont vus."
"""First what a nurse can do, then whom to ask and what that person types."""

NO_ANSWER: Final = ("Le système de son de l'ordinateur ne répond plus.", "Si cela dure, redémarrez l'ordinateur.")


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone that the machine sees. `rate`: its own sample rate in Hz; `default`: the one used unless told."""

    index: int
    name: str
    channels: int
    rate: int
    default: bool


def list_devices() -> tuple[Device, ...]:
    """Every device that can be listened to, as it is now.

    Raises DeviceError where the sound system does not answer, AudioError where sound cannot be used.
    """
    sounddevice = _portaudio()
    try:
        default, found = sounddevice.default.device[0], sounddevice.query_devices()
    except sounddevice.PortAudioError as error:
        raise DeviceError(*NO_ANSWER) from error
    return tuple(
        Device(
            index=index,
            name=str(info["name"]),
            channels=int(info["max_input_channels"]),
            rate=round(info["default_samplerate"]),
            default=index == default,
        )
        for index, info in enumerate(found)
        if info["max_input_channels"] > 0
    )


@dataclass(slots=True, eq=False)
class Line:
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


def start(device: Device, cards: str, *, awaited: str = "") -> Line:
    """Open a device and start it. Raises DeviceError."""
    name = "microphone par défaut" if device.name in _SYSTEM_DEFAULTS else device.name
    sounddevice = _portaudio(refresh=False)
    error: Exception | None = None
    # What we want first, then what the device is made for; ALSA's plain "hw" devices convert nothing.
    for rate, channels in ((SAMPLE_RATE, 1), (device.rate, 1), (device.rate, min(device.channels, 2))):
        line = Line(
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

    To be called only while no stream is open. Raises AudioError where the library is missing or cannot be used,
    DeviceError where it does not start again.
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
        # sounddevice has no public name for this; its own exit handler does the same. What did not start the last time
        # cannot be ended, and need not be.
        with suppress(sounddevice.PortAudioError):
            sounddevice._terminate()
        try:
            sounddevice._initialize()
        except sounddevice.PortAudioError as error:
            raise DeviceError(*NO_ANSWER) from error
    return sounddevice  # type: ignore[no-any-return]


def _refused(name: str, error: Exception | None) -> DeviceError:
    if "unavailable" in str(error).casefold():
        return DeviceError(
            f"Le microphone « {name} » est utilisé par un autre programme.",
            "Fermez ce programme (visioconférence, dictée), puis réessayez.",
        )
    return DeviceError(f"Le microphone « {name} » refuse de s'ouvrir.", PLUG_IN)
