"""The kiosk alone in a waiting room."""

from __future__ import annotations

import pytest

from kiosk.events import DeviceLost, Discarded, Event, Failure, Ready, SpeechStarted
from kiosk.languages import LANGUAGES, Offer, language
from kiosk.ui.bidi import visual_line
from kiosk.ui.screens import staff_code
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.large import LargeScreen
from kiosk.ui.screens.notice import NoticeScreen
from kiosk.ui.screens.phrases import PhrasesScreen
from kiosk.ui.screens.staff_code import StaffCodeScreen, Tries
from kiosk.ui.screens.waiting import WaitingScreen
from kiosk.ui.screens.welcome import WelcomeScreen
from kiosk.ui.strings import family_strings
from kiosk.ui.waiting_room import WaitingRoomApp, Watch
from tests.ui.fakes import CONTACTS, PHRASES, FakeOpener, Means, caption, offers, seen


def alone(
    opener: FakeOpener, languages: tuple[Offer, ...] | None = None, *, idle: float = 600.0, trial: bool = False
) -> WaitingRoomApp:
    means = Means(offers() if languages is None else languages, "fr", PHRASES, CONTACTS)
    return WaitingRoomApp(means, opener, Watch("2580", idle, demonstration=trial))


DEMONSTRATIONS = tuple(Offer(language(code), (), starter=True) for code in ("en", "es"))
"""A machine that has nothing but demonstration packages."""


async def test_welcomes_take_turns_in_the_languages_of_the_machine() -> None:
    async with alone(FakeOpener()).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, WaitingScreen)
        turns = []
        for _ in range(4):
            turns.append(seen(pilot.app))
            screen.next_turn()
            await pilot.pause()
    assert any("Merhaba" in turn for turn in turns)
    assert any("Hello, please come in." in turn for turn in turns)


