"""Where utterances begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import SegmenterConfig
from kiosk.endpoint import Ending, Verdict
from kiosk.segmenter import BREATH_FRAMES, TAIL_FRAMES, Change, Closed, Opened, Paused, Segmenter
from kiosk.types import FRAME_SAMPLES, AudioFrame, Stage, Utterance

# In frames of 32 ms: 10 of pre-roll, 3 to open, 20 of silence to close (14 after a whole sentence, 28 after a
# hesitation, 7 after 94 frames), 125 (4 s) at most.
CONFIG = SegmenterConfig(
    pre_roll=0.32,
    onset=0.096,
    hangover=0.64,
    hangover_complete=0.45,
    hangover_hesitant=0.9,
    patient=3.0,
    longest=4.0,
)
SPEECH, SILENCE = 0.9, 0.1


def cut(probabilities: Iterable[float], config: SegmenterConfig = CONFIG) -> list[Change]:
    """All that happens to a stream of these probabilities, the end of the source included."""
    segmenter = Segmenter(config)
    changes: list[Change] = []
    for index, probability in enumerate(probabilities):
        samples = np.full(FRAME_SAMPLES, index, np.float32)
        changes += segmenter.push(AudioFrame(samples, index), probability)
    return changes + list(segmenter.flush())


def cut_knowing(ending: Ending, probabilities: Sequence[float]) -> list[Change]:
    """The same, each pause being judged as soon as it is told."""
    segmenter = Segmenter(CONFIG)
    changes: list[Change] = []
    for index, probability in enumerate(probabilities):
        new = segmenter.push(AudioFrame(np.full(FRAME_SAMPLES, index, np.float32), index), probability)
        for change in new:
            if isinstance(change, Paused):
                segmenter.expect(Verdict(change.utterance.id, change.utterance.end, ending))
        changes += new
    return changes + list(segmenter.flush())


def frames_of(utterance: Utterance) -> list[int]:
    """Which frames an utterance is made of: each frame's samples are its index."""
    return [int(index) for index in utterance.samples[::FRAME_SAMPLES]]


def utterances(changes: list[Change]) -> list[Utterance]:
    return [change.utterance for change in changes if isinstance(change, Closed)]


def test_silence_opens_nothing() -> None:
    assert cut([SILENCE] * 200) == []


def test_a_click_opens_nothing() -> None:
    assert cut([SILENCE] * 20 + [SPEECH] * 2 + [SILENCE] * 40) == []


def test_an_utterance_keeps_the_pre_roll_and_a_short_tail() -> None:
    (utterance,) = utterances(cut([SILENCE] * 50 + [SPEECH] * 30 + [SILENCE] * 40))
    assert frames_of(utterance) == list(range(40, 80 + TAIL_FRAMES))
    assert utterance.start == 40 * FRAME_SAMPLES
    assert utterance.end == 80 * FRAME_SAMPLES


def test_the_silence_that_was_awaited_can_be_told() -> None:
    (utterance,) = utterances(cut([SPEECH] * 30 + [SILENCE] * 40))
    assert utterance.heard - utterance.end == 20 * FRAME_SAMPLES


def test_an_utterance_tells_how_likely_it_is_speech() -> None:
    (utterance,) = utterances(cut([SILENCE] * 20 + [0.8] * 30 + [SILENCE] * 40))
    assert utterance.voice == pytest.approx(0.8)


def test_a_pause_shorter_than_the_hangover_does_not_cut() -> None:
    assert len(utterances(cut([SPEECH] * 30 + [SILENCE] * 19 + [SPEECH] * 30 + [SILENCE] * 40))) == 1


def test_a_pause_longer_than_the_hangover_cuts() -> None:
    first, second = utterances(cut([SPEECH] * 30 + [SILENCE] * 25 + [SPEECH] * 30 + [SILENCE] * 40))
    assert (first.id, second.id) == (1, 2)


def test_a_pause_is_told_with_the_very_sound_that_will_be_final() -> None:
    changes = cut([SPEECH] * 30 + [SILENCE] * 40)
    (paused,) = [change.utterance for change in changes if isinstance(change, Paused)]
    (final,) = utterances(changes)
    assert (paused.stage, final.stage) == (Stage.PAUSED, Stage.CLOSED)
    assert (paused.id, paused.end) == (final.id, final.end)
    assert frames_of(paused) == frames_of(final)
    assert paused.heard - paused.end == TAIL_FRAMES * FRAME_SAMPLES


def test_every_pause_is_told_once() -> None:
    changes = cut([SPEECH] * 30 + [SILENCE] * 10 + [SPEECH] * 30 + [SILENCE] * 40)
    assert [type(change) for change in changes] == [Opened, Paused, Paused, Closed]


