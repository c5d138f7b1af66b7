"""What nobody does on purpose: keys mashed, a window of nothing, words without end, a microphone lost and back."""

from __future__ import annotations

import random

import pytest
from textual.pilot import Pilot

from kiosk.events import DeviceBack, DeviceLost, Discarded, Event, Failure, Ready, SpeechStarted
from kiosk.types import Flag
from kiosk.ui.app import KioskApp
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.notice import NoticeScreen
from kiosk.ui.widgets.choice import Choice
from tests.ui.fakes import FR_AR, FR_EN, FakeOpener, caption, conversation, kiosk, seen

_MASHED = (
    *"abcdefghilmnoprstuvwxyz0123456789?!éع",
    *("space", "enter", "enter", "escape", "tab", "shift+tab", "backspace", "delete"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "f1", "f2", "f5", "ctrl+home"),
)
_SIZES = ((80, 24), (60, 20), (200, 60), (20, 8), (1, 1))


def _accepts(app: KioskApp, key: str) -> bool:
    """Whether this key, pressed now, says yes to the notice."""
    focused = app.focused
    on_it = isinstance(focused, Choice) and focused.id == "accept"
    return isinstance(app.screen, NoticeScreen) and (key == "1" or (key == "enter" and on_it))


@pytest.mark.parametrize("seed", [3, 41])
async def test_keys_mashed_for_a_while_crash_nothing_and_only_a_yes_opens_the_microphone(seed: int) -> None:
    opener = FakeOpener()
    rng = random.Random(seed)  # noqa: S311 - the same keys each time
    app = kiosk(opener, FR_EN if seed == 3 else None)
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(300):
            if number % 25 == 24:
                await pilot.resize_terminal(*rng.choice(_SIZES))
            key = rng.choice(_MASHED)
            yes, opened = _accepts(app, key), opener.log.count("start")
            await pilot.press(key)
            await pilot.pause()
            if opener.log.count("start") > opened:
                assert yes or "r" in key  # r: the session that was accepted, again
            if opener.sessions and number % 5 == 0:
                opener.emit(*_anything(rng, number))
        assert app.is_running
    assert opener.log.count("stop") == opener.log.count("start")


def _anything(rng: random.Random, number: int) -> list[Event]:
    said = caption("Deux doses.", "Two doses.", utterance_id=number, final=rng.random() < 0.5, flags=(Flag.NUMBERS,))
    return [
        rng.choice(
            [
                said,
                SpeechStarted(number),
                Discarded(number - 5),
                DeviceLost("Débranché."),
                DeviceBack("Micro"),
                Failure("Le micro est occupé.", "Réessayez."),
            ]
        )
    ]


async def test_a_language_changed_in_the_middle_of_an_utterance_leaves_nothing_of_it() -> None:
    opener = FakeOpener()
    async with kiosk(opener).run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await pilot.pause()
        opener.emit(Ready("Micro"), SpeechStarted(1), caption("Il pèse cinq", "He weighs", final=False))
        await pilot.press("l", *"deut", "enter")
        await pilot.pause()
        assert opener.log[-1] == "pause"
        opener.emit(caption("Il pèse cinq kilos.", "He weighs five kilos."))
        await pilot.press("1")
        await pilot.pause()
        opener.sessions[0].emit(caption("Il pèse cinq kilos.", "He weighs five kilos."))
        await pilot.pause()

        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert opener.log[-3:] == ["stop", "open fr,de", "start"]
        assert "Famille · Deutsch" in seen(pilot.app)
        assert "cinq" not in seen(pilot.app)


async def test_the_side_that_speaks_told_in_the_middle_of_an_utterance_keeps_its_row() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(80, 24)) as pilot:
        opener.emit(Ready("Micro"), SpeechStarted(1), caption("I see", "Je vois", language="en", final=False))
        await pilot.press("1", "o")
        opener.emit(caption("Ici.", "Here."))
        await pilot.pause()

        assert "Ici." in seen(pilot.app)
        assert "I see" not in seen(pilot.app)
    assert "listen in fr" in opener.log


@pytest.mark.parametrize("keys", [[], ["v"], ["g"], ["s"], ["l"], ["p"], ["q"], ["question_mark"], ["i"]])
async def test_a_window_shrunk_to_nothing_is_whole_again_once_it_has_grown(keys: list[str]) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        opener.emit(Ready("Micro"), *(caption(f"Phrase {n}.", "Sentence.", utterance_id=n) for n in range(20)))
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        before = seen(pilot.app)
        for size in ((1, 1), (2, 40), (200, 1), (100, 30)):
            await pilot.resize_terminal(*size)
            await pilot.pause()

        assert seen(pilot.app) == before


@pytest.mark.parametrize("stacked", [True, False])
@pytest.mark.parametrize("size", [(60, 20), (200, 60)])
async def test_of_four_hundred_words_the_last_are_in_view_and_all_can_be_read(
    size: tuple[int, int], stacked: bool
) -> None:
    opener = FakeOpener()
    said = " ".join(f"mot{n:03}" for n in range(400))
    heard = " ".join(f"wrd{n:03}" for n in range(400))
    async with conversation(opener).run_test(size=size) as pilot:
        await pilot.press(*(["v"] if stacked else []))
        opener.emit(caption(said, heard, final=False, settled=40), caption(said, heard))
        await pilot.pause()
        assert "mot399" in seen(pilot.app)
        assert "wrd399" in seen(pilot.app)

        read = ""
        for _ in range(60):
            read += seen(pilot.app)
            await pilot.press("pageup")
            await pilot.pause()
        assert all(f"mot{n:03}" in read and f"wrd{n:03}" in read for n in range(400))


@pytest.mark.parametrize("stacked", [True, False])
async def test_a_caption_of_one_very_long_word_is_shown_to_its_last_letter(stacked: bool) -> None:
    opener = FakeOpener()
    async with conversation(opener, FR_AR).run_test(size=(60, 20)) as pilot:
        await pilot.press(*(["v"] if stacked else []))
        opener.emit(caption("ab" * 60 + "Z", "م" * 90, room=FR_AR))
        await pilot.pause()
        text = seen(pilot.app)

        assert text.count("ab") + text.count("a\n") >= 50
        assert "Z" in text


@pytest.mark.parametrize("dialog", ["s", "c", "g", "question_mark", "p", "l"])
async def test_the_microphone_lost_and_back_while_a_dialog_is_open_is_said_when_it_is_closed(dialog: str) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        opener.emit(Ready("Micro USB"), caption("Bonjour.", "Hello."))
        await pilot.pause()
        await pilot.press(dialog)
        await pilot.pause()
        dialog_screen = pilot.app.screen
        await _lose(pilot, opener)
        assert pilot.app.screen is dialog_screen
        await pilot.press("escape")
        await pilot.pause()
        assert "Micro absent" in seen(pilot.app)

        await pilot.press(dialog)
        opener.emit(DeviceBack("Micro USB"))
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert "Écoute : Micro USB" in seen(pilot.app)


async def test_what_is_being_typed_is_kept_while_the_microphone_comes_and_goes() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        opener.emit(Ready("Micro USB"))
        await pilot.press("s", *"Deux")
        await _lose(pilot, opener)
        opener.emit(DeviceBack("Micro USB"))
        await pilot.press("!", "enter")
        await pilot.pause()

    assert "reword -1 fr Deux!" in opener.log


async def _lose(pilot: Pilot[None], opener: FakeOpener) -> None:
    opener.emit(DeviceLost("Le micro a été débranché."))
    await pilot.pause()
