"""Which terminal this is, how it is told to leave the order alone, and that it gets it back."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
import textwrap
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rich.cells
from rich.cells import cell_len

from kiosk import paths
from kiosk.ui import cells
from kiosk.ui.bidi import Way
from kiosk.ui.terminal import find_terminal, name_of, order_mode

EXPLICIT = b"\x1b[8l"
IMPLICIT = b"\x1b[8h"


def remember(name: str, way: str) -> None:
    """What is remembered is another test's matter."""


# As these terminals set them; asked of themselves: xterm 379, VTE 0.70, Konsole 22.12, mlterm 3.9, kitty 0.26,
# Alacritty 0.11, tmux 3.3.
@pytest.mark.parametrize(
    ("environment", "name", "way"),
    [
        ({"TERM": "xterm-256color", "VTE_VERSION": "7006", "COLORTERM": "truecolor"}, "vte", Way.APP),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "221203"}, "konsole", Way.TERMINAL),
        ({"TERM": "xterm", "MLTERM": "3.9.0"}, "mlterm", Way.APP),
        ({"TERM": "mlterm"}, "mlterm", Way.APP),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "apple-terminal", Way.TERMINAL),
        ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, "kitty", Way.APP),
        ({"TERM": "foot"}, "foot", Way.APP),
        ({"TERM": "foot-extra"}, "foot", Way.APP),
        ({"TERM": "alacritty"}, "alacritty", Way.APP),
        ({"TERM": "xterm", "XTERM_VERSION": "XTerm(379)"}, "xterm", Way.APP),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "wezterm", Way.APP),
        ({"TERM": "xterm-256color", "WT_SESSION": "00000000"}, "windows-terminal", Way.APP),
        ({"TERM": "linux"}, "linux", Way.APP),
        ({"TERM": "xterm-256color"}, "inconnu", Way.APP),
        ({}, "inconnu", Way.APP),
        # What a terminal was started from leaves its variables behind.
        ({"TERM": "xterm-kitty", "VTE_VERSION": "7006"}, "kitty", Way.APP),
        ({"TERM": "xterm", "XTERM_VERSION": "XTerm(379)", "VTE_VERSION": "7006"}, "xterm", Way.APP),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "221203", "VTE_VERSION": "7006"}, "konsole", Way.TERMINAL),
        ({"TERM": "tmux-256color", "TMUX": "/run/tmux", "KONSOLE_VERSION": "221203"}, "tmux", Way.APP),
        ({"TERM": "screen", "STY": "1.pts-0", "VTE_VERSION": "7006"}, "screen", Way.APP),
        ({"TERM": "tmux-256color"}, "tmux", Way.APP),
    ],
)
def test_the_environment_tells_the_terminal_and_who_puts_text_in_order(
    environment: dict[str, str], name: str, way: Way
) -> None:
    terminal = find_terminal(environment, "auto", {}, remember)

    assert (terminal.name, terminal.way) == (name, way)
    assert terminal.latin_digits == (name == "kitty")


KONSOLE = {"TERM": "xterm-256color", "KONSOLE_VERSION": "221203"}


@pytest.mark.parametrize(
    ("setting", "answers", "way"),
    [
        ("auto", {}, Way.TERMINAL),
        ("auto", {"konsole": "app"}, Way.APP),
        ("auto", {"vte": "app"}, Way.TERMINAL),
        ("auto", {"konsole": "sideways"}, Way.TERMINAL),
        ("terminal", {"konsole": "app"}, Way.TERMINAL),
        ("app", {"konsole": "terminal"}, Way.APP),
    ],
)
def test_the_setting_outdoes_the_answer_which_outdoes_what_is_known(
    setting: str, answers: dict[str, str], way: Way
) -> None:
    assert find_terminal(KONSOLE, setting, answers, remember).way is way


def test_a_variable_that_is_empty_says_nothing() -> None:
    assert name_of({"TERM": "xterm", "VTE_VERSION": ""}) == "inconnu"


def test_mlterm_is_told_in_its_own_words() -> None:
    assert order_mode("mlterm", Way.APP) == "\x1b[8l\x1b]5379;use_ctl=false\a"
    assert order_mode("mlterm", Way.TERMINAL) == "\x1b[8h\x1b]5379;use_ctl=true\a"
    assert order_mode("vte", Way.APP) == "\x1b[8l"


# -- every way out gives the terminal its own order back ------------------------------------------------------------

