"""A phrase held before the family: in large type, with the answers that it may point at."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from kiosk.phrasebook import MASTER, Phrasebook, Status
from kiosk.ui.keyboard import key_of
from kiosk.ui.phrase_choices import status_word
from kiosk.ui.screens.dialog import Dialog
from kiosk.ui.strings import tr
from kiosk.ui.text import clean
from kiosk.ui.widgets.answers import Answer, AnswerButton, Answers
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.large_text import LargeText
from kiosk.ui.widgets.too_small import TooSmall


class ShowPhraseScreen(Dialog[None]):
    """Closes itself on Escape; then posts `Answered` if the family has answered.

    `phrase`: its id. `scaled`: the terminal draws larger letters.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "keys.list"),
        Binding("r,backspace", "ask_again", "keys.other_answer", key_display="r"),
        # Before whatever has the focus: its own keys would scroll.
        Binding("down,right", "step(1)", "keys.step_answer", key_display="↓", priority=True, show=False),
        Binding("up,left", "step(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("f1", "app.help", "keys.help", key_display="F1"),
        Binding("ctrl+q", "app.quit", "keys.quit", key_display="Ctrl+Q", priority=True),
    ]

    # Enter, pressed once too often on the list, must not answer.
    AUTO_FOCUS = ""

    class Answered(Message):
        """The family's answer to a phrase, both by their ids; posted as the screen closes."""

        def __init__(self, phrase: str, answer: str) -> None:
            super().__init__()
            self.phrase = phrase
            self.answer = answer

    def __init__(self, phrasebook: Phrasebook, phrase: str, family: str, *, scaled: bool = False) -> None:
        super().__init__()
        self._phrasebook = phrasebook
        self._phrase = next(one for one in phrasebook.everything if one.id == phrase)
        self._family = family
        self._french = clean(self._phrase.text)
        self._text = self._said(phrase, family)
        self._answer: Answer | None = None
        self._large = LargeText(self._text, family, scaled=scaled)
        self._under = Static(id="phrase-french", markup=False)
        self._family_answer = LargeText("", family, scaled=scaled)
        self._family_answer.id = "family-answer"
        self._answers = Answers([self._option(answer.id) for answer in phrasebook.answers(self._phrase)])

    def compose(self) -> ComposeResult:
        yield self._large
        yield self._family_answer
        yield self._under
        yield self._answers
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self._show()

    # -- what is shown ----------------------------------------------------------------------------------------------

    def _said(self, phrase: str, code: str) -> str:
        entry = self._phrasebook.entry(phrase, code)
        return clean(entry.text) if entry is not None else ""

    def _option(self, answer: str) -> Answer:
        french, text = self._said(answer, MASTER), self._said(answer, self._family)
        # An answer that was never translated stands there in French rather than not at all.
        return Answer(answer, text, self._family, french) if text else Answer(answer, french, MASTER, french)

    def _remark(self, *phrases: str) -> str:
        """The worst status among these."""
        statuses = {self._phrasebook.status(phrase, MASTER, self._family) for phrase in phrases}
        for status in (None, Status.DRAFT, Status.REVIEW):
            if status in statuses:
                return status_word(status) if status is not None else tr("phrase.answer_untranslated")
        return status_word(Status.VERIFIED)

    def _show(self) -> None:
        answer = self._answer
        self._family_answer.display = answer is not None
        self._answers.display = bool(self._answers.keys) and answer is None
        if answer is None:
            self._large.show(self._text, self._family)
            shown = (self._phrase.id, *self._phrase.answers)
            lines = [f"{self._remark(*shown)} · {self._french}"]
            if keys := self._answers.keys:
                lines.append(tr("phrase.how_to_answer", first=keys[0], last=keys[-1]))
        else:
            self._large.show(answer.french, MASTER)
            self._family_answer.show(answer.text, answer.language)
            status = self._remark(self._phrase.id, answer.id)
            lines = [tr("phrase.answer_to", status=status, question=self._french)]
        self._under.update("\n".join(lines))
        self.refresh_bindings()

    # -- answering --------------------------------------------------------------------------------------------------

    @on(Answers.Given)
    def _take(self, event: Answers.Given) -> None:
        self._answer = event.answer
        self.set_focus(None)
        self._show()

    def on_key(self, event: events.Key) -> None:
        """The key of an answer, while it is asked for."""
        if self._answer is None and event.character is not None and self._answers.press(key_of(event.character)):
            event.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Another answer can be given once there is one."""
        return self._answer is not None if action == "ask_again" else True

    def action_ask_again(self) -> None:
        """It was another answer."""
        self._answer = None
        self._show()

    def action_step(self, steps: int) -> None:
        """The next answer; where there is none to choose, down the text."""
        buttons = list(self.query(AnswerButton)) if self._answer is None else []
        if not buttons:
            self._large.scroll_relative(y=steps, animate=False)
            return
        before = -1 if steps > 0 else len(buttons)
        at = buttons.index(self.focused) if isinstance(self.focused, AnswerButton) else before
        self.set_focus(buttons[min(max(at + steps, 0), len(buttons) - 1)])

    def action_page(self, pages: int) -> None:
        """Up or down a long text."""
        self._large.scroll_relative(y=pages * max(self._large.size.height - 1, 1), animate=False)

    def action_leave(self) -> None:
        """Back to the list."""
        if self._answer is not None:
            self.post_message(self.Answered(self._phrase.id, self._answer.id))
        self.dismiss()
