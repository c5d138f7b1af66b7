"""A microphone that goes away, falls mute or is put to sleep: what is told, and that nothing said before it is lost."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

import pytest

from kiosk.errors import AudioError, DeviceError
from kiosk.events import DeviceBack, DeviceLost, Discarded, Failure, Level, Mute, Overflow, Warned
from kiosk.types import Caption, Transcript
from kiosk.watching import MUTE_AFTER, RENEW_AFTER
from tests.fakes import FakeTranscriber, Gate, LoudnessDetector, Reading, ScriptedSource, frame
from tests.pipeline.test_pipeline import Heard, numbered, speech, texts

SECOND = 32
"""Frames in a second, about."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost microphone is looked for at once."""
    monkeypatch.setattr("kiosk.hearing.REOPEN_EVERY", 0.0)


def zeros(seconds: float) -> list[Reading]:
    return [frame(0, 0.0)] * round(seconds * SECOND)


def hiss(seconds: float) -> list[Reading]:
    """The quietest room: not speech, and not zeros."""
    return [frame(0, 0.0001)] * round(seconds * SECOND)


class Unwilling(ScriptedSource):
    """What comes of each attempt to open it: None for success, or an error; and success ever after."""

    def __init__(self, readings: Iterable[Reading], *attempts: Exception | None) -> None:
        super().__init__(readings, live=True)
        self._attempts = iter(attempts)

    def open(self) -> None:
        super().open()
        if (refusal := next(self._attempts, None)) is not None:
            raise refusal


def test_a_microphone_that_is_absent_from_the_start_is_told_and_awaited() -> None:
    absent = DeviceError("Aucun microphone n'est branché.", "Branchez-en un.")
    heard = Heard(Unwilling(speech(10), absent, absent)).run()
    assert heard.of(DeviceLost) == [DeviceLost("Aucun microphone n'est branché.", "Branchez-en un.")]
    assert heard.of(DeviceBack) == [DeviceBack("script")]
    assert texts(heard.of(Caption)) == ["parole 10"]
    assert heard.of(Failure) == []


def test_sound_that_this_machine_cannot_have_is_a_failure() -> None:
    heard = Heard(Unwilling([], AudioError("PortAudio manque.", "Installez-la."))).run()
    assert heard.events[-1] == Failure("PortAudio manque.", "Installez-la.")


def test_a_microphone_that_went_away_during_a_pause_is_awaited_when_it_is_over() -> None:
    pausing = Gate()

    def readings() -> Iterator[Reading]:
        pausing.wait()
        yield None
        yield from speech(20)

    source = Unwilling(readings(), None, DeviceError("débranché"))
    heard = Heard(source)
    heard.pipeline.start()
    assert pausing.reached.wait(10)
    heard.pipeline.pause()
    pausing.open()
    while not (heard.until(Level) == Level(0.0, speech=False) and source.closed):
        pass
    heard.pipeline.resume()
    assert heard.pipeline.wait(10)
    assert heard.of(DeviceLost) == [DeviceLost("débranché")]
    assert texts(heard.of(Caption)) == ["parole 20"]


def test_another_reason_is_told_once() -> None:
    gone, taken = DeviceError("débranché"), DeviceError("pris", "Fermez l'autre programme.")
    source = Unwilling([*speech(10, pause=0), gone, *speech(20)], None, gone, taken, taken)
    heard = Heard(source).run()
    assert heard.of(DeviceLost) == [DeviceLost("débranché"), DeviceLost("pris", "Fermez l'autre programme.")]
    assert texts(heard.of(Caption)) == ["parole 10", "parole 20"]


def test_it_is_back_only_once_it_gives_sound() -> None:
    gone = DeviceError("débranché")
    heard = Heard(ScriptedSource([*speech(10, pause=0), gone, None, gone, None, *speech(20)], live=True)).run()
    assert [type(event) for event in heard.of((DeviceLost, DeviceBack))] == [DeviceLost, DeviceBack]  # type: ignore[arg-type]
    assert texts(heard.of(Caption)) == ["parole 10", "parole 20"]


def test_what_was_being_said_is_settled_and_told_before_a_device_is_closed_that_may_not_let_go() -> None:
    source = ScriptedSource([*speech(10, pause=0), DeviceError("débranché"), *speech(20)], live=True)
    heard = Heard(source)
    told_at_close = []

    def close() -> None:
        told_at_close.append([type(event) for event in heard.of(DeviceLost)])

    source.close = close  # type: ignore[method-assign]
    heard.run()
    assert told_at_close[0] == [DeviceLost]


