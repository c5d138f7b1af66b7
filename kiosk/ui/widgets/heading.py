"""Over the conversation: whose each is, that an AI translates, and what must stay said."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kiosk.languages import language
from kiosk.types import Room
from kiosk.ui.strings import family_strings, staff_strings, tr
from kiosk.ui.widgets.native import Native


class Heading(Vertical):
    """Stays on screen whatever the conversation."""

    def __init__(self, room: Room, *, starter: bool, demo: bool) -> None:
        super().__init__()
        self._staff = language(room.staff)
        self._family = language(room.family)
        self._demo = demo
        self.set_class(starter, "-starter")

    def compose(self) -> ComposeResult:
        if self._demo:
            yield Static(tr("consultation.recording"), id="recording-notice", markup=False)
        yield Static(tr("welcome.starter_warning"), id="starter-warning", markup=False)
        with Horizontal():
            with Vertical(classes="-staff"):
                yield Static(tr("consultation.staff", language=self._staff.native), classes="who", markup=False)
                yield Static(staff_strings().notice, classes="notice", markup=False)
            with Vertical(classes="-family -rtl" if self._family.rtl else "-family"):
                family = tr("consultation.family", language=self._family.native)
                yield Static(Native(family, self._staff.code), classes="who")
                notice = family_strings(self._family.code).notice
                yield Static(Native(notice, self._family.code), classes="notice")

    def lay_out(self, *, stacked: bool) -> None:
        """Where one half lies above the other, this is the upper one's; the captions have the other heading."""
        self.set_class(stacked, "-stacked")

    def warn_starter(self) -> None:
        """A caption says that a demonstration package translated it: the warning stays from now on."""
        self.add_class("-starter")
