"""Recordings as people bring them, good and bad, through `kiosk caption`."""

from __future__ import annotations

import signal
import subprocess
import wave
from pathlib import Path

import pytest

from tests.real import command, consultation, sounds
from tests.words import words

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("models")]

QUESTION = consultation.TURNS[2]

FORMS = [
    sounds.Form(channels=2),
    sounds.Form(rate=8_000),
    sounds.Form(rate=44_100, channels=2),
    sounds.Form(rate=48_000),
    sounds.Form(codec="pcm_s24le", rate=48_000, channels=2),
    sounds.Form(codec="pcm_f32le"),
    sounds.Form("flac", "flac"),
    sounds.Form("mp3", "libmp3lame", 44_100, 2),
    sounds.Form("ogg", "libopus", 48_000),
]


@pytest.fixture
def question(demo_sound: sounds.Sound) -> sounds.Sound:
    """« Est-ce que vous avez pris sa température ? », with a little silence around."""
    return sounds.excerpt(demo_sound, QUESTION.start - 0.5, QUESTION.end + 0.3)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_any_usual_form_is_heard(form: sounds.Form, tmp_path: Path, question: sounds.Sound) -> None:
    ran = command.caption(sounds.write(tmp_path, "question", question, form))

    assert (ran.code, ran.err) == (0, "")
    assert [words(caption.text) for caption in ran.captions] == [words(QUESTION.text)]


def test_raw_sound_on_standard_input_is_heard(question: sounds.Sound) -> None:
    ran = command.caption("-", sound=question.tobytes())

    assert (ran.code, ran.err) == (0, "")
    assert [words(caption.text) for caption in ran.captions] == [words(QUESTION.text)]


def test_an_odd_last_byte_on_standard_input_does_no_harm(question: sounds.Sound) -> None:
    ran = command.caption("-", sound=question.tobytes() + b"\x01")

    assert (ran.code, len(ran.captions)) == (0, 1)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "absente.wav"

    assert_refused(command.caption(file), file, "n'existe pas")


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    assert_refused(command.caption(tmp_path), tmp_path, "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vide.wav", b""),
        ("lettre.wav", b"Ce n'est pas du son.\n" * 50),
        ("image.mp3", b"\x89PNG\r\n\x1a\n" + bytes(2_000)),
        ("coupee.flac", b"fLaC\x00\x00"),
        ("entete.wav", b"RIFF\x24\x00\x00\x00WAVEfmt "),
    ],
)
def test_what_is_not_a_recording_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    assert_refused(command.caption(file), file, "")


def test_a_recording_without_a_single_sample_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sans-son.wav"
    with wave.open(str(file), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(16_000)

    assert_refused(command.caption(file), file, "")


def test_a_recording_that_breaks_off_is_captioned_up_to_there(tmp_path: Path, demo: command.Ran) -> None:
    file = tmp_path / "coupee.flac"
    whole = consultation.RECORDING.read_bytes()
    file.write_bytes(whole[: len(whole) // 4])

    ran = command.caption(file)

    assert_refused(ran, file, "coupé", nothing_out=False)
    heard = [caption.text for caption in ran.captions]
    assert heard[:3] == [caption.text for caption in demo.captions[:3]]
    assert len(heard) < len(demo.captions)


def test_ctrl_c_in_the_middle_ends_it_at_once_with_what_was_captioned() -> None:
    arguments = [str(consultation.RECORDING), "--languages", "fr,en", "--format", "jsonl", "--pace", "real"]
    with subprocess.Popen(
        [*command.KIOSK, "caption", *arguments],
        env=command.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate(timeout=command.PATIENCE)

    assert process.returncode == 130
    assert command.caption_line(first).id == 1
    assert len(rest.splitlines()) < 3
    assert err == "kiosk : interrompu.\n"


def assert_refused(ran: command.Ran, file: Path, reason: str, *, nothing_out: bool = True) -> None:
    """Exit code 1, the file named, one sentence and perhaps a remedy, no traceback, and no caption unless told."""
    assert ran.code == 1
    assert ran.err.startswith("kiosk : ")
    assert file.name in ran.err
    assert reason in ran.err
    assert len(ran.err.splitlines()) <= 2
    assert "Traceback" not in ran.err
    if nothing_out:
        assert ran.out == ""
