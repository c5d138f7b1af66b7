"""Human speech: the telephone prompts of Debian's asterisk-core-sounds-en-g722 and -fr-g722.

English is judged by the transcripts that the package publishes. For French there is no trustworthy list: what comes out
must be French, of a plausible length, and none of the phrases that Whisper invents.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from kiosk.types import SAMPLE_RATE
from tests.real import command, sounds
from tests.real.conftest import INSTALL
from tests.words import word_error_rate, words

pytestmark = pytest.mark.real

PROMPTS: Final = Path("/usr/share/asterisk/sounds")
READERS: Final = {"en": "en_US_f_Allison", "fr": "fr_CA_f_June"}
GAP: Final = 1.2
"""Seconds of silence between prompts: longer than any pause inside these, save where Whisper gets two utterances."""

ENGLISH: Final = {
    "vm-intro": "Please leave your message after the tone. When done hang up or press the pound key.",
    "agent-newlocation": "Please enter a new extension, followed by pound.",
    "agent-alreadyon": "That agent is already logged on. Please enter your agent number followed by the pound key.",
    "ss-noservice": "The number you have dialed is not in service. Please check the number and try again.",
    "tt-allbusy": "All representatives of the household are currently assisting other telemarketers. "
    "Please hold and your call will be answered in the order it was received.",
    "vm-rec-unv": "After the tone say your unavailable message and then press the pound key.",
    "vm-tempgreeting2": "Press 1 to record your temporary greeting, or press 2 to erase your temporary greeting.",
    "demo-nogo": "I am afraid I was unable to create a connection to the Digium demonstration Asterisk server. "
    "You may find some helpful debugging information on the Asterisk console.",
}

FRENCH: Final = (
    "vm-intro",
    "agent-newlocation",
    "agent-alreadyon",
    "ss-noservice",
    "tt-allbusy",
    "vm-rec-unv",
    "vm-tempgreeting2",
    "demo-nogo",
)

COMMON_FRENCH: Final = {"de", "la", "le", "les", "un", "et", "à", "est", "n", "pas", "vous", "votre", "pour", "du"}
INVENTED: Final = re.compile(r"sous titr|amara|merci d avoir regardé|abonnez vous|soustitreur|thank you for watching")


@pytest.fixture(scope="module")
def english(models: None, tmp_path_factory: pytest.TempPathFactory) -> list[command.CaptionLine]:
    return captions(list(ENGLISH), "en", tmp_path_factory.mktemp("en"))


@pytest.fixture(scope="module")
def french(models: None, tmp_path_factory: pytest.TempPathFactory) -> list[command.CaptionLine]:
    return captions(list(FRENCH), "fr", tmp_path_factory.mktemp("fr"))


def test_english_prompts_are_heard_as_english_with_few_errors(english: list[command.CaptionLine]) -> None:
    assert {caption.language for caption in english} == {"en"}
    said = " ".join(ENGLISH.values())
    heard = " ".join(caption.text for caption in english)
    assert word_error_rate([said], [heard]) < 0.10


def test_french_prompts_are_heard_as_french(french: list[command.CaptionLine]) -> None:
    assert len(french) >= len(FRENCH)
    assert {caption.language for caption in french} == {"fr"}
    for caption in french:
        assert COMMON_FRENCH & set(words(caption.text).split()), caption.text


def test_french_prompts_give_as_many_words_as_a_person_says(french: list[command.CaptionLine]) -> None:
    for caption in french:
        # People read prompts at 2 to 4 words a second; a loop gives far more, a lost sentence far fewer.
        assert 1.0 <= len(words(caption.text).split()) / (caption.end - caption.start) <= 6.0, caption.text


def test_nothing_is_invented_around_french_prompts(french: list[command.CaptionLine]) -> None:
    assert not [caption.text for caption in french if INVENTED.search(words(caption.text))]


@pytest.mark.parametrize("language", READERS)
def test_no_word_said_alone_is_lost(language: str, models: None, tmp_path: Path) -> None:
    # What Whisper base makes of a word without its sentence is often wrong, and flagged: that a family answered is not.
    heard = captions([f"digits/{digit}" for digit in range(10)], language, tmp_path, shortest=0.4)
    assert len(heard) == 10


def test_the_screams_of_monkeys_are_not_captioned_or_doubted(models: None, tmp_path: Path) -> None:
    """Two processors do not round alike: one hears nothing, another a word that it finds improbable itself."""
    assert all("unsure-words" in caption.flags for caption in captions(["tt-monkeys"], "en", tmp_path))


def test_both_languages_are_translated(english: list[command.CaptionLine], french: list[command.CaptionLine]) -> None:
    for caption in (*english, *french):
        assert caption.translation
        assert {caption.language, caption.target} == {"fr", "en"}


def captions(names: list[str], language: str, folder: Path, *, shortest: float = 1.0) -> list[command.CaptionLine]:
    """The captions of these prompts, each of `shortest` seconds and more, said one after the other."""
    files = [PROMPTS / READERS[language] / f"{name}.g722" for name in names]
    if missing := [file.name for file in files if not file.exists()]:
        package = f"asterisk-core-sounds-{language}-g722"
        pytest.fail(f"missing from {package}: {', '.join(missing)} ({INSTALL})", pytrace=False)
    said = [sounds.read(file, form="g722") for file in files]
    assert all(sound.size > shortest * SAMPLE_RATE for sound in said)
    ran = command.caption(sounds.write(folder, "prompts", sounds.joined(said, GAP)))
    assert (ran.code, ran.err) == (0, "")
    return ran.captions
