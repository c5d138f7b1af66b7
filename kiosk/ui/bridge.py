"""Between a screen and the pipeline: one session at a time, whose events arrive as messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kiosk.errors import KioskError
from kiosk.events import Event, Failure
from kiosk.ports import OpenSession, Session
from kiosk.types import Room
from kiosk.ui.messages import PipelineEvent


class Bridge:
    """Opens, pauses and stops the sessions of a room.

    `post` takes messages from any thread and never waits, as `Widget.post_message` does.
    """

    def __init__(self, room: Room, open_session: OpenSession, post: Callable[[PipelineEvent], object]) -> None:
        self._room = room
        self._open_session = open_session
        self._post = post
        self._session: Session | None = None
        self._number = 0

    def start(self) -> None:
        """Open a session, unless one is open. An error comes as a Failure event."""
        if self._session is not None:
            return
        self._number += 1
        number = self._number

        def emit(event: Event) -> None:
            self._post(PipelineEvent(event, number))

        try:
            self._session = self._open_session(self._room, emit)
            self._session.start()
        except KioskError as error:
            emit(Failure(error.message, error.remedy))

    async def stop(self) -> None:
        """Stop the session, off the event loop: it may take a second."""
        session, self._session = self._session, None
        if session is not None:
            await asyncio.to_thread(session.stop)

    def set_paused(self, paused: bool) -> None:
        """Close or open the microphone."""
        if self._session is None:
            return
        if paused:
            self._session.pause()
        else:
            self._session.resume()

    def correct(self, utterance_id: int, language: str) -> None:
        """Have a settled utterance recognised again, in the language that a person says it was."""
        if self._session is not None:
            self._session.correct(utterance_id, language)

    def reword(self, utterance_id: int, text: str, language: str) -> None:
        """Have what a person typed captioned."""
        if self._session is not None:
            self._session.reword(utterance_id, text, language)

    def listen_in(self, language: str | None) -> None:
        """Hear everything in this language, or tell it from the sound."""
        if self._session is not None:
            self._session.listen_in(language)

    def back_translate(self, utterance_id: int) -> None:
        """Have the translation of a settled caption translated back."""
        if self._session is not None:
            self._session.back_translate(utterance_id)

    def forget(self) -> None:
        """Drop what is kept of what was said."""
        if self._session is not None:
            self._session.forget()

    def is_news(self, message: PipelineEvent) -> bool:
        """Whether the session that runs now has sent this, not an earlier one that had it under way."""
        return message.session == self._number
