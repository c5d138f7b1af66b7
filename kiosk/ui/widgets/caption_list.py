"""The conversation: caption rows, the newest at the bottom."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar, Final

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kiosk.languages import language
from kiosk.types import BackTranslation, Caption
from kiosk.ui.widgets.caption import CaptionRow

MAX_ROWS: Final = 500
"""Older rows are dropped, so that memory is bounded: an hour of conversation makes about 400."""

_HINT: Final = "Parlez l'un après l'autre, par phrases courtes. Les paroles et leur traduction s'affichent ici."


@dataclass(frozen=True, slots=True)
class Erased:
    """Rows that were taken away, in order, and by utterance."""

    rows: tuple[CaptionRow, ...]
    by_utterance: dict[int, CaptionRow]


class CaptionList(ScrollView, can_focus=True):
    """Rows keyed by utterance. Stays at the newest unless the person scrolled up."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "captions--hint",
        "captions--said",
        "captions--translated",
        "captions--partial",
        "captions--heading",
        "captions--heading-staff",
        "captions--heading-family",
        "captions--remark",
        "captions--doubt",
        "captions--figures",
        "captions--note",
    }

    class Following(Message):
        """Whether the newest row stays in view; posted when that changes."""

        def __init__(self, following: bool) -> None:
            super().__init__()
            self.following = following

    def __init__(self, family: str) -> None:
        super().__init__()
        self._family = family
        self._rtl = language(family).rtl
        self._rows: list[CaptionRow] = []
        self._by_utterance: dict[int, CaptionRow] = {}
        self._ends: list[int] = []
        self._width = 0
        self._following = True

    def put(self, caption: Caption) -> None:
        """Show an utterance: replace its row if it has one."""
        row = self._by_utterance.get(caption.utterance_id)
        if row is not None:
            row.show(caption)
        else:
            row = CaptionRow(caption, self._family, rtl=self._rtl)
            self._rows.append(row)
            self._by_utterance[caption.utterance_id] = row
            if len(self._rows) > MAX_ROWS:
                self._drop(self._rows[0])
        self._measure()

    def put_back(self, utterance_id: int, back: BackTranslation) -> None:
        """Show what a translation reads like, translated back, if its row is still there."""
        row = self._by_utterance.get(utterance_id)
        if row is not None:
            row.show_back(back)
            self._measure()

    def discard(self, utterance_id: int) -> None:
        """Take away the row of an utterance that held no words after all, if there is one."""
        row = self._by_utterance.get(utterance_id)
        if row is not None:
            self._drop(row)
            self._measure()

    def forget_numbers(self) -> None:
        """Keep the rows, but let a new session number its utterances from the start again."""
        self._by_utterance.clear()

    def erase(self) -> Erased:
        """Take every row away; the answer brings them back."""
        erased = Erased(tuple(self._rows), dict(self._by_utterance))
        self._rows.clear()
        self._by_utterance.clear()
        self._measure()
        self.follow()
        return erased

    def restore(self, erased: Erased) -> None:
        """Put rows back where they were, before what was said since."""
        self._rows[:0] = erased.rows
        self._by_utterance = erased.by_utterance | self._by_utterance
        self._measure()
        self.follow()

    def follow(self) -> None:
        """Back to the newest row, to stay there."""
        self.scroll_end(animate=False, x_axis=False)

    def _drop(self, row: CaptionRow) -> None:
        self._rows.remove(row)
        if self._by_utterance.get(row.utterance_id) is row:
            del self._by_utterance[row.utterance_id]

    # -- scrolling --------------------------------------------------------------------------------------------------

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Stop following when the person scrolls up, follow again when the end is back in view."""
        super().watch_scroll_y(old_value, new_value)
        following = new_value >= self.max_scroll_y
        if following != self._following:
            self._following = following
            self.post_message(self.Following(following))

    def _measure(self) -> None:
        self._width = self.scrollable_content_region.width
        self._ends = list(accumulate(len(row.strips(self._width, self.get_visual_style)) for row in self._rows))
        self.virtual_size = Size(self._width, self._ends[-1] if self._ends else 0)
        if self._following:
            self.follow()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap again."""
        self._measure()

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        for row in self._rows:
            row.forget_strips()
        self.refresh()

    # -- painting ---------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The line at `y` of the visible part."""
        width = self.scrollable_content_region.width
        if not self._rows:
            return self._hint_line(y, width)
        line = y + self.scroll_offset.y
        index = bisect_right(self._ends, line)
        if index == len(self._rows):
            return Strip.blank(width, self.rich_style)
        # At the width that was measured: after a change of size, painting may come before `on_resize`.
        strips = self._rows[index].strips(self._width, self.get_visual_style)
        return strips[line - (self._ends[index] - len(strips))].adjust_cell_length(width, self.rich_style)

    def _hint_line(self, y: int, width: int) -> Strip:
        lines = Content(f"\n{_HINT}").wrap(max(width - 4, 1))
        text = lines[y].pad_left(2) if y < len(lines) else Content()
        style = self.get_visual_style("captions--hint")
        return Strip(text.render_segments(style)).extend_cell_length(width, style.rich_style)
