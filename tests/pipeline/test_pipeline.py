"""The two threads together, with fakes at both ends."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable

import pytest

from kiosk.config import SegmenterConfig
from kiosk.errors import AudioFileError, DeviceError, ModelMissing
from kiosk.pipeline import Parts, Pipeline, PipelineConfig
from kiosk.types import (
    Behind,
    Caption,
    DeviceBack,
    DeviceLost,
    Discarded,
    Event,
    Failure,
    Finished,
    Level,
    Overflow,
    Ready,
    Room,
    Side,
    SpeechStarted,
    Transcript,
    Warned,
)
from tests.fakes import FakeTranscriber, FakeTranslator, Gate, LoudnessDetector, Reading, ScriptedSource, frame

ROOM = Room("fr", "en")
CONFIG = PipelineConfig(SegmenterConfig())


def speech(*words: int, pause: int = 25) -> list[Reading]:
    """Utterances of 20 frames, each of loudness `word`/100, with silence between."""
    readings: list[Reading] = []
    for word in words:
        readings += [frame(0, word / 100)] * 20 + [frame(0, 0.0)] * pause
    return numbered(readings)


def numbered(readings: list[Reading]) -> list[Reading]:
    """The same readings, with the frames' indices counted up."""
    return [
        reading if reading is None or isinstance(reading, Exception) else frame(index, float(reading.samples[0]))
        for index, reading in enumerate(readings)
    ]


class Heard:
    """A pipeline with fakes, and the events it emitted."""

    def __init__(
        self,
        source: ScriptedSource,
        transcriber: FakeTranscriber | None = None,
        config: PipelineConfig = CONFIG,
    ) -> None:
        self.events: list[Event] = []
        self._new: queue.SimpleQueue[Event] = queue.SimpleQueue()
        parts = Parts(source, LoudnessDetector(), transcriber or FakeTranscriber(), FakeTranslator())
        self.pipeline = Pipeline(parts, ROOM, config, self._take)

    def _take(self, event: Event) -> None:
        self.events.append(event)
        self._new.put(event)

    def run(self) -> Heard:
        """Start, and wait for the end."""
        self.pipeline.start()
        assert self.pipeline.wait(10)
        return self

    def until(self, wanted: type[Event]) -> Event:
        """The next event of this kind."""
        while True:
            event = self._new.get(timeout=10)
            if isinstance(event, wanted):
                return event

    def of(self, wanted: type) -> list:  # type: ignore[type-arg]
        return [event for event in self.events if isinstance(event, wanted)]


def texts(captions: list[Caption]) -> list[str]:
    return [caption.transcript.text for caption in captions]


def test_every_utterance_becomes_a_caption_in_order_then_the_end_is_told() -> None:
    heard = Heard(ScriptedSource(speech(10, 20, 30))).run()
    captions = heard.of(Caption)
    assert texts(captions) == ["parole 10", "parole 20", "parole 30"]
    assert captions[0].translation.text == "[en] parole 10"
    assert [caption.utterance_id for caption in captions] == [1, 2, 3]
    assert all(caption.final and caption.side is Side.STAFF for caption in captions)
    assert isinstance(heard.events[-1], Finished)


def test_the_last_utterance_is_not_lost_when_the_source_ends_in_the_middle_of_it() -> None:
    heard = Heard(ScriptedSource(speech(10, pause=0))).run()
    assert texts(heard.of(Caption)) == ["parole 10"]


def test_listening_is_announced_only_once_models_are_loaded() -> None:
    gate = Gate()
    transcriber = FakeTranscriber()
    transcriber.load = gate.wait  # type: ignore[method-assign]
    source = ScriptedSource(speech(10))
    heard = Heard(source, transcriber)
    heard.pipeline.start()
    assert gate.reached.wait(10)
    assert source.opened == 0
    assert not heard.of(Ready)
    gate.open()
    heard.until(Finished)
    assert heard.of(Ready) == [Ready("script")]


def test_latency_counts_the_awaited_silence() -> None:
    (caption,) = Heard(ScriptedSource(speech(10))).run().of(Caption)
    assert caption.latency.endpoint == pytest.approx(0.64)
    assert caption.latency.total >= caption.latency.endpoint


def test_what_whisper_invents_on_silence_is_discarded() -> None:
    def invented(_: object) -> Transcript:
        return Transcript("Sous-titres réalisés par la communauté d'Amara.org", "fr", 0.9, 0.1, -0.2)

    heard = Heard(ScriptedSource(speech(10)), FakeTranscriber(invented)).run()
    assert heard.of(Caption) == []
    assert heard.of(Discarded) == [Discarded(1)]


def test_partials_come_while_someone_speaks_and_the_final_settles_them() -> None:
    gate = Gate()

    def readings() -> object:
        yield from speech(10, pause=0) * 3
        gate.wait()

    config = PipelineConfig(SegmenterConfig(), partial_every=0.32)
    heard = Heard(ScriptedSource(readings()), config=config)  # type: ignore[arg-type]
    heard.pipeline.start()
    partial = heard.until(Caption)
    assert isinstance(partial, Caption)
    assert not partial.final
    gate.open()
    heard.until(Finished)
    captions = heard.of(Caption)
    assert {caption.utterance_id for caption in captions} == {1}
    assert [caption.final for caption in captions].count(True) == 1
    assert captions[-1].final


