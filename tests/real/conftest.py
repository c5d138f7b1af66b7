"""What the real tests share. Whatever they need and this machine lacks fails them, by name: nothing is skipped."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import installed
from kiosk.config import Config, SpeechConfig
from kiosk.errors import ModelError
from tests.real import command, consultation, sounds
from tests.real.microphone import VirtualMicrophone, missing_programs

INSTALL = "run ./install.sh test, which installs it"


@pytest.fixture(scope="session")
def models() -> None:
    """Whisper base and French <-> English packages are installed and whole."""
    config = Config(speech=SpeechConfig(model="base"))
    try:
        installed.check_models(config, config.languages)
    except ModelError as error:
        pytest.fail(f"{error} ({INSTALL})", pytrace=False)


@pytest.fixture(scope="session")
def demo(models: None) -> command.Ran:
    """`kiosk caption` on the whole demonstration consultation, run once."""
    return command.caption(consultation.RECORDING)


@pytest.fixture(scope="session")
def demo_sound() -> sounds.Sound:
    """The demonstration consultation as samples."""
    return sounds.read(consultation.RECORDING)


@pytest.fixture(scope="session")
def virtual_microphone() -> Iterator[VirtualMicrophone]:
    """A microphone that hears what `play` says into it."""
    if missing := missing_programs():
        pytest.fail(f"missing: {', '.join(missing)} ({INSTALL})", pytrace=False)
    # Not pytest's own folder: its long name would not fit the 107 bytes that a socket's address may have.
    with tempfile.TemporaryDirectory(prefix="kiosk-") as folder:
        microphone = VirtualMicrophone(Path(folder))
        try:
            microphone.start()
            yield microphone
        finally:
            microphone.stop()


@pytest.fixture(scope="session")
def tmux() -> str:
    """The terminal multiplexer that stands in for a terminal window."""
    program = shutil.which("tmux")
    if program is None:
        pytest.fail(f"missing: tmux ({INSTALL})", pytrace=False)
    return program
