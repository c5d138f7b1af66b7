"""When to listen again, and in which window: with an ear that hears what it is told to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.hypothesis import Doubt, Hypothesis
from kiosk.windows import AGAIN_FLOOR, FLOOR, FULL, Tally, listen, window


def heard(text: str, seconds: float = 4.0, *, log_probability: float = -0.2, unheard: float = 0.1) -> Hypothesis:
    return Hypothesis(text, len(text.split()), seconds, 0.01, log_probability, unheard)


CLEAR = heard("Il mange bien et il dort toute la nuit.")
LOOP = heard("il mange bien " * 12)
IMPROBABLE = heard("Elle monte brun.", log_probability=-0.8)
CUT = heard("Il mange", unheard=2.0)


class ScriptedEar:
    """Hears `short` in the shortest window, `other` in any other one and at the end, `full` in 30 s."""

    def __init__(
        self, short: Hypothesis, *, other: Hypothesis = CLEAR, full: tuple[Hypothesis, ...] = (CLEAR,)
    ) -> None:
        self.asked: list[str] = []
        self._short, self._other, self._full = short, other, iter(full)

    def look(self, frames: int) -> Hypothesis:
        self.asked.append(f"look {frames}")
        return self._short if len(self.asked) == 1 else self._other

    def look_at_end(self, seconds: float, frames: int) -> Hypothesis:
        self.asked.append(f"end {seconds:.1f}")
        return self._other

    def sample(self, temperature: float) -> Hypothesis:
        self.asked.append(f"full {temperature:g}")
        return next(self._full)


def listened(ear: ScriptedEar, seconds: float = 4.0, *, wanted: bool = True) -> tuple[str, Tally]:
    tally = Tally()
    return listen(ear, seconds, "fr", lambda: wanted, tally).text, tally


def test_a_window_holds_what_was_said_and_a_margin_and_is_even() -> None:
    assert window(1.0) == FLOOR
    assert window(10.0) == 1200
    assert window(10.013) % 2 == 0
    assert window(29.5) == FULL


def test_a_clear_answer_is_believed_at_once() -> None:
    ear = ScriptedEar(CLEAR)
    text, tally = listened(ear)
    assert (text, ear.asked) == (CLEAR.text, [f"look {FLOOR}"])
    assert (tally.finals, tally.looks, tally.full.total()) == (1, 0, 0)


def test_a_loop_is_heard_again_in_another_window() -> None:
    ear = ScriptedEar(LOOP)
    text, tally = listened(ear)
    assert (text, ear.asked) == (CLEAR.text, [f"look {FLOOR}", f"look {AGAIN_FLOOR}"])
    assert tally.looks == 1


def test_a_loop_that_stays_one_is_heard_in_full_and_then_drawn_at_random() -> None:
    ear = ScriptedEar(LOOP, other=LOOP, full=(LOOP, CLEAR))
    text, tally = listened(ear)
    assert (text, ear.asked[2:]) == (CLEAR.text, ["full 0", "full 0.4"])
    assert tally.full == {Doubt.LOOP: 1}


def test_where_every_answer_loops_the_likeliest_one_is_given() -> None:
    ear = ScriptedEar(LOOP, other=LOOP, full=(LOOP, replace(LOOP, log_probability=-0.1, text="bien " * 30), LOOP))
    assert listened(ear)[0] == "bien " * 30


def test_improbable_words_are_heard_again_and_the_likelier_ones_stand() -> None:
    ear = ScriptedEar(IMPROBABLE)
    assert (listened(ear)[0], ear.asked[1]) == (CLEAR.text, f"look {AGAIN_FLOOR}")
    worse = replace(IMPROBABLE, text="Ah non.", log_probability=-0.9)
    assert listened(ScriptedEar(IMPROBABLE, other=worse))[0] == IMPROBABLE.text


def test_what_an_answer_left_unheard_is_recognised_by_itself_and_put_after_it() -> None:
    ear = ScriptedEar(CUT, other=heard("et il dort.", 2.2))
    text, tally = listened(ear)
    assert (text, ear.asked[1]) == ("Il mange et il dort.", "end 2.2")
    assert (tally.looks, tally.full.total()) == (1, 0)


@pytest.mark.parametrize("rest", [heard("", 2.2), heard("brr", 2.2, log_probability=-1.2)])
def test_a_noise_after_the_last_word_adds_nothing(rest: Hypothesis) -> None:
    assert listened(ScriptedEar(CUT, other=rest))[0] == "Il mange"


@pytest.mark.parametrize("doubtful", [IMPROBABLE, CUT, LOOP])
def test_one_word_in_doubt_is_heard_in_full(doubtful: Hypothesis) -> None:
    ear = ScriptedEar(doubtful)
    assert (listened(ear, 1.2)[0], ear.asked[1]) == (CLEAR.text, "full 0")


@pytest.mark.parametrize("doubtful", [IMPROBABLE, CUT, LOOP])
def test_what_is_no_longer_wanted_is_not_heard_again(doubtful: Hypothesis) -> None:
    ear = ScriptedEar(doubtful)
    assert listened(ear, wanted=False)[0] == doubtful.text
    assert len(ear.asked) == 1
