"""Each adapter with its real model, on the demo's first sentences."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from faster_whisper.vad import get_vad_model

from kiosk import build, installed, paths
from kiosk.adapters.recording import Recording
from kiosk.adapters.silero import SileroDetector
from kiosk.adapters.whisper import WhisperTranscriber
from kiosk.config import Config
from kiosk.errors import EndOfAudio, ModelDamaged
from kiosk.hypothesis import Hypothesis
from kiosk.settings import load_config
from kiosk.textrules import is_invented
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE, Context, Flag, Samples
from tests.words import words

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(options={"speech.model": "base"})


@pytest.fixture(scope="module")
def speech() -> Samples:
    """The first 9 seconds of the demo: a sentence in French, then one in English."""
    recording = Recording(paths.DEMO)
    recording.open()
    frames = []
    try:
        while len(frames) * FRAME_SAMPLES < 9 * SAMPLE_RATE:
            frame = recording.read(1.0)
            assert frame is not None
            frames.append(frame.samples)
    except EndOfAudio:
        pass
    recording.close()
    return np.concatenate(frames)


@pytest.fixture(scope="module")
def whisper(config: Config) -> WhisperTranscriber:
    store = installed.model_store(config)
    transcriber = WhisperTranscriber(lambda: store.whisper(config.speech.model), config.speech)
    transcriber.load()
    return transcriber


def test_streaming_voice_detection_equals_the_whole_file_at_once(speech: Samples) -> None:
    at_once = get_vad_model()(speech).reshape(-1)
    detector = SileroDetector()
    detector.load()
    windows = speech.reshape(-1, FRAME_SAMPLES)
    streamed = [detector.probability(window) for window in windows]
    assert streamed == pytest.approx(at_once.tolist(), abs=1e-3)
    assert max(streamed) > 0.9
    detector.reset()
    assert detector.probability(windows[0]) == pytest.approx(streamed[0], abs=1e-6)


def test_only_the_two_languages_of_the_room_are_ever_chosen(whisper: WhisperTranscriber, speech: Samples) -> None:
    french = speech[: 4 * SAMPLE_RATE]
    assert whisper.transcribe(french, ("fr", "en"), Context(), final=True).language == "fr"
    # Were Whisper free to choose, it would answer in French here too.
    assert whisper.transcribe(french, ("tr", "uk"), Context(), final=True).language in {"tr", "uk"}


def test_a_person_who_names_the_language_is_obeyed(whisper: WhisperTranscriber, speech: Samples) -> None:
    heard = whisper.transcribe(speech[: 4 * SAMPLE_RATE], ("fr", "en"), Context(language="en"), final=True)
    assert (heard.language, heard.probability) == ("en", 1.0)
    assert heard.text
    assert Flag.UNSURE_LANGUAGE not in heard.flags


def test_a_floor_that_was_forgotten_is_obeyed_and_doubted(whisper: WhisperTranscriber, speech: Samples) -> None:
    french = speech[: 4 * SAMPLE_RATE]
    right = whisper.transcribe(french, ("fr", "en"), Context(floor="fr"), final=True)
    assert (right.language, Flag.UNSURE_LANGUAGE in right.flags) == ("fr", False)
    wrong = whisper.transcribe(french, ("fr", "en"), Context(floor="en"), final=True)
    assert (wrong.language, Flag.UNSURE_LANGUAGE in wrong.flags) == ("en", True)


def test_a_partial_of_half_a_sentence_is_its_beginning(whisper: WhisperTranscriber, speech: Samples) -> None:
    partial = whisper.transcribe(speech[: 2 * SAMPLE_RATE], ("fr", "en"), Context(), final=False)
    assert partial.language == "fr"
    assert "bonjour" in partial.text.casefold()


def test_a_hypothesis_goes_on_from_the_settled_words(whisper: WhisperTranscriber, speech: Samples) -> None:
    known = Context(language="fr", settled="Bonjour, comment va")
    heard = whisper.transcribe(speech[: 4 * SAMPLE_RATE], ("fr", "en"), known, final=False)
    assert heard.text.startswith("Bonjour, comment va votre petite fille")


def test_words_that_a_short_window_loses_are_missed_and_heard(
    whisper: WhisperTranscriber, speech: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = speech[: 4 * SAMPLE_RATE]
    looks = whisper.tally.looks
    whole = whisper.transcribe(sound, ("fr", "en"), Context(language="fr"), final=True)
    assert whisper.tally.looks == looks

    decode, answers = whisper._loaded.decode, []

    def stop_after_the_first_word(*arguments: Any) -> Hypothesis:
        """As Whisper does at times in a short window, and is sure of it."""
        answers.append(decode(*arguments))
        return answers[-1] if len(answers) > 1 else replace(answers[0], text="Bonjour.", tokens=3)

    monkeypatch.setattr(whisper._loaded, "decode", stop_after_the_first_word)
    mended = whisper.transcribe(sound, ("fr", "en"), Context(language="fr"), final=True)
    assert whisper.tally.looks == looks + 1
    assert words(mended.text) == words(whole.text)


def test_silence_gives_nothing_that_a_rule_would_keep(whisper: WhisperTranscriber) -> None:
    silence = np.zeros(2 * SAMPLE_RATE, np.float32)
    assert is_invented(whisper.transcribe(silence, ("fr", "en"), Context(), final=True), voice=0.0)


def test_a_damaged_model_is_named_before_it_is_read(config: Config, tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"not a model")
    transcriber = WhisperTranscriber(lambda: tmp_path, config.speech)
    with pytest.raises(ModelDamaged, match="kiosk models"):
        transcriber.load()


def test_the_starter_packages_translate_both_ways_and_say_what_they_are(config: Config) -> None:
    there = build.translator(config, "fr", "en").translate("Bonjour. Comment allez-vous ?", "fr", "en")
    back = build.translator(config, "en", "fr").translate("Did he have a fever after the last vaccine?", "en", "fr")
    assert "how are you" in there.text.casefold()
    assert "fièvre" in back.text.casefold()
    offer = next(offer for offer in installed.language_offers(config) if offer.language.code == "en")
    assert (Flag.STARTER in there.flags) is offer.starter


def test_nothing_forbidden_is_imported_and_no_folder_is_made_in_the_home(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from kiosk.cli import main\n"
        "code = main(['translate', '--from', 'fr', '--to', 'en', 'Bonjour.'])\n"
        "forbidden = {'torch', 'stanza', 'spacy', 'minisbd', 'argostranslate.translate'} & set(sys.modules)\n"
        "sys.exit(f'imported: {forbidden}' if forbidden else code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []
