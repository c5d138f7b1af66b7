"""The family is told before anything is listened to, and may refuse."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from textual.screen import Screen

from kiosk import paths
from kiosk.events import Failure, Ready
from kiosk.phrasebook import Phrasebook
from kiosk.types import Room
from kiosk.ui.app import KioskApp
from kiosk.ui.navigation import Means
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.interpreter import InterpreterScreen
from kiosk.ui.screens.notice import _CHOICES, NoticeScreen
from kiosk.ui.screens.welcome import WelcomeScreen
from kiosk.ui.widgets.keys import Keys
from tests.ui.fakes import CONTACTS, FR_AR, FR_EN, PHRASES, FakeOpener, caption, conversation, kiosk, offers, seen

MASHED = ("enter", "space", "escape", "2", "3", "n", "i", "e", "r", "t", "q", "l", "up", "down", "tab", "f1", "x", "z")


@pytest.mark.parametrize("key", ["1", "o"])
async def test_the_microphone_opens_once_the_family_accepts(key: str) -> None:
    opener = FakeOpener()
    async with kiosk(opener).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert opener.log == []
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert opener.log == ["open fr,en", "start"]


async def test_it_says_in_both_languages_that_a_machine_translates_and_may_be_wrong() -> None:
    async with kiosk(FakeOpener()).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = seen(pilot.app)
    assert "La machine peut se tromper." in text
    assert "The machine can make mistakes." in text
    assert "brouillons" in text


async def test_a_language_that_the_phrasebook_lacks_is_told_in_one_sentence_and_staff_are_asked_to_read() -> None:
    french_alone = Phrasebook.load(paths.PHRASEBOOK, Path("/nonexistent"), codes=())
    app = KioskApp(Means(offers(), "fr", french_alone, CONTACTS), FakeOpener(), Room("fr", "de"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = seen(pilot.app)
    assert "Automatische Übersetzung durch eine KI" in text
    assert "Pas de texte en allemand" in text


@pytest.mark.parametrize(("key", "why"), [("2", "c'est son droit"), ("3", "Appelez un interprète")])
async def test_refusing_or_asking_for_a_person_leads_to_whom_to_call_and_back(key: str, why: str) -> None:
    opener = FakeOpener()
    async with kiosk(opener).run_test(size=(110, 32)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterpreterScreen)
        text = seen(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NoticeScreen)
    assert why in text
    assert CONTACTS[0] in text
    assert opener.log == []


async def test_a_click_answers_as_a_key_does() -> None:
    opener = FakeOpener()
    async with kiosk(opener).run_test(size=(110, 32)) as pilot:
        await pilot.pause()
        await pilot.click("#accept")
        await pilot.pause()
        assert opener.log == ["open fr,en", "start"]


async def test_enter_alone_does_not_accept() -> None:
    opener = FakeOpener()
    async with kiosk(opener).run_test() as pilot:
        await pilot.press("enter", "enter", "space")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NoticeScreen)
    assert opener.log == []


async def test_escape_chooses_another_language() -> None:
    async with kiosk(FakeOpener(), FR_AR).run_test() as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WelcomeScreen)


Answer = type[NoticeScreen.Accepted | NoticeScreen.Left | NoticeScreen.InterpreterWanted]


@pytest.mark.parametrize(
    ("answers", "shown", "begun"),
    [
        ((NoticeScreen.Accepted, NoticeScreen.Left), ConsultationScreen, True),
        ((NoticeScreen.Left, NoticeScreen.Accepted), WelcomeScreen, False),
        ((NoticeScreen.InterpreterWanted, NoticeScreen.Accepted), InterpreterScreen, False),
        ((NoticeScreen.InterpreterWanted, NoticeScreen.Left), InterpreterScreen, False),
    ],
)
async def test_of_two_answers_in_one_breath_the_first_counts(
    answers: tuple[Answer, ...], shown: type[Screen[None]], begun: bool
) -> None:
    opener = FakeOpener()
    async with kiosk(opener).run_test() as pilot:
        await pilot.pause()
        notice = pilot.app.screen
        for answer in answers:
            notice.post_message(answer())
        await pilot.pause()
        await pilot.pause()

        assert type(pilot.app.screen) is shown
        assert opener.log == (["open fr,en", "start"] if begun else [])


async def test_a_language_whose_conversation_is_gone_begins_with_the_notice() -> None:
    opener = FakeOpener()
    async with kiosk(opener).run_test() as pilot:
        await pilot.press("1")
        await pilot.pause()
        await pilot.app.pop_screen()
        pilot.app.post_message(WelcomeScreen.Chosen("en"))
        await pilot.pause()
        await pilot.pause()

        assert isinstance(pilot.app.screen, NoticeScreen)


async def test_another_language_in_the_middle_of_a_conversation_is_told_anew() -> None:
    opener = FakeOpener()
    async with kiosk(opener, FR_EN).run_test() as pilot:
        await pilot.press("1")
        await pilot.press("l", *"turc", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NoticeScreen)
        assert opener.log == ["open fr,en", "start", "pause"]

        await pilot.press("1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)
        # At no moment do two sessions want the microphone.
        assert opener.log[3:] == ["stop", "open fr,tr", "start"]


async def test_a_conversation_stays_until_the_family_accepts_another_language() -> None:
    opener = FakeOpener()
    async with kiosk(opener, FR_EN).run_test(size=(110, 32)) as pilot:
        await pilot.press("1")
        opener.emit(Ready("Micro"), caption("Bonjour.", "Hello."))
        await pilot.press("l")
        await pilot.pause()
        assert "oublie ce qui a été dit. Échap : revenir à la conversation." in " ".join(seen(pilot.app).split())
        await pilot.press(*"turc", "enter", "2", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NoticeScreen)

        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WelcomeScreen)

        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert "Bonjour." in seen(pilot.app)
        assert "En pause, micro fermé" in seen(pilot.app)

        await pilot.press("space")
    assert opener.log == ["open fr,en", "start", "pause", "resume", "stop"]


async def test_the_first_choice_of_a_language_warns_of_nothing() -> None:
    async with kiosk(FakeOpener(), None).run_test() as pilot:
        await pilot.pause()
        assert "oublie" not in seen(pilot.app)


async def test_a_session_that_failed_while_its_microphone_was_closed_is_tried_again_with_it_closed() -> None:
    opener = FakeOpener()
    async with kiosk(opener, FR_EN).run_test(size=(110, 32)) as pilot:
        await pilot.press("1", "l", *"turc", "enter")
        opener.emit(Failure("Le micro est occupé.", ""))
        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NoticeScreen)
    assert opener.log[3:] == ["stop", "open fr,en", "start", "pause", "stop"]


async def test_a_person_can_be_asked_for_in_the_middle_and_the_microphone_closes() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(110, 32)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterpreterScreen)
        assert opener.log[-1] == "pause"
        await pilot.press("escape", "space")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert opener.log[-1] == "resume"


async def test_keys_mashed_at_random_never_open_the_microphone_before_acceptance() -> None:
    opener = FakeOpener()
    rng = random.Random(7)  # noqa: S311 - the same keys each time
    async with kiosk(opener, None).run_test(size=(80, 24)) as pilot:
        for _ in range(300):
            if pilot.app.return_code is not None:
                break
            await pilot.press(rng.choice([key for key in MASHED if key != "q"]))
        assert opener.log == []


@pytest.mark.parametrize("family", [code for code in PHRASES.languages if code != "fr"])
async def test_the_question_and_the_right_to_refuse_are_in_view_beside_the_answers(family: str) -> None:
    async with kiosk(FakeOpener(), Room("fr", family)).run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        shown = list(screen.query("#notice-question Static, .choice Static"))
        assert len(shown) == 2 + 6
        for size in ((80, 24), (60, 20), (50, 16)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert all(widget.size.height > 0 for widget in shown)
            assert max(widget.region.bottom for widget in shown) <= screen.query_one(Keys).region.y, size
            assert screen.query_one("#notice").size.height > 0


@pytest.mark.parametrize("family", PHRASES.languages)
def test_every_answer_is_a_statement_of_the_family(family: str) -> None:
    for choice in _CHOICES:
        entry = PHRASES.entry(choice.phrase, family)
        assert entry is not None
        assert not set(entry.text) & set("?¿؟")


@pytest.mark.parametrize(("key", "asked"), [("2", False), ("3", True)])
async def test_nobody_is_said_to_translate_or_to_be_called_while_a_person_is_only_asked_for(
    key: str, asked: bool
) -> None:
    async with kiosk(FakeOpener()).run_test(size=(110, 32)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        text = seen(pilot.app)
    assert ("An interpreter has been asked for." in text) is asked
    assert "The microphone is off." in text
    assert "interprète traduit" not in text
    assert "going to call" not in text


async def test_what_is_not_in_view_yet_is_told_with_its_key() -> None:
    async with kiosk(FakeOpener()).run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert "suite du texte : touche ↓" in seen(pilot.app)
        await pilot.press("end")
        await pilot.pause()
        assert "Internet" in seen(pilot.app)
        assert "suite du texte" not in seen(pilot.app)


async def test_nothing_more_is_promised_where_all_is_in_view() -> None:
    async with kiosk(FakeOpener()).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "suite du texte" not in seen(pilot.app)


@pytest.mark.parametrize("size", [(60, 20), (200, 60)])
async def test_every_choice_is_in_view_whatever_the_window(size: tuple[int, int]) -> None:
    async with kiosk(FakeOpener(), FR_AR).run_test(size=size) as pilot:
        await pilot.pause()
        text = seen(pilot.app)
    for choice in ("1 · Accepter", "2 · Refuser", "3 · Interprète"):
        assert choice in text
