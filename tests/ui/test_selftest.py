"""A person looks whether Arabic and Persian read well, and the answer holds from then on."""

from __future__ import annotations

import pytest
from textual.widgets import Footer

from kiosk.errors import OutputError
from kiosk.ui.app import KioskApp
from kiosk.ui.bidi import Way, drawn_for, visual_line
from kiosk.ui.navigation import Means
from kiosk.ui.screens.selftest import SelfTestScreen
from kiosk.ui.screens.welcome import WelcomeScreen
from kiosk.ui.terminal import KITTY, Terminal
from tests.ui.fakes import FR_AR, PHRASES, FakeOpener, caption, offers, seen

ARABIC = "الطبيب كتب 38,5 (Doliprane)؟"


class Memory:
    """Keeps answers, or cannot."""

    def __init__(self, error: OutputError | None = None) -> None:
        self.kept: list[tuple[str, str]] = []
        self._error = error

    def __call__(self, name: str, way: str) -> None:
        if self._error is not None:
            raise self._error
        self.kept.append((name, way))


def app_in(terminal: Terminal, opener: FakeOpener | None = None, *, demo: bool = False) -> KioskApp:
    means = Means(offers(), "fr", PHRASES, (), terminal)
    return KioskApp(means, opener or FakeOpener(), FR_AR if demo else None, demo=demo)


async def test_what_reads_well_is_kept_for_this_terminal() -> None:
    memory = Memory()
    async with app_in(Terminal("vte", Way.APP, remember=memory)).run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        assert visual_line(ARABIC, "ar") in seen(pilot.app)
        assert "le point d'interrogation ؟ est tout à gauche" in seen(pilot.app)
        assert "Façon 1 sur 2" in seen(pilot.app)

        await pilot.press("o")
        await pilot.pause()

        assert isinstance(pilot.app.screen, WelcomeScreen)
        assert "Noté pour ce terminal." in seen(pilot.app)
    assert memory.kept == [("vte", "app")]


async def test_what_does_not_read_well_is_shown_the_other_way_and_everything_follows_it() -> None:
    memory = Memory()
    async with app_in(Terminal("konsole", Way.APP, remember=memory)).run_test(
        size=(100, 30), notifications=True
    ) as pilot:
        await pilot.press("f2", "n")
        await pilot.pause()
        assert "Façon 2 sur 2" in seen(pilot.app)
        assert f"\u202b{ARABIC}\u202c" in seen(pilot.app)

        await pilot.press("o")
        await pilot.pause()

        assert "\u202bالعربية\u202c" in seen(pilot.app)
    assert memory.kept == [("konsole", "terminal")]


@pytest.mark.parametrize("way", Way)
async def test_where_neither_reads_well_nothing_is_kept_and_it_is_said_what_to_do(way: Way) -> None:
    memory = Memory()
    async with app_in(Terminal(KITTY, way, remember=memory)).run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("f2", "n", "n")
        await pilot.pause()
        text = " ".join(seen(pilot.app).split())
        assert "Aucune des deux façons ne va" in text
        assert "force_ltr yes" in text

        await pilot.press("o")
        assert isinstance(pilot.app.screen, SelfTestScreen)
        await pilot.press("escape")
        await pilot.pause()

        assert isinstance(pilot.app.screen, WelcomeScreen)
        assert drawn_for() is way
    assert memory.kept == []


async def test_leaving_in_the_middle_changes_nothing() -> None:
    memory = Memory()
    async with app_in(Terminal("vte", Way.APP, remember=memory)).run_test() as pilot:
        await pilot.press("f2", "n", "escape")
        await pilot.pause()

        assert drawn_for() is Way.APP
        assert visual_line("العربية", "ar") in seen(pilot.app)
    assert memory.kept == []


async def test_an_answer_that_cannot_be_kept_says_why_and_still_holds_now() -> None:
    memory = Memory(OutputError("Le disque est plein.", "Libérez de la place."))
    async with app_in(Terminal("vte", Way.APP, remember=memory)).run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("f2", "n", "o")
        await pilot.pause()

        assert "Le disque est plein." in seen(pilot.app)
        assert drawn_for() is Way.TERMINAL


async def test_where_the_settings_decide_it_is_said_that_they_do() -> None:
    terminal = Terminal("vte", Way.APP, forced=True, remember=Memory())
    async with app_in(terminal).run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("f2", "n", "o")
        await pilot.pause()

        assert 'kiosk.toml dit bidi = "app"' in " ".join(seen(pilot.app).split())


async def test_a_conversation_under_way_is_drawn_the_new_way() -> None:
    opener = FakeOpener()
    app = app_in(Terminal("konsole", Way.APP, remember=Memory()), opener, demo=True)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        opener.emit(caption("Tous les 38,5 ?", "كل 38,5؟", room=FR_AR))
        await pilot.pause()
        assert visual_line("كل 38,5؟", "ar") in seen(app)

        await pilot.press("l", "f2", "n", "o", "escape")
        await pilot.pause()

        assert "\u202bكل 38,5؟\u202c" in seen(app)


async def test_there_is_no_test_where_the_answer_could_not_be_kept() -> None:
    async with app_in(Terminal("vte")).run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("f2")
        await pilot.pause()

        assert isinstance(pilot.app.screen, WelcomeScreen)
        footer = seen(pilot.app).splitlines()[pilot.app.screen.query_one(Footer).region.y]
        assert "F2" not in footer


async def test_the_key_is_shown_where_languages_are_chosen() -> None:
    async with app_in(Terminal("vte", remember=Memory())).run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()

        footer = seen(pilot.app).splitlines()[pilot.app.screen.query_one(Footer).region.y]
        assert "F2 Vérifier l'arabe" in footer


@pytest.mark.parametrize(("tried", "told"), [(False, True), (True, False)])
async def test_a_terminal_that_needs_a_setting_of_its_own_says_so_until_somebody_saw_that_it_reads_well(
    tried: bool, told: bool
) -> None:
    async with app_in(Terminal(KITTY, tried=tried)).run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()

        assert ("force_ltr yes" in " ".join(seen(pilot.app).split())) == told
    assert "force_ltr yes" in Terminal(KITTY).advice


@pytest.mark.parametrize("size", [(60, 20), (200, 60)])
@pytest.mark.parametrize("press", [["f2"], ["f2", "n"], ["f2", "n", "n"]])
async def test_the_question_shows_at_every_size(size: tuple[int, int], press: list[str]) -> None:
    async with app_in(Terminal(KITTY, tried=True, remember=Memory())).run_test(size=size) as pilot:
        await pilot.press(*press)
        await pilot.pause()

        text = " ".join(seen(pilot.app).split())
        assert "Voyez-vous tout cela ?" in text or "Aucune des deux façons ne va" in text
        assert "(Doliprane)" in text
