"""The conversation under way: what its keys do."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from kiosk.export import Said
from kiosk.ui.screens.live import LiveScreen
from kiosk.ui.screens.wording import Typed, WordingScreen
from kiosk.ui.strings import tr


class ConsultationScreen(LiveScreen):
    """Keys in, actions on the session or messages out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # The order in which they matter: a narrow window shows the first ones.
        Binding("space", "pause", "keys.pause"),
        Binding("space", "resume", "keys.resume"),
        Binding("r", "retry", "keys.retry"),
        Binding("u", "restore", "keys.restore"),
        Binding("p", "phrases", "keys.phrases"),
        Binding("g", "large", "keys.large"),
        Binding("c", "reword", "keys.reword"),
        Binding("i", "interpreter", "keys.interpreter"),
        Binding("q", "end", "keys.end"),
        Binding("question_mark,f1", "app.help", "keys.help", key_display="?"),
        Binding("o", "other_language", "keys.other_language"),
        Binding("s", "type", "keys.type"),
        Binding("b", "back_translate", "keys.back_translate"),
        Binding("e", "erase", "keys.erase"),
        Binding("1", "listen_in('staff')", "keys.listen_staff", show=False),
        Binding("2", "listen_in('family')", "keys.listen_family", show=False),
        Binding("0", "listen_in('')", "keys.listen_either", show=False),
        Binding("l", "language", "keys.language", show=False),
        Binding("v", "lay_out", "keys.lay_out", show=False),
        Binding("t", "app.toggle_theme", show=False),
        Binding("end", "follow", show=False),
    ]

    class LanguageWanted(Message):
        """The family's language is to be changed."""

    class EndWanted(Message):
        """The consultation is over; the microphone is closed."""

    class LargeWanted(Message):
        """A caption is to be shown alone, in large."""

        def __init__(self, said: Said) -> None:
            super().__init__()
            self.said = said

    class LaidOut(Message):
        """Another layout was wanted: `stacked` or two columns. It holds for conversations to come, too."""

        def __init__(self, stacked: bool) -> None:
            super().__init__()
            self.stacked = stacked

    class PhrasesWanted(Message):
        """The phrasebook is to be opened."""

    class InterpreterWanted(Message):
        """A person is to translate instead; the microphone is closed."""

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
            case "reword" | "other_language" | "type" | "back_translate":
                # Nobody carries out a wish any more.
                return not self._progress.over
            case _:
                return True

    # -- listening --------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Close the microphone."""
        self.set_paused(True)

    def action_resume(self) -> None:
        """Open the microphone again."""
        self.set_paused(False)

    async def action_retry(self) -> None:
        """A new session for the same room; the captions stay."""
        await self._retry()

    def action_language(self) -> None:
        """Ask for another language; this conversation goes on until one is chosen, and stays until it is accepted."""
        self.post_message(self.LanguageWanted())

    def action_other_language(self) -> None:
        """What was said last was in the other language of the room."""
        if (newest := self._conversation.newest) is None:
            self._remark_on(tr("consultation.nothing_said"))
        elif (caption := newest.caption).utterance_id < 0:  # typed, or said to an earlier session
            self._remark_on(tr("consultation.no_sound"))
        else:
            self._bridge.correct(caption.utterance_id, self.room.other(caption.transcript.language))

    def action_listen_in(self, side: str) -> None:
        """Everything is said by this side now; by either, where none is named."""
        self._forced = {"staff": self.room.staff, "family": self.room.family}.get(side)
        self._bridge.listen_in(self._forced)
        if self._forced is not None and self._progress.paused:
            self.set_paused(False)
        self._refresh_status()

    def action_reword(self) -> None:
        """Put what was heard last in the words that were said."""
        if (newest := self._conversation.newest) is None:
            self._remark_on(tr("consultation.nothing_said"))
            return
        heard = newest.caption.transcript
        self._wording = newest.caption.utterance_id
        screen = WordingScreen(tr("wording.heard"), self.room, heard.language, heard.text, free=False)
        self.app.push_screen(screen, self._reword)

    def action_type(self) -> None:
        """Type instead of speaking."""
        self._wording = self._conversation.new_number()
        screen = WordingScreen(tr("wording.type"), self.room, self.room.staff, free=True)
        self.app.push_screen(screen, self._reword)

    def _reword(self, typed: Typed | None) -> None:
        if typed is None:
            return
        if self._progress.over:
            self.notify(tr("wording.over"), severity="warning", markup=False)
        else:
            self._bridge.reword(self._wording, typed.text, typed.language)

    def action_phrases(self) -> None:
        """Open the phrasebook; the conversation goes on below it."""
        self.post_message(self.PhrasesWanted())

    def action_large(self) -> None:
        """The last caption alone, as large as can be; it follows what is said."""
        if (newest := self._conversation.newest) is None:
            self._remark_on(tr("consultation.nothing_said"))
        else:
            self.post_message(self.LargeWanted(newest))

    def action_back_translate(self) -> None:
        """Show what the family reads of what staff said last."""
        if (newest := self._conversation.newest_of_staff) is None:
            self._remark_on(tr("consultation.nothing_of_staff"))
        else:
            self._bridge.back_translate(newest.caption.utterance_id)

    def action_interpreter(self) -> None:
        """Close the microphone and show who to call."""
        self.close_microphone()
        self.post_message(self.InterpreterWanted())

    def action_end(self) -> None:
        """Close the microphone and ask what becomes of what was said; what was just erased is gone by then."""
        self.close_microphone()
        self._erasing.settle()
        self.post_message(self.EndWanted())

    def close_microphone(self) -> None:
        """Nothing is listened to until somebody resumes."""
        if not (self._progress.paused or self._progress.over):
            self.set_paused(True)

    # -- erasing, and reading again ---------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Any key but its own takes back the wish to erase; any at all, what was said about the key before.

        Keys come here before their bindings are looked up.
        """
        if self._remark:
            self._remark_on("")
        if event.key != "e":
            self._erasing.keep()

    def action_erase(self) -> None:
        """Ask once, then erase all that was said until now, what still awaits recognition included."""
        self._erasing.ask_or_erase()

    def action_restore(self) -> None:
        """Bring back what was erased a moment ago."""
        self._erasing.restore()

    def action_lay_out(self) -> None:
        """Two columns, or the family's half above the staff's."""
        self._stacked = not self._stacked
        self._heading.lay_out(stacked=self._stacked)
        self._captions.lay_out(stacked=self._stacked)
        self.post_message(self.LaidOut(self._stacked))

    def action_follow(self) -> None:
        """Back to the newest caption."""
        self._captions.follow()
