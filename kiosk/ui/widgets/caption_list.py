"""The conversation: caption rows, the newest at the bottom of the screen or of both its halves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, ClassVar, Final

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kiosk.export import Said
from kiosk.languages import language
from kiosk.types import BackTranslation, Caption, Room, Side
from kiosk.ui.bidi import reads_from_the_right, visual_lines
from kiosk.ui.strings import family_strings, spoken, staff_strings, tr
from kiosk.ui.widgets.caption import CaptionRow, Drawn, all_doubt
from kiosk.ui.widgets.split import Split

MAX_ROWS: Final = 500
"""Older rows are dropped, so that memory is bounded: an hour of conversation makes about 400."""


class CaptionList(ScrollView, can_focus=True):
    """Rows keyed by utterance. Stays at the newest unless the person scrolled up."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "captions--hint",
        "captions--divider",
        "captions--divider-who",
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

    def __init__(self, room: Room, *, stacked: bool = False) -> None:
        super().__init__()
        self._staff = language(room.staff)
        self._family = language(room.family)
        self._stacked = stacked
        self._rows: list[CaptionRow] = []
        self._by_utterance: dict[int, CaptionRow] = {}
        self._ends: list[int] = []
        self._split = Split()
        self._following = True

    def put(self, caption: Caption) -> None:
        """Show an utterance: replace its row if it has one."""
        row = self._by_utterance.get(caption.utterance_id)
        if row is not None:
            row.show(caption)
        else:
            self._add(caption)
            if len(self._rows) > MAX_ROWS:
                self._drop(self._rows[0])
        self._measure()

    def fill(self, said: Sequence[Said]) -> None:
        """Show these utterances, oldest first, and no others."""
        self._rows.clear()
        self._by_utterance.clear()
        for one in said[-MAX_ROWS:]:
            row = self._add(one.caption)
            if one.back is not None:
                row.show_back(one.back)
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

    def follow(self) -> None:
        """Back to the newest row, to stay there."""
        self.scroll_end(animate=False, x_axis=False)

    def lay_out(self, *, stacked: bool) -> None:
        """Two columns, or the family's half above the staff's; the row at the top stays there when reading again."""
        uppermost = bisect_right(self._ends, self.scroll_offset.y)
        self._stacked = stacked
        self._measure()
        if not self._following:
            self.scroll_to(y=self._ends[uppermost - 1] if uppermost else 0, animate=False)

    def _add(self, caption: Caption) -> CaptionRow:
        row = CaptionRow(caption, self._family.code, rtl=self._family.rtl)
        self._rows.append(row)
        self._by_utterance[caption.utterance_id] = row
        return row

    def _drop(self, row: CaptionRow) -> None:
        self._rows.remove(row)
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
        width, height = self.scrollable_content_region.size
        self._split = Split(width, height, len(self._divider(width)) if self._stacked else 0)
        self._ends = list(accumulate(len(self._drawn(row)[0].lines) for row in self._rows))
        # What of the height shows no new line of the conversation makes it longer by as much.
        unseen = height - self._split.view
        self.virtual_size = Size(width, self._ends[-1] + unseen if self._ends else 0)
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
            row.forget_drawn()
        self.refresh()

    def scroll_page_up(self, **how: Any) -> None:
        """By what is seen at once but a line: that reading again is said below takes one, which would be skipped."""
        self.scroll_relative(y=-self._page, animate=False)

    def scroll_page_down(self, **how: Any) -> None:
        """The same downwards."""
        self.scroll_relative(y=self._page, animate=False)

    @property
    def _page(self) -> int:
        return max(self._split.view - 1, 1)

    # -- painting ---------------------------------------------------------------------------------------------------

    def _drawn(self, row: CaptionRow) -> tuple[Drawn, Drawn]:
        """At the size that was measured: after a change of size, painting may come before `on_resize`."""
        return row.drawn(self._split.place, self.get_visual_style)

    def render_line(self, y: int) -> Strip:
        """The line at `y` of the visible part."""
        width = self.scrollable_content_region.width
        side, place = self._split.at(y)
        if side is None:
            lines = self._divider(width)
            strip = lines[place] if place < len(lines) else Strip.blank(width, self.rich_style)
        elif self._rows:
            strip = self._row_line(place, side)
        else:
            strip = self._hint_line(place, side)
        return strip.adjust_cell_length(width, self.rich_style)

    def _row_line(self, y: int, side: Side) -> Strip:
        """The line at `y` of what is in view, of one half or, in columns, of both."""
        line = y + self.scroll_offset.y
        index = bisect_right(self._ends, line)
        if index == len(self._rows):
            return Strip.blank(self._split.width, self.rich_style)
        staff, family = self._drawn(self._rows[index])
        start = self._ends[index] - len(staff.lines)
        place, first = line - start, max(self.scroll_offset.y - start, 0)
        if all_doubt((staff, family), first):
            return Strip.blank(self._split.width, self.rich_style)
        if not self._stacked:
            return Strip.join((staff.line(place, first=first), family.line(place, first=first)))
        return (staff if side is Side.STAFF else family).line(place, first=first)

    def _divider(self, width: int) -> list[Strip]:
        """Over the lower half: whose it is, and that an AI translates, as the heading says over the upper one."""
        style = self.get_visual_style("captions--divider")
        name = tr("consultation.staff", language=self._staff.native)
        who = Content.styled(name, self.get_visual_style("captions--divider-who", partial=True))
        notice = staff_strings().notice
        whole = Content.assemble(who, "   ", notice)
        lines = [whole] if whole.cell_length <= width - 3 else [who, Content(notice)]
        return [
            Strip(line.pad_left(2).render_segments(style)).adjust_cell_length(width, style.rich_style) for line in lines
        ]

    def _hint_line(self, y: int, side: Side) -> Strip:
        """How to speak, while nobody has: to each half in its language. In columns both are on this line."""
        place = self._split.place
        if self._stacked:
            return self._hint(y, side, place.staff)
        return Strip.join((self._hint(y, Side.STAFF, place.staff), self._hint(y, Side.FAMILY, place.family)))

    def _hint(self, y: int, side: Side, width: int) -> Strip:
        code = spoken() if side is Side.STAFF else self._family.code
        text = tr("consultation.hint") if side is Side.STAFF else family_strings(code).hint
        lines = ["", *visual_lines(text, width - 4, code)]
        line = Content(lines[y] if y < len(lines) else "")
        spare = max(width - 4 - line.cell_length, 0) if reads_from_the_right(code) else 0
        style = self.get_visual_style("captions--hint")
        return Strip(line.pad_left(2 + spare).render_segments(style)).adjust_cell_length(width, style.rich_style)
