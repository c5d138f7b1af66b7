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
        self._last: _Call[Made] | None = None

    def call(self, work: Callable[[], Made], timeout: float, abandon: Callable[[Made], object]) -> Made:
        """What `work` returns or raises.

        Raises Stuck when that takes more than `timeout` seconds, or when the call before is still under way after as
        many. `abandon` is given what comes too late, and the call is under way until that is done.
        """
        self.wait(timeout)
        self._last = call = _Call(work, abandon)
        threading.Thread(target=call.run, name=self._name, daemon=True).start()
        try:
            return call.future.result(timeout)
        except TimeoutError:
            if call.give_up():
                raise Stuck from None
        return call.future.result()  # it came at the last moment, or the work raised a TimeoutError of its own

    def wait(self, timeout: float) -> None:
        """Wait until the last call is back, and what it made too late is put away.

        Raises Stuck when that takes more than `timeout` seconds.
        """
        if self._last is None:
            return
        try:
            self._last.future.exception(timeout)
        except TimeoutError:
            raise Stuck from None


class _Call(Generic[Made]):
    """One call, and whose is what it makes: the caller's, or nobody's once it was given up."""

    def __init__(self, work: Callable[[], Made], abandon: Callable[[Made], object]) -> None:
        self.future: Future[Made] = Future()
        self._work = work
        self._abandon = abandon
        self._given_up = False
        self._deciding = threading.Lock()

    def run(self) -> None:
        """Do the work, and put away what comes too late before `future` tells that the call is over.

        Whoever waits for that goes on at once: PortAudio must not be ended while a stream of it is still being closed.
        """
        try:
            made = self._work()
            with self._deciding:
                if not self._given_up:
                    self.future.set_result(made)
                    return
            self._abandon(made)
            self.future.set_result(made)
        except BaseException as error:
            self.future.set_exception(error)  # whoever waits is told

    def give_up(self) -> bool:
        """Leave to `abandon` what comes from now on. False when it has come already."""
        with self._deciding:
            self._given_up = not self.future.done()
            return self._given_up
