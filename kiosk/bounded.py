"""Calls into a library that may never come back, such as one that waits for a sound server that stands still."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Stuck(Exception):
    """A call, or the one before it, has not come back."""


class BoundedCalls(Generic[Made]):
    """Makes one call at a time, each in a thread that nobody has to wait for. Used by one thread at a time."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._last: Future[Made] | None = None

    def call(self, work: Callable[[], Made], timeout: float, abandon: Callable[[Made], object]) -> Made:
        """What `work` returns or raises.

        Raises Stuck when that takes more than `timeout` seconds, or when the call before is still under way after as
        many. `abandon` is given what comes too late.
        """
        self.wait(timeout)
        future: Future[Made] = Future()
        self._last = future
        threading.Thread(target=_run, args=(work, future), name=self._name, daemon=True).start()
        try:
            return future.result(timeout)
        except TimeoutError:
            if future.done():
                raise  # the work's own
            future.add_done_callback(lambda late: None if late.exception() else abandon(late.result()))
            raise Stuck from None

    def wait(self, timeout: float) -> None:
        """Wait for the last call to come back. Raises Stuck when that takes more than `timeout` seconds."""
        if self._last is None:
            return
        try:
            self._last.exception(timeout)
        except TimeoutError:
            raise Stuck from None


def _run(work: Callable[[], Made], future: Future[Made]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:
        future.set_exception(error)  # whoever waits is told
