"""Choosing, line by line, what the family takes home on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from kiosk.export import Said, reminder_order, still_printable
from kiosk.types import Flag, Room
from kiosk.ui.bidi import reads_from_the_right, visual_lines
from kiosk.ui.screens.dialog import Dialog
from kiosk.ui.strings import counted, flag_word, tr
from kiosk.ui.text import clean
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.too_small import TooSmall

_MARGIN: Final = 6
"""Columns before the text of a line: where its box stands."""


class ReminderScreen(Dialog[tuple[Said, ...] | None]):
    """Gives the ticked lines, or nothing. `said`: what is in memory, asked for again before anything is given."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "keys.tick"),
        Binding("enter", "write", "keys.write", priority=True),
        Binding("escape", "give_up", "keys.return"),
        Binding("question_mark,f1", "app.help", "keys.help", key_display="?"),
        Binding("t", "app.toggle_theme", show=False),
        Binding("ctrl+q", "app.quit", show=False, priority=True),
    ]

    def __init__(self, said: Callable[[], Sequence[Said]], room: Room) -> None:
        super().__init__()
        self._said = said
        self._lines = reminder_order(said())
        self._room = room
        self._ticked: set[int] = set()
        self._list = OptionList(*chain.from_iterable(("", None) for _ in self._lines), id="reminder")
        self._answer = Static(tr("reminder.hint"), id="reminder-answer", markup=False)

    def compose(self) -> ComposeResult:
        yield Static(tr("reminder.title"), classes="screen-title", markup=False)
        yield self._list
        yield self._answer
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self._list.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap again, once the list knows its new size."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        for place in range(len(self._lines)):
            self._draw_line(place)

    def _draw_line(self, place: int) -> None:
        self._list.replace_option_prompt_at_index(place, self._prompt(place))

    def _prompt(self, place: int) -> Content:
        """A line in both languages, staff's first, and why it may be trusted or not."""
        line = self._lines[place]
        caption = line.caption
        box = "⚠" if not line.printable else "[x]" if place in self._ticked else "[ ]"
        width = self._list.scrollable_content_region.width - _MARGIN - 2
        rows = []
        for code in self._room.languages:
            text = caption.transcript.text if code == caption.transcript.language else caption.translation.text
            shown = visual_lines(clean(text) or "—", width, code)
            rows += [" " * (width - cell_len(row)) + row for row in shown] if reads_from_the_right(code) else shown
        rows += visual_lines(_remark(line), width, "fr")
        first, *others = rows
        return Content("\n".join([f"{box:<{_MARGIN}}{first}", *(f"{'':<{_MARGIN}}{row}" for row in others)]))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._tick(event.option_index)

    def action_tick(self) -> None:
        """Tick the line under the cursor, or take its tick back."""
        if self._list.highlighted is not None:
            self._tick(self._list.highlighted)

    def _tick(self, place: int) -> None:
        if not self._lines[place].printable:
            self._say(tr("reminder.doubtful"), refused=True)
            return
        self._ticked ^= {place}
        self._draw_line(place)
        number = len(self._ticked)
        self._say(counted("reminder.ticked", number) if number else tr("reminder.hint"))

    def action_write(self) -> None:
        """On to the file, with what is ticked."""
        ticked = tuple(self._lines[place] for place in sorted(self._ticked))
        if not ticked:
            self._say(tr("reminder.nothing"), refused=True)
        elif still_printable(ticked, self._said()):
            self.dismiss(ticked)
        else:
            self._renew(ticked)
            self._say(tr("reminder.changed"), refused=True)

    def _renew(self, ticked: Sequence[Said]) -> None:
        """Show how things stand now; what may no longer be printed, or says something else, loses its tick."""
        said = self._said()
        self._lines = reminder_order(said)
        kept = {line.caption.utterance_id for line in ticked if still_printable([line], said)}
        self._ticked = {place for place, line in enumerate(self._lines) if line.caption.utterance_id in kept}
        cursor = self._list.highlighted
        self._list.clear_options()
        self._list.add_options([""] * len(self._lines))
        self._list.highlighted = cursor
        self._draw()

    def action_give_up(self) -> None:
        """Nothing is written."""
        self.dismiss(None)

    def _say(self, words: str, *, refused: bool = False) -> None:
        self._answer.update(words)
        self._answer.set_class(refused, "-refused")


def _remark(line: Said) -> str:
    """Its doubts in words, or what vouches for it."""
    doubts = [flag_word(flag) for flag in line.doubts] + ([] if line.caption.final else [tr("reminder.unfinished")])
    if doubts:
        return f"⚠ {', '.join(doubts)}"
    demonstration = (flag_word(Flag.STARTER),) if Flag.STARTER in line.flags else ()
    fact = next((flag_word(flag) for flag in (Flag.VERIFIED, Flag.PHRASE) if flag in line.flags), "")
    return ", ".join((*demonstration, fact or tr("reminder.automatic")))
