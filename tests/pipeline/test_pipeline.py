"""The two threads together, with fakes at both ends."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.captioning import CaptionerConfig
from kiosk.errors import AudioFileError, DeviceError, ModelMissing
from kiosk.events import (
    BackTranslated,
    Behind,
    DeviceBack,
    DeviceLost,
    Discarded,
    Event,
    Failure,
    Finished,
    Level,
    Overflow,
    Ready,
    SpeechStarted,
    Warned,
)
from kiosk.listening import STALE_AFTER, ListenerConfig
from kiosk.pipeline import Parts, Pipeline, PipelineConfig
from kiosk.types import BackTranslation, Caption, Context, Flag, Room, Samples, Side, Transcript
from tests.fakes import FakeTranscriber, FakeTranslator, Gate, LoudnessDetector, Reading, ScriptedSource, frame

ROOM = Room("fr", "en")
CONFIG = PipelineConfig()


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
        self.detector = LoudnessDetector()
        parts = Parts(source, self.detector, transcriber or FakeTranscriber(), FakeTranslator())
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
        yield from numbered([frame(0, 0.1)] * 60)
        gate.wait()

    config = PipelineConfig(ListenerConfig(first_partial=0.32, partial_every=0.32))
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


def growing(hear: Callable[[Samples], Transcript], config: PipelineConfig, floor: str | None = None) -> list[Caption]:
    """Two hypotheses or more of somebody who goes on after 2 s, and the final, with `floor` given beforehand."""
    gates = Gate(), Gate()

    def readings() -> Iterator[Reading]:
        frames = numbered([frame(0, 0.1)] * 90)
        yield from frames[:65]
        gates[0].wait()
        yield from frames[65:]
        gates[1].wait()

    heard = Heard(ScriptedSource(readings()), FakeTranscriber(hear), config)
    heard.pipeline.listen_in(floor)
    heard.pipeline.start()
    for gate in gates:
        assert gate.reached.wait(10)
        heard.until(Caption)
        gate.open()
    heard.until(Finished)
    return heard.of(Caption)


GROWING = ListenerConfig(first_partial=0.6, partial_every=0.32)


def test_while_the_side_that_has_the_floor_is_not_the_one_that_speaks_nothing_settles() -> None:
    def against(samples: Samples) -> Transcript:
        return Transcript("Hello, my name is Anna.", "fr", 0.1, 0.0, -0.2, (Flag.UNSURE_LANGUAGE,))

    *shown, final = growing(against, PipelineConfig(GROWING), floor="fr")
    assert final.final
    assert {(caption.settled, caption.translation.text) for caption in shown} == {(0, "")}
    assert all(Flag.UNSURE_LANGUAGE in caption.flags for caption in shown)


def test_a_quantity_that_cannot_be_is_marked_while_it_is_said_and_waits_to_be_translated() -> None:
    def syrup(samples: Samples) -> Transcript:
        return Transcript("Donnez 3000 litres de sirop. Voilà.", "fr", 0.99, 0.0, -0.2)

    screening = CaptionerConfig(implausible=lambda text, language: "3000" in text)
    *shown, final = growing(syrup, PipelineConfig(GROWING, screening))
    assert all(Flag.IMPLAUSIBLE in caption.flags for caption in (*shown, final))
    assert {caption.translation.text for caption in shown} == {""}
    assert final.translation.text


LIVE = PipelineConfig(ListenerConfig(anticipate=True))


def paused_then(*more: Reading) -> tuple[Callable[[], object], Gate]:
    """Readings of an utterance that falls silent, wait for its hypothesis, and go on with `more`."""
    gate = Gate()

    def readings() -> object:
        said = numbered([*speech(10, pause=7), *more])
        yield from said[:27]
        gate.wait()
        yield from said[27:]

    return readings, gate


def test_what_was_recognised_in_the_pause_is_the_final_when_nobody_goes_on() -> None:
    readings, gate = paused_then(*[frame(0, 0.0)] * 25)
    transcriber = FakeTranscriber()
    heard = Heard(ScriptedSource(readings()), transcriber, LIVE)  # type: ignore[arg-type]
    heard.pipeline.start()
    provisional = heard.until(Caption)
    gate.open()
    heard.until(Finished)
    assert isinstance(provisional, Caption)
    assert not provisional.final
    (final,) = [caption for caption in heard.of(Caption) if caption.final]
    assert final.transcript.text == provisional.transcript.text
    assert len(transcriber.heard) == 1


def test_what_was_recognised_in_the_pause_is_not_the_final_when_somebody_goes_on() -> None:
    readings, gate = paused_then(*[frame(0, 0.2)] * 20, *[frame(0, 0.0)] * 25)
    transcriber = FakeTranscriber()
    heard = Heard(ScriptedSource(readings()), transcriber, LIVE)  # type: ignore[arg-type]
    heard.pipeline.start()
    heard.until(Caption)
    gate.open()
    heard.until(Finished)
    (final,) = [caption for caption in heard.of(Caption) if caption.final]
    assert final.transcript.text == "parole 20"
    assert len(transcriber.heard[-1]) > len(transcriber.heard[0])


def test_a_whole_sentence_is_settled_sooner_than_a_hesitation() -> None:
    def endpoint(text: str) -> float:
        readings, gate = paused_then(*[frame(0, 0.0)] * 40)
        transcriber = FakeTranscriber(lambda _: Transcript(text, "fr", 0.99, 0.0, -0.1))
        heard = Heard(ScriptedSource(readings()), transcriber, LIVE)  # type: ignore[arg-type]
        heard.pipeline.start()
        heard.until(Caption)
        gate.open()
        heard.until(Finished)
        return float(heard.of(Caption)[-1].latency.endpoint)

    assert endpoint("Elle va mieux.") == pytest.approx(0.448)
    assert endpoint("Elle va mieux et") == pytest.approx(0.896)


def test_hypotheses_know_the_language_before_and_what_is_settled() -> None:
    readings, gate = paused_then(*[frame(0, 0.0)] * 25, *speech(20))
    transcriber = FakeTranscriber()
    heard = Heard(ScriptedSource(readings()), transcriber, LIVE)  # type: ignore[arg-type]
    heard.pipeline.start()
    heard.until(Caption)
    gate.open()
    heard.until(Finished)
    assert transcriber.contexts[0] == Context()
    assert transcriber.contexts[-1] == Context(previous="fr")


def test_a_language_can_be_corrected_and_the_same_sound_is_heard_again() -> None:
    gate = Gate()

    def readings() -> object:
        yield from speech(10)
        gate.wait()

    transcriber = FakeTranscriber()
    heard = Heard(ScriptedSource(readings()), transcriber)  # type: ignore[arg-type]
    heard.pipeline.start()
    first = heard.until(Caption)
    heard.pipeline.correct(1, "en")
    second = heard.until(Caption)
    gate.open()
    heard.until(Finished)
    assert isinstance(first, Caption)
    assert isinstance(second, Caption)
    assert (first.utterance_id, second.utterance_id, second.final) == (1, 1, True)
    assert (first.side, second.side) == (Side.STAFF, Side.FAMILY)
    assert second.translation.target == "fr"
    assert transcriber.contexts[-1].language == "en"
    assert (transcriber.heard[0] == transcriber.heard[1]).all()


@pytest.mark.parametrize(
    "ask", [lambda pipeline: pipeline.correct(1, "en"), lambda pipeline: pipeline.back_translate(1)]
)
def test_what_was_forgotten_cannot_be_asked_for_again_and_that_is_told(ask: Callable[[Pipeline], None]) -> None:
    gate = Gate()

    def readings() -> object:
        yield from speech(10)
        gate.wait()

    heard = Heard(ScriptedSource(readings()))  # type: ignore[arg-type]
    heard.pipeline.start()
    heard.until(Caption)
    heard.pipeline.forget()
    ask(heard.pipeline)
    warned = heard.until(Warned)
    gate.open()
    heard.until(Finished)
    assert isinstance(warned, Warned)
    assert "mémoire" in warned.message


def test_what_is_being_said_when_all_is_forgotten_is_shown_and_not_kept() -> None:
    recognised, forgotten, asked = Gate(), Gate(), Gate()
    frames = speech(10, 20, 30, 40)
    middle_of_third = 2 * 45 + 10

    def readings() -> object:
        yield from frames[:middle_of_third]
        forgotten.wait()
        yield from frames[middle_of_third:]
        asked.wait()

    def hear(samples: Samples) -> Transcript:
        recognised.wait()
        return Transcript(f"parole {round(float(samples.max()) * 100)}", "fr", 0.99, 0.0, -0.1)

    config = PipelineConfig(captioner=CaptionerConfig(review=True))
    heard = Heard(ScriptedSource(readings()), FakeTranscriber(hear), config)  # type: ignore[arg-type]
    heard.pipeline.start()
    assert recognised.reached.wait(10)  # the first is being recognised, the second waits,
    assert forgotten.reached.wait(10)  # and the third is still being said
    heard.pipeline.forget()
    recognised.open()
    forgotten.open()
    shown = [heard.until(Caption) for _ in range(4)]
    heard.until(BackTranslated)
    for number in (1, 2, 3):
        heard.pipeline.correct(number, "en")
        assert isinstance(heard.until(Warned), Warned)
    heard.pipeline.correct(4, "en")
    corrected = heard.until(Caption)
    asked.open()
    heard.until(Finished)
    assert texts(shown) == ["parole 10", "parole 20", "parole 30", "parole 40"]  # type: ignore[arg-type]
    assert isinstance(corrected, Caption)
    assert corrected.utterance_id == 4
    assert {back.utterance_id for back in heard.of(BackTranslated)} == {4}


def test_what_the_family_reads_is_translated_back_on_demand() -> None:
    gate = Gate()

    def readings() -> object:
        yield from speech(10)
        gate.wait()

    heard = Heard(ScriptedSource(readings()))  # type: ignore[arg-type]
    heard.pipeline.start()
    heard.until(Caption)
    heard.pipeline.back_translate(1)
    back = heard.until(BackTranslated)
    gate.open()
    heard.until(Finished)
    assert back == BackTranslated(1, BackTranslation("[fr] [en] parole 10", 1.0, doubtful=False))


def paused_after(*words: int) -> tuple[Heard, FakeTranscriber, Gate]:
    """A conversation in which nobody goes on until the gate opens."""
    gate = Gate()

    def readings() -> object:
        yield from speech(*words)
        gate.wait()
        yield from speech(*words)

    transcriber = FakeTranscriber()
    return Heard(ScriptedSource(readings()), transcriber), transcriber, gate  # type: ignore[arg-type]


def test_what_was_heard_can_be_put_in_other_words_and_is_translated_again() -> None:
    heard, _, gate = paused_after(10)
    heard.pipeline.start()
    first = heard.until(Caption)
    heard.pipeline.reword(1, "deux millilitres", "fr")
    second = heard.until(Caption)
    gate.open()
    heard.until(Finished)
    assert isinstance(first, Caption)
    assert isinstance(second, Caption)
    assert (second.utterance_id, second.start, second.end) == (1, first.start, first.end)
    assert second.translation.text == "[en] deux millilitres"


def test_what_is_typed_is_a_caption_like_any_other() -> None:
    heard, _, gate = paused_after(10)
    heard.pipeline.start()
    heard.until(Caption)
    heard.pipeline.reword(-1, "Yes.", "en")
    typed = heard.until(Caption)
    gate.open()
    heard.until(Finished)
    assert isinstance(typed, Caption)
    assert (typed.utterance_id, typed.side, typed.final) == (-1, Side.FAMILY, True)
    assert typed.translation.text == "[fr] Yes."


def test_a_person_may_say_in_which_language_everything_is_spoken_now() -> None:
    heard, transcriber, gate = paused_after(10)
    heard.pipeline.start()
    heard.until(Caption)
    heard.pipeline.listen_in("en")
    gate.open()
    heard.until(Finished)
    assert [context.floor for context in transcriber.contexts] == [None, "en"]
    assert heard.of(Caption)[-1].side is Side.FAMILY


def test_what_staff_say_is_translated_back_when_nothing_else_waits_and_what_families_say_is_not() -> None:
    def hear(samples: Samples) -> Transcript:
        return Transcript("parole", "fr" if samples.max() < 0.15 else "en", 0.99, 0.0, -0.1)

    config = PipelineConfig(captioner=CaptionerConfig(review=True))
    heard = Heard(ScriptedSource(speech(10, 20, 10)), FakeTranscriber(hear), config).run()
    assert [event.utterance_id for event in heard.of(BackTranslated)] == [1, 3]
    assert isinstance(heard.events[-1], Finished)


def test_a_quantity_that_cannot_be_is_marked_before_anything_is_translated() -> None:
    config = PipelineConfig(captioner=CaptionerConfig(implausible=lambda text, language: text.endswith("20")))
    captions = Heard(ScriptedSource(speech(10, 20)), config=config).run().of(Caption)
    assert [caption.transcript.flags for caption in captions] == [(), (Flag.IMPLAUSIBLE,)]


def test_a_microphone_that_outruns_the_machine_loses_the_newest_and_says_so() -> None:
    gate = Gate()
    transcriber = FakeTranscriber()
    answer = transcriber.transcribe

    def slow(samples: object, languages: tuple[str, str], context: Context, **how: object) -> Transcript:
        gate.wait()
        return answer(samples, languages, context, **how)  # type: ignore[arg-type]

    transcriber.transcribe = slow  # type: ignore[method-assign,assignment]
    said = Gate()

    def readings() -> object:
        yield from speech(10)
        assert gate.reached.wait(10)
        yield from numbered([*speech(10), *speech(*range(20, 60, 10))])[45:]
        said.reached.set()

    heard = Heard(ScriptedSource(readings(), live=True), transcriber, PipelineConfig(backlog=1.5))  # type: ignore[arg-type]
    heard.pipeline.start()
    assert said.reached.wait(10)
    gate.open()
    heard.until(Finished)
    assert texts(heard.of(Caption)) == ["parole 10", "parole 20", "parole 30"]
    assert [lost.seconds for lost in heard.of(Overflow)] == [pytest.approx(0.832, abs=0.2)] * 2


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(4, 30), st.integers(1, 40)), min_size=1, max_size=6),
    st.booleans(),
    st.sampled_from([0.0, 0.1, 0.3]),
)
def test_whatever_the_interleaving_all_that_is_said_is_settled_once_and_in_order(
    turns: list[tuple[int, int]], anticipate: bool, partial_every: float
) -> None:
    readings: list[Reading] = []
    for number, (said, silence) in enumerate(turns, start=2):
        readings += [frame(0, number / 100)] * said + [frame(0, 0.0)] * silence
    transcriber = FakeTranscriber(lambda samples: Transcript(loudnesses(samples), "fr", 0.99, 0.0, -0.1))
    config = PipelineConfig(ListenerConfig(first_partial=0.1, partial_every=partial_every, anticipate=anticipate))
    heard = Heard(ScriptedSource(numbered(readings)), transcriber, config).run()
    captions = heard.of(Caption)
    finals = [caption for caption in captions if caption.final]
    ids = [caption.utterance_id for caption in finals]
    assert ids == list(range(1, len(ids) + 1))
    assert [number for caption in finals for number in caption.transcript.text.split()] == [
        str(number) for number in range(2, len(turns) + 2)
    ]
    last: dict[int, bool] = {}
    for caption in captions:
        assert not last.get(caption.utterance_id), "nothing follows a final"
        last[caption.utterance_id] = caption.final
    assert all(one.end <= two.start for one, two in pairwise(finals))


def loudnesses(samples: Samples) -> str:
    """The loudness of each turn that stands in `samples`, in order."""
    steps = np.round(samples[:: frame(0).samples.size] * 100).astype(int)
    return " ".join(str(step) for step, _ in groupby(steps) if step)


@pytest.mark.parametrize(("frames", "times"), [(STALE_AFTER - 1, 0), (STALE_AFTER, 1), (3 * STALE_AFTER, 3)])
def test_the_voice_detector_forgets_what_it_heard_when_nobody_speaks_for_a_while(frames: int, times: int) -> None:
    heard = Heard(ScriptedSource(numbered([frame(0, 0.0)] * frames))).run()
    assert heard.detector.resets == times + 1  # and once at the end


def test_it_forgets_nothing_while_somebody_speaks() -> None:
    heard = Heard(ScriptedSource(numbered([frame(0, 0.1)] * 3 * STALE_AFTER))).run()
    assert heard.detector.resets == 1


def test_a_lost_microphone_is_told_found_again_and_nothing_said_before_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.hearing.REOPEN_EVERY", 0.0)
    readings = [*speech(10, pause=0), DeviceError("débranché"), *speech(20)]
    heard = Heard(ScriptedSource(readings, live=True)).run()
    assert heard.of(DeviceLost) == [DeviceLost("débranché")]
    assert heard.of(DeviceBack) == [DeviceBack("script")]
    assert texts(heard.of(Caption)) == ["parole 10", "parole 20"]


def test_a_recording_that_breaks_off_is_captioned_up_to_there() -> None:
    heard = Heard(ScriptedSource([*speech(10, pause=0), AudioFileError("coupé", "voir")])).run()
    assert texts(heard.of(Caption)) == ["parole 10"]
    assert heard.of(Warned) == [Warned("coupé", "voir", lasting=True)]
    assert isinstance(heard.events[-1], Finished)


def test_lost_sound_is_told_in_seconds() -> None:
    heard = Heard(ScriptedSource(speech(10), lost=8_000)).run()
    assert heard.of(Overflow) == [Overflow(0.5)]


def test_lateness_is_told_and_so_is_its_end() -> None:
    gate = Gate()
    transcriber = FakeTranscriber()
    answer = transcriber.transcribe

    def slow(samples: object, languages: tuple[str, str], context: Context, **how: object) -> Transcript:
        gate.wait()
        return answer(samples, languages, context, **how)  # type: ignore[arg-type]

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


class PanicError(BaseException):
    """What native code raises past everybody who catches exceptions, as pyo3 does for Rust."""


@pytest.mark.parametrize("kind", [ValueError, PanicError])
def test_an_unforeseen_error_is_told_without_what_was_said(
    caplog: pytest.LogCaptureFixture, kind: type[BaseException]
) -> None:
    def broken(_: object) -> Transcript:
        raise kind("Léa pèse cinq kilos")

    with caplog.at_level(logging.INFO, "kiosk"):
        heard = Heard(ScriptedSource(speech(10)), FakeTranscriber(broken)).run()
    (failure,) = heard.of(Failure)
    assert kind.__name__ in failure.message
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
