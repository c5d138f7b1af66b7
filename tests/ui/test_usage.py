"""What the screen tells of consultations is counted, once they are over, and only where the settings say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from kiosk.cli.run import counting
from kiosk.config import Config, UsageConfig
from kiosk.ui.app import KioskApp
from kiosk.ui.navigation import Means
from kiosk.ui.waiting_room import WaitingRoomApp, Watch
from kiosk.usage import Month, Usage
from kiosk.usage.keeping import read_file
from tests.ui.fakes import FR_AR, PHRASES, FakeOpener, caption, offers

RARE = "chrysanthème"


class Office:
    """An app whose usage is kept in a list."""

    def __init__(self) -> None:
        self.kept: list[Month] = []
        self.opener = FakeOpener()
        self.usage = Usage(self.kept.append)

    def app(self, usage: Usage | None = None) -> KioskApp:
        usage = usage or self.usage
        return KioskApp(Means(offers(), "fr", PHRASES, usage=usage), usage.counted(self.opener), FR_AR)

    def waiting_room(self) -> WaitingRoomApp:
        means = Means(offers(), "fr", PHRASES, usage=self.usage)
        return WaitingRoomApp(means, self.usage.counted(self.opener), Watch("2580", 60.0))


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "usage.json"
    monkeypatch.setattr("kiosk.paths.usage_file", lambda: path)
    return path


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def test_a_refusal_at_the_notice_counts_once_the_family_has_left(office: Office) -> None:
    async with office.app().run_test(size=(110, 32)) as pilot:
        await press(pilot, "2", "escape", "2", "escape")
        assert office.kept == []
        await press(pilot, "escape")
    assert office.kept == [Month(refused=1)]
    assert office.opener.log == []


async def test_a_consultation_counts_at_its_end_and_not_during_it(office: Office) -> None:
    async with office.app().run_test(size=(110, 32)) as pilot:
        await press(pilot, "1", "i", "escape")
        office.opener.emit(caption(RARE, RARE, room=FR_AR))
        await press(pilot, "q")
        assert office.kept == []
        await press(pilot, "enter")
        await press(pilot, "enter")
    assert [(month.consultations, month.interpreter, month.captions) for month in office.kept] == [(1, 1, 1)]
    assert office.kept[0].languages == {"ar": 1}


async def test_another_language_is_another_consultation(office: Office) -> None:
    async with office.app().run_test(size=(110, 32)) as pilot:
        await press(pilot, "1", "l", "t", "u", "r", "enter", "1")
        assert [month.languages for month in office.kept] == [{"ar": 1}]
        await press(pilot, "q", "enter")
    assert [month.languages for month in office.kept] == [{"ar": 1}, {"tr": 1}]


async def test_another_language_that_is_not_accepted_is_still_the_same_consultation(office: Office) -> None:
    async with office.app().run_test(size=(110, 32)) as pilot:
        await press(pilot, "1", "l", "t", "u", "r", "enter", "escape", "escape")
        assert office.kept == []
        await press(pilot, "q", "enter")
    assert [(month.consultations, month.languages) for month in office.kept] == [(1, {"ar": 1})]


async def test_a_phrase_shown_is_counted(office: Office) -> None:
    async with office.app().run_test(size=(110, 32)) as pilot:
        await press(pilot, "1", "p", "b", "o", "n", "j", "enter", "escape", "escape", "escape", "q", "enter")
    assert office.kept[0].phrases == 1


async def test_in_a_waiting_room_a_consultation_ends_when_nobody_is_there(office: Office) -> None:
    app = office.waiting_room()
    async with app.run_test(size=(110, 32)) as pilot:
        await press(pilot, "enter", "enter", "1")
        await app.back_to_welcome()
        await pilot.pause()
    assert [month.consultations for month in office.kept] == [1]


async def test_nothing_is_written_unless_the_settings_say_so(office: Office, file: Path) -> None:
    usage = counting(Config(), played=False)
    async with office.app(usage).run_test(size=(110, 32)) as pilot:
        await press(pilot, "1", "q", "enter", "enter")
    usage.ended()
    assert not file.parent.exists()


async def test_where_they_do_the_file_holds_numbers_and_no_word_that_was_said(office: Office, file: Path) -> None:
    usage = counting(Config(usage=UsageConfig(keep="on")), played=False)
    async with office.app(usage).run_test(size=(110, 32)) as pilot:
        await press(pilot, "1")
        office.opener.emit(caption(RARE, RARE, room=FR_AR))
        await press(pilot, "q")
        assert not file.exists()
        await press(pilot, "enter", "enter")
    assert [month.captions for month in read_file().months.values()] == [1]
    assert b"chrysanth" not in file.read_bytes()


def test_a_recording_that_is_played_is_no_consultation(file: Path) -> None:
    usage = counting(Config(usage=UsageConfig(keep="on")), played=True)
    usage.refused()
    usage.ended()
    assert not file.exists()
