"""A call that never comes back is given up, and what it makes in the end is put away."""

from __future__ import annotations

import threading

import pytest

from kiosk.bounded import BoundedCalls, Stuck
from tests.fakes import Gate


def test_what_a_call_returns_or_raises_is_handed_on() -> None:
    calls: BoundedCalls[int] = BoundedCalls("test")
    assert calls.call(lambda: 7, 10, print) == 7
    with pytest.raises(ZeroDivisionError):
        calls.call(lambda: 1 // 0, 10, print)

    def late() -> int:
        raise TimeoutError("the work's own")

    with pytest.raises(TimeoutError, match="the work's own"):
        calls.call(late, 10, print)


def test_a_stuck_call_is_given_up_and_so_is_every_other_until_it_is_back() -> None:
    gate, given_up = Gate(), threading.Event()
    calls: BoundedCalls[str] = BoundedCalls("test")

    def stuck() -> str:
        gate.wait()
        return "too late"

    abandoned: list[str] = []

    def abandon(made: str) -> None:
        abandoned.append(made)
        given_up.set()

    with pytest.raises(Stuck):
        calls.call(stuck, 0.01, abandon)
    with pytest.raises(Stuck):
        calls.call(lambda: "not even begun", 0.01, abandon)
    gate.open()
    assert given_up.wait(10)
    assert abandoned == ["too late"]
    assert calls.call(lambda: "again", 10, abandon) == "again"


def test_an_error_that_comes_too_late_is_nobodys() -> None:
    gate = Gate()
    calls: BoundedCalls[str] = BoundedCalls("test")

    def stuck() -> str:
        gate.wait()
        raise OSError

    with pytest.raises(Stuck):
        calls.call(stuck, 0.01, lambda _: pytest.fail("nothing was made"))
    gate.open()
    assert calls.call(lambda: "again", 10, print) == "again"


def test_no_call_begins_while_what_came_too_late_is_still_being_put_away() -> None:
    opening, closing = Gate(), Gate()
    calls: BoundedCalls[str] = BoundedCalls("test")
    order: list[str] = []

    def stuck() -> str:
        opening.wait()
        return "line"

    def abandon(made: str) -> None:
        closing.wait()
        order.append(f"{made} closed")

    def again() -> str:
        order.append("opened again")
        return "another line"

    with pytest.raises(Stuck):
        calls.call(stuck, 0.01, abandon)
    opening.open()
    assert closing.reached.wait(10)
    with pytest.raises(Stuck):
        calls.call(again, 0.01, abandon)
    closing.open()
    assert calls.call(again, 10, abandon) == "another line"
    assert order == ["line closed", "opened again"]


def test_what_cannot_be_put_away_stands_in_nobodys_way() -> None:
    gate = Gate()
    calls: BoundedCalls[str] = BoundedCalls("test")

    def stuck() -> str:
        gate.wait()
        return "line"

    def abandon(made: str) -> None:
        raise OSError(made)

    with pytest.raises(Stuck):
        calls.call(stuck, 0.01, abandon)
    gate.open()
    assert calls.call(lambda: "again", 10, abandon) == "again"