async def test_a_key_leads_to_the_languages_and_a_language_to_the_notice() -> None:
    opener = FakeOpener()
    async with alone(opener).run_test(size=(100, 30)) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WelcomeScreen)
        await pilot.press(*"turc", "enter", "1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)
    assert opener.log[:2] == ["open fr,tr", "start"]


async def test_a_touch_wakes_it_too() -> None:
    async with alone(FakeOpener()).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.click()
        await pilot.pause()
        assert isinstance(pilot.app.screen, WelcomeScreen)


async def test_when_nobody_is_left_all_is_forgotten_and_it_welcomes_again() -> None:
    opener = FakeOpener()
    app = alone(opener)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc", "enter", "1")
        await pilot.pause()
        opener.emit(Ready("Micro"), caption("Bonjour", "Merhaba"))
        await pilot.pause()
        await app.look()
        assert isinstance(app.screen, ConsultationScreen)
        app._watch = Watch("2580", 0.0)
        await app.look()
        await pilot.pause()
        assert isinstance(app.screen, WaitingScreen)
        assert len(app.screen_stack) == 2
    assert opener.log[-1] == "stop"


@pytest.mark.parametrize(
    ("events", "stays"),
    [((SpeechStarted(2), Discarded(2)), False), ((SpeechStarted(2), caption("Merci", "Teşekkürler")), True)],
    ids=["a cough", "words"],
)
async def test_words_show_that_somebody_is_here_and_a_cough_or_a_door_does_not(
    events: tuple[Event, ...], stays: bool
) -> None:
    opener = FakeOpener()
    app = alone(opener)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc", "enter", "1")
        await pilot.pause()
        app._last -= 601
        app._heard -= 601
        opener.emit(Ready("Micro"), *events)
        await pilot.pause()  # the conversation is told,
        await pilot.pause()  # and tells the app
        await app.look()
        assert isinstance(app.screen, ConsultationScreen) == stays


async def test_a_television_keeps_nobody_s_words_where_no_key_is_pressed_for_long() -> None:
    opener = FakeOpener()
    app = alone(opener)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc", "enter", "1")
        await pilot.pause()
        app._last -= 5 * 600
        opener.emit(Ready("Micro"), caption("Bonsoir à tous", "Herkese iyi akşamlar"))
        await pilot.pause()
        await app.look()
        await pilot.pause()
        assert isinstance(app.screen, WaitingScreen)


@pytest.mark.parametrize("keys", [(), ("g",)], ids=["conversation", "large"])
async def test_before_all_is_forgotten_the_family_is_asked_whether_it_is_still_there(keys: tuple[str, ...]) -> None:
    opener = FakeOpener()
    app = alone(opener)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc", "enter", "1")
        opener.emit(Ready("Micro"), caption("Bonjour", "Merhaba"))
        await pilot.pause()
        await pilot.press(*keys)
        app._last -= 5 * 600 - 10
        await app.look()
        await pilot.pause()
        assert "Hâlâ burada mısınız?" in seen(app)
        await pilot.press("down")
        await app.look()
        await pilot.pause()
        assert "Hâlâ burada mısınız?" not in seen(app)
        assert "Merhaba" in seen(app)


@pytest.mark.parametrize("keys", [("ctrl+q",), ("ctrl+c",), ("x", "ctrl+q"), ("x", *"turc", "enter", "1", "ctrl+q")])
async def test_there_is_no_way_out_without_the_code(keys: tuple[str, ...]) -> None:
    async with alone(FakeOpener()).run_test(size=(100, 30)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert isinstance(pilot.app.screen, StaffCodeScreen)
        await pilot.press(*"1111", "enter")
        await pilot.pause()
        assert pilot.app.is_running
        assert "Ce n'est pas le code." in seen(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, StaffCodeScreen)


async def test_staff_leave_with_the_code() -> None:
    async with alone(FakeOpener()).run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+q", *"2580", "enter")
        await pilot.pause()
        assert pilot.app.return_code == 0


async def test_reserved_phrases_are_not_offered_where_no_staff_are() -> None:
    async with alone(FakeOpener()).run_test(size=(100, 40)) as pilot:
        await pilot.press("x", *"turc", "enter", "1", "p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PhrasesScreen)
        assert "Phrases réservées" not in seen(pilot.app)


async def test_guessing_has_to_wait() -> None:
    async with alone(FakeOpener()).run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+q")
        for _ in range(staff_code.TRIES):
            await pilot.press(*"0000", "enter")
        await pilot.press(*"2580", "enter")
        await pilot.pause()
        assert pilot.app.return_code is None
        assert "Trop d'essais" in seen(pilot.app)


async def test_leaving_and_asking_again_gives_no_new_tries() -> None:
    async with alone(FakeOpener()).run_test(size=(100, 30)) as pilot:
        for _ in range(staff_code.TRIES):
            await pilot.press("ctrl+q", *"0000", "enter", "escape")
            await pilot.pause()
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert "Trop d'essais" in seen(pilot.app)
        await pilot.press(*"2580", "enter")
        await pilot.pause()
        assert pilot.app.return_code is None


def test_after_half_a_minute_the_code_counts_again() -> None:
    now = 1000.0
    tries = Tries(lambda: now)
    for _ in range(staff_code.TRIES):
        assert not tries.locked
        tries.wrong()
    now += staff_code.PAUSE - 1
    assert tries.locked
    now += 1
    assert not tries.locked


async def test_only_languages_that_can_be_chosen_are_shown_each_by_its_own_name() -> None:
    async with alone(FakeOpener(), offers(starter="es")).run_test(size=(100, 30)) as pilot:
        await pilot.press("x")
        await pilot.pause()
        text = seen(pilot.app)
    assert "Türkçe" in text
    assert "فارسی" not in text and visual_line("فارسی", "fa") not in text  # not installed
    assert "Español" not in text  # demonstration packages alone
    for french in ("turc", "Quelle est la langue", "installé", "Premières lettres", "Quitter", "commencer"):
        assert french not in text


async def test_escape_goes_back_from_the_languages_to_the_welcomes() -> None:
    async with alone(FakeOpener()).run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc")
        await pilot.pause()
        await pilot.press("escape")  # empties what was typed
        await pilot.pause()
        assert isinstance(pilot.app.screen, WelcomeScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WaitingScreen)
        assert len(pilot.app.screen_stack) == 2


async def test_escape_goes_back_from_the_languages_to_a_conversation_under_way() -> None:
    opener = FakeOpener()
    async with alone(opener).run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc", "enter", "1", "l", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)
    assert opener.log[:2] == ["open fr,tr", "start"]


async def test_a_touch_on_a_welcome_leads_to_the_notice_in_its_language() -> None:
    async with alone(FakeOpener()).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, WaitingScreen)
        screen.next_turn()  # Arabic is the first
        await pilot.pause()
        await pilot.click("#waiting-words")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NoticeScreen)
        assert "Türkçe" in seen(pilot.app)


async def test_demonstration_packages_are_offered_to_no_family() -> None:
    opener = FakeOpener()
    async with alone(opener, DEMONSTRATIONS).run_test(size=(100, 30)) as pilot:
        await pilot.press("x", "enter", "1")
        await pilot.click()
        await pilot.pause()
        assert isinstance(pilot.app.screen, WaitingScreen)
        text = seen(pilot.app)
        assert "aucune langue à offrir aux familles" in text
        assert "kiosk models pull fr-ar" in text
        assert "Please ask a member of staff." in text
        assert "English" not in text
        await pilot.press("ctrl+q", *"2580", "enter")  # staff can leave
        await pilot.pause()
        assert pilot.app.return_code == 0
    assert opener.log == []


async def test_where_nothing_is_ready_every_family_reads_so_in_its_turn() -> None:
    async with alone(FakeOpener(), DEMONSTRATIONS).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, WaitingScreen)
        read, told = "", []
        for _ in range(3):
            told.append("aucune langue à offrir aux familles" in seen(pilot.app))
            read += seen(pilot.app)
            screen.next_turn()
            await pilot.pause()
    assert all(told)
    for code in LANGUAGES:
        first = visual_line(family_strings(code).ask_staff, code).split()[-1 if language(code).rtl else 0]
        assert first in read, code


