"""What was said is nowhere in the objects of the process once the screen says that it is forgotten.

What Python cannot show: bytes of freed memory, strings that only native code holds, and variables of functions under
way, which are looked for in coroutines alone. The sessions here are fakes, which the tests let go of.
"""

from __future__ import annotations

import gc

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.pilot import Pilot

from kiosk.events import Ready
from kiosk.types import Room
from kiosk.ui import erasing
from kiosk.ui.forgetting import forget_drawn
from kiosk.ui.screens.end import ForgottenScreen
from kiosk.ui.screens.waiting import WaitingScreen
from kiosk.ui.waiting_room import WaitingRoomApp, Watch
from tests.ui.fakes import CONTACTS, PHRASES, FakeOpener, Means, caption, conversation, offers, seen

FR_TR = Room("fr", "tr")


def rare() -> str:
    """A word of the consultation, put together anew: written out, it would stand in this module for good."""
    return "".join(["sero", "conver", "sion"])


def held() -> list[str]:
    """What holds the word, among all that the collector knows, with what only that holds: no collection beforehand."""
    word, found = rare(), []
    for holder in gc.get_objects():
        inside = list(gc.get_referents(holder))
        while inside:
            one = inside.pop()
            if isinstance(one, str):
                if word in one:
                    found.append(f"{type(holder).__name__} {getattr(holder, '__qualname__', '')}: {one}")
            elif isinstance(one, tuple | list | dict) and not gc.is_tracked(one):
                inside.extend(gc.get_referents(one))
    return found


async def say(opener: FakeOpener, pilot: Pilot[None]) -> None:
    """A caption that fills lines, on screen; then the session is let go of, as a real one is when it is stopped."""
    words = f"Sa {rare()} date de deux ans et le traitement continue. " * 3
    opener.emit(Ready("Micro"), caption(words, f"{rare()} iki yıl önce.", room=FR_TR))
    await pilot.pause()
    assert rare() in seen(pilot.app)
    opener.sessions.clear()


async def test_after_the_end_nothing_holds_it() -> None:
    opener = FakeOpener()
    async with conversation(opener, FR_TR).run_test(size=(100, 24)) as pilot:
        await say(opener, pilot)
        assert held()  # so that finding nothing means something
        await pilot.press("g")  # larger letters, where it stands too
        await pilot.pause()
        await pilot.press("escape", "q", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ForgottenScreen)
        assert held() == []


async def test_after_another_language_was_chosen_nothing_holds_it() -> None:
    opener = FakeOpener()
    async with conversation(opener, FR_TR).run_test(size=(100, 24)) as pilot:
        await say(opener, pilot)
        await pilot.press("l")
        await pilot.pause()
        await pilot.press(*"anglais", "enter")
        await pilot.pause()
        assert opener.log[-2:] == ["open fr,en", "start"]
        assert held() == []


async def test_once_nobody_is_left_in_the_waiting_room_nothing_holds_it() -> None:
    opener = FakeOpener()
    app = WaitingRoomApp(Means(offers(), "fr", PHRASES, CONTACTS), opener, Watch("2580", 600.0))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("x", *"turc", "enter", "1")
        await pilot.pause()
        await say(opener, pilot)
        app._watch = Watch("2580", 0.0)
        await app.look()
        await pilot.pause()
        assert isinstance(app.screen, WaitingScreen)
        assert held() == []


async def test_once_an_erasure_is_final_nothing_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "RESTORABLE", 0.001)
    opener = FakeOpener()
    async with conversation(opener, FR_TR).run_test(size=(100, 24)) as pilot:
        await say(opener, pilot)
        await pilot.press("e", "e")
        for _ in range(1000):
            if "forget" in opener.log:
                break
            await pilot.pause()
        assert "forget" in opener.log
        assert held() == []


def test_a_line_that_was_measured_or_cut_is_in_no_cache_afterwards() -> None:
    cell_len(f"Sa {rare()}")
    Segment(f"हिन्दी {rare()}").split_cells(4)  # of Latin letters alone, Rich keeps nothing here
    assert len(held()) >= 2
    forget_drawn()
    assert held() == []
