"""One caption alone, as large as the terminal allows, with every doubt about it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.events import Key

from kiosk.events import BackTranslated, DeviceBack, DeviceLost, Discarded, Failure, Ready, SpeechStarted
from kiosk.export import Said
from kiosk.types import BackTranslation, Caption, Flag
from kiosk.ui.bidi import visual_line
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.large import LargeScreen
from kiosk.ui.sizing import Sizing
from kiosk.ui.widgets.large_text import LargeText, set_large
from kiosk.ui.widgets.wrapped import Wrapped
from tests.ui.fakes import FR_AR, FR_EN, FakeOpener, caption, conversation, seen
from tests.ui.stage import Stage, written

SMALL, LARGE = (60, 20), (200, 60)
FOUR_HUNDRED = " ".join(f"mot{number}" for number in range(400))

_LETTERS = re.compile(r"\x1b\[(\d+);(\d+)H\x1b\]66;s=(\d);([^\x07]*)\x07")


def showing(shown: Caption, *, scaled: bool = False) -> Stage:
    """As the conversation opens it."""
    screen = LargeScreen("", "fr", scaled=scaled)
    screen.show(Said(shown))
    return Stage(screen)


def large_letters(sent: str) -> list[tuple[int, int, int, str]]:
    """Row, column, scale and text of what is sent to be drawn larger."""
    return [(int(row), int(column), int(scale), text) for row, column, scale, text in _LETTERS.findall(sent)]


# -- what is shown ---------------------------------------------------------------------------------------------------


async def test_the_family_reads_the_translation_with_what_was_heard_below() -> None:
    async with showing(caption("Bonjour.", "Hello.")).run_test(size=SMALL) as pilot:
        await pilot.pause()
        lines = seen(pilot.app).splitlines()

    large = next(number for number, line in enumerate(lines) if "Hello." in line)
    small = next(number for number, line in enumerate(lines) if "Bonjour." in line)
    assert large < small
    assert "Automatic translation by an AI: it can be wrong" in lines[0]
    assert 25 <= lines[large].index("Hello.") <= 29


async def test_staff_read_in_french_what_the_family_said() -> None:
    heard = caption("كانت حرارته مرتفعة.", "Il avait de la fièvre.", language="ar", room=FR_AR)
    async with showing(heard).run_test(size=SMALL) as pilot:
        await pilot.pause()
        lines = seen(pilot.app).splitlines()

    arabic = next(line for line in lines if visual_line("كانت حرارته مرتفعة.", "ar") in line)
    assert "Traduction automatique par une IA" in lines[0]
    assert any("Il avait de la fièvre." in line for line in lines)
    assert arabic.startswith(" " * 30)


async def test_doubts_and_figures_are_never_left_out() -> None:
    doubtful = caption("Deux millilitres.", "Ten ml.", flags=(Flag.NUMBERS, Flag.STARTER), figures=("2 ml",))
    async with showing(doubtful).run_test(size=SMALL) as pilot:
        await pilot.pause()
        text = seen(pilot.app)

    assert "⚠ chiffres à vérifier" in text
    assert "démo" in text
    assert "2 ml" in text


async def test_figures_as_they_were_said_are_in_the_order_in_which_they_are_seen() -> None:
    heard = caption("أعطيته ٢٫٥ مل", "J'ai donné 25 ml.", language="ar", room=FR_AR, figures=("٢٫٥ مل",))
    async with showing(heard).run_test(size=SMALL) as pilot:
        await pilot.pause()
        figures = pilot.app.screen.query_one(".large-figures", Wrapped)
        shown = figures.render_line(0).text.strip()

    assert shown == visual_line("٢٫٥ مل", "ar")
    assert shown != "٢٫٥ مل"


async def test_it_follows_what_is_said_and_a_doubt_that_is_over_goes() -> None:
    async with showing(caption("Deux", "Ten", flags=(Flag.NUMBERS,), final=False)).run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "Ten…" in seen(pilot.app)
        assert "⚠" in seen(pilot.app)

        screen = pilot.app.screen
        assert isinstance(screen, LargeScreen)
        screen.show(Said(caption("Deux gouttes.", "Two drops.")))
        await pilot.pause()
        assert "Two drops." in seen(pilot.app)
        assert "Ten" not in seen(pilot.app)
        assert "⚠" not in seen(pilot.app)


# -- over a conversation ---------------------------------------------------------------------------------------------


async def test_space_closes_the_microphone_here_too_and_opens_it_again() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=SMALL) as pilot:
        opener.emit(Ready("Micro"), DROPS)
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert "espace Pause" in seen(pilot.app)
        await pilot.press("space")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LargeScreen)
        assert "En pause, micro fermé" in seen(pilot.app)
        assert "espace Reprendre" in seen(pilot.app)
        await pilot.press("space")
        await pilot.pause()
        assert "En pause" not in seen(pilot.app)
        assert opener.log[-2:] == ["pause", "resume"]


async def test_a_microphone_that_is_away_is_said_here_too_and_plain_listening_takes_no_room() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=SMALL) as pilot:
        opener.emit(Ready("Micro USB"), DROPS)
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert "Écoute : Micro USB" not in seen(pilot.app)
        opener.emit(DeviceLost("Le micro ne répond plus.", "Rebranchez-le."))
        await pilot.pause()
        assert "Micro absent" in seen(pilot.app)
        assert "Rebranchez-le." in seen(pilot.app)
        assert "Give two blows." in seen(pilot.app)
        opener.emit(DeviceBack("Micro USB"))
        await pilot.pause()
        assert "Micro absent" not in seen(pilot.app)


async def test_what_is_wrong_before_it_opens_is_said_at_once() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=SMALL) as pilot:
        opener.emit(Ready("Micro USB"), DROPS)
        await pilot.pause()
        await pilot.press("space", "g")
        await pilot.pause()
        assert "En pause, micro fermé" in seen(pilot.app)


@pytest.mark.parametrize("key", ["g", "q", "p", "i", "l"])
async def test_a_key_that_is_pressed_twice_in_one_breath_opens_one_screen(key: str) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=SMALL) as pilot:
        opener.emit(Ready("Micro"), DROPS)
        await pilot.pause()
        for _ in range(2):
            pilot.app.post_message(Key(key, key))
        for _ in range(4):
            await pilot.pause()
        assert isinstance(pilot.app.screen_stack[-2], ConsultationScreen)
        assert not isinstance(pilot.app.screen, ConsultationScreen)


DROPS = caption("Donnez deux gouttes.", "Give two blows.")
DOUBTED = BackTranslated(1, BackTranslation("Donnez deux coups.", 0.2, doubtful=True))


@pytest.mark.parametrize("known", ["before", "while it shows"])
async def test_a_translation_that_reads_otherwise_is_doubted_in_large_too(known: str) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=SMALL) as pilot:
        opener.emit(Ready("Micro"), DROPS, *([DOUBTED] if known == "before" else []))
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LargeScreen)
        assert ("⚠ sens à vérifier" in seen(pilot.app)) == (known == "before")
        opener.emit(DOUBTED)
        await pilot.pause()
        assert "⚠ sens à vérifier" in seen(pilot.app)


async def test_the_doubt_of_another_caption_leaves_the_large_one_as_it_is() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=SMALL) as pilot:
        opener.emit(Ready("Micro"), DROPS, caption("Au revoir.", "Goodbye.", utterance_id=2))
        await pilot.pause()
        await pilot.press("g")
        opener.emit(DOUBTED)
        await pilot.pause()

        assert "Goodbye." in seen(pilot.app)
        assert "⚠" not in seen(pilot.app)


async def test_what_held_no_words_gives_way_to_the_last_settled_caption() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=SMALL) as pilot:
        opener.emit(Ready("Micro"), DROPS, DOUBTED)
        await pilot.pause()
        await pilot.press("g")
        opener.emit(SpeechStarted(2), caption("Donnez la moitié", "Give half", utterance_id=2, final=False))
        await pilot.pause()
        assert "Give half…" in seen(pilot.app)
        opener.emit(Discarded(2))
        await pilot.pause()

        assert "half" not in seen(pilot.app)
        assert "Give two blows." in seen(pilot.app)
        assert "⚠ sens à vérifier" in seen(pilot.app)


async def test_where_no_caption_is_left_the_conversation_is_in_front_again() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=SMALL) as pilot:
        opener.emit(Ready("Micro"), DROPS)
        await pilot.pause()
        await pilot.press("g")
        opener.emit(Discarded(1))
        await pilot.pause()
        await pilot.pause()

        assert isinstance(pilot.app.screen, ConsultationScreen)


async def test_a_new_session_takes_nothing_away_of_what_shows_from_the_one_before() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=SMALL) as pilot:
        opener.emit(Ready("Micro"), DROPS, caption("Au revoir.", "Goodbye.", utterance_id=2))
        await pilot.pause()
        await pilot.press("g")
        opener.emit(Failure("Le micro est occupé.", ""))
        await pilot.pause()
        await pilot.press("r")
        opener.emit(SpeechStarted(1), SpeechStarted(2), caption("Bonjour.", "Hello."), Discarded(2))
        await pilot.pause()

        assert "Hello." in seen(pilot.app)


async def test_a_text_that_is_no_caption_stands_alone() -> None:
    async with Stage(LargeScreen("مرحبا", "ar", "Bonjour", "fr")).run_test(size=SMALL) as pilot:
        await pilot.pause()
        text = seen(pilot.app)

    assert visual_line("مرحبا", "ar") in text
    assert "Bonjour" in text


async def test_what_was_recognised_cannot_drive_the_terminal() -> None:
    hostile = caption("a", "\x1b]66;s=7;X\x07\x1b[2J fin")
    async with showing(hostile, scaled=True).run_test(size=SMALL) as pilot:
        await pilot.pause()
        sent = written(pilot.app)

    assert "\x1b[2J" not in sent
    assert all(scale < 7 for _, _, scale, _ in large_letters(sent))


# -- keys ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["escape", "enter", "g"])
async def test_three_keys_lead_back(key: str) -> None:
    async with showing(caption("Bonjour.", "Hello.")).run_test(size=SMALL) as pilot:
        await pilot.press(key)

        assert pilot.app.told == ["left"]


@pytest.mark.parametrize("keys", [("down",) * 60, ("pagedown",) * 8], ids=lambda keys: keys[0])
async def test_four_hundred_words_are_scrolled_to_their_end_and_back(keys: tuple[str, ...]) -> None:
    async with showing(caption(FOUR_HUNDRED, FOUR_HUNDRED.replace("mot", "word"))).run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "word0 " in seen(pilot.app)
        assert "word399" not in seen(pilot.app)

        await pilot.press(*keys)
        assert "word399" in seen(pilot.app)

        await pilot.press(*["pageup"] * 8, "up")
        assert "word0 " in seen(pilot.app)


async def test_help_and_the_other_theme_are_in_reach() -> None:
    async with showing(caption("Bonjour.", "Hello.")).run_test(size=SMALL) as pilot:
        await pilot.press("t", "question_mark", "escape")
        await pilot.pause()

        assert "Hello." in seen(pilot.app)
        assert pilot.app.theme == "kiosk-clair"


# -- sizes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=str)
@pytest.mark.parametrize("text", [FOUR_HUNDRED, "كلمة " * 400], ids=["french", "arabic"])
async def test_four_hundred_words_leave_the_keys_and_what_was_heard_in_view(size: tuple[int, int], text: str) -> None:
    room = FR_AR if "ك" in text else FR_EN
    async with showing(caption("Beaucoup de mots.", text, room=room, flags=(Flag.LOOP,))).run_test(size=size) as pilot:
        await pilot.pause()
        lines = seen(pilot.app).splitlines()

    assert any("Beaucoup de mots." in line for line in lines)
    assert any("⚠ répétition coupée" in line for line in lines)
    assert "Retour" in lines[-1]
    assert all(cell_len(line) == size[0] for line in lines)


@pytest.mark.parametrize("scaled", [False, True])
async def test_of_a_word_longer_than_the_screen_no_letter_is_lost(scaled: bool) -> None:
    async with showing(caption("Long.", "a" * 300), scaled=scaled).run_test(size=SMALL) as pilot:
        await pilot.pause()

        assert sum(line.count("a") for line in seen(pilot.app).splitlines() if "aaa" in line) == 300


async def test_lines_of_arabic_end_below_one_another() -> None:
    async with showing(caption("Long.", "هل لدى طفلكم حرارة " * 6, room=FR_AR)).run_test(size=SMALL) as pilot:
        await pilot.pause()
        width = pilot.app.screen.query_one(LargeText).region.width - 2
        ends = {
            len(line[:width].rstrip()) for line in seen(pilot.app).splitlines() if visual_line("حرارة", "ar") in line
        }

    assert len(ends) == 1


@pytest.mark.parametrize("scaled", [False, True])
async def test_a_window_made_tiny_and_large_again_shows_the_text_again(scaled: bool) -> None:
    async with showing(caption("Bonjour.", "Hello."), scaled=scaled).run_test(size=SMALL) as pilot:
        for size in ((1, 1), (3, 40), (200, 2), SMALL):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            letters = large_letters(written(pilot.app))
            assert bool(letters) == (scaled and size == SMALL)

        assert scaled or "Hello." in seen(pilot.app)


# -- larger letters --------------------------------------------------------------------------------------------------


async def test_larger_letters_are_drawn_last_over_blank_lines_that_were_wiped_first() -> None:
    async with showing(caption("Bonjour.", "Hello."), scaled=True).run_test(size=SMALL) as pilot:
        await pilot.pause()
        place = pilot.app.screen.query_one(LargeText).region
        sent = written(pilot.app)

    ((row, column, scale, text),) = large_letters(sent)
    assert (scale, text) == (7, "Hello.")
    assert place.y < row <= row + scale - 1 <= place.bottom
    assert column + scale * len(text) - 1 < place.right

    last = f"\x1b[{place.bottom + 1};1H"  # where the line below begins
    behind = sent[sent.index("\x1b]66;") : sent.index(last)]
    assert re.sub(r"\x1b(\[[\d;]*[mH]|[78]|\]66;[^\x07]*\x07)", "", behind).strip("\n") == " "
    wiped = [f"\x1b[{y + 1};{place.x + 2}H\x1b[" for y in place.line_range]
    assert all(sent.index(wipe) < sent.index("\x1b]66;") for wipe in wiped)
    assert max(sent.index(wipe) for wipe in wiped) < sent.index(f"\x1b[{place.y + 2};1H")


async def test_they_are_drawn_again_with_whatever_part_is_painted_again() -> None:
    async with showing(caption("Bonjour.", "Hello."), scaled=True).run_test(size=SMALL) as pilot:
        await pilot.pause()
        large = pilot.app.screen.query_one(LargeText)
        large.refresh()
        pilot.app.screen._compositor.update_widgets({large})
        sent = written(pilot.app, full=False)

    assert [text for _, _, _, text in large_letters(sent)] == ["Hello."]
    assert "Bonjour." not in sent


async def test_they_never_lie_over_a_dialog() -> None:
    async with showing(caption("Bonjour.", "Hello."), scaled=True).run_test(size=SMALL) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert large_letters(written(pilot.app)) == []

        await pilot.press("escape")
        await pilot.pause()
        assert len(large_letters(written(pilot.app))) == 1


async def test_arabic_is_drawn_larger_as_it_is_seen() -> None:
    async with showing(caption("Oui.", "نعم 15", room=FR_AR), scaled=True).run_test(size=SMALL) as pilot:
        await pilot.pause()
        letters = large_letters(written(pilot.app))

    assert [text for _, _, _, text in letters] == [visual_line("نعم 15", "ar")]


def test_what_does_not_fit_twice_as_large_is_not_cut_for_it() -> None:
    assert set_large("bonjour", "fr", 49, 7, scaled=True).scale == 7
    assert set_large("bonjour", "fr", 48, 7, scaled=True).scale == 6
    assert set_large("anticonstitutionnellement", "fr", 49, 20, scaled=True).scale == 1
    assert set_large("bonjour", "fr", 49, 7, scaled=False).scale == 1


def test_lines_are_spaced_where_there_is_room() -> None:
    assert set_large("un deux", "fr", 4, 3, scaled=False).gap == 1
    assert set_large("un deux", "fr", 4, 2, scaled=False).gap == 0


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab é1,語كلمة "), max_size=80), st.integers(2, 60), st.integers(1, 30), st.booleans())
def test_whatever_is_said_no_line_is_wider_than_the_screen_and_large_letters_fit(
    text: str, width: int, height: int, scaled: bool
) -> None:
    setting = set_large(text, "ar", width, height, scaled=scaled)

    assert setting.cells <= width
    assert setting.scale == 1 or setting.rows <= height


# -- whether the terminal draws them ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "scales"), [((0, 2), True), ((0, 0), False), ((0,), False), ((), False), ((0, 1), False)]
)
def test_kitty_answers_by_moving_the_cursor(columns: tuple[int, ...], scales: bool) -> None:
    sizing = Sizing()
    assert "\x1b]66;s=2; \x07" in sizing.question("kitty")
    ended = [sizing.hear(column) for column in columns]

    assert sizing.scales is scales
    assert ended == [False, True][: len(columns)]
    assert not sizing.hear(5) or len(columns) == 1


def test_no_other_terminal_is_asked_and_what_it_reports_says_nothing() -> None:
    sizing = Sizing()

    assert sizing.question("xterm") == ""
    assert not sizing.hear(0)
    assert not sizing.hear(2)
    assert not sizing.scales