@pytest.mark.parametrize(("ending", "frames"), [(Ending.COMPLETE, 14), (Ending.UNKNOWN, 20), (Ending.HESITANT, 28)])
def test_a_whole_sentence_ends_sooner_than_a_hesitation(ending: Ending, frames: int) -> None:
    (utterance,) = utterances(cut_knowing(ending, [SPEECH] * 30 + [SILENCE] * 40))
    assert utterance.heard - utterance.end == frames * FRAME_SAMPLES


def test_a_verdict_on_an_earlier_pause_means_nothing_for_this_one() -> None:
    segmenter = Segmenter(CONFIG)
    stream = [SPEECH] * 30 + [SILENCE] * 10 + [SPEECH] * 30 + [SILENCE] * 40
    changes: list[Change] = []
    for index, probability in enumerate(stream):
        changes += segmenter.push(AudioFrame(np.full(FRAME_SAMPLES, index, np.float32), index), probability)
        segmenter.expect(Verdict(1, 30 * FRAME_SAMPLES, Ending.COMPLETE))
    (utterance,) = utterances(changes)
    assert utterance.heard - utterance.end == 20 * FRAME_SAMPLES


def test_after_long_speech_a_breath_is_enough() -> None:
    long, _ = utterances(cut([SPEECH] * 100 + [SILENCE] * 10 + [SPEECH] * 20 + [SILENCE] * 40))
    assert long.heard - long.end == BREATH_FRAMES * FRAME_SAMPLES


def test_a_short_answer_is_kept() -> None:
    (utterance,) = utterances(cut([SILENCE] * 50 + [SPEECH] * 4 + [SILENCE] * 40))
    assert set(range(50, 54)) <= set(frames_of(utterance))


def test_a_dip_above_the_lower_threshold_is_still_speech() -> None:
    assert len(utterances(cut([SPEECH] * 30 + [0.4] * 60 + [SPEECH] * 10))) == 1


def test_the_end_of_the_source_closes_what_is_open() -> None:
    (utterance,) = utterances(cut([SPEECH] * 30))
    assert utterance.stage is Stage.CLOSED
    assert frames_of(utterance) == list(range(30))


def test_a_monologue_is_cut_at_its_weakest_frame() -> None:
    probabilities = [SPEECH] * 200
    probabilities[100] = 0.6
    first, second = utterances(cut(probabilities))
    assert frames_of(first) == list(range(100))
    assert frames_of(second) == list(range(100, 200))


def test_a_snapshot_is_a_partial_of_the_open_utterance() -> None:
    segmenter = Segmenter(CONFIG)
    assert segmenter.snapshot() is None
    for index in range(10):
        segmenter.push(AudioFrame(np.full(FRAME_SAMPLES, index, np.float32), index), SPEECH)
    partial = segmenter.snapshot()
    assert partial is not None
    assert partial.stage is Stage.GROWING
    assert frames_of(partial) == list(range(10))


def test_continuous_speech_is_cut_where_it_is_quietest() -> None:
    segmenter = Segmenter(CONFIG)
    changes: list[Change] = []
    for index in range(200):
        quiet = 85 <= index < 90
        changes += segmenter.push(AudioFrame(np.full(FRAME_SAMPLES, 0.01 if quiet else 0.5, np.float32), index), SPEECH)
    first = utterances(changes)[0]
    assert first.samples.size // FRAME_SAMPLES == 87


@given(st.lists(st.sampled_from([0.0, 0.3, 0.45, 0.6, 1.0]), max_size=400))
def test_no_frame_is_doubled_or_out_of_order_and_no_speech_is_lost(probabilities: list[float]) -> None:
    assert_all_speech_is_there_once(probabilities, cut(probabilities))


@given(st.lists(st.sampled_from([0.0, 0.3, 0.45, 0.6, 1.0]), max_size=400), st.sampled_from(Ending))
def test_nor_is_it_whatever_is_known_of_its_words(probabilities: list[float], ending: Ending) -> None:
    assert_all_speech_is_there_once(probabilities, cut_knowing(ending, probabilities))


def assert_all_speech_is_there_once(probabilities: Sequence[float], changes: list[Change]) -> None:
    heard = [index for utterance in utterances(changes) for index in frames_of(utterance)]
    assert heard == sorted(set(heard))
    opened = [change.utterance_id for change in changes if isinstance(change, Opened)]
    assert opened == [utterance.id for utterance in utterances(changes)] == list(range(1, len(opened) + 1))
    # Speech of at least the onset's length, however it is surrounded, is in some utterance.
    for index in range(2, len(probabilities)):
        if min(probabilities[index - 2 : index + 1]) >= CONFIG.threshold:
            assert index in heard
    assert all(len(frames_of(utterance)) <= 125 for utterance in utterances(changes))