async def test_a_trial_offers_them_and_says_on_each_screen_that_they_are_demonstrations() -> None:
    opener = FakeOpener()
    async with alone(opener, DEMONSTRATIONS, trial=True).run_test(size=(100, 30)) as pilot:
        for keys in ((), ("x",), ("enter",), ("1",)):
            await pilot.press(*keys)
            await pilot.pause()
            assert "modèle de démonstration : ne pas utiliser avec une famille" in seen(pilot.app)
    assert opener.log[:2] == ["open fr,en", "start"]


async def test_a_family_is_told_to_ask_staff_about_a_microphone_and_not_what_to_type() -> None:
    opener = FakeOpener()
    async with alone(opener).run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc", "enter", "1")
        opener.emit(DeviceLost("Aucun microphone.", "Voyez « kiosk devices »."))
        await pilot.pause()
        text = seen(pilot.app)
        assert "Bu makine hazır değil. Lütfen bir görevliye sorun." in text
        assert "Demandez à une personne de l'équipe." in text
        assert "kiosk devices" not in text
        await pilot.press("e")
        await pilot.pause()
        assert "Effacer la conversation ?" in seen(pilot.app)
        assert "kiosk devices" not in seen(pilot.app)
        opener.emit(Failure("Le modèle est abîmé.", "Lancez « kiosk models verify »."))
        await pilot.pause()
        text = seen(pilot.app)
        assert "Bu makine hazır değil." in text
        assert "kiosk models" not in text
        assert "Quitter" not in text


