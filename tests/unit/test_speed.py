"""Which Whisper suits a machine, from what was measured of one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.speed import MODELS, Choice, Counter, Figures, Why, bearable, choose, complete, joules, predict, recommend

BASE = Figures("base", False, 0.25, 0.6, 0.15, 0.02, 0.05, 0.4, None, 370)


@pytest.mark.parametrize(
    ("setting", "answered", "installed", "choice"),
    [
        ("auto", None, {"tiny", "base", "small"}, Choice("base", Why.INSTALLED)),
        ("auto", None, {"tiny", "small"}, Choice("tiny", Why.INSTALLED)),
        ("auto", None, {"small"}, Choice("small", Why.INSTALLED)),
        ("auto", None, set(), Choice("base", Why.NOTHING)),
        ("auto", "small", {"base", "small"}, Choice("small", Why.BENCH)),
        ("auto", "tiny", {"tiny", "base"}, Choice("tiny", Why.BENCH)),
        ("auto", "small", {"base"}, Choice("base", Why.INSTALLED)),
        ("auto", "small", set(), Choice("base", Why.NOTHING)),
        ("tiny", "small", {"base", "small"}, Choice("tiny", Why.SETTING)),
    ],
)
def test_auto_follows_the_answer_where_it_is_installed_and_a_name_is_always_obeyed(
    setting: str, answered: str | None, installed: set[str], choice: Choice
) -> None:
    assert choose(setting, answered, installed) == choice


def test_a_prediction_grows_with_the_weights_and_leaves_translation_as_it_is() -> None:
    measured = replace(BASE, joules=2.0)
    small = predict(measured, "small")
    ratio = small.turn / measured.turn
    assert ratio == pytest.approx(244 / 74, rel=0.05)  # OpenAI's count of parameters, in millions
    assert small.worst / measured.worst == pytest.approx(ratio)
    assert small.hypothesis / measured.hypothesis == pytest.approx(ratio)
    assert small.cpu / measured.cpu == pytest.approx(ratio)
    assert small.joules == pytest.approx(2.0 * ratio)
    assert (small.sentence, small.translate) == (measured.sentence, measured.translate)
    assert small.memory > measured.memory
    assert (small.model, small.estimated) == ("small", True)


def test_what_nothing_measures_is_not_predicted() -> None:
    assert predict(BASE, "small").joules is None


def test_every_size_is_known_measured_or_estimated_from_the_nearest() -> None:
    tiny = replace(BASE, model="tiny", turn=0.1)
    figures = complete([tiny, BASE])
    assert tuple(each.model for each in figures) == MODELS
    assert [each.estimated for each in figures] == [False, False, True, True, True]
    assert figures[:2] == (tiny, BASE)
    assert figures[2] == predict(BASE, "small")


@pytest.mark.parametrize(
    ("turn", "hypothesis", "model", "more"),
    [
        (0.6, 0.4, "base", ()),
        (0.9, 0.3, "tiny", ()),
        (0.3, 0.6, "tiny", ()),
        (0.15, 0.1, "small", ()),
        (0.05, 0.03, "small", ("medium",)),
        (0.01, 0.01, "small", ("medium", "large-v3")),
        (5.0, 3.0, "tiny", ()),
    ],
)
def test_the_largest_that_is_soon_enough_is_recommended_and_the_smallest_when_none_is(
    turn: float, hypothesis: float, model: str, more: tuple[str, ...]
) -> None:
    figures = complete([replace(BASE, turn=turn, hypothesis=hypothesis)])
    assert recommend(figures) == model
    assert bearable(figures) == more


def test_translation_through_english_counts_twice() -> None:
    slow = replace(BASE, turn=0.5, translate=0.15)
    assert slow.in_time
    assert not slow.through(2).in_time
    assert slow.through(2).sentence == 2 * slow.sentence


def test_energy_is_what_the_counters_of_all_processors_have_gained() -> None:
    before = [Counter("intel-rapl:0", 1_000_000, 9_999_999), Counter("intel-rapl:1", 5_000_000, 9_999_999)]
    after = [Counter("intel-rapl:0", 3_500_000, 9_999_999), Counter("intel-rapl:1", 6_000_000, 9_999_999)]
    assert joules(before, after) == pytest.approx(3.5)


def test_a_counter_that_started_again_at_zero_has_gone_on() -> None:
    before, after = Counter("intel-rapl:0", 9_000_000, 10_000_000), Counter("intel-rapl:0", 500_000, 10_000_000)
    assert joules([before], [after]) == pytest.approx(1.5)


def test_without_the_same_counters_there_is_no_energy_to_tell() -> None:
    counter = Counter("intel-rapl:0", 1, 10)
    assert joules([], []) is None
    assert joules([counter], []) is None
    assert joules([counter], [replace(counter, domain="intel-rapl:1")]) is None
