"""What the family may answer, as buttons in its language that it points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from kiosk.phrasebook import MASTER
from kiosk.ui.bidi import drawable, visual_lines

_DIGITS: Final = "123456789"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"

_KEY: Final = 4
"""Cells before the text: the key on a bright ground, and a blank one."""

_AROUND: Final = 4
"""Cells of a button around that: its edges, and those between two columns."""

_MOST_COLUMNS: Final = 4
_AIRY_ROWS: Final = 5
"""Rows of a button that has room around its text."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer by its id in the phrasebook: in the family's language, of this code, and in French."""

    id: str
    text: str
    language: str
    french: str


def keys_for(answers: Sequence[Answer]) -> tuple[str, ...]:
    """The key of each: 1 to 9, or letters where these would not do.

    An answer that holds a figure has no number before it: "2 · 1 fois" would be read as the one or the other.
    """
    figures = any(c.isdecimal() for answer in answers for c in answer.text + answer.french)
    return tuple((_LETTERS if figures or len(answers) > len(_DIGITS) else _DIGITS)[: len(answers)])


class AnswerButton(Widget, can_focus=True):
    """One answer: the family's words, and below the key and the French."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "take", show=False)]

    def __init__(self, key: str, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
        self._key = key

    def render(self) -> Content:
        """The key on a bright ground, beside it the family's words, below them the French ones, all in the middle."""
        first, *others = (line.center(self.size.width - _KEY) for line in self._lines(self.size.width))
        key = Content.styled(f" {self._key} ", "bold reverse") + Content(" ")
        return Content("\n").join([key + first, *(line.pad_left(_KEY) for line in others)])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The family's lines and the French ones."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        room = max(width - _KEY, 1)
        words = [Content.styled(line, "bold") for line in visual_lines(self.answer.text, room, self.answer.language)]
        return words if self.answer.language == MASTER else words + Content(self.answer.french).wrap(room)

    def action_take(self) -> None:
        """This is the answer."""
        self.post_message(Answers.Given(self.answer))

    def on_click(self) -> None:
        """The mouse, or a touch."""
        self.action_take()


class Answers(Grid):
    """All of them, in as many columns as there is room for. Posts `Given`."""

    class Given(Message):
        """The family has answered this."""

        def __init__(self, answer: Answer) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self, answers: Sequence[Answer]) -> None:
        super().__init__()
        self._answers = tuple(answers)
        self._keys = keys_for(self._answers)

    def compose(self) -> ComposeResult:
        for key, answer in zip(self._keys, self._answers, strict=True):
            yield AnswerButton(key, answer)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that stand for an answer, in order."""
        return self._keys

    def press(self, key: str) -> bool:
        """Give the answer of this key, if there is one."""
        if key not in self._keys:
            return False
        self.post_message(self.Given(self._answers[self._keys.index(key)]))
        return True

    def fit(self, room: Size) -> None:
        """Columns for a screen of this size, and air around the words where it has rows to spare."""
        if not self._answers:
            return
        widest = max(
            max(Content(drawable(text)).cell_length for text in (answer.text, answer.french))
            for answer in self._answers
        )
        fitting = room.width // (_KEY + widest + _AROUND)
        columns = min(max(fitting, 1), _MOST_COLUMNS, len(self._answers))
        rows = -(-len(self._answers) // columns)
        self.styles.grid_size_columns = columns
        self.set_class(rows * _AIRY_ROWS * 2 <= room.height, "-airy")
        for index, button in enumerate(self.query(AnswerButton)):
            button.set_class(index // columns % 2 == 1, "-odd")

    def on_mount(self) -> None:
        self.fit(self.screen.size)

    def on_resize(self, event: events.Resize) -> None:
        """Arrange again."""
        self.fit(self.screen.size)
