"""The end of a consultation: what was said is forgotten, unless the nurse asks for a file or a reminder first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Static

from kiosk.export import Form, Occasion, Said, conversation, reminder, still_printable
from kiosk.interface import MASTER
from kiosk.keep import Keeper, Kept
from kiosk.types import Flag, Room
from kiosk.ui.attendance import family_alone
from kiosk.ui.bidi import visual_line
from kiosk.ui.screens.keep import KeepScreen, Paper
from kiosk.ui.screens.reminder import ReminderScreen
from kiosk.ui.strings import counted, family_strings, flag_word, key_name, key_word, tr
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.too_small import TooSmall
from kiosk.ui.widgets.wrapped import Wrapped

LEFT_ALONE: Final = 300.0
"""Seconds without a key after which an end that nobody answers forgets by itself."""

_MINUTES: Final = round(LEFT_ALONE / 60)

_CHOICES: Final = ("end", "leave", "remind", "export")
_FOR_FAMILIES: Final = {"end": ("enter", "keys.forget"), "leave": ("escape", "keys.return")}


def name_files(files: Sequence[Kept]) -> list[str]:
    """A line for each file that stays, and one more where somebody else may read them."""
    lines = [tr("end.written", file=kept.path) for kept in files]
    return [*lines, tr("end.not_private")] if any(not kept.private for kept in files) else lines


def _choice(name: str, alone: str) -> str:
    """What a choice says: to a family alone its key and what that does, in its language, as the line of keys does."""
    if alone and name in _FOR_FAMILIES:
        key, does = _FOR_FAMILIES[name]
        return visual_line(f"{key_name(key, alone)} · {key_word(does, alone)}", alone)
    return tr(f"end.choice_{name}")


def _no_obstacle() -> str:
    return ""


class EndScreen(Screen[None]):
    """Nothing is listened to while it shows. Posts `Ended` or `Left`.

    `said`: what is still in memory, asked for whenever it is shown or used. `keeper`: how a file may be kept; None
    where nothing may be, and neither a file nor a reminder is then offered. `files`: those that were written in this
    consultation, of which the conversation keeps the list; what is written here is added.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "end", "keys.forget"),
        Binding("escape", "leave", "keys.return"),
        Binding("r", "remind", "keys.reminder"),
        Binding("x", "export", "keys.export"),
        Binding("question_mark,f1", "app.help", "keys.help", key_display="?"),
        Binding("ctrl+q", "app.quit", "keys.quit", key_display="Ctrl+Q", priority=True),
        Binding("t", "app.toggle_theme", show=False),
    ]

    class Ended(Message):
        """All is to be forgotten: `count` utterances of a conversation in `family`'s language.

        `files`: what was kept on demand, and stays. `by_itself`: nobody has answered.
        """

        def __init__(self, count: int, family: str, files: tuple[Path, ...], *, by_itself: bool = False) -> None:
            super().__init__()
            self.count = count
            self.family = family
            self.files = files
            self.by_itself = by_itself

    class Left(Message):
        """Back to the conversation."""

    def __init__(
        self, said: Callable[[], Sequence[Said]], room: Room, keeper: Keeper | None, files: list[Kept]
    ) -> None:
        super().__init__()
        self._said = said
        self._room = room
        self._keeper = keeper
        self._files = files
        self._recorded = Static(id="end-nothing", markup=False)
        self._count = Static(id="end-count", markup=False)
        self._kept = Static(id="end-kept", markup=False)

    def compose(self) -> ComposeResult:
        yield Static(tr("end.title"), classes="screen-title", markup=False)
        alone = family_alone(self.app)
        with VerticalScroll(id="end"):
            if alone:
                yield Wrapped(family_strings(alone).end_question, alone, classes="end-family")
            yield self._recorded
            yield self._kept
            yield self._count
            for name in _CHOICES:
                button = Button(_choice(name, alone), id=f"end-{name}", classes="end-choice", compact=True)
                button.can_focus = False  # Enter always means the same here
                yield button
            if not alone:
                yield Static(tr("end.left_alone", minutes=_MINUTES), classes="end-line", markup=False)
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#end"))

    def on_screen_resume(self) -> None:
        """A file may have been written."""
        self.recount()

    def recount(self) -> None:
        """Say what there is now, and offer what can be done with it: what was being recognised becomes a caption."""
        files = len(self._files)
        self._recorded.update(counted("end.recorded", files) if files else tr("end.nothing_recorded"))
        number = len(self._said())
        self._count.update(tr("end.in_memory", captions=counted("end.captions", number)) if number else tr("end.empty"))
        lines = name_files(self._files)
        self._kept.update("\n".join(lines))
        self._kept.display = bool(lines)
        for name in _CHOICES:
            self.query_one(f"#end-{name}").display = self.check_action(name, ()) is not False
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to keep something only where that is allowed and there is something."""
        if action in ("remind", "export"):
            return self._keeper is not None and bool(self._said())
        return True

    @on(Button.Pressed)
    async def _press(self, event: Button.Pressed) -> None:
        await self.run_action((event.button.id or "").removeprefix("end-"))

    def action_end(self, *, by_itself: bool = False) -> None:
        """Forget everything."""
        files = tuple(kept.path for kept in self._files)
        self.post_message(self.Ended(len(self._said()), self._room.family, files, by_itself=by_itself))

    def action_leave(self) -> None:
        """Back to the conversation."""
        self.post_message(self.Left())

    def action_export(self) -> None:
        """The whole conversation, in a file."""
        self._keep("export", "conversation", self._said, conversation)

    def action_remind(self) -> None:
        """A few lines, to be ticked first."""
        self.app.push_screen(ReminderScreen(self._said, self._room), self._write_reminder)

    def _write_reminder(self, ticked: tuple[Said, ...] | None) -> None:
        if not ticked:
            return

        def obstacle() -> str:
            # A translation may be translated back, and doubted, until the very last moment.
            return "" if still_printable(ticked, self._said()) else tr("keep.changed")

        self._keep("reminder", "rappel", lambda: ticked, reminder, obstacle)

    def _keep(
        self,
        what: str,
        stem: str,
        said: Callable[[], Sequence[Said]],
        render: Callable[[Sequence[Said], Occasion, Form], str],
        obstacle: Callable[[], str] = _no_obstacle,
    ) -> None:
        if self._keeper is None:
            return
        # What is kept is in French whatever the screen speaks: it goes into the service's own records.
        flags = {flag: flag_word(flag, MASTER) for flag in Flag}
        occasion = Occasion(self._room, self._keeper.now(), flags, family_strings(self._room.family).notice)
        title, advice = tr(f"keep.title_{what}"), tr(f"keep.advice_{what}")
        paper = Paper(title, stem, advice, occasion.when, lambda form: render(said(), occasion, form), obstacle)
        self.app.push_screen(KeepScreen(paper, self._keeper), self._remember)

    def _remember(self, kept: Kept | None) -> None:
        if kept is not None:
            self._files.append(kept)
            self.on_screen_resume()  # it may have come first


class ForgottenScreen(Screen[None]):
    """Shown once all is forgotten, and no sooner; the family reads so too, unless a file stays. Posts `Left`.

    `by_itself`: nobody had asked for it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "leave", "keys.new_consultation"),
        Binding("ctrl+q,q", "app.quit", "keys.quit", key_display="Ctrl+Q", priority=True),
        Binding("t", "app.toggle_theme", show=False),
    ]

    class Left(Message):
        """On to the next family."""

    def __init__(self, count: int, family: str, files: tuple[Path, ...] = (), *, by_itself: bool = False) -> None:
        super().__init__()
        self._by_itself = by_itself
        self._count = count
        self._family = family
        self._files = files

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="end"):
            yield Static(tr("end.forgotten"), id="end-nothing", markup=False)
            if self._by_itself:
                yield Static(tr("end.by_itself", minutes=_MINUTES), classes="end-line", markup=False)
            if not self._files:
                yield Wrapped(family_strings(self._family).forgotten, self._family, classes="end-family")
            if self._count:
                # What lies in a file is not forgotten: with one, that nothing is left would not be true.
                key = "end.forgotten_except" if self._files else "end.forgotten_captions"
                words = tr(key, captions=counted("end.captions", self._count))
                yield Static(words, classes="end-line", markup=False)
            for path in self._files:
                yield Static(tr("end.file_stays", file=path), classes="end-file", markup=False)
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#end"))

    def action_leave(self) -> None:
        """On to the next family."""
        self.post_message(self.Left())
