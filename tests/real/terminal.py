"""A terminal window for the app, without a screen: a tmux server of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.real.microphone import wait_until

# tmux 3.3 at times never learns how a command ended, so a shell writes it down, in one move.
_NOTING_THE_END: Final = '"$@"; echo $? >"$0.new"; mv "$0.new" "$0"'


class Terminal:
    """A terminal window of 120 columns and 40 rows, kept by a tmux server of its own."""

    def __init__(self, tmux: str, socket: Path, environment: Mapping[str, str]) -> None:
        self._tmux = [tmux, "-u", "-f", "/dev/null", "-S", str(socket)]
        self._ended = socket.with_suffix(".ended")
        self._environment = dict(environment) | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}

    def open(self, *command: str) -> None:
        """Run a command in it; its last screen stays when it ends."""
        self._ended.unlink(missing_ok=True)
        size = ("-x", "120", "-y", "40")
        self._run("new-session", "-d", *size, "cat", ";", "set", "-g", "remain-on-exit", "on")
        self._run("respawn-pane", "-k", "sh", "-c", _NOTING_THE_END, str(self._ended), *command)

    def screen(self) -> str:
        """What shows now."""
        return self._run("capture-pane", "-p")

    def everything(self) -> str:
        """What shows now, and what can be scrolled back to."""
        return self._run("capture-pane", "-p", "-S", "-")

    def wait_for(self, text: str, deadline: float) -> None:
        """Wait until this stands on one line of the screen; fails with the screen after `deadline` seconds."""
        try:
            wait_until(lambda: text in self.screen(), f"« {text} » shows", deadline)
        except TimeoutError as error:
            raise AssertionError(f"{error}:\n{self.screen()}") from error

    def press(self, key: str) -> None:
        """Press a key, named as tmux names it."""
        self._run("send-keys", key)

    def resize(self, columns: str, rows: str) -> None:
        """Give the window another size."""
        self._run("resize-window", "-x", columns, "-y", rows)

    def process(self) -> int:
        """The process that the command runs as (Linux)."""
        shell = self._run("display-message", "-p", "#{pane_pid}").strip()
        return int(Path(f"/proc/{shell}/task/{shell}/children").read_text())

    def exit_code(self) -> int:
        """Of the command, once it is over, as a shell has it."""
        wait_until(self._ended.exists, "the command ends")
        return int(self._ended.read_text())

    def close(self) -> None:
        """End the server and whatever runs in it."""
        subprocess.run([*self._tmux, "kill-server"], env=self._environment, capture_output=True, check=False)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._tmux, *arguments], env=self._environment, capture_output=True, text=True, check=True, timeout=20
        )
        return done.stdout
