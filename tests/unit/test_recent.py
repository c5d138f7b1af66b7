"""The sound that is kept to correct a language."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kiosk.recent import Recent, Settled
from kiosk.types import SAMPLE_RATE, Stage, Translation, Utterance


def said(number: int, seconds: float) -> Settled:
    samples = np.ones(round(seconds * SAMPLE_RATE), np.float32)
    utterance = Utterance(number, samples, 0, samples.size, samples.size, 0.9, Stage.CLOSED)
    return Settled(utterance, "Bonjour.", Translation("Hello.", "fr", "en", "fake"))


def test_what_was_said_lately_is_found() -> None:
    recent = Recent(limit=60)
    recent.keep(said(1, 2.0))
    found = recent.find(1)
    assert found is not None
    assert found.utterance.id == 1
    assert found.translation.text == "Hello."
    assert recent.find(2) is None


def test_the_oldest_sound_goes_first() -> None:
    recent = Recent(limit=10)
    for number in (1, 2, 3):
        recent.keep(said(number, 4.0))
    assert recent.find(1) is None
    assert recent.find(2) is not None


def test_forgotten_is_forgotten() -> None:
    recent = Recent(limit=10)
    recent.keep(said(1, 4.0))
    recent.forget()
    assert recent.find(1) is None
    assert recent.seconds == 0


def test_what_was_under_way_when_all_was_forgotten_is_not_kept_afterwards() -> None:
    recent = Recent(limit=60)
    recent.forget(range(-1, 3))  # typed -1, said 1 and 2
    assert [recent.keep(said(number, 1.0)) for number in (-2, -1, 1, 2, 3)] == [True, False, False, False, True]
    assert recent.find(2) is None
    assert recent.find(3) is not None


def test_sound_that_is_dropped_is_overwritten() -> None:
    recent = Recent(limit=10)
    oldest, replaced, forgotten, refused = said(1, 6.0), said(2, 3.0), said(2, 6.0), said(3, 1.0)
    for settled in (oldest, replaced, forgotten):
        recent.keep(settled)
    recent.forget(range(1, 4))
    recent.keep(refused)
    assert [bool(each.utterance.samples.any()) for each in (oldest, replaced, forgotten, refused)] == [False] * 4


def test_sound_that_was_found_is_not_overwritten_under_whoever_listens_to_it_again() -> None:
    recent = Recent(limit=10)
    recent.keep(said(1, 4.0))
    found = recent.find(1)
    recent.forget()
    assert found is not None
    assert found.utterance.samples.all()


@given(st.lists(st.floats(0.1, 30), max_size=30))
def test_it_never_holds_more_than_its_limit(lengths: list[float]) -> None:
    recent = Recent(limit=20)
    for number, seconds in enumerate(lengths):
        recent.keep(said(number, seconds))
        assert recent.seconds <= 20
