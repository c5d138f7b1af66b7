"""The microphone adapter against a scripted PortAudio; the real one is driven in tests/real."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kiosk.adapters.microphone import Microphone, list_devices, portaudio, source
from kiosk.errors import DeviceError
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE
from tests.fakes import Gate


class PortAudioError(Exception):
    """As sounddevice's."""


@dataclass
class Status:
    input_overflow: bool = False


@dataclass
class FakePortAudio:
    """A machine with these devices, of which each accepts the given (rate, channels)."""

    devices: list[dict[str, Any]]
    accepts: set[tuple[int, int]] = field(default_factory=lambda: {(SAMPLE_RATE, 1)})
    refusal: str = "Invalid sample rate"
    streams: list[FakeStream] = field(default_factory=list)
    PortAudioError = PortAudioError

    class default:  # noqa: N801 - sounddevice's name
        device = (1, -1)

    def _terminate(self) -> None:
        pass

    def _initialize(self) -> None:
        pass

    def query_devices(self) -> list[dict[str, Any]]:
        return self.devices

    def InputStream(self, **options: Any) -> FakeStream:  # noqa: N802 - sounddevice's name
        if (options["samplerate"], options["channels"]) not in self.accepts:
            raise PortAudioError(self.refusal)
        self.streams.append(FakeStream(options))
        return self.streams[-1]


@dataclass
class FakeStream:
    options: dict[str, Any]
    active: bool = True
    closed: bool = False

    def start(self) -> None:
        pass

    def close(self, ignore_errors: bool) -> None:
        self.closed = True

    def hear(self, block: np.ndarray[Any, Any], *, overflow: bool = False) -> None:
        """What PortAudio's thread does with each block."""
        callback: Callable[..., None] = self.options["callback"]
        callback(block, block.shape[0], None, Status(overflow))


def device(name: str, channels: int = 1, rate: float = 48_000.0) -> dict[str, Any]:
    return {"name": name, "max_input_channels": channels, "default_samplerate": rate}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    fake = FakePortAudio([device("HDMI", channels=0), device("Micro interne"), device("Jabra Speak 510", channels=2)])
    monkeypatch.setattr(portaudio, "_portaudio", lambda *, refresh=True: fake)
    return fake


def test_only_what_can_be_listened_to_is_listed(machine: FakePortAudio) -> None:
    assert [(d.index, d.name, d.default) for d in list_devices()] == [
        (1, "Micro interne", True),
        (2, "Jabra Speak 510", False),
    ]


def test_the_default_device_is_opened_at_16_khz(machine: FakePortAudio) -> None:
    mike = Microphone()
    mike.open()
    assert mike.name == "Micro interne"
    assert machine.streams[0].options["samplerate"] == SAMPLE_RATE


def test_what_alsa_calls_default_is_named_in_words(machine: FakePortAudio) -> None:
    machine.devices[1] = device("default", channels=32)
    mike = Microphone()
    mike.open()
    assert mike.name == "microphone par défaut"


def test_a_device_is_found_by_a_part_of_its_name_whatever_its_index(machine: FakePortAudio) -> None:
    machine.devices.insert(0, device("Webcam"))
    mike = Microphone("jabra")
    mike.open()
    assert machine.streams[0].options["device"] == 3


def test_what_is_heard_comes_out_in_frames(machine: FakePortAudio) -> None:
    mike = Microphone()
    mike.open()
    for _ in range(3):
        machine.streams[0].hear(np.full((300, 1), 0.25, np.float32))
    assert mike.read(0.0) is None
    frame = mike.read(0.0)
    assert frame is not None
    assert frame.samples.shape == (FRAME_SAMPLES,)
    assert frame.samples == pytest.approx(0.25)


