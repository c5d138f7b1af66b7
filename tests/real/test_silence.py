"""What is not speech gives no caption: Whisper, left alone with silence, makes sentences up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real import command, sounds

pytestmark = pytest.mark.real

NOT_SPEECH = {
    "digital silence": sounds.silence(8),
    "a quiet room": sounds.noise(20, rms=0.001),
    "a fan": sounds.noise(20, rms=0.02),
    "a pen tapping on the table": sounds.clicks(20, every=0.7),
    "mains hum": sounds.hum(20),
}


@pytest.mark.parametrize("what", NOT_SPEECH)
@pytest.mark.usefixtures("models")
def test_no_caption_is_invented(what: str, tmp_path: Path) -> None:
    ran = command.caption(sounds.write(tmp_path, "noise", NOT_SPEECH[what]))

    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.usefixtures("models")
def test_words_after_a_long_silence_are_still_heard(tmp_path: Path, demo_sound: sounds.Sound) -> None:
    question = sounds.excerpt(demo_sound, 10.3, 13.3)

    ran = command.caption(sounds.write(tmp_path, "late", sounds.joined([question], gap=30)))

    assert ran.code == 0
    assert [caption.language for caption in ran.captions] == ["fr"]
    assert "température" in ran.captions[0].text
    assert ran.captions[0].start > 29.5
