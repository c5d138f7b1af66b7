"""Two columns, or the family's half above the staff's: the same words either way, and the newest in view."""

from __future__ import annotations

import pytest
from textual.app import App

from kiosk.types import Caption, Flag, Room, Side
from kiosk.ui.bidi import visual_line
from kiosk.ui.widgets.caption import Place
from kiosk.ui.widgets.caption_list import CaptionList
from kiosk.ui.widgets.split import Split
from tests.ui.fakes import FR_AR, FR_EN, FakeOpener, caption, conversation, seen


def turns(count: int, room: Room = FR_EN) -> list[Caption]:
    """A conversation of short turns, all of them by staff."""
    return [caption(f"Phrase {n}.", f"Sentence {n}.", utterance_id=n, room=room) for n in range(count)]


def half_of(app: App[None], side: Side) -> str:
    """What shows of the family's half or of the staff's: the French heading stands between them."""
    family, staff = seen(app).split("Équipe · Français")
    return family if side is Side.FAMILY else staff


@pytest.mark.parametrize("size", [(60, 20), (100, 30), (200, 60)])
async def test_on_a_key_each_language_has_a_half_of_the_height_and_on_the_key_again_a_column(
    size: tuple[int, int],
) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=size) as pilot:
        opener.emit(*turns(20), caption("Good morning.", "Bien.", utterance_id=20, language="en"))
        await pilot.pause()
        columns = seen(pilot.app)

        await pilot.press("v")
        await pilot.pause()
        above, below = half_of(pilot.app, Side.FAMILY), half_of(pilot.app, Side.STAFF)
        assert "Good morning." in above
        assert "Automatic translation by an AI: it can be wrong" in above
        assert "Bien." in below
        assert "Traduction automatique par une IA : peut se tromper" in below
        assert "Phrase" not in above
        assert "Sentence" not in below

        await pilot.press("v")
        await pilot.pause()
        assert seen(pilot.app) == columns


async def test_both_halves_show_the_same_utterances_and_the_newest_last() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(60, 20)) as pilot:
        await pilot.press("v")
        opener.emit(*turns(20))
        await pilot.pause()
        for _ in range(2):
            above = [n for n in range(20) if f"Sentence {n}." in half_of(pilot.app, Side.FAMILY)]
            below = [n for n in range(20) if f"Phrase {n}." in half_of(pilot.app, Side.STAFF)]
            assert above == below != []
            newest = above[-1]
            await pilot.press("pageup")
            await pilot.pause()

    assert newest < 19


async def test_following_stops_when_scrolled_back_and_a_page_up_skips_nothing() -> None:
    opener = FakeOpener()
    read: set[int] = set()
    async with conversation(opener).run_test(size=(60, 20)) as pilot:
        await pilot.press("v")
        opener.emit(*turns(12))
        await pilot.pause()
        assert "Phrase 11." in half_of(pilot.app, Side.STAFF)

        for _ in range(12):
            read |= {n for n in range(12) if f"Sentence {n}." in half_of(pilot.app, Side.FAMILY)}
            await pilot.press("pageup")
            await pilot.pause()
        assert read == set(range(12))

        opener.emit(caption("Nouvelle.", "New.", utterance_id=50))
        await pilot.pause()
        assert "Nouvelle." not in seen(pilot.app)
        assert "Fin : revenir au plus récent" in seen(pilot.app)

        await pilot.press("end")
        await pilot.pause()
        assert "Nouvelle." in half_of(pilot.app, Side.STAFF)
        assert "New." in half_of(pilot.app, Side.FAMILY)


async def test_another_layout_keeps_what_is_being_read_again_in_view() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(80, 24)) as pilot:
        opener.emit(*turns(40))
        await pilot.pause()
        for key in ("pageup", "v", "v", "v"):
            first = min(n for n in range(40) if f"Phrase {n}." in seen(pilot.app))
            await pilot.press(key)
            await pilot.pause()
            if key == "v":
                assert min(n for n in range(40) if f"Phrase {n}." in seen(pilot.app)) == first
                assert "Fin : revenir au plus récent" in seen(pilot.app)


