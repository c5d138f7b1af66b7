"""`kiosk devices`: the microphones that this machine sees."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk import build
from kiosk.config import Config
from kiosk.errors import DeviceError
from kiosk.plain import clean


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace, config: Config) -> int:
    """List them. Raises DeviceError when there is none."""
    with quiet_libraries():
        devices = build.microphones()
    if not devices:
        raise DeviceError("Aucun microphone n'est branché.", "Branchez-en un, puis relancez « kiosk devices ».")
    for device in devices:
        mark = "*" if device.default else " "
        print(f"{mark} {clean(device.name)}   {device.channels} canaux, {device.rate} Hz")
    print('\n* : utilisé par défaut. Pour un autre : kiosk run --device "partie du nom", ou [audio] device.')
    return 0


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Send what C libraries write on standard error to nowhere: ALSA complains of every card that is not there."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
