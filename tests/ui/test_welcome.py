"""Choosing the family's language."""

from __future__ import annotations

import threading

from textual import events
from textual.widgets import Footer

from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.notice import NoticeScreen
from kiosk.ui.screens.welcome import WelcomeScreen
from tests.ui.fakes import FR_AR, FakeOpener, conversation, kiosk, seen


async def test_languages_are_shown_by_their_own_name_with_the_french_one_beside() -> None:
    async with kiosk(FakeOpener(), None).run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        lines = [line.split() for line in seen(pilot.app).splitlines()]

    assert ["Türkçe", "turc"] in lines
    assert ["Português", "portugais"] in lines
    assert not any("français" in line for line in lines)


async def test_typing_letters_then_enter_opens_the_conversation() -> None:
    opener = FakeOpener()
    async with kiosk(opener, None).run_test() as pilot:
        await pilot.press(*"turc", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NoticeScreen)
        assert opener.log == []

        await pilot.press("1")
        await pilot.pause()

        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert opener.log == ["open fr,tr", "start"]
        assert "Famille · Türkçe" in seen(pilot.app)


async def test_enter_in_the_same_instant_as_the_letters_takes_what_they_name() -> None:
    app = kiosk(FakeOpener(), None)
    async with app.run_test() as pilot:
        await pilot.pause()
        # As one read of the terminal brings them; `press` would wait after each.
        for key in (*"tur", "enter"):
            app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await pilot.pause()
        await pilot.pause()

        assert isinstance(app.screen, NoticeScreen)
        assert "Türkçe" in seen(app)


async def test_arrows_choose_without_typing() -> None:
    opener = FakeOpener()
    async with kiosk(opener, None).run_test() as pilot:
        await pilot.press("down", "down", "up", "enter", "1")
        await pilot.pause()

    assert opener.log[0] == "open fr,tr"


async def test_the_letters_of_shortcuts_are_letters_here() -> None:
    async with kiosk(FakeOpener(), None).run_test() as pilot:
        await pilot.press("q", "t", "e", "question_mark", "space")
        await pilot.pause()

        assert isinstance(pilot.app.screen, WelcomeScreen)
        assert "qte?" in seen(pilot.app)


async def test_nothing_found_says_so_and_escape_shows_every_language_again() -> None:
    async with kiosk(FakeOpener(), None).run_test() as pilot:
        await pilot.press(*"zzz")
        await pilot.pause()
        assert "Aucune langue ne commence ainsi" in seen(pilot.app)

        await pilot.press("enter", "escape")
        await pilot.pause()
        assert "Türkçe" in seen(pilot.app)


async def test_a_language_that_is_not_installed_is_not_opened_and_says_what_to_fetch() -> None:
    opener = FakeOpener()
    async with kiosk(opener, None).run_test() as pilot:
        await pilot.press(*"persan")
        await pilot.pause()
        assert "non installé" in seen(pilot.app)

        await pilot.press("enter")
        await pilot.pause()

        assert isinstance(pilot.app.screen, WelcomeScreen)
        assert "Paquets manquants : en-fa, fa-en." in seen(pilot.app)
        assert "kiosk models pull fr-fa" in seen(pilot.app)
    assert opener.log == []


async def test_a_demonstration_language_is_marked_before_it_is_chosen() -> None:
    async with kiosk(FakeOpener(), None, starter="en").run_test() as pilot:
        await pilot.press(*"angl")
        await pilot.pause()

        assert "démonstration" in seen(pilot.app)
        assert "ne pas utiliser avec une famille" in seen(pilot.app)


async def test_a_given_room_opens_without_asking() -> None:
    opener = FakeOpener()
    async with conversation(opener, FR_AR).run_test() as pilot:
        await pilot.pause()

        assert opener.log == ["open fr,ar", "start"]


async def test_changing_the_language_stops_the_old_session_before_the_new_one_opens() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        await pilot.press("l", *"arabe", "enter")
        await pilot.pause()

        assert opener.log == ["open fr,en", "start", "stop", "open fr,ar", "start"]


async def test_a_session_stops_away_from_the_event_loop_since_it_may_take_a_second() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        await pilot.press("l", *"arabe", "enter")
        await pilot.pause()

    assert len(opener.sessions) == 2
    assert threading.current_thread() not in [session.stopped_in for session in opener.sessions]
    assert None not in [session.stopped_in for session in opener.sessions]


async def test_going_back_from_the_languages_leaves_the_conversation_as_it_was() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        await pilot.press("l", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)

        await pilot.press("l", *"anglais", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)

        assert opener.log == ["open fr,en", "start"]


async def test_keys_are_shown_in_french() -> None:
    async with kiosk(FakeOpener(), None).run_test() as pilot:
        await pilot.pause()
        footer = seen(pilot.app).splitlines()[pilot.app.screen.query_one(Footer).region.y]

    assert footer.split() == ["Entrée", "Choisir", "F1", "Aide", "Ctrl+Q", "Quitter"]
