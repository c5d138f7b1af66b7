"""The conversation under way: captions, status, keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer

from kiosk.export import Said
from kiosk.languages import language
from kiosk.ports import OpenSession
from kiosk.types import BackTranslated, Caption, Discarded, Event, Failure, Flag, Level, Room, SpeechStarted
from kiosk.ui.bridge import Bridge
from kiosk.ui.conversation import Conversation
from kiosk.ui.messages import PipelineEvent
from kiosk.ui.screens.failure import Answer, FailureScreen
from kiosk.ui.screens.large import LargeScreen
from kiosk.ui.screens.wording import Typed, WordingScreen
from kiosk.ui.status import Progress
from kiosk.ui.widgets.caption_list import CaptionList, Erased
from kiosk.ui.widgets.heading import Heading
from kiosk.ui.widgets.status_line import StatusLine
from kiosk.ui.widgets.too_small import TooSmall

RESTORABLE: Final = 10.0
"""Seconds in which an erasure can be taken back; then its sound and its words are forgotten."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a conversation before it starts.

    `starter`: a demonstration package serves the room. `demo`: a recording is played.
    """

    room: Room
    starter: bool
    demo: bool


class ConsultationScreen(Screen[None]):
    """Folds the events of its session into what is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # The order in which they matter: a narrow window shows the first ones.
        Binding("space", "pause", "Pause", key_display="espace"),
        Binding("space", "resume", "Reprendre", key_display="espace"),
        Binding("r", "retry", "Réessayer"),
        Binding("u", "restore", "Annuler l'effacement"),
        Binding("p", "phrases", "Phrases"),
        Binding("g", "large", "Grand"),
        Binding("c", "reword", "Corriger"),
        Binding("i", "interpreter", "Interprète"),
        Binding("q", "end", "Terminer"),
        Binding("question_mark,f1", "app.help", "Aide", key_display="?"),
        Binding("o", "other_language", "Autre langue"),
        Binding("s", "type", "Saisir"),
        Binding("b", "back_translate", "Relire"),
        Binding("e", "erase", "Effacer"),
        Binding("1", "listen_in('staff')", "Équipe parle", show=False),
        Binding("2", "listen_in('family')", "Famille parle", show=False),
        Binding("0", "listen_in('')", "Langue devinée", show=False),
        Binding("l", "language", "Langue", show=False),
        Binding("t", "app.toggle_theme", show=False),
        Binding("end", "follow", show=False),
    ]

    class LanguageWanted(Message):
        """The family's language is to be changed."""

    class EndWanted(Message):
        """The consultation is over; the microphone is closed."""

    class Heard(Message):
        """Somebody speaks."""

    class LargeWanted(Message):
        """A caption is to be shown alone, in large."""

        def __init__(self, conversation: ConsultationScreen, caption: Caption) -> None:
            super().__init__()
            self.conversation = conversation
            self.caption = caption

    class PhrasesWanted(Message):
        """The phrasebook is to be opened."""

    class InterpreterWanted(Message):
        """A person is to translate instead; the microphone is closed."""

    def __init__(self, surroundings: Surroundings, open_session: OpenSession) -> None:
        super().__init__()
        self.room = surroundings.room
        self._heading = Heading(surroundings.room, starter=surroundings.starter, demo=surroundings.demo)
        self._captions = CaptionList(surroundings.room.family)
        self._status = StatusLine()
        self._bridge = Bridge(surroundings.room, open_session, self.post_message)
        self._progress = Progress()
        self._conversation = Conversation()
        self._erased: frozenset[int] = frozenset()
        self._gone: Erased | None = None
        self._forgetting: Timer | None = None
        self._confirming = False
        self._forced: str | None = None
        self._large: LargeScreen | None = None
        self._following = True

    @property
    def failed(self) -> bool:
        """The session ended on an error that nobody has mended."""
        return self._progress.failure is not None

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._captions
        yield self._status
        yield Footer(compact=True)
        yield TooSmall()

    def on_mount(self) -> None:
        self._advance(Progress())
        self._bridge.start()

    async def on_unmount(self) -> None:
        await self._bridge.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the keys that do something now."""
        match action:
            case "pause":
                return not self._progress.paused and not self._progress.over
            case "resume":
                return self._progress.paused and not self._progress.over
            case "retry":
                return self.failed
            case "restore":
                return self._conversation.can_restore
            case _:
                return True

    # -- the session ------------------------------------------------------------------------------------------------

    def on_pipeline_event(self, message: PipelineEvent) -> None:
        """Show what the running session tells; an earlier one has nothing to say any more."""
        if not self._bridge.is_news(message):
            return
        event = message.event
        if isinstance(event, Level):
            self._status.hear(None if self._progress.deaf else event)
            return
        self._advance(self._progress.after(event))
        self._show(event)

    def _show(self, event: Event) -> None:
        match event:
            case Caption(utterance_id=number) | Discarded(number) | BackTranslated(number) if number in self._erased:
                pass
            case SpeechStarted():
                self.post_message(self.Heard())
            case Caption():
                self.post_message(self.Heard())
                self._conversation.put(event)
                self._captions.put(event)
                if self._large is not None:
                    self._large.show(event)
                if Flag.STARTER in event.flags:
                    self._heading.warn_starter()
            case BackTranslated(number, back):
                self._conversation.put_back(number, back)
                self._captions.put_back(number, back)
            case Discarded(number):
                self._captions.discard(number)
            case Failure(message, remedy) if not isinstance(self.app.screen, FailureScreen):
                self.app.push_screen(FailureScreen(message, remedy), self._answer)
            case _:
                pass  # the status line says the rest

    async def _answer(self, answer: Answer | None) -> None:
        match answer:
            case Answer.RETRY:
                await self.action_retry()
            case Answer.QUIT:
                await self.app.run_action("quit")
            case Answer.READ_ON | None:
                pass

    # -- what is shown ----------------------------------------------------------------------------------------------

    def _advance(self, progress: Progress) -> None:
        before, self._progress = self._progress, progress
        # A footer made anew for every caption costs 35 ms and, in Textual 8.2, 100 kB that do not come back.
        if (before.paused, before.over, before.failure) != (progress.paused, progress.over, progress.failure):
            self.refresh_bindings()
        self._refresh_status()

    def _refresh_status(self) -> None:
        status = self._progress.status
        if self._confirming:
            status = replace(status, detail="Effacer la conversation ? e : effacer, autre touche : garder")
        elif self._conversation.can_restore:
            status = replace(status, detail="Effacé. u : annuler")
        elif self._forced is not None:
            status = replace(status, detail=f"Tout est entendu en {language(self._forced).french}. 0 : langue devinée")
        elif not self._following:
            status = replace(status, detail="Vous relisez plus haut. Fin : revenir au plus récent")
        self._status.show(status)
        if self._progress.deaf:
            self._status.hear(None)

    @on(CaptionList.Following)
    def _follow_or_not(self, event: CaptionList.Following) -> None:
        self._following = event.following
        self._refresh_status()

    # -- keys -------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Any key but its own takes back the wish to erase. Keys come here before their bindings are looked up."""
        if self._confirming and event.key != "e":
            self._confirming = False
            self._refresh_status()

    def action_pause(self) -> None:
        """Close the microphone."""
        self._set_paused(True)

    def action_resume(self) -> None:
        """Open the microphone again."""
        self._set_paused(False)

    def _set_paused(self, paused: bool) -> None:
        self._bridge.set_paused(paused)
        self._advance(replace(self._progress, paused=paused))

    async def action_retry(self) -> None:
        """A new session for the same room; the captions stay."""
        await self._bridge.stop()
        self._captions.forget_numbers()
        self._conversation.renumber()
        self._erased = frozenset()
        self._advance(Progress())
        self._bridge.start()

    def action_language(self) -> None:
        """Ask for another language; this conversation goes on until one is chosen."""
        self.post_message(self.LanguageWanted())

    def action_other_language(self) -> None:
        """What was said last was in the other language of the room."""
        if (caption := self._conversation.newest) is not None:
            self._bridge.correct(caption.utterance_id, self.room.other(caption.transcript.language))

    def action_listen_in(self, side: str) -> None:
        """Everything is said by this side now; by either, where none is named."""
        self._forced = {"staff": self.room.staff, "family": self.room.family}.get(side)
        self._bridge.listen_in(self._forced)
        if self._forced is not None and self._progress.paused:
            self._set_paused(False)
        self._refresh_status()

    def action_reword(self) -> None:
        """Put what was heard last in the words that were said."""
        if (caption := self._conversation.newest) is None:
            return
        heard = caption.transcript
        screen = WordingScreen("Ce qui a été dit", self.room, heard.language, heard.text, free=False)
        self.app.push_screen(screen, partial(self._reword, caption.utterance_id))

    def action_type(self) -> None:
        """Type instead of speaking."""
        screen = WordingScreen("À traduire", self.room, self.room.staff, free=True)
        self.app.push_screen(screen, partial(self._reword, self._conversation.new_number()))

    def _reword(self, number: int, typed: Typed | None) -> None:
        if typed is not None:
            self._bridge.reword(number, typed.text, typed.language)

    def action_phrases(self) -> None:
        """Open the phrasebook; the conversation goes on below it."""
        self.post_message(self.PhrasesWanted())

    def action_large(self) -> None:
        """The last caption alone, as large as can be; it follows what is said."""
        if (caption := self._conversation.newest) is not None:
            self.post_message(self.LargeWanted(self, caption))

    def follow_in(self, large: LargeScreen) -> None:
        """Show there what is said, until this screen is in front again."""
        self._large = large

    def on_screen_resume(self) -> None:
        """Nothing lies over the conversation any more."""
        self._large = None

    def action_back_translate(self) -> None:
        """Show what the family reads of what staff said last."""
        if (caption := self._conversation.newest_of_staff) is not None:
            self._bridge.back_translate(caption.utterance_id)

    @property
    def said(self) -> tuple[Said, ...]:
        """What was said and is still in memory."""
        return self._conversation.said

    def action_interpreter(self) -> None:
        """Close the microphone and show who to call."""
        self._close_microphone()
        self.post_message(self.InterpreterWanted())

    def action_end(self) -> None:
        """Close the microphone and ask what becomes of what was said."""
        self._close_microphone()
        self.post_message(self.EndWanted())

    def _close_microphone(self) -> None:
        if not (self._progress.paused or self._progress.over):
            self._set_paused(True)

    def action_erase(self) -> None:
        """Ask once, then erase all that was said until now, what still awaits recognition included."""
        if self._confirming:
            self._forget()
            self._conversation.erase()
            self._gone = self._captions.erase()
            self._erased = self._progress.open
            self._forgetting = self.set_timer(RESTORABLE, self._forget)
        self._confirming = not self._confirming
        self.refresh_bindings()
        self._refresh_status()

    def action_restore(self) -> None:
        """Bring back what was erased a moment ago."""
        if self._gone is not None:
            self._conversation.restore()
            self._captions.restore(self._gone)
            self._erased = frozenset()
        self._drop_erased()

    def _forget(self) -> None:
        """What was erased is gone for good, its sound too."""
        if self._gone is not None:
            self._bridge.forget()
            self._conversation.forget()
            self._drop_erased()

    def _drop_erased(self) -> None:
        self._gone = None
        if self._forgetting is not None:
            self._forgetting.stop()
            self._forgetting = None
        self.refresh_bindings()
        self._refresh_status()

    def action_follow(self) -> None:
        """Back to the newest caption."""
        self._captions.follow()
