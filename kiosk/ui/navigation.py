"""Which screen leads to which, and the one way to a conversation on the microphone: through the notice."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual import on
from textual.app import App

from kiosk.interface import MASTER
from kiosk.keep import Keeper
from kiosk.languages import Offer
from kiosk.phrasebook import Phrasebook
from kiosk.ports import OpenSession
from kiosk.types import Room
from kiosk.ui.forgetting import forget_drawn
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.discovery import DiscoveryScreen
from kiosk.ui.screens.end import EndScreen, ForgottenScreen
from kiosk.ui.screens.interpreter import InterpreterScreen
from kiosk.ui.screens.large import LargeScreen
from kiosk.ui.screens.live import Surroundings
from kiosk.ui.screens.notice import NoticeScreen
from kiosk.ui.screens.phrases import PhrasesScreen
from kiosk.ui.screens.welcome import WelcomeScreen
from kiosk.ui.sizing import Sizing
from kiosk.ui.strings import speak
from kiosk.ui.terminal import SOME_TERMINAL, KioskDriver, Terminal
from kiosk.ui.widgets.status_line import StatusLine
from kiosk.usage import Usage


@dataclass(frozen=True, slots=True)
class Means:
    """What a machine offers. `offers`: the family languages to choose from, the most used first. `staff`: the staff's.

    `phrasebook`: sentences written by hand, the notice among them. `contacts`: interpreters to call. `terminal`: where
    it all shows. `keeper`: how a file may be kept on demand, None where none may. `interface`: in which of their
    languages the screen speaks to staff. `usage`: what counts, and by default keeps nothing.
    """

    offers: tuple[Offer, ...]
    staff: str
    phrasebook: Phrasebook
    contacts: tuple[str, ...] = ()
    terminal: Terminal = SOME_TERMINAL
    keeper: Keeper | None = None
    interface: str = MASTER
    usage: Usage = field(default_factory=Usage)


class Navigation(App[None]):
    """Messages of screens in, screens out. It knows no key and no session but the conversation's own.

    `open_session`, `demo` and `discover`: see `kiosk.ui.app.KioskApp`.
    """

    attended = True
    """Whether a member of staff is here."""

    def __init__(self, means: Means, open_session: OpenSession, *, demo: bool, discover: bool) -> None:
        super().__init__(driver_class=KioskDriver)
        speak(means.interface)
        self._means = means
        self._offers = tuple(offer for offer in means.offers if offer.language.code != means.staff)
        self._open_session = open_session
        self._demo = demo
        self._discover = discover
        self._consultation: ConsultationScreen | None = None
        self._wanted: Room | None = None
        self._stacked = False
        self._sizing = Sizing()

    @property
    def _under_way(self) -> ConsultationScreen | None:
        """The conversation that is not over, though another screen may lie over it."""
        return self._consultation if self._consultation in self.screen_stack else None

    @property
    def _in_front(self) -> ConsultationScreen | None:
        """The conversation, where no screen lies over it: of two keys in one breath the second opens nothing more."""
        return self._consultation if self.screen is self._consultation else None

    async def _enter(self, room: Room) -> None:
        """Tell the family first; where a recording is played there is nobody to tell.

        A conversation under way stays below the notice, its microphone closed: who does not accept comes back to it.
        """
        if self._demo:
            await self._open(room)
            return
        if (under_way := self._under_way) is not None:
            under_way.close_microphone()
        self._wanted = room
        starter = self._needs_demonstration(room)
        self.push_screen(NoticeScreen(self._means.phrasebook, room.family, starter=starter))

    def _needs_demonstration(self, room: Room) -> bool:
        return any(offer.starter for offer in self._offers if offer.language.code == room.family)

    async def _open(self, room: Room) -> None:
        """Begin a conversation; the one under way is over now."""
        if self._under_way is not None:
            await self._forget_conversation()
        starter = self._needs_demonstration(room)
        screen = DiscoveryScreen if self._discover else ConsultationScreen
        self._consultation = screen(Surroundings(room, starter, self._demo, self._stacked), self._open_session)
        self.push_screen(self._consultation)

    async def _forget_conversation(self) -> None:
        """Leave every screen, and with them all that was said.

        Popping a conversation ends its session; the next one must not open before, or both want the microphone.
        """
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self._consultation = None
        self._means.usage.ended()
        self.call_later(forget_drawn)

    def _show_languages(self) -> None:
        under_way = self._under_way
        files = () if under_way is None else under_way.files
        screen = WelcomeScreen(self._offers, under_way=under_way is not None, attended=self.attended, files=files)
        self.push_screen(screen)

    @on(WelcomeScreen.Chosen)
    async def _change_room(self, event: WelcomeScreen.Chosen) -> None:
        room = Room(self._means.staff, event.code)
        if (under_way := self._under_way) is None:
            await self._forget_conversation()
        else:
            await self._return_to_conversation()
        if under_way is None or under_way.room != room:
            await self._enter(room)

    @on(NoticeScreen.Accepted)
    async def _begin(self) -> None:
        """The one way to a conversation on the microphone.

        Two answers may come in one breath: whichever takes the notice away first is the one that counts.
        """
        if self._wanted is not None and isinstance(self.screen, NoticeScreen):
            room, self._wanted = self._wanted, None
            await self.pop_screen()
            await self._open(room)

    @on(NoticeScreen.Left)
    async def _choose_again(self) -> None:
        if not isinstance(self.screen, NoticeScreen):
            return
        self._wanted = None
        await self.pop_screen()
        if self._under_way is None:
            self._means.usage.ended()
        self._show_languages()

    @on(NoticeScreen.Refused)
    def _refused(self) -> None:
        if self._wanted is not None:
            self._means.usage.refused()
            self._show_interpreters(self._wanted, refused=True)

    @on(NoticeScreen.InterpreterWanted)
    def _asked_for_a_person(self) -> None:
        if self._wanted is not None:
            self._show_interpreters(self._wanted, refused=False)

    @on(ConsultationScreen.InterpreterWanted)
    def _a_person_instead(self) -> None:
        if (conversation := self._in_front) is not None:
            self._show_interpreters(conversation.room, refused=False)

    @on(ConsultationScreen.EndWanted)
    def _end(self) -> None:
        if (conversation := self._in_front) is not None:
            keeper, files = self._means.keeper, conversation.files
            self.push_screen(EndScreen(lambda: conversation.said, conversation.room, keeper, files))

    @on(ConsultationScreen.Heard)
    def _recount(self) -> None:
        """What was being recognised when the end was asked for is in memory, too."""
        if isinstance(self.screen, EndScreen):
            self.screen.recount()

    @on(EndScreen.Ended)
    async def _forget(self, event: EndScreen.Ended) -> None:
        """The session ends with its screen, and what was said goes with it."""
        await self._forget_conversation()
        self.push_screen(ForgottenScreen(event.count, event.family, event.files, by_itself=event.by_itself))

    @on(ForgottenScreen.Left)
    async def _start_again(self) -> None:
        if isinstance(self.screen, ForgottenScreen):
            await self.pop_screen()
            self._show_languages()

    def _show_interpreters(self, room: Room, *, refused: bool) -> None:
        means = self._means
        if not refused:
            means.usage.interpreter()
        self.push_screen(InterpreterScreen(means.phrasebook, room.family, means.contacts, refused=refused))

    @on(WelcomeScreen.Left)
    async def _keep_language(self) -> None:
        if isinstance(self.screen, WelcomeScreen):
            await self._return_to_conversation()

    async def _return_to_conversation(self) -> None:
        while len(self.screen_stack) > 1 and self.screen is not self._consultation:
            await self.pop_screen()

    @on(ConsultationScreen.LaidOut)
    def _keep_layout(self, event: ConsultationScreen.LaidOut) -> None:
        self._stacked = event.stacked

    @on(ConsultationScreen.LanguageWanted)
    def _ask_language(self) -> None:
        if self._in_front is not None:
            self._show_languages()

    @on(ConsultationScreen.LargeWanted)
    def _show_large(self, event: ConsultationScreen.LargeWanted) -> None:
        if (conversation := self._in_front) is not None:
            translation = event.said.caption.translation
            status = StatusLine(conversation.room.family, demo=self._demo)
            text, language, scaled = translation.text, translation.target, self._sizing.scales
            large = LargeScreen(text, language, scaled=scaled, status=status, pause=conversation.set_paused)
            conversation.follow_in(large, event.said)
            self.push_screen(large)

    @on(ConsultationScreen.PhrasesWanted)
    def _show_phrases(self) -> None:
        if (conversation := self._in_front) is not None:
            family, scaled = conversation.room.family, self._sizing.scales
            self.push_screen(PhrasesScreen(self._means.phrasebook, family, scaled=scaled, reserved=self.attended))

    @on(PhrasesScreen.Sent)
    def _count_phrase(self) -> None:
        self._means.usage.phrase()

    @on(PhrasesScreen.Left)
    @on(LargeScreen.Left)
    @on(InterpreterScreen.Left)
    @on(EndScreen.Left)
    async def _close(self) -> None:
        """Back to what lies below: the conversation, or for the interpreters the notice."""
        if isinstance(self.screen, PhrasesScreen | LargeScreen | InterpreterScreen | EndScreen):
            await self.pop_screen()