async def test_arabic_stands_on_the_right_of_the_upper_half() -> None:
    opener = FakeOpener()
    said, width = "أعطوه 2,5 مل كل 6 ساعات.", 80
    async with conversation(opener, FR_AR).run_test(size=(width, 24)) as pilot:
        await pilot.press("v")
        opener.emit(caption("Donnez 2,5 ml toutes les 6 heures.", said, room=FR_AR))
        await pilot.pause()
        line = next(line for line in seen(pilot.app).splitlines() if visual_line(said, "ar") in line)

    assert line.index(visual_line(said, "ar")) > width // 2


@pytest.mark.parametrize("stacked", [True, False])
async def test_no_part_of_a_doubted_caption_shows_without_its_doubts(stacked: bool) -> None:
    opener = FakeOpener()
    words = "Donnez deux millilitres. "
    async with conversation(opener).run_test(size=(60, 20)) as pilot:
        if stacked:
            await pilot.press("v")
        opener.emit(caption(words * 40, "Give it. " * 40, flags=(Flag.NUMBERS, Flag.UNITS)))
        await pilot.pause()
        for _ in range(4):
            text = seen(pilot.app)
            assert "► Équipe" not in text
            assert "⚠ chiffres à vérifier" in text
            assert text.count("⚠") >= 2
            await pilot.press("up")
            await pilot.pause()


@pytest.mark.parametrize("stacked", [True, False])
async def test_doubts_that_stay_at_the_top_are_whole_and_stand_over_words_of_their_own(stacked: bool) -> None:
    opener = FakeOpener()
    doubts = {Flag.UNSURE_WORDS: "⚠ mal entendu : faites répéter", Flag.MEANING: "⚠ sens à vérifier"}
    async with conversation(opener).run_test(size=(80, 24)) as pilot:
        if stacked:
            await pilot.press("v")
        opener.emit(caption("Donnez ceci. " * 40, "Give this. " * 40, utterance_id=99, flags=tuple(doubts)), *turns(9))
        await pilot.pause()
        captions = pilot.app.screen.query_one(CaptionList)
        pinned = 0
        for y in range(captions.max_scroll_y + 1):
            captions.scroll_to(y=y, animate=False)
            await pilot.pause()
            text = " ".join(half_of(pilot.app, Side.STAFF).split() if stacked else seen(pilot.app).split())
            shown = [doubt for doubt in doubts.values() if doubt in text]
            assert len(shown) in (0, len(doubts))  # none is cut
            assert bool(shown) == ("Donnez" in text)
            pinned += bool(shown) and "► Équipe ⚠" not in text
        assert pinned > 3


async def test_the_layout_is_kept_for_the_next_conversation() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(80, 24)) as pilot:
        await pilot.press("v", "l", "a", "l", "l", "enter")
        await pilot.pause()
        opener.emit(*turns(3))
        await pilot.pause()
        lines = seen(pilot.app).splitlines()

    assert "Famille · Deutsch" in lines[0]
    assert not any("Phrase 1." in line and "Sentence 1." in line for line in lines)


@pytest.mark.parametrize(("height", "divider"), [(15, 1), (14, 1), (15, 2), (1, 2), (0, 2)])
def test_halves_are_equal_whatever_the_height(height: int, divider: int) -> None:
    split = Split(40, height, divider)
    rows = [split.at(y) for y in range(height)]

    assert [place for side, place in rows if side is Side.FAMILY] == list(range(split.view))
    assert [place for side, place in rows if side is Side.STAFF] == list(range(split.view))
    assert split.place == Place(40, 40, 0)


def test_columns_share_the_width_to_the_cell() -> None:
    assert Split(61, 20).place == Place(30, 31, 20)
