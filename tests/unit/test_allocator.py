"""What the C library keeps free. It is a process's own matter, so each test has one."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    getattr(ctypes.CDLL(None), "malloc_info", None) is None, reason="only glibc tells of its pools"
)

_POOLS_OF_FOUR_THREADS = """
import ctypes, threading
together = threading.Barrier(4)
def take():
    held = bytearray(60_000)
    together.wait()
threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fdopen(1, b"w")))
libc.fflush(None)
"""


def pools(before: str) -> int:
    ran = subprocess.run(
        [sys.executable, "-c", before + _POOLS_OF_FOUR_THREADS], capture_output=True, text=True, timeout=60, check=True
    )
    return ran.stdout.count("<heap nr=")


def test_threads_share_one_pool_where_they_are_told_to() -> None:
    shared = "from kiosk.allocator import share_memory_between_threads\nshare_memory_between_threads()\n"
    assert pools(shared) == 1
    assert pools("") > 1