_APP = """
    from kiosk.ui.app import KioskApp
    from kiosk.ui.navigation import Means
    from kiosk.ui.bidi import Way
    from kiosk.ui.terminal import Terminal
    from tests.ui.fakes import PHRASES, FakeOpener, offers

    def on_ready(app):
        if {end!r} == "crash":
            raise RuntimeError
        if {end!r} == "quit":
            app.exit()

    KioskApp.on_ready = on_ready
    terminal = Terminal("vte", Way({way!r}))
    KioskApp(Means(offers(), "fr", PHRASES, (), terminal), FakeOpener(), None).run()
"""


def _written(end: str, way: Way, on_start: Callable[[int], None] = lambda process: None) -> bytes:
    """What the app writes to a terminal of its own, from its start until it ended in this manner."""
    master, slave = pty.openpty()
    program = textwrap.dedent(_APP).format(end=end, way=way.value)
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=slave, stdout=slave, stderr=slave, cwd=paths.ROOT, env=environment
    ) as process:
        os.close(slave)
        written = b""
        started = False
        while True:
            try:
                written += os.read(master, 65536)
            except OSError:  # the other end is closed: the app is gone
                break
            if not started and b"Quelle est la langue" in written:
                started = True
                on_start(process.pid)
        os.close(master)
    return written


def _terminate(process: int) -> None:
    os.kill(process, signal.SIGTERM)


@pytest.mark.parametrize("end", ["quit", "crash", "signal"])
def test_the_terminal_leaves_the_order_alone_while_the_app_is_open(end: str) -> None:
    written = _written(end, Way.APP, _terminate if end == "signal" else lambda process: None)

    assert EXPLICIT in written
    assert written.rindex(IMPLICIT) > written.rindex(EXPLICIT)


def test_it_keeps_its_own_order_where_that_is_wanted() -> None:
    written = _written("signal", Way.TERMINAL, _terminate)

    assert written.rindex(IMPLICIT) > written.rindex(EXPLICIT)
    assert written.index(IMPLICIT) < written.index(b"Quelle est la langue")


# -- cells ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What Rich was told is taken back."""
    monkeypatch.setattr(rich.cells, "load_cell_table", rich.cells.load_cell_table)  # type: ignore[attr-defined]
    yield
    monkeypatch.undo()
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()


COUNTED = ("हिन्दी", "বাংলা", "العربية", "مُحَمَّد", "中文", "Tiê\u0301ng", "می\u200cخواهم")
"""Asked of VTE, xterm, Alacritty and tmux: 5, 5, 7, 4, 4, 5 and 7 cells."""


@pytest.mark.parametrize("answer", [2, None])
@pytest.mark.usefixtures("counting")
def test_vowel_signs_take_a_cell_unless_the_terminal_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, answer: int | None
) -> None:
    monkeypatch.setattr(cells, "width_of", lambda text: answer)
    cells.match_terminal()

    assert [cell_len(text) for text in COUNTED] == [5, 5, 7, 4, 4, 5, 7]


@pytest.mark.usefixtures("counting")
def test_they_take_none_where_the_terminal_gives_them_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "width_of", lambda text: 1)
    cells.match_terminal()

    assert [cell_len(text) for text in COUNTED] == [3, 2, 7, 4, 4, 5, 7]


def _answering(reply: bytes) -> tuple[int | None, bytes]:
    """Ask a terminal that answers so: what is made of it, and what was written to it."""
    master, slave = pty.openpty()
    try:
        tty.setraw(slave)  # or the answer may be echoed, late
        os.write(master, reply)
        width = cells.width_of("की", Path(os.ttyname(slave)))
        os.set_blocking(master, False)
        written = b""
        with contextlib.suppress(BlockingIOError):
            while True:
                written += os.read(master, 1024)
        return width, written
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize(("reply", "width"), [(b"\x1b[5;3R", 2), (b"x\x1b[12;2R", 1), (b"", None), (b"\x1b[5R", None)])
def test_the_terminal_is_asked_where_the_cursor_is_after_a_letter(
    monkeypatch: pytest.MonkeyPatch, reply: bytes, width: int | None
) -> None:
    monkeypatch.setattr(cells, "_PATIENCE", 0.0 if width is None else 60.0)
    measured, written = _answering(reply)

    assert measured == width
    assert written.endswith(b"\r\x1b[K")  # nothing of the question stays on the screen


def test_without_a_terminal_there_is_no_answer(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert cells.width_of("की", tmp_path / "absent") is None
    assert cells.width_of("की", tmp_path / "file") is None
