"""What asks for one thing and gives one answer: once, and without taking away any other screen."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from kiosk.events import Failure, Ready
from kiosk.keep import Keeper, Kept
from kiosk.ui.app import KioskApp
from kiosk.ui.navigation import Means
from kiosk.ui.screens import failure
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.end import LEFT_ALONE, EndScreen
from kiosk.ui.screens.failure import FailureScreen
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.phrases import PhrasesScreen
from kiosk.ui.screens.private import PrivateScreen
from kiosk.ui.screens.wording import WordingScreen
from tests.ui.fakes import FR_EN, PHRASES, FakeOpener, caption, conversation, offers, seen
from tests.ui.stage import Stage, phrasebook

SAID = caption("Il pèse cinq kilos.", "He weighs five kilos.")


async def at_once(pilot: Pilot[None], *keys: str) -> None:
    """Keys that come in one breath: the second is read before the first has done anything."""
    for key in keys:
        pilot.app.post_message(events.Key(key, None))
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("opened", [("c",), ("s", *"Bonjour")], ids=["corrected", "typed"])
async def test_enter_pressed_twice_gives_the_words_once_and_leaves_the_conversation(opened: tuple[str, ...]) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro"), SAID)
        await pilot.pause()
        await pilot.press(*opened)
        await at_once(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert "Il pèse cinq kilos." in seen(pilot.app)
        assert sum(call.startswith("reword") for call in opener.log) == 1
        assert "stop" not in opener.log


async def test_an_answer_given_twice_closes_no_other_screen() -> None:
    stage = Stage(PhrasesScreen(phrasebook(), "ar"))
    async with stage.run_test() as pilot:
        await pilot.press("ctrl+end", "enter")
        await pilot.pause()
        asked = stage.screen
        assert isinstance(asked, PrivateScreen)
        for _ in range(2):
            asked.action_answer(False)
        await pilot.pause()
        assert isinstance(stage.screen, PhrasesScreen)


class SlowStick:
    """A keeper whose files are written once the test says so."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.keeper = Keeper(lambda: datetime(2026, 3, 14, 10, 5), lambda: (Path("/media/cle-usb"),), self._write)

    def _write(self, folder: str, name: str, text: str) -> Kept:
        assert self.go.wait(30)
        return Kept(Path(folder) / name, private=True)


@pytest.mark.parametrize("over", [HelpScreen, FailureScreen])
async def test_what_is_shown_while_a_file_is_written_stays_until_it_was_read(over: type) -> None:
    opener, stick = FakeOpener(), SlowStick()
    app = KioskApp(Means(offers(), "fr", PHRASES, keeper=stick.keeper), opener, FR_EN)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("1")
        await pilot.pause()
        opener.emit(Ready("Micro"), SAID)
        await pilot.pause()
        await pilot.press("q", "x", "enter")
        if over is HelpScreen:
            await pilot.press("f1")
        else:
            opener.emit(Failure("Le micro est occupé.", ""))
        await pilot.pause()
        assert isinstance(app.screen, over)
        stick.go.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, over)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, EndScreen)
        assert "Fichier écrit" in seen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ConsultationScreen)
        assert "Il pèse cinq kilos." in seen(app)


async def test_nothing_is_forgotten_by_itself_before_a_file_is_written() -> None:
    opener, stick = FakeOpener(), SlowStick()
    app = KioskApp(Means(offers(), "fr", PHRASES, keeper=stick.keeper), opener, FR_EN)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("1")
        await pilot.pause()
        opener.emit(Ready("Micro"), SAID)
        await pilot.pause()
        await pilot.press("q", "x", "enter")
        app._last -= LEFT_ALONE
        await app.look()
        stick.go.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.pause()
        assert "Fichier écrit" in seen(app)
        await app.look()
        await pilot.pause()
        assert "Un fichier reste" in seen(app)


async def test_what_is_still_typed_when_a_failure_shows_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failure, "LULL", 3600.0)
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro"), SAID)
        await pilot.press("s", *"Depuis ")
        opener.emit(Failure("Le micro est occupé.", ""))
        await pilot.pause()
        await pilot.press(*"quatre jours", "enter")
        await pilot.pause()
        assert pilot.app.is_running
        assert isinstance(pilot.app.screen, FailureScreen)
        assert "stop" not in opener.log
        monkeypatch.setattr(failure, "LULL", 0.0)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WordingScreen)
        assert pilot.app.screen.query_one(Input).value == "Depuis "