@pytest.mark.parametrize("channels", [1, 2])
def test_a_device_that_refuses_16_khz_is_resampled(machine: FakePortAudio, channels: int) -> None:
    machine.accepts = {(48_000, channels)}
    mike = Microphone("jabra")
    mike.open()
    stream = machine.streams[0]
    assert (stream.options["samplerate"], stream.options["channels"]) == (48_000, channels)
    time = np.arange(48_000) / 48_000
    tone = np.sin(2 * np.pi * 440 * time).astype(np.float32)[:, np.newaxis].repeat(channels, axis=1)
    for block in np.split(tone, 30):
        stream.hear(block)
    frames = [mike.read(0.0) for _ in range(60)]
    samples = np.concatenate([frame.samples for frame in frames if frame is not None])
    assert samples.size == pytest.approx(SAMPLE_RATE, rel=0.05)
    spectrum = np.abs(np.fft.rfft(samples[:12_800]))
    assert np.argmax(spectrum) * SAMPLE_RATE / 12_800 == pytest.approx(440, abs=3)


@pytest.mark.parametrize(
    ("refusal", "words"),
    [("Device unavailable [PaErrorCode -9985]", "autre programme"), ("Unanticipated host error", "refuse de s'ouvrir")],
)
def test_a_device_that_cannot_be_opened_says_why(machine: FakePortAudio, refusal: str, words: str) -> None:
    machine.accepts, machine.refusal = set(), refusal
    with pytest.raises(DeviceError, match=words) as raised:
        Microphone().open()
    assert raised.value.remedy


def test_no_microphone_is_told(machine: FakePortAudio) -> None:
    machine.devices = [device("HDMI", channels=0)]
    with pytest.raises(DeviceError, match="Aucun microphone"):
        Microphone().open()


def test_where_a_named_device_is_not_there_the_default_stands_in_and_says_so(machine: FakePortAudio) -> None:
    mike = Microphone("Rode")
    mike.open()
    assert mike.name == "Micro interne (« Rode » est indisponible)"
    assert machine.streams[0].options["device"] == 1


def test_where_a_named_device_is_taken_the_default_stands_in(machine: FakePortAudio) -> None:
    open_any = machine.InputStream

    def taken(**options: Any) -> FakeStream:
        if options["device"] == 2:
            raise PortAudioError("Device unavailable")
        return open_any(**options)

    machine.InputStream = taken  # type: ignore[method-assign]
    mike = Microphone("jabra")
    mike.open()
    assert mike.name == "Micro interne (« jabra » est indisponible)"


