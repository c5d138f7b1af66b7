"""Messages name commands that work as they stand."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from kiosk.invocation import as_typed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation in whose folder the shell stands."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "kiosk").touch()
    monkeypatch.setattr(sys, "executable", str(programs / "python"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def on_the_path(monkeypatch: pytest.MonkeyPatch, where: str | None) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: where)


def test_where_the_shell_does_not_find_it_the_path_from_this_folder_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_path(monkeypatch, None)
    said = as_typed("Lancez « kiosk models verify », puis kiosk models pull base.")
    assert said == "Lancez « .venv/bin/kiosk models verify », puis .venv/bin/kiosk models pull base."


def test_from_another_folder_the_whole_path_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_path(monkeypatch, None)
    elsewhere = folder / "models"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert as_typed("kiosk run") == f"{folder}/.venv/bin/kiosk run"


def test_where_the_shell_finds_it_nothing_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_path(monkeypatch, "/usr/local/bin/kiosk")
    assert as_typed("kiosk models pull base") == "kiosk models pull base"


@pytest.mark.parametrize("text", ["kiosk : interrompu.", "kiosk.toml", "sudo kiosk-admin doctor", "/opt/kiosk run"])
def test_what_is_no_command_stays(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    on_the_path(monkeypatch, None)
    assert as_typed(text) == text
