"""The guide on the screen, and that it says what the keys do."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.binding import Binding
from textual.pilot import Pilot

from kiosk.events import Failure
from kiosk.guide import staff_guide
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.failure import FailureScreen
from kiosk.ui.screens.help import HelpScreen
from tests.ui.fakes import FakeOpener, conversation, kiosk, seen

GUIDE = staff_guide()
WORDS = {"space": "espace", "question_mark": "?", "end": "Fin", "f1": "F1"}


async def whole(pilot: Pilot[None]) -> str:
    """All that the help screen shows, from its first line to its last, its wrapped lines joined."""
    pages = []
    await pilot.press("home")
    for _ in range(100):
        await pilot.pause()
        pages.append(" ".join(seen(pilot.app).split()))
        if len(pages) > 1 and pages[-1] == pages[-2]:
            return " ".join(pages)
        await pilot.press("pagedown")
    raise AssertionError("the guide has no end")


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_the_whole_guide_can_be_read_at_any_size(size: tuple[int, int]) -> None:
    async with conversation(FakeOpener()).run_test(size=size) as pilot:
        await pilot.press("f1")
        text = await whole(pilot)

    titles = [line.strip("# ") for line in GUIDE.splitlines() if line.startswith("#")]
    assert len(titles) > 6
    for title in titles:
        assert title in text


@pytest.mark.parametrize("key", ["question_mark", "f1"])
@pytest.mark.parametrize("close", ["escape", "question_mark", "f1", "q"])
async def test_its_keys_open_and_close_it(key: str, close: str) -> None:
    async with conversation(FakeOpener()).run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)

        await pilot.press(close)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConsultationScreen)


async def test_it_opens_where_keys_are_typed_too() -> None:
    async with kiosk(FakeOpener(), None).run_test() as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)


@pytest.mark.parametrize("keys", [("s", *"Bonjour"), ("p", "ctrl+end", "enter")], ids=["line", "question"])
async def test_it_opens_over_a_dialog_which_is_there_again_afterwards(keys: tuple[str, ...]) -> None:
    async with conversation(FakeOpener()).run_test() as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        dialog = pilot.app.screen
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("f1")
        await pilot.pause()
        assert pilot.app.screen is dialog


async def test_it_opens_over_a_failure() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Failure("Le micro est occupé.", ""))
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FailureScreen)


async def test_without_its_file_the_least_is_said() -> None:
    app: App[None] = conversation(FakeOpener())
    async with app.run_test() as pilot:
        await app.push_screen(HelpScreen(lambda: ""))
        text = await whole(pilot)

    assert "Une IA traduit, et elle peut se tromper" in text
    assert "appelez un interprète" in text
    assert "Le guide de l'équipe manque" in text


async def test_a_guide_that_somebody_edited_badly_crashes_nothing() -> None:
    app: App[None] = conversation(FakeOpener())
    async with app.run_test() as pilot:
        await app.push_screen(
            HelpScreen(lambda: "# [x](http://a) ![y](z)\n| a |\n|---|\n| [/b] | c |\n```\n<b>&\n> - 1.")
        )
        await pilot.press("tab", "enter", "down")
        await pilot.pause()
        assert app.is_running


def test_the_guide_explains_every_key_of_the_consultation() -> None:
    rows = [line.split("|")[1:3] for line in GUIDE.split("## Touches")[1].splitlines() if line.startswith("|")]
    explained = {word.strip(",;:()") for row in rows for word in " ".join(row).split()}

    for binding in ConsultationScreen.BINDINGS:
        assert isinstance(binding, Binding)
        keys = binding.key.split(",")
        assert any(WORDS.get(key, key) in explained for key in keys), binding


def test_the_guide_takes_about_five_minutes() -> None:
    # Silent reading of French: about 250 words a minute (Brysbaert 2019 gives 238 for English).
    assert 700 < len(GUIDE.split()) < 1250
