"""Where utterances begin and end."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import SegmenterConfig
from kiosk.segmenter import TAIL_FRAMES, Closed, Opened, Segmenter
from kiosk.types import FRAME_SAMPLES, AudioFrame, Utterance

# In frames of 32 ms: 10 of pre-roll, 3 to open, 20 of silence to close, 125 (4 s) at most.
CONFIG = SegmenterConfig(pre_roll=0.32, onset=0.096, hangover=0.64, longest=4.0)
SPEECH, SILENCE = 0.9, 0.1


def cut(probabilities: Iterable[float], config: SegmenterConfig = CONFIG) -> list[Opened | Closed]:
    """All that happens to a stream of these probabilities, the end of the source included."""
    segmenter = Segmenter(config)
    changes: list[Opened | Closed] = []
    for index, probability in enumerate(probabilities):
        samples = np.full(FRAME_SAMPLES, index, np.float32)
        changes += segmenter.push(AudioFrame(samples, index), probability)
    return changes + list(segmenter.flush())


def frames_of(utterance: Utterance) -> list[int]:
    """Which frames an utterance is made of: each frame's samples are its index."""
    return [int(index) for index in utterance.samples[::FRAME_SAMPLES]]


def utterances(changes: list[Opened | Closed]) -> list[Utterance]:
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
    (utterance,) = utterances(cut([0.8] * 30 + [SILENCE] * 40))
    assert utterance.voice == pytest.approx(0.8)


def test_a_pause_shorter_than_the_hangover_does_not_cut() -> None:
    assert len(utterances(cut([SPEECH] * 30 + [SILENCE] * 19 + [SPEECH] * 30 + [SILENCE] * 40))) == 1


def test_a_pause_longer_than_the_hangover_cuts() -> None:
    first, second = utterances(cut([SPEECH] * 30 + [SILENCE] * 25 + [SPEECH] * 30 + [SILENCE] * 40))
    assert (first.id, second.id) == (1, 2)


def test_a_dip_above_the_lower_threshold_is_still_speech() -> None:
    assert len(utterances(cut([SPEECH] * 30 + [0.4] * 60 + [SPEECH] * 10))) == 1


def test_the_end_of_the_source_closes_what_is_open() -> None:
    (utterance,) = utterances(cut([SPEECH] * 30))
    assert utterance.final
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
    assert not partial.final
    assert frames_of(partial) == list(range(10))


@given(st.lists(st.sampled_from([0.0, 0.3, 0.45, 0.6, 1.0]), max_size=400))
def test_no_frame_is_doubled_or_out_of_order_and_no_speech_is_lost(probabilities: list[float]) -> None:
    changes = cut(probabilities)
    heard = [index for utterance in utterances(changes) for index in frames_of(utterance)]
    assert heard == sorted(set(heard))
    opened = [change.utterance_id for change in changes if isinstance(change, Opened)]
    assert opened == [utterance.id for utterance in utterances(changes)] == list(range(1, len(opened) + 1))
    # Speech of at least the onset's length, however it is surrounded, is in some utterance.
    for index in range(2, len(probabilities)):
        if min(probabilities[index - 2 : index + 1]) >= CONFIG.threshold:
            assert index in heard
    assert all(len(frames_of(utterance)) <= 125 for utterance in utterances(changes))
