"""Who has the floor: a key that a person presses before, after or while something is said."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.events import Finished
from kiosk.listening import ListenerConfig
from kiosk.pipeline import PipelineConfig
from kiosk.types import Caption, Context, Samples, Side, Transcript
from tests.fakes import FakeTranscriber, Gate, Reading, ScriptedSource, frame
from tests.pipeline.test_pipeline import Heard, numbered, speech, texts

WORD, SILENCE = frame(0, 0.1), frame(0, 0.0)


def floors(*said: list[Reading], given: tuple[str | None, ...], config: PipelineConfig | None = None) -> list[Context]:
    """What each caption was recognised with, where a key is pressed between one stretch of sound and the next."""
    gates = [Gate() for _ in given]

    def readings() -> Iterator[Reading]:
        frames = iter(numbered([reading for stretch in said for reading in stretch]))
        for stretch, gate in zip(said, [*gates, None], strict=True):
            yield from (next(frames) for _ in stretch)
            if gate is not None:
                gate.wait()

    transcriber = FakeTranscriber()
    heard = Heard(ScriptedSource(readings()), transcriber, config or PipelineConfig())
    heard.pipeline.start()
    for language, gate in zip(given, gates, strict=True):
        assert gate.reached.wait(10)
        heard.pipeline.listen_in(language)
        gate.open()
    heard.until(Finished)
    return transcriber.contexts


def test_what_was_said_and_waits_to_be_recognised_stays_with_whom_the_floor_was_when_it_was_said() -> None:
    recognising = Gate()

    def hear(samples: Samples) -> Transcript:
        recognising.wait()
        return Transcript(f"parole {round(float(samples.max()) * 100)}", "fr", 0.99, 0.0, -0.1)

    said = Gate()

    def readings() -> Iterator[Reading]:
        frames = speech(10, 20, 30)
        yield from frames[:90]
        said.wait()
        yield from frames[90:]

    heard = Heard(ScriptedSource(readings()), FakeTranscriber(hear))
    heard.pipeline.start()
    assert recognising.reached.wait(10)
    assert said.reached.wait(10)  # the second is over, and waits while the first is recognised
    heard.pipeline.listen_in("en")
    said.open()
    recognising.open()
    heard.until(Finished)
    captions: list[Caption] = heard.of(Caption)
    assert texts(captions) == ["parole 10", "parole 20", "parole 30"]
    assert [caption.side for caption in captions] == [Side.STAFF, Side.STAFF, Side.FAMILY]


def test_a_key_in_the_silence_after_a_sentence_ends_it_and_is_for_the_next_one() -> None:
    contexts = floors([WORD] * 20 + [SILENCE] * 8, [WORD] * 20, given=("en",))
    assert [context.floor for context in contexts] == [None, "en"]


def test_what_a_pause_was_recognised_as_is_the_caption_though_the_floor_is_given_away_in_it() -> None:
    live = PipelineConfig(ListenerConfig(anticipate=True))
    paused = Gate()

    def readings() -> Iterator[Reading]:
        frames = speech(10)
        yield from frames[:28]
        paused.wait()
        yield from frames[28:]

    transcriber = FakeTranscriber()
    heard = Heard(ScriptedSource(readings()), transcriber, live)
    heard.pipeline.start()
    assert paused.reached.wait(10)
    heard.until(Caption)
    heard.pipeline.listen_in("en")
    paused.open()
    heard.until(Finished)
    assert heard.of(Caption)[-1].side is Side.STAFF
    assert len(transcriber.contexts) == 1


def test_a_key_while_somebody_speaks_leaves_that_sentence_to_the_sound_and_is_for_the_next_one() -> None:
    # Pressed too late by who speaks, or too early by who listens: nobody can tell.
    contexts = floors([WORD] * 10, [WORD] * 10 + [SILENCE] * 25 + [WORD] * 20, given=("en",))
    assert [context.floor for context in contexts] == [None, "en"]


def test_who_had_the_floor_loses_it_in_the_middle_of_a_sentence_to_the_sound() -> None:
    spoken = [WORD] * 20 + [SILENCE] * 25
    contexts = floors([], [*spoken, *[WORD] * 10], [*[WORD] * 10, *[SILENCE] * 25, *spoken], given=("en", "fr"))
    assert [context.floor for context in contexts] == ["en", None, "fr"]
