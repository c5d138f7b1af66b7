"""Keys of the consultation: what a nurse does about a caption, with one hand."""

from __future__ import annotations

import random

import pytest
from textual.widgets._footer import FooterKey

from kiosk.events import BackTranslated, DeviceLost, Event, Failure, Finished, Ready
from kiosk.types import BackTranslation
from kiosk.ui import erasing
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.end import EndScreen, ForgottenScreen
from kiosk.ui.screens.large import LargeScreen
from kiosk.ui.screens.phrases import PhrasesScreen
from kiosk.ui.screens.welcome import WelcomeScreen
from kiosk.ui.screens.wording import WordingScreen
from tests.ui.fakes import FakeOpener, caption, conversation, kiosk, seen

SAID = caption("Il pèse cinq kilos.", "He weighs five kilos.")
ANSWERED = caption("Yes.", "Oui.", utterance_id=2, language="en")


async def test_the_last_utterance_was_in_the_other_language() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro"), SAID, ANSWERED)
        await pilot.press("o")
        await pilot.pause()
    assert "correct 2 fr" in opener.log


@pytest.mark.parametrize("key", [*"gcob"])
async def test_keys_about_a_caption_say_that_there_is_none_and_do_nothing(key: str) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro"))
        await pilot.press("u", key)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert "Aucune parole complète" in seen(pilot.app)

        await pilot.press("v")
        await pilot.pause()
        assert "Aucune parole complète" not in seen(pilot.app)

        await pilot.press(key)
        opener.emit(SAID)
        await pilot.pause()
        assert "Aucune parole complète" not in seen(pilot.app)
    assert opener.log == ["open fr,en", "start", "stop"]


async def test_nothing_is_read_back_before_staff_have_spoken_and_it_says_so() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro"), ANSWERED)
        await pilot.press("b")
        await pilot.pause()
        assert "Aucune parole complète de l'équipe" in seen(pilot.app)
    assert opener.log == ["open fr,en", "start", "stop"]


async def test_what_was_typed_has_no_sound_to_be_heard_in_the_other_language_and_it_says_so() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro"), caption("Bonjour", "Hello", utterance_id=-1))
        await pilot.press("o")
        await pilot.pause()
        assert "Le son de cette parole n'est pas en mémoire. s : la saisir" in seen(pilot.app)
    assert opener.log == ["open fr,en", "start", "stop"]


async def test_a_word_about_a_key_leaves_what_a_microphone_that_is_away_needs() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro"), DeviceLost("Le micro ne répond plus.", "Rebranchez-le."))
        await pilot.press("g")
        await pilot.pause()
        assert "Aucune parole complète" in seen(pilot.app)
        assert "Rebranchez-le." in seen(pilot.app)


async def test_what_was_heard_can_be_corrected_in_a_line() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro"), SAID)
        await pilot.pause()
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WordingScreen)
        assert "Il pèse cinq kilos." in seen(pilot.app)
        await pilot.press("backspace", *" deux cents.", "enter")
        await pilot.pause()
    assert "reword 1 fr Il pèse cinq kilos deux cents." in opener.log


async def test_escape_leaves_what_was_heard_as_it_is() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro"), SAID)
        await pilot.pause()
        await pilot.press("c", "x", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)
    assert not any(line.startswith("reword") for line in opener.log)


async def test_the_line_to_type_in_names_enter_and_each_language_once() -> None:
    async with conversation(FakeOpener()).run_test() as pilot:
        await pilot.press("s")
        await pilot.pause()
        text = " ".join(seen(pilot.app).split())
        assert "Entrée Traduire" in text
        assert "Changer de langue" in text
        assert "À traduire · français" in text
        assert "(Français)" not in text
        await pilot.press("tab")
        await pilot.pause()
        assert "À traduire · anglais (English)" in seen(pilot.app)


async def test_either_side_may_type_instead_of_speaking() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        await pilot.press("s", *"Bonjour", "enter")
        await pilot.press("s", "tab", *"No", "enter")
        await pilot.pause()
    assert opener.log[2:4] == ["reword -1 fr Bonjour", "reword -2 en No"]


