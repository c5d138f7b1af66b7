"""Where a file is to lie that the nurse asked for, under which name, and what keeping it means."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from kiosk.errors import KioskError
from kiosk.export import Form, file_name, with_ending
from kiosk.keep import Keeper, Kept, NameTaken
from kiosk.ui.screens.dialog import Dialog
from kiosk.ui.strings import tr
from kiosk.ui.text import clean
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.too_small import TooSmall

_WARNINGS: Final = ("keep.health_data", "keep.ask_first", "keep.yours")


@dataclass(frozen=True, slots=True)
class Paper:
    """What may be written. `stem`: how its name begins. `advice`: what to do with it. `render`: its text.

    `obstacle`: why it may not be written as things stand now, in words; nothing where it may.
    """

    title: str
    stem: str
    advice: str
    when: datetime
    render: Callable[[Form], str]
    obstacle: Callable[[], str]


def writes(screen: Screen[Any]) -> bool:
    """Whether a file is being written there."""
    return isinstance(screen, KeepScreen) and screen.writing


class KeepScreen(Dialog[Kept | None]):
    """Gives the file that was written, or nothing where the nurse thought better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "keys.write", priority=True),
        Binding("f2", "form", "keys.form", key_display="F2"),
        Binding("f3", "folder", "keys.folder", key_display="F3"),
        Binding("escape", "give_up", "keys.cancel"),
        Binding("f1", "app.help", "keys.help", show=False),
        Binding("ctrl+q", "app.quit", show=False, priority=True),
    ]

    def __init__(self, paper: Paper, keeper: Keeper) -> None:
        super().__init__()
        self._paper = paper
        self._keeper = keeper
        self._folders = keeper.folders()
        self._form = Form.TEXT
        self._writing = False
        name = file_name(paper.stem, paper.when, self._form)
        self._folder = Input(str(self._folders[0]), select_on_focus=False, compact=True, id="keep-folder")
        self._file = Input(name, select_on_focus=False, compact=True, id="keep-name")
        self._shown_form = Button(tr(f"keep.form_{self._form.value}"), id="keep-form", compact=True)
        self._shown_form.can_focus = False
        self._answer = Static(id="keep-answer", markup=False)

    @property
    def writing(self) -> bool:
        """The file is being written."""
        return self._writing

    def compose(self) -> ComposeResult:
        yield Static(self._paper.title, classes="screen-title", markup=False)
        with VerticalScroll(id="keep-warnings", can_focus=False):
            for warning in (*map(tr, _WARNINGS), self._paper.advice):
                yield Static(warning, markup=False)
        with Vertical(id="keep-fields"):
            yield self._answer
            for label, field in (("folder", self._folder), ("name", self._file), ("form", self._shown_form)):
                with Horizontal():
                    yield Static(tr(f"keep.label_{label}"), classes="keep-label", markup=False)
                    yield field
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        for field in (self._folder, self._file):
            field.cursor_blink = False
        self._folder.focus()

    def on_button_pressed(self) -> None:
        """The format was clicked."""
        self.action_form()

    def action_form(self) -> None:
        """Text or Markdown; the name ends as its format does, unless the nurse has named it otherwise."""
        before, self._form = self._form, Form.MARKDOWN if self._form is Form.TEXT else Form.TEXT
        self._shown_form.label = tr(f"keep.form_{self._form.value}")
        if self._file.value.endswith(f".{before}"):
            self._file.value = f"{self._file.value.removesuffix(before)}{self._form}"

    def action_folder(self) -> None:
        """The next of the folders that this machine suggests: a stick may have been plugged in meanwhile."""
        self._folders = self._keeper.folders()
        shown = [str(folder) for folder in self._folders]
        place = shown.index(self._folder.value) + 1 if self._folder.value in shown else 0
        self._folder.value = shown[place % len(shown)]

    def action_give_up(self) -> None:
        """Nothing is written."""
        if not self._writing:
            self.dismiss(None)

    def action_write(self) -> None:
        """Write the file as the fields say, once."""
        if self._writing:
            return
        if obstacle := self._paper.obstacle():
            self._say(obstacle, refused=True)
            return
        self._writing = True
        self._file.value = with_ending(self._file.value, self._form)
        self._say(tr("keep.writing"))
        self._write(self._paper.render(self._form))

    @work
    async def _write(self, text: str) -> None:
        """Off the event loop: a stick may take seconds."""
        folder, name = self._folder.value, self._file.value
        try:
            kept = await asyncio.to_thread(self._keeper.write, folder, name, text)
        except KioskError as error:
            self._say(str(error), refused=True)
            (self._file if isinstance(error, NameTaken) else self._folder).focus()
        else:
            self.dismiss(kept)
        finally:
            self._writing = False

    def _say(self, words: str, *, refused: bool = False) -> None:
        self._answer.update(clean(words))
        self._answer.set_class(refused, "-refused")
        self._answer.display = True
