"""A source that is kept open, whatever happens to the device behind it.

A live source that is lost, that sleep interrupted or that is taken by another program is closed, told of, and looked
for until it gives sound again; what was being said is settled first. One that gives nothing but zeros is told of.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from kiosk.errors import DeviceError
from kiosk.events import DeviceBack, DeviceLost, Emit, Mute, Ready
from kiosk.ports import AudioSource
from kiosk.signals import Signals
from kiosk.types import AudioFrame
from kiosk.watching import MuteWatch, SleepWatch

READ_TIMEOUT: Final = 0.2
"""Seconds a read may wait: how soon the listening thread notices stop and pause."""

REOPEN_EVERY: Final = 1.0
"""Seconds between attempts to find a lost microphone again."""

_log = logging.getLogger(__name__)


class Hearing:
    """Used by the listening thread alone.

    `interrupt`: settles what was being said, which what follows does not continue.
    """

    def __init__(
        self,
        source: AudioSource,
        signals: Signals,
        emit: Emit,
        interrupt: Callable[[], None],
        sleep: SleepWatch,
    ) -> None:
        self._source = source
        self._signals = signals
        self._emit = emit
        self._interrupt = interrupt
        self._mute = MuteWatch()
        self._sleep = sleep

    def open(self) -> None:
        """Open the source, unless the pipeline stops; a live one that is absent is told of and awaited.

        Raises AudioError.
        """
        if self._signals.stopped:
            return
        self._listen_afresh()
        try:
            self._source.open()
        except DeviceError as error:
            if not self._source.live:
                raise
            self._recover(error)
            return
        _log.info("listening")
        self._emit(Ready(self._source.name))

    def read(self) -> AudioFrame | None:
        """The next frame; None when there is none yet. Raises EndOfAudio, AudioError."""
        if not self._source.live:
            return self._source.read(READ_TIMEOUT)
        if slept := self._sleep.slept():
            _log.warning("slept: %d s", slept)
            return self._recover(DeviceError("L'ordinateur s'était mis en veille."))
        try:
            frame = self._source.read(READ_TIMEOUT)
        except DeviceError as error:
            return self._recover(error)
        if frame is not None:
            self._notice_mute(frame)
        return frame

    def close(self) -> None:
        """Close the source."""
        self._source.close()

    def _recover(self, error: DeviceError) -> AudioFrame | None:
        """Say that the microphone is gone and why, and look for it until it gives sound or the pipeline stops.

        What was being said is settled and told before the device is closed: that may take seconds where the sound
        server stands still.
        """
        self._interrupt()
        _log.warning("microphone lost")
        told = DeviceLost(error.message, error.remedy)
        self._emit(told)
        self._source.close()
        while not self._signals.stopped:
            if self._signals.paused:
                self._signals.wait_resumed()
                continue
            try:
                self._source.open()
                frame = self._first_frame()
            except DeviceError as still:
                self._source.close()
                if (now := DeviceLost(still.message, still.remedy)) != told:
                    told = now
                    self._emit(told)
                self._signals.wait_stopped(REOPEN_EVERY)
                continue
            if frame is not None:
                _log.info("microphone back")
                self._listen_afresh()
                self._emit(DeviceBack(self._source.name))
                return frame
        return None

    def _first_frame(self) -> AudioFrame | None:
        """What an opened device gives first: only then is it back. None on pause, with the device closed, or stop."""
        while not self._signals.stopped:
            if self._signals.paused:
                self._source.close()
                break
            if (frame := self._source.read(READ_TIMEOUT)) is not None:
                return frame
        return None

    def _notice_mute(self, frame: AudioFrame) -> None:
        if self._mute.hear(frame.samples):
            _log.warning("microphone mute" if self._mute.mute else "microphone not mute any more")
            self._emit(Mute(self._mute.mute))
        if self._mute.renewal_due():
            self._renew()

    def _renew(self) -> None:
        self._source.close()
        try:
            self._source.open()
        except DeviceError as error:
            self._recover(error)

    def _listen_afresh(self) -> None:
        """What was noticed of the stream before means nothing for the next one."""
        self._sleep.slept()
        if self._mute.mute:
            self._emit(Mute(False))
        self._mute = MuteWatch()
