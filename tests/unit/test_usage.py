"""Usage is counted without anything that could tell of a family, and its file holds numbers alone."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import DeviceError, KioskError, OutputError
from kiosk.events import BackTranslated, DeviceLost, Discarded, Emit, Event, Failure, Level, SpeechStarted, Warned
from kiosk.languages import LANGUAGES
from kiosk.ports import Session
from kiosk.types import BackTranslation, Caption, Flag, Latency, Room, Transcript, Translation
from kiosk.usage import Month, Usage
from kiosk.usage.keeping import MONTHS, add_to_file, forget, read_file
from kiosk.usage.months import DOUBTS, KINDS, OTHER, STEPS

ROOM = Room("fr", "ar")
RARE = "chrysanthème"


def caption(number: int, *flags: Flag, total: float = 0.6, final: bool = True) -> Caption:
    return Caption(
        number,
        ROOM.side("fr"),
        Transcript(f"Le {RARE} de Nadia.", "fr", 0.98, 0.01, -0.2),
        Translation(f"{RARE}-ar", "fr", "ar", "argos", flags, (RARE,)),
        0,
        16_000,
        Latency(0.1, 0.3, 0.1, total),
        final,
        5,
    )


class Consulting:
    """A consultation room: a usage whose clock is set by hand, and what it has kept."""

    def __init__(self) -> None:
        self.now = 0.0
        self.kept: list[Month] = []
        self.usage = Usage(self.kept.append, lambda: self.now)
        self.shown: list[Event] = []
        self.error: KioskError | None = None
        self._emit: Emit = self.shown.append

    def open(self) -> None:
        self.usage.counted(self._opened)(ROOM, self.shown.append)

    def hears(self, *events: Event) -> None:
        for event in events:
            self._emit(event)

    def _opened(self, room: Room, emit: Emit) -> Session:
        if self.error is not None:
            raise self.error
        self._emit = emit
        return cast(Session, None)

    def month(self) -> Month:
        self.usage.ended()
        return self.kept[-1]


@pytest.fixture
def room() -> Consulting:
    return Consulting()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "usage.json"
    monkeypatch.setattr("kiosk.paths.usage_file", lambda: path)
    return path


class TestCounting:
    def test_a_consultation_is_one_whatever_its_sessions(self, room: Consulting) -> None:
        room.open()
        room.open()
        month = room.month()
        assert (month.consultations, month.languages) == (1, {"ar": 1})

    def test_what_is_heard_reaches_the_screen_all_the_same(self, room: Consulting) -> None:
        events = (SpeechStarted(1), caption(1), Level(0.1, speech=True))
        room.open()
        room.hears(*events)
        assert room.shown == list(events)

    def test_captions_are_counted_once_settled_and_doubts_by_kind(self, room: Consulting) -> None:
        room.open()
        room.hears(
            caption(1, final=False),
            caption(1, Flag.NUMBERS, Flag.STARTER),
            caption(2),
            caption(3, Flag.NUMBERS, Flag.NEGATION),
            Discarded(4),
        )
        month = room.month()
        assert (month.captions, month.doubtful) == (3, 2)
        assert month.doubts == {"numbers": 2, "negation": 1}

    def test_a_meaning_lost_on_the_way_back_makes_a_caption_doubtful_once(self, room: Consulting) -> None:
        room.open()
        doubtful = BackTranslation(RARE, 0.1, doubtful=True)
        room.hears(caption(1, Flag.NUMBERS), BackTranslated(1, doubtful), caption(2), BackTranslated(2, doubtful))
        room.hears(BackTranslated(2, BackTranslation(RARE, 0.9, doubtful=False)))
        month = room.month()
        assert month.doubtful == 2
        assert month.doubts == {"numbers": 1, "meaning": 2}

    def test_a_settled_caption_that_comes_again_was_corrected(self, room: Consulting) -> None:
        room.open()
        room.hears(caption(1), caption(1), caption(1), caption(2))
        month = room.month()
        assert (month.captions, month.corrections) == (2, 1)

    def test_numbers_begin_anew_in_the_next_session(self, room: Consulting) -> None:
        room.open()
        room.hears(caption(1))
        room.open()
        room.hears(caption(1))
        month = room.month()
        assert (month.captions, month.corrections) == (2, 0)

    def test_latencies_are_put_into_steps_and_typed_text_has_none(self, room: Consulting) -> None:
        room.open()
        room.hears(caption(1, total=0.5), caption(2, total=0.6), caption(3, total=99.0), caption(-1, total=0.1))
        month = room.month()
        assert month.latencies == (1, 1, 0, 0, 0, 0, 0, 0, 1)
        assert month.latency(0.5) == 0.75
        assert month.latency(0.95) == float("inf")
        assert Month().latency(0.5) is None

    @pytest.mark.parametrize(
        ("kind", "counted"),
        [
            ("DeviceError", "microphone"),
            ("ModelMissing", "model"),
            ("OutputError", "other"),
            ("KeyError", "unforeseen"),
        ],
    )
    def test_failures_are_counted_by_kind(self, room: Consulting, kind: str, counted: str) -> None:
        room.open()
        room.hears(Failure(RARE, RARE, kind), DeviceLost(RARE), Warned(RARE, RARE))
        month = room.month()
        assert month.failures == {counted: 1}
        assert month.microphone == 1

    def test_a_session_that_does_not_open_is_a_failure_and_still_one(self, room: Consulting) -> None:
        room.error = DeviceError("Aucun micro.")
        with pytest.raises(DeviceError):
            room.open()
        month = room.month()
        assert (month.consultations, month.failures) == (1, {"microphone": 1})

    def test_a_refusal_counts_without_a_consultation_and_once_a_family(self, room: Consulting) -> None:
        room.usage.refused()
        room.usage.refused()
        room.usage.interpreter()
        assert room.month() == Month(refused=1, interpreter=1)

    def test_minutes_are_rounded_to_five(self, room: Consulting) -> None:
        room.open()
        room.now += 17 * 60 + 31
        assert room.month().minutes == 20

    def test_phrases_are_counted_and_not_named(self, room: Consulting) -> None:
        room.open()
        room.usage.phrase()
        room.usage.phrase()
        assert room.month().phrases == 2

    def test_the_next_family_begins_at_nothing(self, room: Consulting) -> None:
        room.open()
        room.month()
        room.usage.ended()
        assert len(room.kept) == 1

    def test_what_a_session_tells_after_the_end_counts_for_nobody(self, room: Consulting) -> None:
        room.open()
        room.month()
        room.hears(caption(1))
        room.usage.ended()
        assert len(room.kept) == 1


counts = st.integers(0, 40)
months = st.builds(
    Month,
    **dict.fromkeys(
        ("consultations", "refused", "interpreter", "minutes", "captions", "doubtful", "microphone"), counts
    ),
    languages=st.dictionaries(st.sampled_from(tuple(LANGUAGES)), counts),
    doubts=st.dictionaries(st.sampled_from(DOUBTS), counts),
    failures=st.dictionaries(st.sampled_from(KINDS), counts),
    latencies=st.tuples(*([counts] * (len(STEPS) + 1))),
)


class TestSmallNumbers:
    def test_rare_languages_are_one_number(self) -> None:
        month = Month(consultations=14, languages={"ar": 9, "sq": 4, "uk": 1}).closed()
        assert month.languages == {"ar": 9, OTHER: 5}

    def test_a_few_refusals_are_not_told_apart(self) -> None:
        assert Month(consultations=9, refused=1, interpreter=4).closed() == Month(
            consultations=9, refused=None, interpreter=None
        )
        assert Month(consultations=9, refused=0, interpreter=5).closed().refused == 0

    def test_of_a_few_consultations_only_the_machine_is_told(self) -> None:
        month = Month(
            3, 1, 1, 40, 80, 9, 3, 1, microphone=2, languages={"ar": 3}, doubts={"numbers": 9}, failures={"model": 1}
        ).closed()
        assert month.consultations is None
        assert month.refused is None
        assert month.captions is None
        assert month.languages == {}
        assert month.doubts == {}
        assert (month.microphone, month.failures) == (2, {"model": 1})

    def test_no_language_is_told_before_the_month_is_over(self) -> None:
        month = Month(consultations=30, languages={"ar": 30})
        assert month.current().languages == {}
        assert month.closed().languages == {"ar": 30}

    @given(months)
    def test_nothing_between_one_and_four_is_left(self, month: Month) -> None:
        closed = month.closed()
        few = {1, 2, 3, 4}
        assert not few & {closed.consultations, closed.refused, closed.interpreter}
        assert not few & {count for code, count in closed.languages.items() if code != OTHER}
        assert closed.closed() == closed

    @given(months, months)
    def test_adding_up_is_the_same_either_way(self, one: Month, other: Month) -> None:
        assert one.plus(other) == other.plus(one)
        assert one.plus(Month()) == one
        assert one.closed().plus(other).closed().closed() == one.closed().plus(other).closed()

    @given(months)
    def test_a_month_is_read_as_it_was_written(self, month: Month) -> None:
        for each in (month, month.closed()):
            assert Month.from_json(json.loads(json.dumps(each.as_json()))) == each


class TestTheFile:
    def test_consultations_add_up_by_month(self, file: Path) -> None:
        for day in (date(2026, 11, 3), date(2026, 11, 30), date(2026, 12, 1)):
            add_to_file(Month(consultations=5, captions=10, languages={"ar": 5}), day)
        stored = read_file().months
        assert {name: month.consultations for name, month in stored.items()} == {"2026-11": 10, "2026-12": 5}
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert [each.name for each in file.parent.iterdir()] == ["usage.json"]

    def test_once_a_month_is_over_its_small_numbers_are_gone_from_the_disk(self, file: Path) -> None:
        add_to_file(Month(consultations=6, refused=1, languages={"ar": 5, "sq": 1}), date(2026, 11, 30))
        assert '"sq": 1' in file.read_text()
        add_to_file(Month(consultations=1), date(2026, 12, 1))
        written = json.loads(file.read_text())["months"]["2026-11"]
        assert written["languages"] == {"ar": 5, OTHER: 1}
        assert written["refused"] is None

    def test_old_months_are_dropped(self, file: Path) -> None:
        for number in range(MONTHS + 3):
            add_to_file(Month(consultations=5), date(2020 + number // 12, number % 12 + 1, 1))
        names = list(read_file().months)
        assert len(names) == MONTHS
        assert names[0] == "2020-04"

    def test_no_day_and_no_hour_is_written(self, file: Path) -> None:
        add_to_file(Month(consultations=5), date(2026, 11, 27))
        assert "27" not in file.read_text()

    @pytest.mark.parametrize(
        "content",
        [
            "",
            "{",
            "[]",
            '{"format": 2, "months": {}}',
            '{"format": 1, "months": {"2026-13": {}}}',
            '{"format": 1, "months": {"2026-11": {}}}',
            "[" * 100_000,
            "\udcff",
            " " * 1_000_001,
        ],
    )
    def test_a_file_that_makes_no_sense_is_set_aside(self, file: Path, content: str) -> None:
        file.parent.mkdir()
        file.write_bytes(content.encode("utf-8", "surrogateescape"))
        stored = read_file()
        assert stored.months == {}
        assert stored.aside is not None
        assert stored.aside.read_bytes() == content.encode("utf-8", "surrogateescape")
        assert not file.exists()
        add_to_file(Month(consultations=5), date(2026, 11, 3))
        assert list(read_file().months) == ["2026-11"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"languages": {RARE: 5}},
            {"languages": {"ar": "beaucoup"}},
            {"doubts": {RARE: 1}},
            {"failures": {RARE: 1}},
            {"captions": RARE},
            {"captions": -1},
            {"microphone": None},
            {"latencies": [1]},
            {RARE: 1},
        ],
    )
    def test_a_month_with_anything_but_counts_is_not_read(self, wrong: dict[str, object]) -> None:
        with pytest.raises(ValueError):
            Month.from_json(Month().as_json() | wrong)

    def test_a_disk_that_cannot_be_written_harms_no_consultation(self, file: Path) -> None:
        file.parent.parent.joinpath("state").write_text("no folder")
        add_to_file(Month(consultations=5))
        with pytest.raises(OutputError):
            forget("2026-11")

    def test_forgetting_takes_a_month_or_all(self, file: Path) -> None:
        for day in (date(2026, 11, 3), date(2026, 12, 1)):
            add_to_file(Month(consultations=5), day)
        assert forget("2026-11")
        assert list(read_file().months) == ["2026-12"]
        assert not forget("2026-11")
        assert forget()
        assert not file.exists()
        assert not forget()


def test_the_file_never_holds_a_word_that_was_said(file: Path, room: Consulting) -> None:
    """Whatever a session tells, with a rare word in every text of it."""
    room.open()
    room.hears(
        caption(1, *Flag),
        caption(1),
        caption(-1),
        BackTranslated(1, BackTranslation(RARE, 0.1, doubtful=True)),
        DeviceLost(RARE),
        Warned(RARE, RARE),
        Failure(RARE, RARE, RARE),
    )
    room.usage.phrase()
    add_to_file(replace(room.month(), consultations=9))
    written = file.read_bytes()
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        assert RARE.encode(encoding) not in written
    assert b"chrysanth" not in written
    assert b"Nadia" not in written