async def test_one_side_may_be_given_the_floor_and_it_is_said_on_screen() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        opener.emit(Ready("Micro"))
        await pilot.press("space", "2")
        await pilot.pause()
        assert "Tout est entendu en anglais" in seen(pilot.app)
        await pilot.press("0")
        await pilot.pause()
        assert "Tout est entendu" not in seen(pilot.app)
    assert opener.log[2:6] == ["pause", "listen in en", "resume", "listen in None"]


@pytest.mark.parametrize(("key", "told"), [("&", "listen in fr"), ("é", "listen in en"), ("à", "listen in None")])
async def test_digits_of_a_french_keyboard_need_no_shift(key: str, told: str) -> None:
    opener = FakeOpener()
    async with kiosk(opener).run_test() as pilot:
        await pilot.press("&")  # the notice: the family agrees
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert opener.log == ["open fr,en", "start", told]


@pytest.mark.parametrize(("key", "screen"), [("P", PhrasesScreen), ("Q", EndScreen), ("S", WordingScreen)])
async def test_keys_do_the_same_with_caps_lock(key: str, screen: type) -> None:
    async with conversation(FakeOpener()).run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(pilot.app.screen, screen)


async def test_words_are_typed_as_they_are() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        await pilot.press("s", *"À É & 1", "enter")
        await pilot.pause()
        assert opener.log[-1] == "reword -1 fr À É & 1"


async def test_who_has_the_floor_is_told_to_a_session_that_is_tried_again() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        opener.emit(Ready("Micro"))
        await pilot.press("1")
        opener.emit(Failure("Le micro est occupé.", ""))
        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        assert "Tout est entendu en français" in seen(pilot.app)
        assert opener.log[-3:] == ["open fr,en", "start", "listen in fr"]


@pytest.mark.parametrize("paused", [False, True])
async def test_who_has_the_floor_gives_way_to_what_a_microphone_that_is_away_needs(paused: bool) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        opener.emit(Ready("Micro"))
        await pilot.press("1", *(["space"] if paused else []))
        opener.emit(DeviceLost("Le micro ne répond plus.", "Rebranchez-le."))
        await pilot.pause()
        assert "Rebranchez-le." in seen(pilot.app)
        assert ("L'écoute reprendra seule" in seen(pilot.app)) != paused


@pytest.mark.parametrize("end", [Finished(), Failure("Le micro est occupé.", "")], ids=["finished", "failure"])
async def test_once_the_session_is_over_no_key_is_offered_that_it_would_have_to_answer(end: Event) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(160, 30)) as pilot:
        opener.emit(Ready("Micro"), SAID)
        await pilot.pause()
        offered = "c Corriger", "o Autre langue", "s Saisir", "b Retraduire"
        assert all(key in seen(pilot.app) for key in offered)
        before = list(opener.log)
        opener.emit(end)
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert not any(key in seen(pilot.app) for key in offered)
        await pilot.press(*"csob")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert opener.log == before


async def test_what_is_typed_while_the_session_ends_is_said_to_be_lost() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30), notifications=True) as pilot:
        opener.emit(Ready("Micro"))
        await pilot.press("s", *"Bonjour")
        opener.emit(Failure("Le micro est occupé.", ""))
        await pilot.pause()
        await pilot.press("escape", "enter")
        await pilot.pause()
        await pilot.pause()
        assert "L'écoute s'est arrêtée pendant que vous" in seen(pilot.app)
    assert not any(line.startswith("reword") for line in opener.log)


async def test_the_back_translation_of_what_staff_said_last_is_asked_for_and_shown() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(120, 30)) as pilot:
        opener.emit(Ready("Micro"), SAID, ANSWERED)
        await pilot.press("b")
        opener.emit(BackTranslated(1, BackTranslation("Il pèse cinq kilos.", 1.0, doubtful=False)))
        await pilot.pause()
        assert "la famille lit à peu près : Il pèse cinq kilos." in seen(pilot.app)
    assert "back-translate 1" in opener.log


