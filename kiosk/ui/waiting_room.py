"""The app when it stands alone in a waiting room: it welcomes, forgets, and lets nobody out but staff."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from textual import on

from kiosk.languages import for_families_alone
from kiosk.ports import OpenSession
from kiosk.types import Room
from kiosk.ui.app import KioskApp
from kiosk.ui.navigation import Means
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.staff_code import StaffCodeScreen, Tries
from kiosk.ui.screens.waiting import WaitingScreen
from kiosk.ui.screens.welcome import WelcomeScreen

HANDS_OFF: Final = 5
"""How many times `Watch.idle` may pass without a key or a touch, whatever is heard: a television speaks for ever."""

ASKED_BEFORE: Final = 20.0
"""Seconds before all is forgotten in which a conversation asks whether anybody is here; half of `idle` at most."""


@dataclass(frozen=True, slots=True)
class Watch:
    """`code`: what staff type to leave. `idle`: seconds without a sign of anybody after which all is forgotten, and
    `HANDS_OFF` times as many without a key or a touch.

    `demonstration`: languages that need a demonstration package are offered, for a trial without families.
    """

    code: str
    idle: float
    demonstration: bool = False


class WaitingRoomApp(KioskApp):
    """Returns to its welcomes by itself; what was said before is gone by then."""

    attended = False

    def __init__(self, means: Means, open_session: OpenSession, watch: Watch) -> None:
        super().__init__(means, open_session, None)
        self._watch = watch
        self._tries = Tries()
        self._offers = for_families_alone(self._offers, demonstration=watch.demonstration)
        self._heard = time.monotonic()
        self.chosen = ""
        """The language that the family here has chosen, in which keys are explained; empty before."""

    def start(self) -> None:
        """Welcome whoever comes."""
        self._welcome()

    def _welcome(self) -> None:
        self._consultation = None
        self._wanted = None
        self.chosen = ""
        self.push_screen(WaitingScreen(self._means.phrasebook, self._offers, self._means.staff))

    @on(WaitingScreen.Woken)
    async def _wake(self, event: WaitingScreen.Woken) -> None:
        if not isinstance(self.screen, WaitingScreen):
            return
        await self.pop_screen()
        if event.code:
            await self._enter(Room(self._means.staff, event.code))
        else:
            self._show_languages()

    async def _enter(self, room: Room) -> None:
        self.chosen = room.family
        await super()._enter(room)

    @on(WelcomeScreen.Left)
    async def _leave_languages(self, event: WelcomeScreen.Left) -> None:
        """Where no conversation lies below the languages, the welcomes take turns again."""
        if self._under_way is None:
            event.prevent_default()
            await self.back_to_welcome()

    # -- leaving ----------------------------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Only for who knows the code."""
        if not isinstance(self.screen, StaffCodeScreen):
            self.push_screen(StaffCodeScreen(self._watch.code, self._tries), self._leave)

    def _leave(self, right: bool | None) -> None:
        if right:
            self.exit(return_code=0)

    # -- forgetting -------------------------------------------------------------------------------------------------

    @on(ConsultationScreen.Heard)
    def _somebody_speaks(self) -> None:
        self._heard = time.monotonic()

    async def look(self) -> None:
        """Begin anew if nobody has been here for a while; shortly before, ask."""
        silent, idle = time.monotonic() - self._heard, self._watch.idle
        left = min(idle - min(self.idle, silent), HANDS_OFF * idle - self.idle)
        if left <= 0.0 and not isinstance(self.screen, WaitingScreen):
            await self.back_to_welcome()
        elif self._consultation is not None:
            self._consultation.miss(left <= min(ASKED_BEFORE, idle / 2))

    async def back_to_welcome(self) -> None:
        """End whatever is under way: a conversation's session stops with its screen, and what was said goes with it."""
        await self._forget_conversation()
        self._welcome()
