"""Which terminal this is, who puts Arabic in order in it, and its own reordering taken away while the app is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from textual.drivers.linux_driver import LinuxDriver

from kiosk.ui.bidi import Way, drawn_for

KITTY: Final = "kitty"
UNKNOWN: Final = "inconnu"

_MULTIPLEXERS: Final = ("tmux", "screen")
_BY_TERM: Final = ("alacritty", "foot", "ghostty", KITTY, "konsole", "linux", "mlterm", "rxvt", "st", "vte", "wezterm")
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
    "MLTERM": "mlterm",
    "KONSOLE_VERSION": "konsole",
    "VTE_VERSION": "vte",
}
"""VTE last: GNOME Terminal's variable is inherited by whatever other terminal is started in it."""

_ORDERED_BY_ITSELF: Final = frozenset({"apple-terminal", "konsole", "mlterm"})
"""They reorder, and nothing makes them stop. VTE and mintty reorder too, but stop when told (`_EXPLICIT`)."""

ADVICE: Final = {
    KITTY: "kitty dessine l'arabe à l'envers, sauf avec la ligne « force_ltr yes » dans kitty.conf. Ajoutez-la, fermez "
    "kitty, rouvrez-le, puis vérifiez avec F2 sur l'écran d'accueil.",
}
"""What staff must know of a terminal, in French. kitty 0.26 draws the letters of each word backwards."""

_EXPLICIT: Final = "\x1b[8l"
_IMPLICIT: Final = "\x1b[8h"
"""ECMA-48 BDSM, as freedesktop's "BiDi in Terminal Emulators" has it. Others take no notice."""


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
        return "" if self.forced or self.tried else ADVICE.get(self.name, "")

    def remembered(self, way: Way) -> str:
        """What to say once an answer is kept, in French."""
        if self.forced and way is not self.way:
            return f'Noté, mais kiosk.toml dit bidi = "{self.way}" : ôtez cette ligne, ou écrivez "{way}".'
        return "Noté pour ce terminal."


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


def order_mode() -> str:
    """What tells the terminal whether to put lines in order by itself, as they are drawn now."""
    return _EXPLICIT if drawn_for() is Way.APP else _IMPLICIT


class KioskDriver(LinuxDriver):
    """Textual's own driver, which also takes the terminal's reordering away and gives it back.

    Here, since every way out passes here: the app's end, its crash, a signal that it handles, Ctrl+Z and back.
    """

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write(order_mode())

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was: implicit mode is what terminals start with."""
        self.write(_IMPLICIT)
        super().stop_application_mode()
