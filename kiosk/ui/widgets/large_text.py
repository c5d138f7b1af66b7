"""A text as large as there is room for: in larger letters where the terminal draws them, else bold and well spaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import ControlType, Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kiosk.ui.bidi import drawable, reads_from_the_right, visual_lines
from kiosk.ui.sizing import LARGEST, Placed, drawing, wiping
from kiosk.ui.text import clean

_MEASURE: Final = 60
"""Cells of a line that the eye still follows from two metres; beyond, only a text too long for the screen goes."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: its lines as they are sent to the terminal, the scale of their letters, blank rows between."""

    lines: tuple[str, ...]
    scale: int = 1
    gap: int = 0

    @property
    def cells(self) -> int:
        """The width of the longest line, in cells of the screen."""
        return max(Content(line).cell_length for line in self.lines) * self.scale

    @property
    def rows(self) -> int:
        """Rows of the screen that it takes."""
        return _rows(len(self.lines), self.scale, self.gap)


def set_large(text: str, language: str, width: int, height: int, *, scaled: bool) -> Setting:
    """`text` in the largest letters with which it fits into `width` by `height` cells; else spaced; else as it must.

    Larger letters only where no word has to be cut for them.
    """
    plain = Content(drawable(text))
    widest = max((Content(word).cell_length for word in plain.plain.split()), default=1)
    scales = [scale for scale in range(LARGEST, 1, -1) if scaled and widest * scale <= width]
    tries = [(width // scale, scale, 0) for scale in scales]
    tries += [(min(width, _MEASURE), 1, 1), (width, 1, 1)]
    for measure, scale, gap in tries:
        # Wrapped, but not yet put in the order in which it is seen: for 400 words of Arabic that takes 60 ms.
        if _rows(len(plain.wrap(measure)), scale, gap) <= height:
            break
    else:
        measure, scale, gap = width, 1, 0
    return Setting(tuple(visual_lines(text, measure, language)), scale, gap)


def _rows(lines: int, scale: int, gap: int) -> int:
    return lines * scale + (lines - 1) * gap


class LargeText(ScrollView, can_focus=False):
    """In the middle of its place, the lines of one text begin below one another: on the right in Arabic or Persian.

    What does not fit is scrolled. `scaled`: the terminal draws larger letters.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"large--growing"}

    def __init__(self, text: str, language: str, *, scaled: bool) -> None:
        super().__init__()
        self._text = clean(text)
        self._language = language
        self._scaled = scaled
        self._growing = False
        self._setting = Setting(("",))

    def show(self, text: str, language: str, *, growing: bool = False) -> None:
        """Another text. `growing`: it may still change."""
        anew = language != self._language or not clean(text).startswith(self._text)
        self._text, self._language, self._growing = clean(text), language, growing
        self._measure()
        if anew:
            self.scroll_home(animate=False)

    @property
    def scale(self) -> int:
        """How many times larger than the terminal's own the letters are now."""
        return self._setting.scale

    # -- measuring --------------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        if not self.size:
            return
        place = self.scrollable_content_region
        # A cell on the right stays free: what is drawn behind the line goes before it. See `render_lines`.
        self._setting = set_large(
            self._text, self._language, max(place.width - 1, 1), max(place.height, 1), scaled=self._scaled
        )
        self.virtual_size = Size(place.width, self._setting.rows)
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Set it again."""
        self._measure()

    def _left(self, line: str) -> int:
        """The column at which a line begins."""
        block = self._setting.cells
        left = max(self.scrollable_content_region.width - 1 - block, 0) // 2
        if reads_from_the_right(self._language):
            left += block - Content(line).cell_length * self._setting.scale
        return left

    @property
    def _top(self) -> int:
        return max(self.scrollable_content_region.height - self._setting.rows, 0) // 2

    # -- painting ---------------------------------------------------------------------------------------------------

    @property
    def _style(self) -> Style:
        style = self.get_visual_style("large--growing") if self._growing else self.visual_style
        return style.rich_style

    def render_line(self, y: int) -> Strip:
        """The line at `y` of the visible part."""
        width = self.scrollable_content_region.width
        setting = self._setting
        index, between = divmod(y + self.scroll_offset.y - self._top, 1 + setting.gap)
        if setting.scale > 1 or between or not 0 <= index < len(setting.lines):
            return Strip.blank(width, self._style)
        line = setting.lines[index]
        strip = Strip([Segment(" " * self._left(line), self._style), Segment(line, self._style)])
        return strip.adjust_cell_length(width, self._style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Large letters lie over blank lines, and are drawn again whenever a part of these is.

        Textual knows nothing of letters higher than a row: wiping them goes before the first line, drawing them behind
        the last, save for one blank cell, since what stands behind the last cell of a line may be cut off.
        """
        strips = super().render_lines(crop)
        place = self.scrollable_content_region
        # A screen that is the ground of a dialog is painted too: the letters would lie over the dialog. And one that
        # has shrunk is painted before `on_resize`: they would lie over what is below.
        fits = self._setting.rows <= place.height and self._setting.cells < place.width
        if self._setting.scale == 1 or not strips or not self.screen.is_active or not fits:
            return strips
        lines = [
            Placed(place.x + self._left(line), place.y + self._top + index * self._setting.scale, line)
            for index, line in enumerate(self._setting.lines)
        ]
        strips[0] = Strip([_control(wiping(place), Style.null()), *strips[0]], strips[0].cell_length)
        last = strips[-1]
        head, tail = last.divide([last.cell_length - 1, last.cell_length])
        letters = _control(drawing(lines, self._setting.scale), self._style)
        strips[-1] = Strip([*head, letters, *tail], last.cell_length)
        return strips


def _control(sequence: str, style: Style) -> Segment:
    """What is written to the terminal as it is, and takes no cell."""
    return Segment(sequence, style, [(ControlType.CURSOR_MOVE_TO, 0, 0)])