async def test_nothing_is_said_of_keys_that_the_terminal_of_a_kiosk_does_not_have() -> None:
    opener = FakeOpener()
    async with alone(opener).run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc", "enter", "1")
        await pilot.pause()
        opener.emit(Ready("Micro"), caption("Bonjour", "Merhaba"))
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LargeScreen)
        assert "Ctrl" not in seen(pilot.app)


# -- what a family alone reads ----------------------------------------------------------------------------------------


async def test_a_family_alone_reads_in_its_language_what_keys_do_and_whether_it_is_heard() -> None:
    opener = FakeOpener()
    app = alone(opener)
    async with app.run_test(size=(100, 30)) as pilot:

        async def footer(*keys: str) -> str:
            await pilot.press(*keys)
            await pilot.pause()
            return seen(app).splitlines()[-1]

        notice = await footer("x", *"turc", "enter")
        assert "1 Kabul et" in notice
        assert "2 Reddet" in notice
        assert "Aide" not in notice
        listening = await footer("1")
        assert "boşluk Duraklat" in listening
        assert "Corriger" not in listening  # nobody has put that in Turkish: it is for staff
        opener.emit(Ready("Micro"))
        await pilot.pause()
        assert "Mikrofon açık" in seen(app)
        assert "boşluk Devam et" in await footer("space")
        assert "Mikrofon kapalı" in seen(app)
        assert "Unut" in await footer("q")
        assert "Yeni konuşma" in await footer("enter")
        assert "Her şey silindi." in seen(app)


async def test_a_family_alone_is_told_to_show_staff_that_it_wants_a_person_and_not_that_one_is_called() -> None:
    async with alone(FakeOpener()).run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc", "enter", "3")
        await pilot.pause()
        text = seen(pilot.app)
        assert "Bu ekranı bir görevliye gösterin." in text
        assert "Montrez cet écran à une personne de l'équipe." in text
        assert "Un interprète est demandé." not in text
        assert "Le micro est fermé." in text


async def test_a_family_alone_is_asked_in_its_language_whether_to_erase_and_to_end() -> None:
    opener = FakeOpener()
    async with alone(opener).run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc", "enter", "1")
        opener.emit(Ready("Micro"), caption("Bonjour", "Merhaba"))
        await pilot.press("e")
        await pilot.pause()
        assert "Konuşma silinsin mi? e: evet, başka bir tuş: hayır" in seen(pilot.app)
        await pilot.press("x")
        await pilot.pause()
        assert "silinsin mi" not in seen(pilot.app)
        await pilot.press("q")
        await pilot.pause()
        text = seen(pilot.app)
        assert "Bitirilsin ve her şey silinsin mi?" in text
        assert "Entrée · Unut" in text
        assert "Échap · Geri dön" in text


@pytest.mark.parametrize(("typed", "pause"), [("turc", "Duraklat"), ("anglais", "Pause")])
async def test_a_family_alone_is_offered_no_key_that_is_for_staff(typed: str, pause: str) -> None:
    async with alone(FakeOpener()).run_test(size=(160, 30)) as pilot:
        await pilot.press("x", *typed, "enter", "1")
        await pilot.pause()
        keys = seen(pilot.app).splitlines()[-1]
        assert pause in keys
        for key in (" p ", " c ", " o ", " s ", " b ", " ? "):
            assert key not in keys


async def test_keys_are_those_of_staff_again_once_nobody_has_chosen_a_language() -> None:
    app = alone(FakeOpener())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"turc", "enter")
        await app.back_to_welcome()
        await pilot.press("x")
        await pilot.pause()
        assert "Choisir" in seen(app).splitlines()[-1]


async def test_keys_in_arabic_are_in_the_order_in_which_they_are_seen() -> None:
    app = alone(FakeOpener())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("x", *"arabe", "enter")
        await pilot.pause()
        assert f"2 {visual_line('أرفض', 'ar')}" in seen(app).splitlines()[-1]
