"""A file that is written is whole, for its owner alone, or not there; and a refusal is told in words."""

from __future__ import annotations

import errno
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import disk
from kiosk.cli.phrasebook import _write as write_sheet
from kiosk.disk import reason, write_whole
from kiosk.errors import OutputError
from kiosk.state import write_state


def test_a_file_is_replaced_by_one_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "machine.json"
    file.write_text("before")
    file.chmod(0o644)
    assert write_whole(file, b"after")
    assert file.read_bytes() == b"after"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    elsewhere, link = tmp_path / "elsewhere", tmp_path / "state"
    elsewhere.write_text("not ours")
    link.symlink_to(elsewhere)
    write_whole(link, b"ours")
    assert elsewhere.read_text() == "not ours"
    assert not link.is_symlink()


@pytest.mark.parametrize("failing", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()], ids=["full", "interrupted"])
@pytest.mark.parametrize("write", [lambda file: write_state(file, "after"), lambda file: write_sheet(file, b"after")])
def test_where_writing_fails_what_was_there_stays_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], object], failing: BaseException
) -> None:
    file = tmp_path / "stored"
    file.write_text("before")

    def fail(_: int) -> None:
        raise failing

    monkeypatch.setattr(disk.os, "fsync", fail)
    with pytest.raises((OSError, OutputError, KeyboardInterrupt)):
        write(file)
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_is_made_for_what_a_machine_remembers_but_for_nothing_else(tmp_path: Path) -> None:
    # A stick that was pulled out must not become a folder of the same name on the machine's own disk.
    write_state(tmp_path / "kiosk/state/machine.json", "{}")
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "stick/rappel.txt", b"x")
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left"), "il n'y a plus de place"),
        (OSError(errno.ENOTTY, "Secret."), "le système refuse (ENOTTY)"),
        (gzip.BadGzipFile("Secret."), "le système refuse (BadGzipFile)"),
    ],
)
def test_a_refusal_is_told_without_the_message_of_the_system(error: OSError, words: str) -> None:
    assert reason(error) == words
