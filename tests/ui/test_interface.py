"""The screen in English, for staff who asked for it, and what stays as it is whoever reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.binding import Binding

from kiosk import paths
from kiosk.events import DeviceLost, Loading, Overflow, Ready
from kiosk.guide import guide_in, staff_guide
from kiosk.languages import language
from kiosk.phrasebook import MASTER
from kiosk.types import Flag
from kiosk.ui import strings
from kiosk.ui.app import KioskApp
from kiosk.ui.navigation import Means
from kiosk.ui.screens import interpreter, notice, waiting
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.discovery import STEPS, DiscoveryScreen
from kiosk.ui.screens.live import Surroundings
from kiosk.ui.strings import counted, family_strings, flag_word, speak
from kiosk.ui.widgets.language_picker import matches
from tests.ui.fakes import CONTACTS, FR_AR, FR_EN, PHRASES, FakeOpener, caption, kiosk, offers, seen


@pytest.fixture(autouse=True)
def french_again() -> Iterator[None]:
    yield
    speak(MASTER)


def in_english(opener: FakeOpener) -> KioskApp:
    """The app, as `kiosk run` builds it with `[interface] language = "en"`."""
    return KioskApp(Means(offers(), "fr", PHRASES, CONTACTS, interface="en"), opener, None)


def words(app: App[None]) -> str:
    return " ".join(seen(app).split())


async def test_the_languages_and_the_keys_are_named_in_english() -> None:
    async with in_english(FakeOpener()).run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        text = words(pilot.app)
        assert "Which language does the family speak?" in text
        assert "Türkçe Turkish" in text
        assert "Enter Choose F1 Help Ctrl+Q Quit" in text

        await pilot.press(*"turk")
        await pilot.pause()
        assert "Esc Clear" in words(pilot.app)


async def test_a_consultation_in_english_from_the_notice_to_its_end() -> None:
    opener = FakeOpener()
    async with in_english(opener).run_test(size=(140, 40)) as pilot:
        await pilot.press(*"arab", "enter")
        await pilot.pause()
        text = words(pilot.app)
        assert "Before the microphone opens, to be read together" in text
        assert "1 · Accept" in text
        assert "drafts that no interpreter has reviewed yet" in text

        await pilot.press("1")
        opener.emit(
            Ready("USB"),
            Overflow(1.5),
            caption("Donnez 2,5 ml.", "أعطه 25 مل.", room=FR_AR, flags=(Flag.NUMBERS,)),
        )
        await pilot.pause()
        text = words(pilot.app)
        assert "► Staff" in text
        assert "⚠ check the numbers" in text
        assert "Listening: USB Mic ░░░░░░░░░░ closed" in text
        assert "1.5 s of sound lost" in text
        assert "space Pause" in text

        opener.emit(DeviceLost("Le micro a disparu.", "Rebranchez-le."))
        await pilot.pause()
        # What went wrong is told in French: errors are the same on the screen, in the log and on the command line.
        # What the screen adds in its own language stands on a line of its own.
        lines = [line.strip() for line in seen(pilot.app).splitlines()]
        place = lines.index("Le micro a disparu. Rebranchez-le.")
        assert lines[place + 1] == "Listening will resume by itself."

        await pilot.press("q")
        await pilot.pause()
        assert "In memory: 1 caption and its translation." in words(pilot.app)


async def test_what_is_loaded_is_named_in_english() -> None:
    opener = FakeOpener()
    async with in_english(opener).run_test(size=(100, 30)) as pilot:
        await pilot.press(*"arab", "enter", "1")
        opener.emit(Loading("reconnaissance vocale"))
        await pilot.pause()
        assert "Loading: speech recognition…" in words(pilot.app)


@pytest.mark.parametrize("spoken", ["fr", "en"])
def test_no_two_keys_of_different_use_have_the_same_words(spoken: str) -> None:
    told_apart = ("language", "languages", "other_language", "switch_language", "back_translate", "read_on")
    texts = [strings.catalogue().text(f"keys.{key}", spoken) for key in told_apart]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_each_step_of_the_tour_is_read_whole_in_english(size: tuple[int, int]) -> None:
    opener = FakeOpener()
    app = in_english(opener)
    async with app.run_test(size=size) as pilot:
        app.push_screen(DiscoveryScreen(Surroundings(FR_EN, starter=False, demo=True), opener))
        for step in STEPS:
            await pilot.pause()
            shown = " ".join(seen(app).replace("▌", " ").split())
            assert step.title in shown
            assert step.words in shown
            await pilot.press("enter")


async def test_help_is_in_english() -> None:
    async with in_english(FakeOpener()).run_test(size=(100, 30)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert "An AI translates, and it can be wrong" in words(pilot.app)
        assert "Esc Close help" in words(pilot.app)


async def test_the_next_app_is_in_french_again() -> None:
    speak("en")
    async with kiosk(FakeOpener(), None).run_test() as pilot:
        await pilot.pause()
        assert "Quelle est la langue de la famille ?" in words(pilot.app)


def test_a_language_is_found_by_its_english_name_too() -> None:
    speak("en")
    assert matches(language("de"), "germ")
    assert matches(language("de"), "allem")


@pytest.mark.parametrize(
    ("spoken", "counts"),
    [("fr", ["0 phrase", "1 phrase", "2 phrases"]), ("en", ["0 phrases", "1 phrase", "2 phrases"])],
)
def test_each_language_counts_its_own_way(spoken: str, counts: list[str]) -> None:
    speak(spoken)
    assert [counted("phrases.count", number) for number in range(3)] == counts


def test_what_is_kept_says_its_doubts_in_french() -> None:
    speak("en")
    assert flag_word(Flag.NUMBERS) == "check the numbers"
    assert flag_word(Flag.NUMBERS, MASTER) == "chiffres à vérifier"


def test_a_family_without_words_of_its_own_reads_french() -> None:
    assert family_strings("eo") == family_strings("fr")
    assert family_strings("ar").who == "العائلة"


@pytest.mark.parametrize("code", sorted(file.stem for file in paths.PHRASEBOOK.glob("*.toml")))
def test_every_phrase_that_a_screen_shows_by_itself_is_there_in_each_language(code: str) -> None:
    choices = (choice.phrase for choice in notice._CHOICES)
    family = (*notice.PHRASES, *notice.QUESTION, interpreter.ASKED_FOR, *interpreter.PHRASES)
    shown = (*family, *waiting.PHRASES, *choices)
    assert [phrase for phrase in shown if PHRASES.entry(phrase, code) is None] == []


# -- the guide --------------------------------------------------------------------------------------------------------


def outline(guide: str) -> list[str]:
    """What each line is, whatever its words: a title, an item, a key of the table."""
    marks = (re.match(r"#+|- |\d\. |\| [^|]+\||", line) for line in guide.splitlines())
    return [mark[0] for mark in marks if mark is not None and mark[0]]


def test_the_english_guide_says_as_much_as_the_french_one() -> None:
    names = {"espace": "space", "Touche": "Key"}
    french = [re.sub(r"espace|Touche", lambda word: names[word[0]], mark) for mark in outline(staff_guide())]
    assert outline(guide_in("en")) == french


def test_the_english_guide_explains_every_key_of_the_consultation() -> None:
    table = guide_in("en").split("## Keys")[1].split("## ")[0]
    names = {"space": "space", "question_mark": "?", "end": "End"}
    for binding in ConsultationScreen.BINDINGS:
        assert isinstance(binding, Binding)
        key = binding.key.split(",")[0]
        assert re.search(rf"(^|\W){re.escape(names.get(key, key))}(\W|$)", table), binding


def test_without_an_english_guide_the_french_one_shows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("kiosk.paths.GUIDE", tmp_path / "guide.md")
    assert guide_in("en") == staff_guide()
