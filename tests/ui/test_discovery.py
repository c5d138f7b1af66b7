"""The guided demonstration: a strip that says where to look, over a conversation that goes on."""

from __future__ import annotations

import pytest

from kiosk.events import Ready
from kiosk.ui.app import KioskApp
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.discovery import STEPS, Discovery, DiscoveryScreen
from kiosk.ui.screens.live import Surroundings
from tests.ui.fakes import FR_EN, FakeOpener, caption, conversation, seen


def discovery(opener: FakeOpener) -> KioskApp:
    """The app, with the guided conversation as its own."""
    app = conversation(opener, demo=True)

    def guided(*_: object) -> None:
        app._consultation = DiscoveryScreen(Surroundings(FR_EN, starter=False, demo=True), opener)
        app.push_screen(app._consultation)

    app._enter = guided  # type: ignore[method-assign]
    return app


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_each_step_is_read_whole_while_captions_come(size: tuple[int, int]) -> None:
    opener = FakeOpener()
    async with discovery(opener).run_test(size=size) as pilot:
        opener.emit(Ready("consultation.flac"))
        for number, step in enumerate(STEPS, 1):
            opener.emit(caption(f"Parole {number}.", "Word.", utterance_id=number))
            await pilot.pause()
            text = seen(pilot.app)
            joined = " ".join(text.replace("▌", " ").split())
            assert f"{number}/{len(STEPS)} {step.title}" in joined
            assert step.words in joined
            assert f"Parole {number}." in text
            await pilot.press("enter")
        await pilot.pause()

        assert not pilot.app.screen.query_one(Discovery).display
        assert "Parole 6." in seen(pilot.app)


async def test_one_can_step_back_but_not_before_the_first() -> None:
    opener = FakeOpener()
    async with discovery(opener).run_test() as pilot:
        await pilot.press("enter", "enter", "backspace", "backspace", "backspace")
        await pilot.pause()

        assert f"1/{len(STEPS)}" in seen(pilot.app)


async def test_enter_does_nothing_once_it_is_over() -> None:
    opener = FakeOpener()
    async with discovery(opener).run_test() as pilot:
        await pilot.press(*["enter"] * (len(STEPS) + 3), "backspace")
        await pilot.pause()

        assert "Entrée" not in seen(pilot.app)


async def test_the_keys_of_the_conversation_still_work() -> None:
    opener = FakeOpener()
    async with discovery(opener).run_test() as pilot:
        opener.emit(Ready("consultation.flac"))
        await pilot.press("space", "space")
        await pilot.press("i")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, ConsultationScreen)

    assert opener.log[2:5] == ["pause", "resume", "pause"]


@pytest.mark.parametrize("key", sorted({key for step in STEPS for key in step.keys}))
async def test_every_key_that_a_step_names_does_something(key: str) -> None:
    async with discovery(FakeOpener()).run_test() as pilot:
        await pilot.pause()
        assert key in pilot.app.screen.active_bindings
