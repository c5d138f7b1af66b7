"""Recordings, pipes and the framing of both."""

from __future__ import annotations

import os
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.pcm import PcmPipe
from kiosk.adapters.recording import Recording
from kiosk.errors import AudioFileError, EndOfAudio
from kiosk.framing import Framer
from kiosk.ports import AudioSource
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Samples


def tone(seconds: float, rate: int = SAMPLE_RATE) -> Samples:
    """A 440 Hz tone at half loudness."""
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def write(path: Path, codec: str, rate: int, channels: int, seconds: float) -> Path:
    """Encode a tone."""
    layout = "mono" if channels == 1 else "stereo"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        samples = (np.tile(tone(seconds, rate), (channels, 1)) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(samples.T.reshape(1, -1).copy(), format="s16", layout=layout)
        frame.sample_rate = rate
        converter = av.AudioResampler(format=stream.codec_context.format, layout=layout, rate=rate, frame_size=1024)
        for piece in [*converter.resample(frame), *converter.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def frames(source: AudioSource) -> list[AudioFrame]:
    """Everything a source gives until its end."""
    source.open()
    heard = []
    try:
        while True:
            frame = source.read(1.0)
            if frame is not None:
                heard.append(frame)
    except EndOfAudio:
        return heard
    finally:
        source.close()


@pytest.mark.parametrize(
    ("name", "codec", "rate", "channels"),
    [
        ("a.wav", "pcm_s16le", 16_000, 1),
        ("telephone.wav", "pcm_s16le", 8_000, 1),
        ("studio.flac", "flac", 48_000, 2),
        ("music.ogg", "libopus", 48_000, 2),
        ("dictaphone.mp3", "libmp3lame", 44_100, 1),
    ],
)
def test_every_format_rate_and_number_of_channels_becomes_16_khz_mono(
    tmp_path: Path, name: str, codec: str, rate: int, channels: int
) -> None:
    heard = frames(Recording(write(tmp_path / name, codec, rate, channels, 1.0)))
    samples = np.concatenate([frame.samples for frame in heard])
    assert [frame.index for frame in heard] == list(range(len(heard)))
    assert samples.dtype == np.float32
    assert samples.size == pytest.approx(SAMPLE_RATE, abs=0.1 * SAMPLE_RATE)
    spectrum = np.abs(np.fft.rfft(samples[2_000:14_000]))
    assert np.argmax(spectrum) * SAMPLE_RATE / 12_000 == pytest.approx(440, abs=2)


def test_the_last_frame_is_filled_with_silence(tmp_path: Path) -> None:
    heard = frames(Recording(write(tmp_path / "a.wav", "pcm_s16le", SAMPLE_RATE, 1, 1_000 / SAMPLE_RATE)))
    assert len(heard) == 2
    assert not heard[1].samples[1_000 - FRAME_SAMPLES :].any()


@pytest.mark.parametrize("content", [b"", b"not sound at all" * 50, b"RIFF\x00\x00\x00\x00WAVE"])
def test_what_is_not_sound_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "faux.wav"
    path.write_bytes(content)
    with pytest.raises(AudioFileError, match=r"faux\.wav"):
        frames(Recording(path))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="n'existe pas"):
        Recording(tmp_path / "absent.wav").open()
    with pytest.raises(AudioFileError):
        Recording(tmp_path).open()


def test_a_rate_at_which_nobody_speaks_is_refused(tmp_path: Path) -> None:
    """100 samples at 1 Hz would become 1.6 million at 16 kHz."""
    slow = tmp_path / "lent.wav"
    with wave.open(str(slow), "wb") as out:
        out.setparams((1, 2, 1, 0, "NONE", ""))
        out.writeframes(bytes(200))
    with pytest.raises(AudioFileError, match="parole"):
        frames(Recording(slow))


@pytest.mark.parametrize(("name", "codec"), [("long.flac", "flac"), ("long.wav", "pcm_s16le")])
def test_a_file_that_breaks_off_is_heard_up_to_there_then_refused(tmp_path: Path, name: str, codec: str) -> None:
    path = write(tmp_path / name, codec, SAMPLE_RATE, 1, 4.0)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    recording = Recording(path)
    recording.open()
    heard = 0
    with pytest.raises(AudioFileError, match="coupé"):
        while True:
            recording.read(1.0)
            heard += 1
    assert heard * FRAME_SAMPLES / SAMPLE_RATE == pytest.approx(2.0, abs=0.7)


def test_at_real_pace_a_frame_that_is_not_due_is_not_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    recording = Recording(write(tmp_path / "a.wav", "pcm_s16le", SAMPLE_RATE, 1, 1.0), "real")
    recording.open()
    for _ in range(10):
        assert recording.read(1.0) is not None
    assert now[0] - 100.0 == pytest.approx(9 * 0.032)
    assert recording.read(0.01) is None
    # After a pause it goes on from where it was, at the same pace.
    now[0] += 60.0
    for _ in range(10):
        recording.read(1.0)
    assert now[0] - 160.0 == pytest.approx(18 * 0.032, abs=0.011)


def test_a_pipe_gives_its_sound_whatever_the_size_of_its_writes() -> None:
    reading, writing = os.pipe()
    samples = (tone(0.1) * 32767).astype("<i2").tobytes()
    for start in range(0, len(samples), 333):
        os.write(writing, samples[start : start + 333])
    os.close(writing)
    heard = frames(PcmPipe(reading))
    os.close(reading)
    assert np.concatenate([frame.samples for frame in heard])[:1_600] == pytest.approx(tone(0.1), abs=1e-4)


def test_a_silent_pipe_is_nothing_yet_and_a_closed_one_is_the_end() -> None:
    reading, writing = os.pipe()
    pipe = PcmPipe(reading)
    assert pipe.read(0.0) is None
    os.close(writing)
    with pytest.raises(EndOfAudio):
        pipe.read(0.0)
    os.close(reading)


@given(st.lists(st.integers(min_value=0, max_value=3 * FRAME_SAMPLES)))
def test_framing_neither_loses_nor_doubles_a_sample(sizes: list[int]) -> None:
    sound = np.arange(sum(sizes), dtype=np.float32)
    framer = Framer()
    for block in np.split(sound, np.cumsum(sizes)[:-1]) if sizes else []:
        framer.push(block)
    framer.flush()
    heard = []
    while (frame := framer.pop()) is not None:
        heard.append(frame)
    assert [frame.index for frame in heard] == list(range(len(heard)))
    joined = np.concatenate([frame.samples for frame in heard]) if heard else np.zeros(0)
    assert np.array_equal(joined[: sound.size], sound)
    assert not joined[sound.size :].any()
