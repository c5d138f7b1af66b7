"""What is typed from right to left reads as it should while it is typed, cursor included."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input

from kiosk.ui.bidi import Way, draw_for, visual_line
from kiosk.ui.widgets.typed_line import TypedLine
from tests.ui.fakes import FR_AR, FakeOpener, caption, conversation, kiosk, seen

_WIDTH = 20
_CURSOR = "on #ff0000"


class OneLine(App[None]):
    """A line alone on the screen, whose cursor is a ground."""

    CSS = f"Input {{ border: none; padding: 0; width: {_WIDTH}; }} Input > .input--cursor {{ background: #ff0000; }}"

    def __init__(self, value: str) -> None:
        super().__init__()
        self._first = value

    def compose(self) -> ComposeResult:
        self.line = TypedLine(self._first, select_on_focus=False)
        yield self.line

    def on_mount(self) -> None:
        self.line.cursor_blink = False
        self.line.focus()


@pytest.fixture(autouse=True)
def by_this_program() -> Iterator[None]:
    """No other test is drawn for a terminal that puts text in order by itself."""
    yield
    draw_for(Way.APP)


def line(app: OneLine) -> tuple[str, str, int]:
    """What shows of the line, what the cursor is on, and where."""
    strip = app.line.render_line(0)
    place = 0
    for segment in strip:
        if segment.style and segment.style.bgcolor and segment.style.bgcolor.name == "#ff0000":
            return strip.text, segment.text, place
        place += segment.cell_length
    return strip.text, "", -1


@pytest.mark.parametrize(
    ("value", "shows", "cursor"),
    [
        # At the end of a text that begins on the right, the cursor is on its left.
        ("سلام", f"{visual_line('سلام', 'ar'):>20}", 20 - 1 - len(visual_line("سلام", "ar"))),
        ("שלום", f"{'םולש':>20}", 15),
        ("גיל 3", f"{'3 ליג':>20}", 14),
        # One that begins on the left goes on to the right, whatever it holds.
        ("Prénom : שלום", f"{'Prénom : םולש':<20}", 13),
        ("Bonjour", f"{'Bonjour':<20}", 7),
    ],
)
async def test_letters_are_joined_and_in_the_order_in_which_they_are_seen(value: str, shows: str, cursor: int) -> None:
    app = OneLine(value)
    async with app.run_test() as pilot:
        await pilot.pause()
        text, _, place = line(app)

    assert text[:_WIDTH] == shows
    assert place == cursor


async def test_the_cursor_goes_the_way_of_the_arrows_and_letters_are_put_where_it_is() -> None:
    app = OneLine("שלום")
    async with app.run_test() as pilot:
        await pilot.press("right")
        assert line(app)[1:] == ("ם", 16)

        await pilot.press("home")
        assert line(app)[1:] == ("ש", 19)

        await pilot.press("left", "ב")
        assert app.line.value == "שבלום"
        assert line(app)[1] == "ל"


async def test_a_letter_drawn_as_one_with_that_before_it_has_the_cursor_on_both() -> None:
    app = OneLine("لا")
    async with app.run_test() as pilot:
        for key in ("home", "left"):
            await pilot.press(key)
            assert line(app)[1] == visual_line("لا", "ar")


async def test_a_long_line_shows_what_is_around_the_cursor() -> None:
    app = OneLine("א" * 30 + "ב" * 10)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert line(app) == (" " + "ב" * 10 + "א" * 9, " ", 0)

        await pilot.press("home")
        assert line(app) == ("א" * 20, "א", 19)


async def test_a_click_puts_the_cursor_on_the_letter_that_is_seen_there() -> None:
    app = OneLine("שלום")
    async with app.run_test() as pilot:
        await pilot.click(TypedLine, offset=(17, 0))
        assert app.line.value[app.line.cursor_position] == "ו"


async def test_what_is_selected_is_marked_where_it_is_seen() -> None:
    app = OneLine("שלום")
    async with app.run_test() as pilot:
        await pilot.press("home", "shift+left", "shift+left")
        assert app.line.selected_text == "של"


async def test_where_the_terminal_puts_text_in_order_it_gets_it_as_it_was_typed() -> None:
    app = OneLine("שלום")
    async with app.run_test() as pilot:
        draw_for(Way.TERMINAL)
        app.line.refresh()
        await pilot.pause()

        assert line(app)[0].rstrip() == "שלום"


async def test_languages_are_found_by_arabic_letters_that_read_well() -> None:
    async with kiosk(FakeOpener(), None).run_test() as pilot:
        await pilot.press(*"عربي")
        await pilot.pause()

        assert any(visual_line("عربي", "ar") in row for row in seen(pilot.app).splitlines()[:6])
        assert pilot.app.screen.query_one(Input).value == "عربي"


async def test_words_are_corrected_in_arabic_that_reads_well() -> None:
    opener, said = FakeOpener(), "أعطيته دواء"
    async with conversation(opener, FR_AR).run_test(size=(80, 24)) as pilot:
        opener.emit(caption(said, "Je lui ai donné un médicament.", language="ar", room=FR_AR))
        await pilot.pause()
        await pilot.press("c")
        await pilot.pause()
        assert visual_line(said, "ar") in seen(pilot.app)
        assert visual_line("(العربية)", "fr") in seen(pilot.app)

        await pilot.press("!", "enter")
        await pilot.pause()

    assert opener.log[-2] == f"reword 1 ar {said}!"
