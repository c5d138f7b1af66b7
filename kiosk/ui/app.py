"""The terminal app: which screen shows, and how it ends."""

from __future__ import annotations

import asyncio
import signal
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from rich.text import Text
from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.widgets import Input, Static

from kiosk.errors import KioskError
from kiosk.ports import OpenSession
from kiosk.types import Room
from kiosk.ui.bidi import Way, draw_for, drawn_for
from kiosk.ui.keyboard import rename
from kiosk.ui.navigation import Means, Navigation
from kiosk.ui.screens.end import LEFT_ALONE, EndScreen
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.keep import writes
from kiosk.ui.screens.selftest import SelfTestScreen
from kiosk.ui.sixteen import BlackOnLight
from kiosk.ui.strings import tr
from kiosk.ui.terminal import order_mode
from kiosk.ui.theme import DARK, THEMES

_ENDING_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Interrupted, told to stop, or its window was closed: each leaves the microphone and the terminal in order."""

LOOK_EVERY: Final = 1.0
"""Seconds between looks at whether anybody is still here."""

_WIDTHS: Final = [(0, "-narrow"), (50, "-tight"), (70, "-roomy")]
_HEIGHTS: Final = [(0, "-short"), (16, "-low"), (20, "-tall")]
"""From how many columns and rows a screen has which class."""


class KioskApp(Navigation):
    """Bilingual captions on a table between two people.

    `open_session` builds the pipeline of a room. `room`: go there at once, without asking for a language. `demo`: a
    recording is played, and nobody is listened to. `discover`: what to look at is said meanwhile.

    After `run`, `return_code` is 0, or 1 when the person left on an error that nobody had mended.
    """

    TITLE = "Kiosk"
    CSS_PATH = "kiosk.tcss"
    # The palette could save a picture of the conversation to the disk, and selecting could copy it to the clipboard:
    # what was said stays in memory.
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    # The layout needs this much; below, `TooSmall` covers it.
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", "keys.quit", show=False, priority=True, system=True),
        Binding("f1", "help", "keys.help", show=False),
    ]

    def __init__(
        self,
        means: Means,
        open_session: OpenSession,
        room: Room | None,
        *,
        demo: bool = False,
        discover: bool = False,
    ) -> None:
        super().__init__(means, open_session, demo=demo, discover=discover)
        self._first_room = room
        self._last = time.monotonic()
        """When there was a sign of somebody last."""
        # Nothing moves but words: easier to read, and no work for a modest laptop.
        self.animation_level = "none"
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = DARK.name
        self._sixteen = BlackOnLight()

    def compose(self) -> ComposeResult:
        """What lies below every screen: seen for the second that closing a conversation may take."""
        yield Static(tr("screen.wait"), id="interlude", markup=False)

    async def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            loop.add_signal_handler(number, self._end_on_signal, number)
        self._draw_for(self._means.terminal.way)
        if self._driver is not None and (question := self._sizing.question(self._means.terminal.name)):
            self._driver.write(question)
        if self._means.terminal.advice:
            self.notify(self._means.terminal.advice, severity="warning", timeout=30, markup=False)
        self.start()
        self.set_interval(LOOK_EVERY, self.look)

    def start(self) -> None:
        """Show the first screen."""
        if self._first_room is None:
            self._show_languages()
        else:
            self.call_next(self._enter, self._first_room)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """What the terminal answers about larger letters; the corner in which it was asked is painted again."""
        if self._sizing.hear(event.x):
            self.screen.refresh()

    def on_unmount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            loop.remove_signal_handler(number)

    def _end_on_signal(self, number: signal.Signals) -> None:
        self.exit(return_code=128 + number)

    # -- right-to-left text -----------------------------------------------------------------------------------------

    def _draw_for(self, way: Way) -> None:
        """Draw right-to-left text this way from now on, what shows already included."""
        draw_for(way, latin_digits=self._means.terminal.latin_digits)
        if self._driver is not None:
            self._driver.write(order_mode(self._means.terminal.name, way))
        for screen in self.screen_stack:
            for widget in screen.walk_children():
                widget.notify_style_update()
                widget.refresh(layout=True)

    def action_self_test(self) -> None:
        """Have a person look whether right-to-left text reads well."""
        if not isinstance(self.screen, SelfTestScreen):
            screen = SelfTestScreen(drawn_for(), self._draw_for, self._means.terminal.advice)
            self.push_screen(screen, self._remember_way)

    def _remember_way(self, way: Way | None) -> None:
        terminal = self._means.terminal
        if way is None or terminal.remember is None:
            return
        try:
            terminal.remember(terminal.name, way.value)
        except KioskError as error:
            self.notify(f"{error.message} {error.remedy}", severity="error", markup=False)
            return
        self.notify(terminal.remembered(way), markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is tested where the answer could not be kept."""
        return action != "self_test" or self._means.terminal.remember is not None

    # -- keys -------------------------------------------------------------------------------------------------------

    async def look(self) -> None:
        """Forget what an end that nobody answers would still show to who comes next."""
        ends = [screen for screen in self.screen_stack if isinstance(screen, EndScreen)]
        if ends and self.idle >= LEFT_ALONE and not any(writes(screen) for screen in self.screen_stack):
            ends[0].action_end(by_itself=True)

    @property
    def idle(self) -> float:
        """Seconds without a key, the mouse or a touch."""
        return time.monotonic() - self._last

    async def on_event(self, event: events.Event) -> None:
        """Keys do what the screen says on every keyboard; where words are typed, they are typed as they are."""
        if isinstance(event, events.InputEvent):
            self._last = time.monotonic()
        if isinstance(event, events.Key) and not event.is_forwarded and not isinstance(self.focused, Input):
            rename(event)
        await super().on_event(event)

    def action_help(self) -> None:
        """Show the help page."""
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def action_toggle_theme(self) -> None:
        """Dark, light, high contrast, and dark again."""
        names = [theme.name for theme in THEMES.values()]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing is copied or cut, to the terminal's clipboard or to one of this program: it would outlive the end."""
        raise SkipAction

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What Textual does to colours, and what sixteen of them need."""
        filters = super().get_line_filters()
        return [*filters, self._sixteen] if self.console.color_system == "standard" else filters

    async def action_quit(self) -> None:
        """Leave at once, whatever is under way; the conversation's session ends with its screen."""
        failed = self._consultation is not None and self._consultation.failed
        self.exit(return_code=1 if failed else 0)

    # -- crashes ----------------------------------------------------------------------------------------------------

    def _fatal_error(self) -> None:
        """Textual would print a traceback with local variables, hence with what was said: print places only."""
        error = self._exception
        lines = [tr("screen.crashed", kind=type(error).__name__)]
        if error is not None:
            places = traceback.extract_tb(error.__traceback__)
            lines += [
                tr("screen.crashed_place", file=Path(place.filename).name, line=place.lineno, name=place.name)
                for place in places
            ]
        lines.append(tr("screen.crashed_remedy"))
        self.panic(Text("\n".join(lines)))
