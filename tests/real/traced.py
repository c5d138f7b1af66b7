"""What a process and its children do to the world outside their memory, by the system calls they make (strace)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

_OPENING: Final = "open,openat,openat2,creat"
_PUTTING: Final = "rename,renameat,renameat2,link,linkat,symlink,symlinkat"
_OPTIONS: Final = ("-f", "-y", "-qq", "-e", "signal=none", "-e", f"trace=%network,{_OPENING},{_PUTTING}")
_STAYS: Final = ("AF_UNIX", "AF_LOCAL")
_WRITING: Final = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE|\bcreat\(")
_DEVICES: Final = ("/dev/null", "/dev/tty", "/dev/pts/", "/dev/ptmx")
"""What is written there is on a screen, or nowhere."""

# Once a process is not dumpable, its memory, hence the names of files, can be read by an administrator alone: of this
# machine, or of a user namespace.
_TRACERS: Final = ((), ("unshare", "-r"))
_PROBE: Final = "from kiosk import guard\nguard.leave_no_dump()\nopen('/dev/zero').close()"


def tracer(report: Path) -> list[str]:
    """The command that runs another one and writes its system calls down; skips where the system forbids tracing."""
    if shutil.which("strace") is None:
        pytest.fail("missing: strace (run ./install.sh test, which installs it)", pytrace=False)
    refusals = []
    for before in _TRACERS:
        attempt = [*before, "strace", *_OPTIONS, "-o", str(report)]
        tried = subprocess.run([*attempt, sys.executable, "-c", _PROBE], capture_output=True, text=True, check=False)
        if tried.returncode == 0 and "/dev/zero" in report.read_text():
            return attempt
        refusals.append(tried.stderr.strip() or "names of files cannot be read")
    pytest.skip(f"this system forbids tracing a process: {'; '.join(refusals)}")


class Trace:
    """A finished process's system calls. `report` is what `tracer` wrote."""

    def __init__(self, report: Path) -> None:
        self.calls = list(_whole(report.read_text(errors="replace").splitlines()))

    @property
    def beyond_this_machine(self) -> list[str]:
        """Every call on a socket that is not local to this machine; its creation is one, and it need not succeed."""
        return [call for call in self.calls if (family := _family(call)) and family not in _STAYS]

    @property
    def local_sockets(self) -> list[str]:
        """Every call that reaches for another program of this machine."""
        return [call for call in self.calls if call.startswith("connect(") and _family(call) in _STAYS]

    @property
    def written(self) -> set[Path]:
        """Every file that was opened for writing or given a name, be it gone by now; not those that only memory has."""
        found = set()
        for call in self.calls:
            name, _, _ = call.partition("(")
            if name in _OPENING.split(",") and _WRITING.search(call) and (opened := re.search(r"= \d+<(.*)>$", call)):
                found.add(opened[1])
            elif name in _PUTTING.split(",") and call.endswith("= 0"):
                found.add(re.findall(r'"([^"]*)"', call)[-1])
        return {Path(name) for name in found if not name.startswith(_DEVICES)}


def _family(call: str) -> str:
    """The family of sockets that a call creates, or of the address in it; empty where it has neither."""
    found = re.match(r"socket(?:pair)?\((AF_\w+)", call) or re.search(r"sa_family=(AF_\w+)", call)
    return found[1] if found else ""


def _whole(lines: list[str]) -> Iterator[str]:
    """Calls without their process; those that strace tells in two pieces put together."""
    begun: dict[str, str] = {}
    for line in lines:
        process, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[process] = call.removesuffix("<unfinished ...>").rstrip()
        elif resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", call):
            yield begun.pop(process, "") + resumed[1]
        else:
            yield call
    yield from begun.values()
