"""What this process denies itself: the network, and leaving its memory on a disk when it crashes.

Both last as long as the process: they are for a process of this program's own, never for one that only calls it.
"""

from __future__ import annotations

import ctypes
import logging
import resource
import socket
import sys
from typing import Any, Final

from kiosk.errors import KioskError

_PR_SET_DUMPABLE: Final = 4
"""linux/prctl.h."""

_OWN_FAMILY: Final = (socket.AF_UNIX, -1)
"""Families of sockets that stay on this machine; -1 stands for a descriptor that was opened before."""

_WITH_AN_ADDRESS: Final = frozenset({"socket.bind", "socket.connect", "socket.sendmsg", "socket.sendto"})

_NAMES: Final = frozenset(
    {"socket.getaddrinfo", "socket.gethostbyaddr", "socket.gethostbyname", "socket.getnameinfo", "socket.getservbyname"}
)
"""What asks for names of machines: of a server, on most systems, and in native code, where no socket would be seen."""

_log = logging.getLogger(__name__)


class NetworkRefused(KioskError, PermissionError):
    """Something in this process tried to reach the network. Libraries see it as the system's refusal."""


def refuse_network() -> None:
    """Refuse every socket but those of this machine (AF_UNIX), from now on, with NetworkRefused; the log tells of it.

    Sees what goes through Python's `socket` module (PEP 578), not sockets of native code: PortAudio reaches PulseAudio
    through one of ALSA's, and `tests/real/test_privacy.py` looks at the whole process for that reason. It keeps a
    library from connecting by itself; it is no prison for code that wants out, which is the system's matter.
    """
    sys.addaudithook(_refuse)


def leave_no_dump() -> None:
    """Have the system write no memory of this process when it crashes, and let no other process of this user read it.

    The limit of 0 is for dumps to a file. It does not hold for those that are piped to a program, as to
    systemd-coredump (core(5)): there, on Linux, being not dumpable does (prctl(2)). Where a service's filter of system
    calls refuses the one, the other still stands, and the log tells of it.
    """
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except OSError:
        _log.warning("core limit refused")
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        _log.warning("not dumpable refused")


def leaves(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether an audit event of Python's is about to reach beyond this machine, or might."""
    if event == "socket.__new__":
        return arguments[1] not in _OWN_FAMILY
    if event in _WITH_AN_ADDRESS:
        return bool(arguments[0].family != socket.AF_UNIX)
    return event in _NAMES


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith("socket.") or not leaves(event, arguments):
        return
    # What is asked for is not told: a name may be made of anything.
    _log.warning("network refused: %s", event)
    raise NetworkRefused(
        "Une partie du programme a voulu se connecter au réseau : cela a été refusé.",
        "Signalez-le au service informatique. Seul « kiosk models pull » se connecte.",
    )
