"""What a process denies itself. It cannot be undone: what does it is run in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from kiosk.guard import leaves

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows processes that are not dumpable")


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "socket.create_connection(('127.0.0.1', 9), timeout=1)",
        "socket.getaddrinfo('kiosk.invalid', 80)",
        "socket.gethostbyname('localhost')",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_INET6, socket.SOCK_STREAM)",
        "urllib.request.urlopen('http://kiosk.invalid')",
    ],
)
def test_whoever_reaches_for_the_network_is_refused_and_the_log_says_so(attempt: str) -> None:
    ran = run(
        "import socket, urllib.request\nfrom kiosk import guard\nguard.refuse_network()\n"
        f"try:\n    {attempt}\nexcept OSError as error:\n    print(type(error).__mro__, error)"
    )
    assert "NetworkRefused" in ran.stdout or "urlopen" in ran.stdout
    assert "network refused: socket." in ran.stderr
    assert "kiosk.invalid" not in ran.stderr


@pytest.mark.parametrize("use", ["connect(('127.0.0.1', 9))", "sendto(b'', ('127.0.0.1', 9))", "bind(('', 0))"])
def test_a_socket_that_was_open_before_is_of_no_use_either(use: str) -> None:
    ran = run(
        "import socket\nfrom kiosk import guard\nopen_before = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        f"guard.refuse_network()\ntry:\n    open_before.{use}\nexcept guard.NetworkRefused as error:\n    print(error)"
    )
    assert ran.stdout.startswith("Une partie du programme a voulu se connecter")


def test_sockets_of_this_machine_and_event_loops_work() -> None:
    ran = run(
        "import asyncio, socket, tempfile\nfrom kiosk import guard\nguard.refuse_network()\n"
        "here, there = socket.socketpair()\nhere.send(b'x')\nassert there.recv(1) == b'x'\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:\n"
        "        server.bind(folder + '/s'); server.listen(); client.connect(folder + '/s')\n"
        "asyncio.run(asyncio.sleep(0))\nprint('well')"
    )
    assert (ran.stdout, ran.stderr) == ("well\n", "")


def test_what_is_not_about_a_network_is_nobodys_business() -> None:
    with socket.socket(socket.AF_UNIX) as here:
        assert not leaves("socket.connect", (here, "/run/pulse/native"))
    assert not leaves("open", ("/etc/hosts", "r", 0))


@LINUX
def test_a_crash_leaves_no_memory_behind() -> None:
    ran = run(
        "import ctypes, resource\nfrom kiosk import guard\nguard.leave_no_dump()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3))"  # 3: PR_GET_DUMPABLE
    )
    assert ran.stdout == "(0, 0) 0\n"


@LINUX
def test_small_products_are_not_shared_between_cores() -> None:
    # Threads that wait for one another in a busy loop took a third of all processor time.
    multiply = "import kiosk, numpy\nnumpy.ones((512, 512)) @ numpy.ones((512, 512))\n"
    ran = run(f"{multiply}import os\nprint(len(os.listdir('/proc/self/task')))")
    assert ran.stdout == "1\n"


@LINUX
def test_what_a_process_tells_of_its_own_memory_can_still_be_read() -> None:
    program = "from kiosk import guard, machine\nguard.leave_no_dump()\nprint(machine.peak_memory() > 5)"
    assert run(program).stdout == "True\n"


def test_a_library_that_reports_to_its_maker_is_told_not_to_before_it_is_there() -> None:
    ran = run(
        "import os\nos.environ['ORT_DISABLE_TELEMETRY'] = '0'\nimport kiosk\nprint(os.environ['ORT_DISABLE_TELEMETRY'])"
    )
    assert ran.stdout == "1\n"


def test_a_service_that_may_not_set_limits_starts_all_the_same() -> None:
    ran = run(
        "import resource\nfrom kiosk import guard\n"
        "def refuse(*_):\n    raise PermissionError\nresource.setrlimit = refuse\nguard.leave_no_dump()\nprint('well')"
    )
    assert (ran.stdout, ran.stderr) == ("well\n", "core limit refused\n")
