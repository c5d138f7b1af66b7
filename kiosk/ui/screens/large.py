"""Grand affichage: one caption alone, as large as the terminal allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from kiosk.export import Said
from kiosk.interface import MASTER
from kiosk.types import Side
from kiosk.ui.attendance import attended
from kiosk.ui.bidi import reads_from_the_right
from kiosk.ui.status import Progress, Tone
from kiosk.ui.strings import family_strings, has_family_strings, tr
from kiosk.ui.text import clean
from kiosk.ui.widgets.caption import halves
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.large_text import LargeText
from kiosk.ui.widgets.status_line import StatusLine
from kiosk.ui.widgets.too_small import TooSmall
from kiosk.ui.widgets.wrapped import Wrapped


@dataclass(frozen=True, slots=True)
class _Shown:
    """What stands large, what stands small below it, and all that must be known of the one and the other.

    `notice`: in the language of whoever reads the large text. `remark` and `doubts`: for staff. `figures`: as they were
    said, in the other language. `growing`: it may still change.
    """

    text: str
    language: str
    other: str
    other_language: str
    notice: str = ""
    remark: str = ""
    doubts: tuple[str, ...] = ()
    figures: str = ""
    growing: bool = False


class LargeScreen(Screen[None]):
    """What one side said, in the language of the other, with what was heard small below. Posts `Left`.

    `text` in `language` stands large. A caption goes through `show`, before the screen is pushed or while it is there:
    only so its doubts show. `scaled`: the terminal draws larger letters. `status`: where the session stands, in view as
    soon as it does anything but listen; `follow` tells. `pause` closes the microphone, or opens it again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,g", "leave", "keys.back"),
        Binding("space", "pause(True)", "keys.pause"),
        Binding("space", "pause(False)", "keys.resume"),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("question_mark,f1", "app.help", "keys.help", key_display="?"),
        Binding("t", "app.toggle_theme", show=False),
        Binding("ctrl+q", "app.quit", "keys.quit", key_display="Ctrl+Q", priority=True),
    ]

    class Left(Message):
        """Back to the conversation."""

    def __init__(
        self,
        text: str,
        language: str,
        other_text: str = "",
        other_language: str = "fr",
        *,
        scaled: bool = False,
        status: StatusLine | None = None,
        pause: Callable[[bool], None] | None = None,
    ) -> None:
        super().__init__()
        self._shown = _Shown(clean(text), language, clean(other_text), other_language)
        self._large = LargeText("", language, scaled=scaled)
        self._scaled = scaled
        self._status = status or StatusLine(MASTER)
        self._pause = pause
        self._progress = Progress(source="")
        self._missed = False
        self._notice = Wrapped("", language, classes="large-notice")
        self._doubts = Static(id="large-doubts", markup=False)
        self._figures = Wrapped("", other_language, classes="large-figures")
        self._other = Wrapped("", other_language, classes="large-other")

    def compose(self) -> ComposeResult:
        yield self._notice
        yield self._doubts
        yield self._large
        yield self._figures
        yield self._other
        yield self._status
        if not self._scaled and attended(self.app):  # the terminal of a kiosk keeps its size
            yield Static(tr("large.enlarge"), id="large-hint", markup=False)
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self._refresh_shown()
        self._refresh_status()

    def show(self, said: Said) -> None:
        """What was said last, in the language of who has to read it."""
        self._shown = _of(said)
        if self.is_mounted:
            self._refresh_shown()

    def follow(self, progress: Progress, *, missed: bool = False) -> None:
        """Where the session of the conversation stands now. `missed`: nobody seems to be here any more."""
        before, self._progress, self._missed = self._progress, progress, missed
        if self.is_mounted:
            self._refresh_status()
            if (before.paused, before.over) != (progress.paused, progress.over):
                self.refresh_bindings()

    def _refresh_status(self) -> None:
        status = self._progress.status
        self._status.show(status, self._progress.hearing, missed=self._missed)
        calm = status.tone is Tone.CALM and not status.detail
        self._status.display = self._progress.deaf or self._missed or not calm

    def _refresh_shown(self) -> None:
        shown = self._shown
        self._notice.show(shown.notice, shown.language if has_family_strings(shown.language) else MASTER)
        self._doubts.update("   ".join((*shown.doubts, *filter(None, (shown.remark,)))))
        self._figures.show(shown.figures, shown.other_language)
        self._other.show(shown.other, shown.other_language)
        self._large.show(shown.text, shown.language, growing=shown.growing)
        self._notice.display = bool(shown.notice)
        self._doubts.display = bool(shown.doubts or shown.remark)
        self._doubts.set_class(bool(shown.doubts), "-doubtful")
        self._figures.display = bool(shown.figures)
        self._other.display = bool(shown.other)

    # -- keys -------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to close the microphone that is open, and to open the one that is closed."""
        if action == "pause":
            return self._pause is not None and not self._progress.over and parameters != (self._progress.paused,)
        return True

    def action_pause(self, paused: bool) -> None:
        """Close the microphone, or open it again; this stays in front."""
        if self._pause is not None:
            self._pause(paused)

    def action_scroll(self, rows: int) -> None:
        """Along a text that is longer than the screen."""
        self._large.scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        """The same by whole screens."""
        self._large.scroll_relative(y=pages * max(self._large.size.height - 1, 1), animate=False)

    def action_leave(self) -> None:
        """Back."""
        self.post_message(self.Left())


def _of(said: Said) -> _Shown:
    caption, translation = said.caption, said.caption.translation
    source, target = translation.source, translation.target
    by_staff = caption.side is Side.STAFF
    family = target if by_staff else source
    staff_half, family_half = halves(caption, family, rtl=reads_from_the_right(family), back=said.back)
    large, other = (family_half, staff_half) if by_staff else (staff_half, family_half)
    return _Shown(
        text=large.text + large.open,
        language=target,
        other=other.text + other.open,
        other_language=source,
        notice=family_strings(target).notice,
        remark=large.remark,
        doubts=staff_half.doubts,
        figures=large.figures,
        growing=not caption.final,
    )
