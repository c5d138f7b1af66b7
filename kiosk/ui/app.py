"""The terminal app: which screen shows, and how it ends."""

from __future__ import annotations

import asyncio
import signal
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.errors import KioskError
from kiosk.keep import Keeper
from kiosk.languages import Offer
from kiosk.phrasebook import Phrasebook
from kiosk.ports import OpenSession
from kiosk.types import Room
from kiosk.ui.bidi import Way, draw_for, drawn_for
from kiosk.ui.screens.consultation import ConsultationScreen, Surroundings
from kiosk.ui.screens.discovery import DiscoveryScreen
from kiosk.ui.screens.end import EndScreen, ForgottenScreen
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.interpreter import InterpreterScreen
from kiosk.ui.screens.notice import NoticeScreen
from kiosk.ui.screens.selftest import SelfTestScreen
from kiosk.ui.screens.welcome import WelcomeScreen
from kiosk.ui.terminal import SOME_TERMINAL, KioskDriver, Terminal, order_mode
from kiosk.ui.theme import DARK, LIGHT

_ENDING_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Interrupted, told to stop, or its window was closed: each leaves the microphone and the terminal in order."""

_WIDTHS: Final = [(0, "-narrow"), (50, "-tight"), (70, "-roomy")]
_HEIGHTS: Final = [(0, "-short"), (14, "-tall")]
"""From how many columns and rows a screen has which class."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a machine offers. `offers`: the family languages to choose from, the most used first. `staff`: the staff's.

    `phrasebook`: sentences written by hand, the notice among them. `contacts`: interpreters to call. `terminal`: where
    it all shows. `keeper`: how a file may be kept on demand, None where none may.
    """

    offers: tuple[Offer, ...]
    staff: str
    phrasebook: Phrasebook
    contacts: tuple[str, ...] = ()
    terminal: Terminal = SOME_TERMINAL
    keeper: Keeper | None = None


class KioskApp(App[None]):
    """Bilingual captions on a table between two people.

    `open_session` builds the pipeline of a room. `room`: go there at once, without asking for a language. `demo`: a
    recording is played, and nobody is listened to. `discover`: what to look at is said meanwhile.

    After `run`, `return_code` is 0, or 1 when the person left on an error that nobody had mended.
    """

    TITLE = "Kiosk"
    CSS_PATH = "kiosk.tcss"
    # The palette could save a picture of the conversation to the disk, and selecting could copy it to the clipboard:
    # what was said stays in memory.
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    # The layout needs this much; below, `TooSmall` covers it.
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", "Quitter", show=False, priority=True, system=True),
        Binding("f1", "help", "Aide", show=False),
    ]

    def __init__(
        self,
        means: Means,
        open_session: OpenSession,
        room: Room | None,
        *,
        demo: bool = False,
        discover: bool = False,
    ) -> None:
        super().__init__(driver_class=KioskDriver)
        self._means = means
        self._offers = tuple(offer for offer in means.offers if offer.language.code != means.staff)
        self._open_session = open_session
        self._first_room = room
        self._demo = demo
        self._discover = discover
        self._consultation: ConsultationScreen | None = None
        self._wanted: Room | None = None
        # Nothing moves but words: easier to read, and no work for a modest laptop.
        self.animation_level = "none"
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        """What lies below every screen: seen for the second that closing a conversation may take."""
        yield Static("Un instant…", id="interlude", markup=False)

    async def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            loop.add_signal_handler(number, self._end_on_signal, number)
        self._draw_for(self._means.terminal.way)
        if self._means.terminal.advice:
            self.notify(self._means.terminal.advice, severity="warning", timeout=30, markup=False)
        self.start()

    def start(self) -> None:
        """Show the first screen."""
        if self._first_room is None:
            self.push_screen(WelcomeScreen(self._offers, under_way=False))
        else:
            self._enter(self._first_room)

    def on_unmount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            loop.remove_signal_handler(number)

    def _end_on_signal(self, number: signal.Signals) -> None:
        self.exit(return_code=128 + number)

    # -- screens ----------------------------------------------------------------------------------------------------

    def _enter(self, room: Room) -> None:
        """Tell the family first; where a recording is played there is nobody to tell."""
        if self._demo:
            self._open(room)
        else:
            self._wanted = room
            self.push_screen(NoticeScreen(self._means.phrasebook, room.family))

    def _open(self, room: Room) -> None:
        starter = any(offer.starter for offer in self._offers if offer.language.code == room.family)
        screen = DiscoveryScreen if self._discover else ConsultationScreen
        self._consultation = screen(Surroundings(room, starter, self._demo), self._open_session)
        self.push_screen(self._consultation)

    @on(WelcomeScreen.Chosen)
    async def _change_room(self, event: WelcomeScreen.Chosen) -> None:
        room = Room(self._means.staff, event.code)
        if self._consultation is not None and self._consultation.room == room:
            await self._return_to_conversation()
            return
        # Popping the conversation ends its session; the next one must not open before, or both want the microphone.
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self._consultation = None
        self._enter(room)

    @on(NoticeScreen.Accepted)
    async def _begin(self) -> None:
        """The one way to a conversation on the microphone."""
        room, self._wanted = self._wanted, None
        if room is not None:
            await self.pop_screen()
            self._open(room)

    @on(NoticeScreen.Left)
    async def _choose_again(self) -> None:
        self._wanted = None
        await self.pop_screen()
        self.push_screen(WelcomeScreen(self._offers, under_way=False))

    @on(NoticeScreen.Refused)
    def _refused(self) -> None:
        if self._wanted is not None:
            self._show_interpreters(self._wanted, refused=True)

    @on(NoticeScreen.InterpreterWanted)
    def _asked_for_a_person(self) -> None:
        if self._wanted is not None:
            self._show_interpreters(self._wanted, refused=False)

    @on(ConsultationScreen.InterpreterWanted)
    def _a_person_instead(self) -> None:
        if self._consultation is not None:
            self._show_interpreters(self._consultation.room, refused=False)

    @on(ConsultationScreen.EndWanted)
    def _end(self) -> None:
        if (conversation := self._consultation) is not None:
            self.push_screen(EndScreen(lambda: conversation.said, conversation.room, self._means.keeper))

    @on(EndScreen.Left)
    async def _go_on(self) -> None:
        if isinstance(self.screen, EndScreen):
            await self.pop_screen()

    @on(EndScreen.Ended)
    async def _forget(self, event: EndScreen.Ended) -> None:
        """The session ends with its screen, and what was said goes with it."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self._consultation = None
        self.push_screen(ForgottenScreen(event.count, event.files))

    @on(ForgottenScreen.Left)
    async def _start_again(self) -> None:
        if isinstance(self.screen, ForgottenScreen):
            await self.pop_screen()
            self.push_screen(WelcomeScreen(self._offers, under_way=False))

    def _show_interpreters(self, room: Room, *, refused: bool) -> None:
        means = self._means
        self.push_screen(InterpreterScreen(means.phrasebook, room.family, means.contacts, refused=refused))

    @on(InterpreterScreen.Left)
    async def _leave_interpreters(self) -> None:
        if isinstance(self.screen, InterpreterScreen):
            await self.pop_screen()

    @on(WelcomeScreen.Left)
    async def _return_to_conversation(self) -> None:
        while len(self.screen_stack) > 1 and self.screen is not self._consultation:
            await self.pop_screen()

    @on(ConsultationScreen.LanguageWanted)
    def _ask_language(self) -> None:
        self.push_screen(WelcomeScreen(self._offers, under_way=True))

    # -- right-to-left text -----------------------------------------------------------------------------------------

    def _draw_for(self, way: Way) -> None:
        """Draw right-to-left text this way from now on, what shows already included."""
        draw_for(way, latin_digits=self._means.terminal.latin_digits)
        if self._driver is not None:
            self._driver.write(order_mode(self._means.terminal.name, way))
        for screen in self.screen_stack:
            for widget in screen.walk_children():
                widget.notify_style_update()
                widget.refresh(layout=True)

    def action_self_test(self) -> None:
        """Have a person look whether right-to-left text reads well."""
        if not isinstance(self.screen, SelfTestScreen):
            screen = SelfTestScreen(drawn_for(), self._draw_for, self._means.terminal.advice)
            self.push_screen(screen, self._remember_way)

    def _remember_way(self, way: Way | None) -> None:
        terminal = self._means.terminal
        if way is None or terminal.remember is None:
            return
        try:
            terminal.remember(terminal.name, way.value)
        except KioskError as error:
            self.notify(f"{error.message} {error.remedy}", severity="error", markup=False)
            return
        self.notify(terminal.remembered(way), markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is tested where the answer could not be kept."""
        return action != "self_test" or self._means.terminal.remember is not None

    # -- keys -------------------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Show the help page."""
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def action_toggle_theme(self) -> None:
        """Dark or light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def action_quit(self) -> None:
        """Leave at once, whatever is under way; the conversation's session ends with its screen."""
        failed = self._consultation is not None and self._consultation.failed
        self.exit(return_code=1 if failed else 0)

    # -- crashes ----------------------------------------------------------------------------------------------------

    def _fatal_error(self) -> None:
        """Textual would print a traceback with local variables, hence with what was said: print places only."""
        error = self._exception
        lines = [f"L'affichage s'est arrêté sur une erreur imprévue ({type(error).__name__})."]
        if error is not None:
            places = traceback.extract_tb(error.__traceback__)
            lines += [f"  {Path(place.filename).name}, ligne {place.lineno}, {place.name}" for place in places]
        lines.append("Relancez le kiosque. Si cela se répète, transmettez ces lignes au service informatique.")
        self.panic(Text("\n".join(lines)))
