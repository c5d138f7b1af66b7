"""The demonstration, with a guide: where to look while a recording is played, no microphone needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from kiosk.ports import OpenSession
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.live import Surroundings
from kiosk.ui.strings import tr


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to look at, by the name of its texts. `keys`: those it asks to press, which must do something there."""

    name: str
    keys: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is about."""
        return tr(f"discovery.{self.name}_title")

    @property
    def words(self) -> str:
        """What to look at, or to do."""
        return tr(f"discovery.{self.name}_words")


STEPS: Final = (
    Step("invented"),
    Step("read"),
    Step("wait"),
    Step("doubts"),
    Step("try", ("space", "up", "end", "i")),
    Step("last", ("question_mark",)),
)
"""About 12 s each: together as long as the recording."""


class Discovery(Vertical):
    """A strip over the conversation that says where to look. It takes no focus, so that every key does what it does."""

    def __init__(self) -> None:
        super().__init__()
        self._place = 0
        self._title = Static(classes="discovery-title", markup=False)
        self._words = Static(markup=False)

    @property
    def over(self) -> bool:
        """Every step was read."""
        return self._place >= len(STEPS)

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._words

    def on_mount(self) -> None:
        self._show()

    def move(self, steps: int) -> None:
        """On, or back; past the last one it is over, and the strip goes away."""
        self._place = min(max(self._place + steps, 0), len(STEPS))
        self._show()

    def _show(self) -> None:
        self.display = not self.over
        if not self.over:
            step, last = STEPS[self._place], self._place == len(STEPS) - 1
            on = tr("discovery.finish") if last else tr("discovery.on")
            number = self._place + 1
            self._title.update(tr("discovery.title", number=number, count=len(STEPS), title=step.title, on=on))
            self._words.update(step.words)


class DiscoveryScreen(ConsultationScreen):
    """A conversation with the strip over it; made, opened and left as any other, in surroundings that are a demo."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "step(1)", "keys.step", show=False),
        Binding("backspace", "step(-1)", "keys.step_back", show=False),
    ]

    def __init__(self, surroundings: Surroundings, open_session: OpenSession) -> None:
        super().__init__(surroundings, open_session)
        self._discovery = Discovery()

    def compose(self) -> ComposeResult:
        yield self._discovery
        yield from super().compose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The strip's keys end with it."""
        if action == "step":
            return not self._discovery.over
        return super().check_action(action, parameters)

    def action_step(self, steps: int) -> None:
        """On to the next step, or back to the one before."""
        self._discovery.move(steps)
        if self._discovery.over:
            self.refresh_bindings()