def test_sleep_opens_the_microphone_anew_and_settles_what_was_said_before(monkeypatch: pytest.MonkeyPatch) -> None:
    asleep = [0.0]
    monkeypatch.setattr("kiosk.listening.seconds_asleep", lambda: asleep[0])

    def readings() -> Iterator[Reading]:
        yield from speech(10, pause=0)
        asleep[0] += 3_600
        yield frame(20, 0.1)  # read before the sleep was noticed
        yield from speech(20)

    source = ScriptedSource(readings(), live=True)
    heard = Heard(source).run()
    assert heard.of(DeviceLost) == [DeviceLost("L'ordinateur s'était mis en veille.")]
    assert heard.of(DeviceBack) == [DeviceBack("script")]
    assert source.opened == 2
    assert texts(heard.of(Caption)) == ["parole 10", "parole 20"]


def test_nothing_but_zeros_is_told_and_so_is_its_end() -> None:
    readings = numbered([*zeros(MUTE_AFTER + 1), *hiss(1), *zeros(1), *hiss(1)])
    heard = Heard(ScriptedSource(readings, live=True)).run()
    assert heard.of(Mute) == [Mute(True), Mute(False)]
    assert heard.of(DeviceLost) == []


def test_a_quiet_room_and_a_recording_are_not_mute() -> None:
    assert Heard(ScriptedSource(numbered(hiss(20)), live=True)).run().of(Mute) == []
    assert Heard(ScriptedSource(numbered(zeros(20)))).run().of(Mute) == []


def test_a_microphone_that_stays_mute_is_opened_anew_ever_more_rarely() -> None:
    source = ScriptedSource(numbered(zeros(7 * RENEW_AFTER)), live=True)
    heard = Heard(source).run()
    assert source.opened == 1 + 3  # after 10, 20 and 40 s
    assert heard.of(Mute) == [Mute(True)]


def test_a_mute_microphone_that_is_gone_when_it_is_opened_anew_is_told() -> None:
    source = Unwilling(numbered([*zeros(RENEW_AFTER), *hiss(1)]), None, DeviceError("débranché"))
    heard = Heard(source).run()
    assert heard.of(DeviceLost) == [DeviceLost("débranché")]
    assert heard.of(Mute) == [Mute(True), Mute(False)]


class Forgetful(FakeTranscriber):
    """Finds no memory for so many calls."""

    def __init__(self, failures: int) -> None:
        super().__init__(self._maybe)
        self._failures = failures

    def _maybe(self, samples: object) -> Transcript:
        if self._failures:
            self._failures -= 1
            raise MemoryError
        return Transcript("entendu", "fr", 0.99, 0.0, -0.1)


def test_a_final_for_which_memory_was_short_is_tried_once_more(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "kiosk"):
        heard = Heard(ScriptedSource(speech(10)), Forgetful(1)).run()
    assert texts(heard.of(Caption)) == ["entendu"]
    assert heard.of(Warned) == []
    assert "memory short for Job" in caplog.text


def test_an_utterance_without_memory_is_told_of_and_the_next_one_is_captioned() -> None:
    heard = Heard(ScriptedSource(speech(10, 20)), Forgetful(2)).run()
    assert heard.of(Discarded) == [Discarded(1)]
    (warned,) = heard.of(Warned)
    assert "Mémoire insuffisante" in warned.message
    assert [caption.utterance_id for caption in heard.of(Caption)] == [2]
    assert heard.of(Failure) == []


def test_sound_for_which_memory_was_short_is_said_to_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    failures = iter([MemoryError()])
    listen = LoudnessDetector.probability

    def short(detector: LoudnessDetector, samples: object) -> float:
        if (error := next(failures, None)) is not None:
            raise error
        return listen(detector, samples)  # type: ignore[arg-type]

    monkeypatch.setattr(LoudnessDetector, "probability", short)
    heard = Heard(ScriptedSource(speech(10))).run()
    assert heard.of(Overflow) == [Overflow(0.032)]
    assert texts(heard.of(Caption)) == ["parole 10"]


def test_a_stop_while_a_microphone_is_looked_for_ends_at_once() -> None:
    class Never(ScriptedSource):
        def open(self) -> None:
            raise DeviceError("débranché")

    heard = Heard(Never([], live=True))
    heard.pipeline.start()
    heard.until(DeviceLost)
    heard.pipeline.stop()
    assert heard.pipeline.wait(0)
