"""The phrasebook: found by a word or by its chapter, read in French, shown to the family on Enter."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from kiosk.languages import language
from kiosk.phrasebook import Phrasebook, Status
from kiosk.ui.phrase_choices import RESERVED, Choice, Contents
from kiosk.ui.screens.private import PrivateScreen
from kiosk.ui.screens.show_phrase import ShowPhraseScreen
from kiosk.ui.strings import language_name, tr
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.phrase_list import PhraseList
from kiosk.ui.widgets.too_small import TooSmall


class PhrasesScreen(Screen[None]):
    """Chapters, the phrases of one, or what was sought. Posts `Sent`, and `Left` when it is to be closed.

    The phrase is shown on a screen of its own, which posts `ShowPhraseScreen.Answered`; this list stays below, with the
    cursor where it was. `scaled`: the terminal draws larger letters. `reserved`: a member of staff is here,
    who may open the reserved phrases.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "erase", "keys.clear"),
        Binding("escape", "back", "keys.chapters"),
        Binding("escape", "leave", "keys.back"),
        Binding("f1", "app.help", "keys.help", key_display="F1"),
        Binding("ctrl+q", "app.quit", "keys.quit", key_display="Ctrl+Q", priority=True),
    ]

    class Left(Message):
        """Back to what was there before."""

    class Sent(Message):
        """This phrase is being shown to the family."""

        def __init__(self, phrase: str) -> None:
            super().__init__()
            self.phrase = phrase

    def __init__(self, phrasebook: Phrasebook, family: str, *, scaled: bool = False, reserved: bool = True) -> None:
        super().__init__()
        self._phrasebook = phrasebook
        self._family = language(family)
        self._scaled = scaled
        self._contents = Contents(phrasebook, family, reserved=reserved)
        self._chapter = ""
        self._cursors: dict[str, str] = {}
        self._list = PhraseList()
        self._title = Static(classes="screen-title", markup=False)
        self._explanation = Static(id="phrase-explanation", markup=False)

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._list
        with VerticalScroll(id="phrase-explanation-frame", can_focus=False):
            yield self._explanation
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self._refill()

    # -- what is listed ---------------------------------------------------------------------------------------------

    @property
    def _private(self) -> bool:
        return self._chapter == RESERVED

    @property
    def _seeks(self) -> bool:
        return bool(self._list.typed)

    def _refill(self) -> None:
        name = self._contents.name(self._chapter) if self._chapter else tr("phrases.title")
        self._title.update(f"{name} · {language_name(self._family.code)}")
        if self._seeks:
            self._list.show(self._contents.found(self._list.typed, private=self._private))
        else:
            choices = self._contents.phrases(self._chapter) if self._chapter else self._contents.chapters()
            self._list.show(choices, self._cursors.get(self._chapter, ""))
        self.refresh_bindings()

    def _open(self, chapter: str) -> None:
        self._chapter = chapter
        self._list.erase()
        self._refill()

    @on(PhraseList.Typed)
    def _seek(self) -> None:
        self._refill()

    @on(PhraseList.Highlighted)
    def _explain(self, event: PhraseList.Highlighted) -> None:
        if event.choice is not None and not self._seeks:
            self._cursors[self._chapter] = event.choice.id
        self._explanation.set_class(False, "-refused")
        self._explanation.update(self._explained(event.choice))

    def _explained(self, choice: Choice | None) -> str:
        if choice is None:
            if self._private:
                return tr("phrases.nothing_reserved")
            return tr("phrases.nothing")
        if choice.id == RESERVED:
            return tr("phrases.open_reserved")
        if not self._chapter and not self._seeks:
            return tr("phrases.open_chapter")
        return self._of_phrase(choice.id)

    def _of_phrase(self, phrase: str) -> str:
        name = language_name(self._family.code)
        match self._contents.status(phrase):
            case None:
                return tr("phrases.say_it", language=name)
            case Status.VERIFIED:
                entry = self._phrasebook.entry(phrase, self._family.code)
                if entry is None or entry.signature is None:
                    return tr("phrases.show_verified", language=name)
                return tr("phrases.show_verified_by", language=name, person=entry.signature.by)
            case Status.REVIEW:
                return tr("phrases.show_review", language=name)
            case Status.DRAFT:
                return tr("phrases.show_draft", language=name)

    # -- choosing ---------------------------------------------------------------------------------------------------

    @on(PhraseList.Entered)
    def _enter(self) -> None:
        if (choice := self._list.current) is not None:
            self._take(choice)

    @on(PhraseList.Clicked)
    def _click(self, event: PhraseList.Clicked) -> None:
        self._take(event.choice)

    def _take(self, choice: Choice) -> None:
        if not self.is_active:  # the second press of a double click
            return
        if choice.id == RESERVED:
            self.app.push_screen(PrivateScreen(), self._open_reserved)
        elif not self._chapter and not self._seeks:
            self._open(choice.id)
        elif self._contents.status(choice.id) is None:
            self._explanation.add_class("-refused")
            self.app.bell()
        else:
            self.post_message(self.Sent(choice.id))
            self.app.push_screen(ShowPhraseScreen(self._phrasebook, choice.id, self._family.code, scaled=self._scaled))

    def _open_reserved(self, opened: bool | None) -> None:
        if opened:
            self._open(RESERVED)

    # -- keys -------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape empties the search first, then closes the chapter, then the screen."""
        match action:
            case "erase":
                return self._seeks
            case "back":
                return bool(self._chapter) and not self._seeks
            case "leave":
                return not self._chapter and not self._seeks
            case _:
                return True

    def action_erase(self) -> None:
        """What was listed before the search again."""
        self._list.erase()
        self._refill()

    def action_back(self) -> None:
        """The chapters again; the reserved phrases are shut at once."""
        self._open("")

    def action_leave(self) -> None:
        """Back."""
        self.post_message(self.Left())
