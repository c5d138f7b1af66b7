"""Does right-to-left text read well in this terminal? A person looks, and is told what there is to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from kiosk.ui.bidi import Way
from kiosk.ui.screens.dialog import Dialog
from kiosk.ui.strings import tr
from kiosk.ui.widgets.keys import Keys
from kiosk.ui.widgets.native import Native
from kiosk.ui.widgets.too_small import TooSmall


@dataclass(frozen=True, slots=True)
class _Sample:
    """A line to look at, and the texts of what must be seen in it, for who reads no Arabic."""

    language: str
    text: str
    points: tuple[str, ...]


_SAMPLES: Final = (
    # « Le médecin a écrit 38,5 (Doliprane) ? » Its first word has two upright strokes first and a dotted bowl last.
    _Sample(
        "ar",
        "الطبيب كتب 38,5 (Doliprane)؟",
        (
            "ar_question_mark",
            "ar_number",
            "ar_first_word",
            "ar_joined",
        ),
    ),
    # « Le docteur dit 38,5 (Doliprane) ? », with a word that holds a non-joiner.
    _Sample(
        "fa",
        "دکتر می\u200cگوید ۳۸٫۵ (Doliprane)؟",
        (
            "fa_question_mark",
            "fa_number",
        ),
    ),
)


class SelfTestScreen(Dialog[Way | None]):
    """Shows samples the way they are drawn now, then, if refused, the other way. Dismissed with the way that is right.

    `draw` has everything drawn another way at once. With None, everything is drawn as before. `advice`: what is known
    of this terminal, shown when neither way is right.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "answer(True)", "keys.yes_all"),
        Binding("n", "answer(False)", "keys.no"),
        Binding("escape", "leave", "keys.close"),
        Binding("ctrl+q", "app.quit", "keys.quit", key_display="Ctrl+Q", priority=True),
    ]

    def __init__(self, way: Way, draw: Callable[[Way], None], advice: str = "") -> None:
        super().__init__()
        self._first = self._way = way
        self._draw = draw
        self._advice = advice
        self._neither = False
        self._question = Static(id="self-test-question", markup=False)

    def compose(self) -> ComposeResult:
        yield Static(tr("selftest.title"), classes="screen-title", markup=False)
        with VerticalScroll(id="self-test"):
            for sample in _SAMPLES:
                yield Static(Native(sample.text, sample.language), classes="self-test-sample")
                points = "\n".join(f"· {tr(f'selftest.see_{point}')}" for point in sample.points)
                yield Static(Native(points, "fr"), classes="self-test-points")
        yield self._question
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self._ask()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing more to answer once neither way was right."""
        return action != "answer" or not self._neither

    def action_answer(self, well: bool) -> None:
        """It reads well, or it does not."""
        if well:
            self.dismiss(self._way)
        elif self._way is self._first:
            self._show(self._first.other)
        else:
            self._neither = True
            self._show(self._first)

    def action_leave(self) -> None:
        """Settle nothing."""
        self._show(self._first)
        self.dismiss(None)

    def _show(self, way: Way) -> None:
        if way is not self._way:
            self._way = way
            self._draw(way)
        self._ask()

    def _ask(self) -> None:
        self._question.set_class(self._neither, "-refused")
        if self._neither:
            self._question.update(f"{tr('selftest.neither')} {self._advice}".strip())
        else:
            number = 1 if self._way is self._first else 2
            self._question.update(tr("selftest.question", number=number, way=tr(f"selftest.way_{self._way.value}")))
        self.refresh_bindings()
