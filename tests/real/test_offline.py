"""After installation nothing needs the network: in a namespace without any, the same captions come out."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.real import command, consultation

pytestmark = pytest.mark.real

REACH_OUT = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"
"""An address that is nobody's (RFC 5737): no packet leaves where the network is denied, and the error says so."""


def test_the_demo_is_the_same_without_network(demo: command.Ran) -> None:
    alone = without_network()
    refused = subprocess.run([*alone, sys.executable, "-c", REACH_OUT], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in refused.stderr

    ran = command.caption(consultation.RECORDING, before=alone)

    assert (ran.code, ran.err) == (0, "")
    assert [(c.text, c.translation) for c in ran.captions] == [(c.text, c.translation) for c in demo.captions]


def without_network() -> list[str]:
    """The command that runs another one without network, as root or by a namespace of one's own."""
    refusals = []
    for attempt in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        tried = subprocess.run([*attempt, "true"], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            return attempt
        refusals.append(tried.stderr.strip())
    pytest.skip(f"this kernel refuses a network namespace: {'; '.join(refusals)}")
