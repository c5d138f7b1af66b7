"""The app when it stands alone in a waiting room: it welcomes, forgets, and lets nobody out but staff."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from textual import events, on

from kiosk.ports import OpenSession
from kiosk.ui.app import KioskApp
from kiosk.ui.forgetting import forget_drawn
from kiosk.ui.navigation import Means
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.staff_code import StaffCodeScreen, Tries
from kiosk.ui.screens.waiting import WaitingScreen
from kiosk.ui.screens.welcome import WelcomeScreen

LOOK_EVERY: Final = 1.0
"""Seconds between looks at whether anybody is still here."""


@dataclass(frozen=True, slots=True)
class Watch:
    """`code`: what staff type to leave. `idle`: seconds without a sign of anybody after which all is forgotten."""

    code: str
    idle: float


class WaitingRoomApp(KioskApp):
    """Returns to its welcomes by itself; what was said before is gone by then."""

    attended = False

    def __init__(self, means: Means, open_session: OpenSession, watch: Watch) -> None:
        super().__init__(means, open_session, None)
        self._watch = watch
        self._tries = Tries()
        self._last = time.monotonic()

    def start(self) -> None:
        """Welcome whoever comes."""
        self._welcome()
        self.set_interval(LOOK_EVERY, self.look)

    def _welcome(self) -> None:
        self._consultation = None
        self._wanted = None
        installed = [offer.language for offer in self._offers if offer.installed]
        self.push_screen(WaitingScreen(self._means.phrasebook, installed))

    @on(WaitingScreen.Woken)
    async def _wake(self) -> None:
        if isinstance(self.screen, WaitingScreen):
            await self.pop_screen()
            self.push_screen(WelcomeScreen(self._offers, under_way=False, attended=False))

    # -- leaving ----------------------------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Only for who knows the code."""
        if not isinstance(self.screen, StaffCodeScreen):
            self.push_screen(StaffCodeScreen(self._watch.code, self._tries), self._leave)

    def _leave(self, right: bool | None) -> None:
        if right:
            self.exit(return_code=0)

    # -- forgetting -------------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Any key or touch shows that somebody is here."""
        if isinstance(event, events.InputEvent):
            self._last = time.monotonic()
        await super().on_event(event)

    @on(ConsultationScreen.Heard)
    def _somebody_speaks(self) -> None:
        self._last = time.monotonic()

    async def look(self) -> None:
        """Begin anew if nobody has been here for a while."""
        if isinstance(self.screen, WaitingScreen) or time.monotonic() - self._last < self._watch.idle:
            return
        await self.back_to_welcome()

    async def back_to_welcome(self) -> None:
        """End whatever is under way: a conversation's session stops with its screen, and what was said goes with it."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self._means.usage.ended()
        self.call_later(forget_drawn)
        self._welcome()
