"""The repository itself: what it may not hold, and what its documents and locks promise."""

from __future__ import annotations

import dataclasses
import importlib.util
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.config import Config
from kiosk.formats import FORMATS
from kiosk.settings import load_config
from kiosk.types import Flag

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")
NEVER_INSTALLED = ("minisbd", "spacy", "stanza", "torch")

# In two parts each, or this file would hold what it forbids.
FORBIDDEN = {
    "a package registry": ["py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js.org", "crates" + ".io"],
    "a package archive": ["deb.deb" + "ian.org", "archive.ubu" + "ntu.com"],
    "a path of one machine": ["/wo" + "rk/", "/ro" + "ot/", "../sha" + "red", "/home/" + "runner"],
}


def tracked_files() -> list[Path]:
    if shutil.which("git") is None or not (paths.ROOT / ".git").exists():
        pytest.skip("git is not installed, or this is no checkout")
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=paths.ROOT, capture_output=True, text=True, check=True
    )
    return [file for name in listed.stdout.split("\0") if name and (file := paths.ROOT / name).is_file()]


def text_of(file: Path) -> str:
    content = file.read_bytes()
    return "" if b"\0" in content[:8000] else content.decode()


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_no_tracked_file_names(kind: str) -> None:
    found = [
        f"{file.relative_to(paths.ROOT)}: {word}"
        for file in tracked_files()
        for word in FORBIDDEN[kind]
        if word in text_of(file)
    ]
    assert found == []


def test_no_downloaded_model_is_tracked() -> None:
    large = {file.name: file.stat().st_size for file in tracked_files() if file.stat().st_size > 8_000_000}
    assert large == {}


def pins(lock: str) -> dict[str, set[str]]:
    """Package -> versions; a universal lock may hold one for each Python."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", (paths.ROOT / lock).read_text(), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed_and_holds_no_address(lock: str) -> None:
    text = (paths.ROOT / lock).read_text()
    assert "://" not in text
    requirements = re.sub(r"\\\n", " ", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", requirement), requirement


def test_what_users_get_is_what_developers_test() -> None:
    runtime, development = pins(LOCKS[0]), pins(LOCKS[1])
    assert {name: development.get(name) for name in runtime} == runtime


def test_the_lock_holds_every_dependency_of_the_project() -> None:
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())
    wanted = [re.split(r"[<>=!~ ]", dependency)[0] for dependency in project["project"]["dependencies"]]
    assert set(wanted) <= set(pins(LOCKS[0]))
    assert set(project["dependency-groups"]["dev"]) <= set(pins(LOCKS[1]))


@pytest.mark.parametrize("name", NEVER_INSTALLED)
def test_what_brings_gigabytes_or_downloads_is_neither_locked_nor_installed(name: str) -> None:
    assert all(name not in pins(lock) for lock in LOCKS)
    assert importlib.util.find_spec(name) is None


def example_settings(tmp_path: Path) -> Path:
    """The documented example with every setting taken out of its comment."""
    text = (paths.ROOT / "kiosk.example.toml").read_text(encoding="utf-8")
    file = tmp_path / "kiosk.toml"
    file.write_text(re.sub(r"^#(?=\w+ = )", "", text, flags=re.MULTILINE), encoding="utf-8")
    return file


def test_the_example_settings_are_the_defaults(tmp_path: Path) -> None:
    assert load_config(example_settings(tmp_path)) == Config()


def test_the_example_settings_show_every_key(tmp_path: Path) -> None:
    shown = tomllib.loads(example_settings(tmp_path).read_text(encoding="utf-8"))
    assert {section: set(table) for section, table in shown.items()} == {
        section.name: {key.name for key in dataclasses.fields(getattr(Config(), section.name))}
        for section in dataclasses.fields(Config)
    }


def test_the_example_as_it_lies_changes_nothing() -> None:
    assert load_config(paths.ROOT / "kiosk.example.toml") == Config()


@pytest.mark.parametrize(
    "word",
    [
        *(f"`{flag}`" for flag in Flag),
        *(f"`{form}`" for form in FORMATS),
        *(f"`{name}`" for name in ("id", "final", "start", "end", "language", "language_probability", "text")),
        *(f"`{name}`" for name in ("target", "translation", "engine", "flags", "latency")),
        *(f"kiosk {command}" for command in ("run", "caption", "translate", "models", "devices", "doctor", "bench")),
    ],
)
def test_the_readme_documents_what_scripts_rely_on(word: str) -> None:
    assert word in (paths.ROOT / "README.md").read_text(encoding="utf-8")