async def test_the_last_caption_stands_alone_in_large_and_follows_what_is_said() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        opener.emit(Ready("Micro"), SAID)
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LargeScreen)
        assert "He weighs five kilos." in seen(pilot.app)
        opener.emit(ANSWERED)
        await pilot.pause()
        assert "Oui." in seen(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)


async def test_phrases_are_one_key_away_and_the_conversation_goes_on_below() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 40)) as pilot:
        opener.emit(Ready("Micro"))
        await pilot.press("p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PhrasesScreen)
        assert "Phrases réservées" in seen(pilot.app)
        opener.emit(SAID)
        await pilot.press("escape")
        await pilot.pause()
        assert "cinq kilos" in seen(pilot.app)


async def test_an_erasure_can_be_taken_back_for_a_moment() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(120, 30)) as pilot:
        opener.emit(Ready("Micro"), SAID)
        await pilot.press("e", "e")
        await pilot.pause()
        assert "cinq kilos" not in seen(pilot.app)
        assert "u : annuler" in seen(pilot.app)
        opener.emit(ANSWERED)
        await pilot.press("u")
        await pilot.pause()
        text = seen(pilot.app)
        assert text.index("cinq kilos") < text.index("Oui.")
        assert "forget" not in opener.log


async def test_after_that_moment_it_is_forgotten_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "RESTORABLE", 0.001)
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(120, 30)) as pilot:
        opener.emit(Ready("Micro"), SAID)
        await pilot.press("e", "e")
        for _ in range(1000):
            if "forget" in opener.log:
                break
            await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert "cinq kilos" not in seen(pilot.app)
    assert "forget" in opener.log


async def test_the_end_closes_the_microphone_and_forgets_visibly() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        opener.emit(Ready("Micro"), SAID, ANSWERED)
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, EndScreen)
        assert "2 paroles" in seen(pilot.app)
        assert opener.log[-1] == "pause"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ForgottenScreen)
        assert opener.log[-1] == "stop"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WelcomeScreen)


async def test_the_end_can_be_taken_back() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        opener.emit(Ready("Micro"), SAID)
        await pilot.press("q", "escape", "space")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert "cinq kilos" in seen(pilot.app)
    assert opener.log[2:4] == ["pause", "resume"]


@pytest.mark.parametrize("width", [50, 60, 80, 100])
async def test_the_line_of_keys_cuts_no_word_and_keeps_the_way_out_and_the_guide(width: int) -> None:
    async with conversation(FakeOpener()).run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        footer = seen(pilot.app).splitlines()[-1]
        keys = [key for key in pilot.app.screen.query(FooterKey) if key.display]
        assert "q Terminer" in footer
        assert "? Aide" in footer
        assert all(f"{key.key_display} {key.description}" in footer for key in keys)
        assert len(keys) < len(pilot.app.screen.query(FooterKey))
        assert footer.rstrip().endswith("…")


async def test_a_wide_line_of_keys_has_all_of_them_again_after_a_narrow_one() -> None:
    async with conversation(FakeOpener()).run_test(size=(60, 24)) as pilot:
        await pilot.resize_terminal(200, 24)
        await pilot.pause()
        footer = seen(pilot.app).splitlines()[-1]
    assert "e Effacer" in footer
    assert "…" not in footer


async def test_keys_mashed_at_random_crash_nothing() -> None:
    opener = FakeOpener()
    keys = [*"oscbeu012ilt?", "space", "tab", "enter", "escape", "up", "down", "end", "pageup", "x", "backspace"]
    rng = random.Random(11)  # noqa: S311 - the same keys each time
    async with kiosk(opener).run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        for number in range(3, 250):
            await pilot.press(rng.choice(keys))
            if opener.sessions and number % 10 == 0:
                opener.emit(caption("Bonjour", "Hello", utterance_id=number))
        await pilot.pause()
        assert pilot.app.is_running