def test_a_lost_microphone_is_told_found_again_and_nothing_said_before_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.listening.REOPEN_EVERY", 0.0)
    readings = [*speech(10, pause=0), DeviceError("débranché"), *speech(20)]
    heard = Heard(ScriptedSource(readings, live=True)).run()
    assert heard.of(DeviceLost) == [DeviceLost("débranché")]
    assert heard.of(DeviceBack) == [DeviceBack("script")]
    assert texts(heard.of(Caption)) == ["parole 10", "parole 20"]


def test_a_microphone_that_is_absent_from_the_start_is_a_failure() -> None:
    source = ScriptedSource([], live=True)

    def absent() -> None:
        raise DeviceError("Aucun microphone n'est branché.", "Branchez-en un.")

    source.open = absent  # type: ignore[method-assign]
    heard = Heard(source).run()
    assert heard.events[-1] == Failure("Aucun microphone n'est branché.", "Branchez-en un.")


def test_a_recording_that_breaks_off_is_captioned_up_to_there() -> None:
    heard = Heard(ScriptedSource([*speech(10, pause=0), AudioFileError("coupé", "voir")])).run()
    assert texts(heard.of(Caption)) == ["parole 10"]
    assert heard.of(Warned) == [Warned("coupé", "voir")]
    assert isinstance(heard.events[-1], Finished)


def test_lost_sound_is_told_in_seconds() -> None:
    heard = Heard(ScriptedSource(speech(10), lost=8_000)).run()
    assert heard.of(Overflow) == [Overflow(0.5)]


def test_lateness_is_told_and_so_is_its_end() -> None:
    gate = Gate()
    transcriber = FakeTranscriber()
    answer = transcriber.transcribe

    def slow(samples: object, languages: tuple[str, str], *, final: bool) -> Transcript:
        gate.wait()
        return answer(samples, languages, final=final)  # type: ignore[arg-type]

    transcriber.transcribe = slow  # type: ignore[method-assign,assignment]
    finished = Gate()

    def readings() -> object:
        yield from speech(*range(10, 20))
        finished.reached.set()

    heard = Heard(ScriptedSource(readings()), transcriber)  # type: ignore[arg-type]
    heard.pipeline.start()
    assert gate.reached.wait(10)
    assert finished.reached.wait(10)
    gate.open()
    heard.until(Finished)
    late = heard.of(Behind)
    assert late[0].seconds >= 3
    assert late[-1] == Behind(0.0)
    assert len(heard.of(Caption)) == 10


def test_pause_closes_the_microphone_and_resume_opens_it_again() -> None:
    paused = Gate()
    resumed = Gate()

    def readings() -> object:
        yield from speech(10, pause=0)
        paused.wait()
        yield None
        resumed.reached.set()
        yield from speech(20)

    source = ScriptedSource(readings(), live=True)  # type: ignore[arg-type]
    heard = Heard(source)
    heard.pipeline.start()
    assert paused.reached.wait(10)
    heard.pipeline.pause()
    paused.open()
    # What was said before the pause is captioned during it.
    heard.until(Caption)
    assert source.closed == 1
    assert not resumed.reached.is_set()
    heard.pipeline.resume()
    heard.until(Finished)
    assert source.opened == 2
    assert texts(heard.of(Caption)) == ["parole 10", "parole 20"]


def test_a_missing_model_is_a_failure_that_names_the_remedy() -> None:
    transcriber = FakeTranscriber()

    def missing() -> None:
        raise ModelMissing("Whisper base n'est pas installé.", "kiosk models pull base")

    transcriber.load = missing  # type: ignore[method-assign]
    heard = Heard(ScriptedSource(speech(10)), transcriber).run()
    assert heard.of(Failure) == [Failure("Whisper base n'est pas installé.", "kiosk models pull base")]
    assert heard.of(Finished) == []


def test_an_unforeseen_error_is_told_without_what_was_said(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: object) -> Transcript:
        raise ValueError("Léa pèse cinq kilos")

    with caplog.at_level(logging.INFO, "kiosk"):
        heard = Heard(ScriptedSource(speech(10)), FakeTranscriber(broken)).run()
    (failure,) = heard.of(Failure)
    assert "ValueError" in failure.message
    assert "broken" in caplog.text
    assert "Léa" not in failure.message + failure.remedy + caplog.text


def endless() -> object:
    while True:
        yield None


@pytest.mark.parametrize("prepare", [lambda _: None, Pipeline.pause], ids=["listening", "paused"])
def test_stop_ends_both_threads_at_any_moment(prepare: Callable[[Pipeline], None]) -> None:
    source = ScriptedSource(endless(), live=True)  # type: ignore[arg-type]
    heard = Heard(source)
    heard.pipeline.start()
    heard.until(Ready)
    prepare(heard.pipeline)
    heard.pipeline.stop()
    assert heard.pipeline.wait(0)
    assert source.closed >= 1
    assert heard.of(Finished) == []


def test_stop_while_models_load_opens_no_microphone() -> None:
    gate = Gate()
    transcriber = FakeTranscriber()
    transcriber.load = gate.wait  # type: ignore[method-assign]
    source = ScriptedSource(endless(), live=True)  # type: ignore[arg-type]
    heard = Heard(source, transcriber)
    heard.pipeline.start()
    assert gate.reached.wait(10)
    gate.open()
    heard.pipeline.stop()
    assert heard.pipeline.wait(10)


def test_speech_is_announced_before_its_caption_and_levels_flow() -> None:
    heard = Heard(ScriptedSource(speech(10))).run()
    kinds = [type(event) for event in heard.events]
    assert kinds.index(SpeechStarted) < kinds.index(Caption)
    assert Level in kinds