def test_a_named_device_that_was_heard_is_awaited_before_another_stands_in(
    machine: FakePortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    mike = Microphone("jabra")
    mike.open()
    machine.streams[0].hear(np.zeros((512, 1), np.float32))
    assert mike.read(0.0) is not None
    jabra = machine.devices.pop()
    mike.close()
    now[0] += source.REPLUGGED_WITHIN - 0.1
    with pytest.raises(DeviceError, match="a disparu"):
        mike.open()
    now[0] += 0.2
    mike.open()
    assert mike.name == "Micro interne (« jabra » est indisponible)"
    mike.close()
    machine.devices = [jabra, *machine.devices]  # another index, as after replugging
    mike.open()
    assert (mike.name, machine.streams[-1].options["device"]) == ("Jabra Speak 510", 0)


def test_a_stand_in_is_let_go_when_something_else_was_plugged_in(
    machine: FakePortAudio, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    now, cards = [100.0], tmp_path / "cards"
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(source, "_CARDS", cards)
    cards.write_text(" 0 [PCH]: HDA-Intel\n")
    mike = Microphone("Rode")
    mike.open()
    assert mike.read(0.0) is None
    now[0] += 1.0
    cards.write_text(" 0 [PCH]: HDA-Intel\n 1 [NTUSB]: RODE NT-USB\n")
    assert mike.read(0.0) is None  # looked at a moment ago
    now[0] += 1.5
    with pytest.raises(DeviceError, match="« Rode » est cherché"):
        mike.read(0.0)


def test_a_device_that_never_begins_is_lost_later(machine: FakePortAudio, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    mike = Microphone()
    mike.open()
    now[0] += portaudio.FIRST_AFTER - 0.1
    assert mike.read(0.0) is None
    now[0] += 0.2
    with pytest.raises(DeviceError, match="ne répond plus"):
        mike.read(0.0)


def test_a_sound_server_that_stands_still_is_told_and_what_it_opens_too_late_is_closed(
    machine: FakePortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "OPEN_WITHIN", 0.01)
    gate, closed = Gate(), threading.Event()
    begin, end = FakeStream.start, FakeStream.close

    def stuck(stream: FakeStream) -> None:
        gate.wait()
        begin(stream)

    def close(stream: FakeStream, ignore_errors: bool) -> None:
        end(stream, ignore_errors)
        closed.set()

    monkeypatch.setattr(FakeStream, "start", stuck)
    monkeypatch.setattr(FakeStream, "close", close)
    with pytest.raises(DeviceError, match="système de son"):
        Microphone().open()
    gate.open()
    assert closed.wait(10)


def test_a_device_that_does_not_let_go_is_left_to_itself(
    machine: FakePortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "OPEN_WITHIN", 0.01)
    monkeypatch.setattr(source, "CLOSE_WITHIN", 0.01)
    gate = Gate()
    monkeypatch.setattr(FakeStream, "close", lambda *_, **__: gate.wait())
    mike = Microphone()
    mike.open()
    mike.close()
    with pytest.raises(DeviceError, match="système de son"):
        mike.open()
    gate.open()
    monkeypatch.setattr(source, "OPEN_WITHIN", 10)
    mike.open()
    assert len(machine.streams) == 2


@pytest.fixture
def refreshed(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    """A machine whose sound library is told to look again at what is plugged in."""
    fake = FakePortAudio([device("HDMI", channels=0), device("Micro interne")])
    monkeypatch.setattr(portaudio, "check_alsa", lambda: None)
    monkeypatch.setitem(sys.modules, "sounddevice", fake)
    return fake


def refuse() -> None:
    raise PortAudioError("Host error")


@pytest.mark.parametrize("call", ["_initialize", "query_devices"])
def test_a_sound_system_that_cannot_be_asked_is_looked_for_like_a_lost_microphone(
    refreshed: FakePortAudio, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    monkeypatch.setattr(refreshed, call, refuse)
    with pytest.raises(DeviceError, match="système de son"):
        Microphone().open()


def test_a_sound_system_that_does_not_end_in_order_is_begun_again(
    refreshed: FakePortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshed, "_terminate", refuse)
    Microphone().open()
    assert len(refreshed.streams) == 1


def test_a_device_that_falls_silent_is_lost(machine: FakePortAudio, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    mike = Microphone()
    mike.open()
    machine.streams[0].hear(np.zeros((512, 1), np.float32))
    assert mike.read(0.0) is not None
    now[0] += portaudio.SILENT_AFTER + 0.1
    with pytest.raises(DeviceError, match="ne répond plus"):
        mike.read(0.0)


def test_a_stream_that_ended_by_itself_is_lost_at_once(machine: FakePortAudio) -> None:
    mike = Microphone()
    mike.open()
    machine.streams[0].active = False
    with pytest.raises(DeviceError):
        mike.read(0.0)


def test_lost_sound_is_counted_once(machine: FakePortAudio) -> None:
    mike = Microphone()
    mike.open()
    machine.streams[0].hear(np.zeros((512, 1), np.float32), overflow=True)
    assert mike.lost_samples() == 512
    assert mike.lost_samples() == 0


def test_opening_twice_is_opening_once_and_closing_twice_is_closing_once(machine: FakePortAudio) -> None:
    mike = Microphone()
    mike.open()
    mike.open()
    assert len(machine.streams) == 1
    mike.close()
    mike.close()
    assert machine.streams[0].closed
