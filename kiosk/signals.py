"""How a pipeline's threads are told to go on, rest or end."""

from __future__ import annotations

import threading


class Signals:
    """Stop is final; pause and resume alternate; models are loaded once.

    `language`: the one in which a person says everything is spoken now; None where it is told from the sound.
    """

    def __init__(self) -> None:
        self.language: str | None = None
        self._stopped = threading.Event()
        self._resumed = threading.Event()
        self._resumed.set()
        self._loaded = threading.Event()

    @property
    def stopped(self) -> bool:
        """The threads must end."""
        return self._stopped.is_set()

    @property
    def paused(self) -> bool:
        """The listening thread must rest."""
        return not self._resumed.is_set()

    def stop(self) -> None:
        """End; whoever waits below wakes up and must look at `stopped`."""
        self._stopped.set()
        self._resumed.set()
        self._loaded.set()

    def pause(self) -> None:
        """Rest, unless stopped."""
        if not self.stopped:
            self._resumed.clear()

    def resume(self) -> None:
        """Go on."""
        self._resumed.set()

    def loaded(self) -> None:
        """Models are ready."""
        self._loaded.set()

    def wait_loaded(self) -> None:
        """Return once models are ready or the pipeline stops."""
        self._loaded.wait()

    def wait_resumed(self) -> None:
        """Return once there is no pause, or the pipeline stops."""
        self._resumed.wait()

    def wait_stopped(self, timeout: float) -> bool:
        """Sleep for `timeout` seconds, or less if the pipeline stops: then True."""
        return self._stopped.wait(timeout)
