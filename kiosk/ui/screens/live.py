"""A session under way, as far as it shows by itself: captions, doubts, status. No key is known here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from kiosk.events import BackTranslated, Discarded, Event, Failure, Level
from kiosk.export import Said
from kiosk.keep import Kept
from kiosk.ports import OpenSession
from kiosk.types import Caption, Flag, Room
from kiosk.ui.bridge import Bridge
from kiosk.ui.conversation import Conversation
from kiosk.ui.erasing import Erasing
from kiosk.ui.messages import PipelineEvent
from kiosk.ui.screens.failure import Answer, FailureScreen
from kiosk.ui.screens.large import LargeScreen
from kiosk.ui.status import Progress, lines
from kiosk.ui.strings import language_name, tr
from kiosk.ui.widgets.caption_list import CaptionList
from kiosk.ui.widgets.heading import Heading
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.status_line import StatusLine
from kiosk.ui.widgets.too_small import TooSmall


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a conversation before it starts.

    `starter`: a demonstration package serves the room. `demo`: a recording is played. `stacked`: the family's half was
    last wanted above the staff's, not beside it.
    """

    room: Room
    starter: bool
    demo: bool
    stacked: bool = False


class LiveScreen(Screen[None]):
    """Folds the events of its session into what is shown."""

    class Heard(Message):
        """Words were recognised: a cough, a door or a cry is nobody's sign."""

    def __init__(self, surroundings: Surroundings, open_session: OpenSession) -> None:
        super().__init__()
        self.room = surroundings.room
        self.files: list[Kept] = []
        """What was written on demand during this conversation, and stays when it is forgotten."""
        self._heading = Heading(surroundings.room, starter=surroundings.starter, demo=surroundings.demo)
        self._stacked = surroundings.stacked
        self._captions = CaptionList(surroundings.room, stacked=surroundings.stacked)
        self._status = StatusLine(surroundings.room.family, demo=surroundings.demo)
        self._bridge = Bridge(surroundings.room, open_session, self.post_message)
        self._progress = Progress()
        self._conversation = Conversation()
        self._erasing = Erasing(
            self._conversation,
            self._captions,
            forget_session=self._bridge.forget,
            later=self.set_timer,
            changed=self._refresh_all,
        )
        self._forced: str | None = None
        # The number of what is being typed: it may be typed across a new session.
        self._wording = 0
        self._large: LargeScreen | None = None
        self._in_large = 0
        self._following = True
        self._missed = False
        self._remark = ""
        """Why the last key did nothing."""

    @property
    def failed(self) -> bool:
        """The session ended on an error that nobody has mended."""
        return self._progress.failure is not None

    @property
    def said(self) -> tuple[Said, ...]:
        """What was said and is still in memory."""
        return self._conversation.said

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._captions
        yield self._status
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self._heading.lay_out(stacked=self._stacked)
        self._advance(Progress())
        self._bridge.start()

    async def on_unmount(self) -> None:
        await self._bridge.stop()

    def follow_in(self, large: LargeScreen, said: Said) -> None:
        """Show this there, then whatever is said and happens, until this screen is in front again."""
        self._large = large
        self._show_large(said)
        large.follow(self._progress)

    def on_screen_resume(self) -> None:
        """Nothing lies over the conversation any more."""
        self._large = None

    # -- the session ------------------------------------------------------------------------------------------------

    def on_pipeline_event(self, message: PipelineEvent) -> None:
        """Show what the running session tells; an earlier one has nothing to say any more."""
        if not self._bridge.is_news(message):
            return
        event = message.event
        if isinstance(event, Caption):
            self._remark = ""
        if isinstance(event, Level):
            self._status.hear(None if self._progress.deaf else event)
            return
        self._advance(self._progress.after(event))
        self._show(event)

    def _show(self, event: Event) -> None:
        if not self._conversation.hear(event):
            return
        match event:
            case Caption():
                self.post_message(self.Heard())
                self._captions.put(event)
                self._show_large(Said(event))
                if Flag.STARTER in event.flags:
                    self._heading.warn_starter()
            case BackTranslated(number, back):
                self._captions.put_back(number, back)
                if number == self._in_large and (said := self._conversation.find(number)) is not None:
                    self._show_large(said)
            case Discarded(number):
                self._captions.discard(number)
                if number == self._in_large:
                    self._leave_in_large()
            case Failure(message, remedy) if not isinstance(self.app.screen, FailureScreen):
                self.app.push_screen(FailureScreen(message, remedy, self.room.family), self._answer)
            case _:
                pass  # the status line says the rest

    def _show_large(self, said: Said) -> None:
        if self._large is not None:
            self._in_large = said.caption.utterance_id
            self._large.show(said)

    def _leave_in_large(self) -> None:
        """What shows there held no words after all: the last settled caption takes its place."""
        if (newest := self._conversation.newest) is not None:
            self._show_large(newest)
        elif self._large is not None:
            self._large.action_leave()

    async def _answer(self, answer: Answer | None) -> None:
        match answer:
            case Answer.RETRY:
                await self._retry()
            case Answer.QUIT:
                await self.app.run_action("quit")
            case Answer.READ_ON | None:
                pass

    async def _retry(self) -> None:
        """A new session for the same room; the captions stay, and so does a pause: another screen may rely on it."""
        paused = self._progress.paused
        await self._bridge.stop()
        numbers = self._conversation.renumber()
        self._wording = numbers.get(self._wording, self._wording)
        self._in_large = numbers.get(self._in_large, self._in_large)
        self._captions.fill(self._conversation.shown)
        self._advance(Progress())
        self._bridge.start()
        if self._forced is not None:
            self._bridge.listen_in(self._forced)
        if paused:
            self.set_paused(True)

    # -- what is shown ----------------------------------------------------------------------------------------------

    def set_paused(self, paused: bool) -> None:
        """Close or open the microphone."""
        self._bridge.set_paused(paused)
        self._advance(replace(self._progress, paused=paused))

    def miss(self, missed: bool) -> None:
        """Ask whether anybody is still here, or no longer."""
        if missed is not self._missed:
            self._missed = missed
            self._refresh_status()

    def _advance(self, progress: Progress) -> None:
        before, self._progress = self._progress, progress
        # A footer made anew for every caption costs 35 ms and, in Textual 8.2, 100 kB that do not come back.
        if (before.paused, before.over, before.failure) != (progress.paused, progress.over, progress.failure):
            self.refresh_bindings()
        self._refresh_status()

    def _refresh_all(self) -> None:
        self.refresh_bindings()
        self._refresh_status()

    def _remark_on(self, words: str) -> None:
        """Say this above what there is to know; until the next key or caption."""
        self._remark = words
        self._refresh_status()

    def _refresh_status(self) -> None:
        status = self._progress.status
        forced = tr("consultation.forced", language=language_name(self._forced)) if self._forced is not None else ""
        scrolled = "" if self._following else tr("consultation.scrolled")
        detail = lines(self._remark, status.detail, self._erasing.detail or forced or scrolled)
        erasing, missed = self._erasing.asking, self._missed
        self._status.show(replace(status, detail=detail), self._progress.hearing, erasing=erasing, missed=missed)
        if self._progress.deaf:
            self._status.hear(None)
        if self._large is not None:
            self._large.follow(self._progress, missed=self._missed)

    @on(CaptionList.Following)
    def _follow_or_not(self, event: CaptionList.Following) -> None:
        self._following = event.following
        self._refresh_status()
