"""The microphone, through PortAudio. The only sounddevice import, and soxr for devices that refuse 16 kHz."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

import numpy as np
import soxr
from numpy.typing import NDArray

from kiosk.errors import DeviceError
from kiosk.framing import Framer
from kiosk.types import SAMPLE_RATE, AudioFrame, Samples

SILENT_AFTER: Final = 2.0
"""Seconds without a block after which the device counts as lost: PortAudio does not notice that it was unplugged."""

_BLOCK_SECONDS: Final = 0.032
_QUEUE_SECONDS: Final = 30.0
_SYSTEM_DEFAULTS: Final = frozenset({"default", "sysdefault", "pulse", "pipewire"})
"""ALSA's names for whichever microphone the desktop has chosen: they tell a nurse nothing."""

_PLUG_IN: Final = "Branchez un microphone, puis réessayez ; « kiosk devices » montre ceux que la machine voit."


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone that the machine sees. `rate`: its own sample rate in Hz; `default`: the one used unless told."""

    index: int
    name: str
    channels: int
    rate: int
    default: bool


def list_devices() -> tuple[Device, ...]:
    """Every device that can be listened to, as it is now. Raises DeviceError where PortAudio is not installed."""
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


class Microphone:
    """A device found by a part of its name, or the system's default; 16 kHz mono whatever the device gives."""

    def __init__(self, wanted: str = "") -> None:
        self._wanted = wanted
        self._name = wanted or "microphone"
        self._framer = Framer()
        self._stream: Any = None
        self._blocks: queue.Queue[NDArray[np.float32]] = queue.Queue()
        self._dropped = 0
        self._told = 0
        self._resampler: soxr.ResampleStream | None = None
        self._rate = SAMPLE_RATE
        self._last_block = 0.0

    @property
    def name(self) -> str:
        """The device's own name once open, in words where it is only ALSA's "default"."""
        return self._name

    @property
    def live(self) -> bool:
        """True: it has no end."""
        return True

    def open(self) -> None:
        """Find the device by name, as an index may name another one since, and start it. Raises DeviceError."""
        if self._stream is not None:
            return
        device = self._find()
        self._name = "microphone par défaut" if device.name in _SYSTEM_DEFAULTS else device.name
        sounddevice = _portaudio(refresh=False)
        error: Exception | None = None
        # What we want first, then what the device is made for; ALSA's plain "hw" devices convert nothing.
        for rate, channels in ((SAMPLE_RATE, 1), (device.rate, 1), (device.rate, min(device.channels, 2))):
            self._blocks = queue.Queue(maxsize=round(_QUEUE_SECONDS / _BLOCK_SECONDS))
            self._rate = rate
            self._resampler = None if rate == SAMPLE_RATE else soxr.ResampleStream(rate, SAMPLE_RATE, 1)
            try:
                self._stream = sounddevice.InputStream(
                    device=device.index,
                    samplerate=rate,
                    channels=channels,
                    dtype="float32",
                    blocksize=round(rate * _BLOCK_SECONDS),
                    callback=self._on_block,
                )
                self._stream.start()
            except sounddevice.PortAudioError as refused:
                self.close()
                error = refused
                continue
            self._last_block = time.monotonic()
            return
        raise _refused(self._name, error)

    def read(self, timeout: float) -> AudioFrame | None:
        """The next 32 ms; None when they have not come within `timeout`. Raises DeviceError when the device is lost."""
        if self._stream is None:
            raise RuntimeError("open() first")
        if (frame := self._framer.pop()) is not None:
            return frame
        try:
            block = self._blocks.get(timeout=timeout)
        except queue.Empty:
            if not self._stream.active or time.monotonic() - self._last_block > SILENT_AFTER:
                raise DeviceError(f"Le microphone « {self._name} » ne répond plus.", _PLUG_IN) from None
            return None
        self._last_block = time.monotonic()
        self._framer.push(self._mono_16k(block))
        return self._framer.pop()

    def lost_samples(self) -> int:
        """Samples that came while the queue of 30 s was full, at 16 kHz, since the last call."""
        dropped, self._told = self._dropped - self._told, self._dropped
        lost = round(dropped * SAMPLE_RATE / self._rate)
        if lost:
            self._framer.skip(lost)
        return lost

    def close(self) -> None:
        """Release the device."""
        if self._stream is not None:
            self._stream.close(ignore_errors=True)
            self._stream = None

    def _on_block(self, block: NDArray[np.float32], _count: int, _time: object, status: Any) -> None:
        """PortAudio's thread: copy and leave. Anything slower here is lost sound."""
        if status.input_overflow:
            self._dropped += block.shape[0]
        try:
            self._blocks.put_nowait(block.copy())
        except queue.Full:
            self._dropped += block.shape[0]

    def _mono_16k(self, block: NDArray[np.float32]) -> Samples:
        mono = block[:, 0] if block.shape[1] == 1 else block.mean(axis=1, dtype=np.float32)
        return mono if self._resampler is None else self._resampler.resample_chunk(mono)

    def _find(self) -> Device:
        devices = list_devices()
        if not devices:
            raise DeviceError("Aucun microphone n'est branché.", _PLUG_IN)
        if self._wanted:
            named = [device for device in devices if self._wanted.casefold() in device.name.casefold()]
            if not named:
                known = ", ".join(f"« {device.name} »" for device in devices)
                raise DeviceError(f"Le microphone « {self._wanted} » est introuvable.", f"Sont branchés : {known}.")
            return named[0]
        return next((device for device in devices if device.default), devices[0])


def _portaudio(*, refresh: bool = True) -> ModuleType:
    """The sounddevice module; `refresh` makes PortAudio look again at what is plugged in, which it does only at start.

    To be called only while no stream is open.
    """
    try:
        import sounddevice  # noqa: PLC0415 - the library is loaded by the import, and may be missing
    except OSError as error:
        raise DeviceError(
            "La bibliothèque PortAudio n'est pas installée.", "Installez-la : sudo apt install libportaudio2."
        ) from error
    if refresh:
        # sounddevice has no public name for this; its own exit handler does the same.
        sounddevice._terminate()
        sounddevice._initialize()
    return sounddevice  # type: ignore[no-any-return]


def _refused(name: str, error: Exception | None) -> DeviceError:
    if "unavailable" in str(error).casefold():
        return DeviceError(
            f"Le microphone « {name} » est utilisé par un autre programme.",
            "Fermez ce programme (visioconférence, dictée), puis réessayez.",
        )
    return DeviceError(f"Le microphone « {name} » refuse de s'ouvrir.", _PLUG_IN)
