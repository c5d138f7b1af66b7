"""Which terminal this is, who puts Arabic in order in it, and its own reordering taken away while the app is open."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from textual.drivers.linux_driver import LinuxDriver

from kiosk.ui.bidi import Way, drawn_for
from kiosk.ui.strings import tr

KITTY: Final = "kitty"
MLTERM: Final = "mlterm"
UNKNOWN: Final = "inconnu"

_MULTIPLEXERS: Final = ("tmux", "screen")
_BY_TERM: Final = ("alacritty", "foot", "ghostty", KITTY, "konsole", "linux", MLTERM, "rxvt", "st", "vte", "wezterm")
"""Terminals that name themselves in TERM, which each sets anew; other variables reach what is started in it."""
_BY_PROGRAM: Final = {
    "Apple_Terminal": "apple-terminal",
    "WezTerm": "wezterm",
    "ghostty": "ghostty",
    "iTerm.app": "iterm",
    "mintty": "mintty",
    "vscode": "vscode",
}
_BY_VARIABLE: Final = {
    "WT_SESSION": "windows-terminal",
    "XTERM_VERSION": "xterm",
    "MLTERM": MLTERM,
    "KONSOLE_VERSION": "konsole",
    "VTE_VERSION": "vte",
}
"""VTE last: GNOME Terminal's variable is inherited by whatever other terminal is started in it."""

_ORDERED_BY_ITSELF: Final = frozenset({"apple-terminal", "konsole"})
"""They reorder, and nothing makes them stop. VTE, mintty and mlterm reorder too, but stop when told."""

ADVICE: Final = {KITTY: "terminal.kitty"}
"""The text that says what staff must know of a terminal. kitty 0.26 draws the letters of each word backwards."""

_ORDER: Final = {Way.APP: "\x1b[8l", Way.TERMINAL: "\x1b[8h"}
"""ECMA-48 BDSM, as freedesktop's "BiDi in Terminal Emulators" has it; terminals that have it not take no notice."""
_MLTERM_ORDER: Final = {Way.APP: "\x1b]5379;use_ctl=false\a", Way.TERMINAL: "\x1b]5379;use_ctl=true\a"}
"""mlterm's own words, seen to work in 3.9. Left to itself it takes whole rows for lines, both columns in one."""


Remember = Callable[[str, str], object]


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the app shows.

    `name`: the self-test's answer holds for this terminal alone. `forced`: the settings say who puts text in order,
    whatever the answer. `tried`: the way is such an answer. `remember`: keeps the name and the answer, "app" or
    "terminal"; may raise OutputError. None where there is no self-test.
    """

    name: str = UNKNOWN
    way: Way = Way.APP
    forced: bool = False
    tried: bool = False
    remember: Remember | None = None

    @property
    def latin_digits(self) -> bool:
        """kitty 0.26 shows ٢٫٥ as ٥٫٢ whoever puts text in order; a dose must never be read backwards."""
        return self.name == KITTY

    @property
    def advice(self) -> str:
        """What is to be said at the start; empty once a person has seen that it reads well, or settled it."""
        return "" if self.forced or self.tried or self.name not in ADVICE else tr(ADVICE[self.name])

    def remembered(self, way: Way) -> str:
        """What to say once an answer is kept."""
        if self.forced and way is not self.way:
            return tr("terminal.noted_but", set=self.way, found=way)
        return tr("terminal.noted")


SOME_TERMINAL: Final = Terminal()
"""One that nothing is known of."""


def find_terminal(
    environment: Mapping[str, str],
    setting: str,
    answers: Mapping[str, str],
    remember: Remember | None,
) -> Terminal:
    """The terminal of this environment.

    `setting`: [terminal] bidi, which outdoes all. `answers`: those of the self-test by terminal, which outdo what is
    known of terminals.
    """
    name = name_of(environment)
    forced = setting in tuple(Way)
    answer = answers.get(name, "")
    tried = answer in tuple(Way)
    known = Way.TERMINAL if name in _ORDERED_BY_ITSELF else Way.APP
    way = Way(setting) if forced else Way(answer) if tried else known
    return Terminal(name, way, forced, tried, remember)


def name_of(environment: Mapping[str, str]) -> str:
    """What the terminal is called here. Inside tmux or screen it is theirs, whatever lies around them."""
    term = environment.get("TERM", "").removeprefix("xterm-")
    program = environment.get("TERM_PROGRAM", "")
    if "TMUX" in environment or "STY" in environment or term.startswith(_MULTIPLEXERS):
        return "tmux" if "TMUX" in environment or term.startswith("tmux") else "screen"
    for name in _BY_TERM:
        if term == name or term.startswith(f"{name}-"):
            return name
    if program in _BY_PROGRAM:
        return _BY_PROGRAM[program]
    return next((name for variable, name in _BY_VARIABLE.items() if environment.get(variable)), UNKNOWN)


def order_mode(name: str, way: Way) -> str:
    """What tells the terminal of this name whether it has to put lines in order by itself."""
    return _ORDER[way] + (_MLTERM_ORDER[way] if name == MLTERM else "")


class KioskDriver(LinuxDriver):
    """Textual's own driver, which also takes the terminal's reordering away and gives it back.

    Here, since every way out passes here: the app's end, its crash, a signal that it handles, Ctrl+Z and back.
    """

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write(order_mode(name_of(os.environ), drawn_for()))

    def stop_application_mode(self) -> None:
        """Give the terminal back as terminals start."""
        self.write(order_mode(name_of(os.environ), Way.TERMINAL))
        super().stop_application_mode()
