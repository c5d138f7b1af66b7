"""What `./install.sh bundle` carries of the system and of Python, and what `--from` makes of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.machine import Machine

_PARTS = """
cd "$1"
ROOT=$1 from="" verb=bundle NAMES=$3
. setup/progress.sh
. setup/system.sh
. setup/environment.sh
dpkg-deb() { echo "Package: ${2##*/}"; }
apt_get() {
    echo "apt-get $*" >>calls
    case "$*" in
        *" update" | update) ;;
        *)
            archives=$(printf '%s\\n' "$@" | sed -n 's/^Dir::Cache::archives=//p')
            [ "$APT" != breaks ] || return 100
            for name in $NAMES; do : >"$archives/$name.deb"; done ;;
    esac
}
"""


class Bundled(NamedTuple):
    """A folder that was filled, what is missing of it, and what apt was asked for."""

    folder: Path
    gaps: str
    calls: list[str]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine.make(tmp_path)


def environment_on(machine: Machine, python: str) -> None:
    """An environment that rests on this interpreter, which is made if it is not there."""
    interpreter = machine.folder / python
    interpreter.parent.mkdir(parents=True, exist_ok=True)
    interpreter.write_text("#!/bin/sh\n")
    interpreter.chmod(0o755)
    link = machine.checkout / ".venv/bin/python"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(interpreter)


def bundle(machine: Machine, *, apt: str = "works", user: str = "0", offered: str = "", names: str = "cage") -> Bundled:
    """The parts of `bundle` that concern the system."""
    folder = machine.folder / "mon lot"
    folder.mkdir(exist_ok=True)
    calls = machine.checkout / "calls"
    calls.unlink(missing_ok=True)
    script = f'{_PARTS}\nbundle_system "$2"\nprintf %s "$gaps"'
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script, "-", str(machine.checkout), str(folder), names],
        env=machine.environment()
        | {"PATH": f"{machine.folder}/bin:{os.environ['PATH']}", "USER_ID": user, "OFFERED": offered, "APT": apt},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return Bundled(folder, done.stdout, calls.read_text().splitlines())


def test_the_lists_are_renewed_before_packages_are_copied_where_that_may_be(machine: Machine) -> None:
    environment_on(machine, "usr/bin/python3.11")
    assert bundle(machine, offered="python3.11-venv").calls[0] == "apt-get update"
    (download,) = bundle(machine, offered="python3.11-venv", user="1000").calls
    assert "--download-only" in download


def test_packages_that_cannot_be_copied_leave_those_of_before_and_are_told_at_the_end(machine: Machine) -> None:
    environment_on(machine, "usr/bin/python3.11")
    made = bundle(machine, offered="python3.11-venv", names="cage foot")
    assert made.gaps == ""
    before = {file.name: file.read_bytes() for file in (made.folder / "debs").iterdir()}
    assert set(before) == {"Packages", "cage.deb", "foot.deb"}
    made = bundle(machine, offered="python3.11-venv", apt="breaks")
    assert "paquets du système" in made.gaps
    assert {file.name: file.read_bytes() for file in (made.folder / "debs").iterdir()} == before
    assert [path.name for path in made.folder.iterdir() if path.name.startswith("debs")] == ["debs"]
    assert bundle(machine, offered="python3.11-venv", names="foot").gaps == ""
    assert {file.name for file in (made.folder / "debs").iterdir()} == {"Packages", "foot.deb"}


def test_a_python_of_apt_s_is_carried_by_its_own_name(machine: Machine) -> None:
    # Where python3 is another one, such as 3.10 on Ubuntu 22.04, it would be of no use.
    environment_on(machine, "usr/bin/python3.11")
    made = bundle(machine, offered="python3.11-venv")
    assert " python3.11 python3.11-venv " in f"{made.calls[-1]} "
    assert (made.folder / "python").read_text() == "python3.11\n"
    assert not (made.folder / "python.tar.gz").exists()


def test_a_python_that_uv_fetched_goes_along(machine: Machine) -> None:
    environment_on(machine, "uv/python/cpython-3.12.9-linux-x86_64-gnu/bin/python3.12")
    made = bundle(machine)
    assert made.gaps == ""
    assert (made.folder / "python").read_text() == "python3.12\n"
    listed = subprocess.run(
        ["tar", "-tzf", made.folder / "python.tar.gz"], capture_output=True, text=True, check=True
    ).stdout
    assert "cpython-3.12.9-linux-x86_64-gnu/bin/python3.12" in listed.splitlines()


def test_a_python_that_nothing_can_carry_is_told(machine: Machine) -> None:
    environment_on(machine, "opt/own/bin/python3.12")
    assert "python3.12" in bundle(machine, offered="python3.11-venv").gaps


@pytest.fixture
def received(machine: Machine) -> Path:
    """A bundle of a machine whose Python has another version than the system's here, as it arrives there."""
    folder = machine.folder / "mon lot"
    for part in ("wheels", "models", "debs"):
        (folder / part).mkdir(parents=True)
    (folder / "python").write_text("python3.12\n")
    (folder / "debs/Packages").write_text("Package: python3-venv\n")
    for tool in ("tar", "gzip"):
        (machine.folder / "bin" / tool).symlink_to(f"/usr/bin/{tool}")
    return folder


def test_from_a_bundle_its_own_python_is_installed_not_whichever_the_system_has(
    machine: Machine, received: Path
) -> None:
    (received / "debs/Packages").write_text("Package: python3-venv\nPackage: python3.12-venv\n")
    outcome = machine.run("--from", str(received))
    assert outcome.called("apt-get")[1].endswith("--no-remove python3.12 python3.12-venv")


def test_from_a_bundle_the_python_that_uv_fetched_serves(machine: Machine, received: Path) -> None:
    carried = machine.folder / "elsewhere/cpython-3.12.9-linux-x86_64-gnu/bin/python3.12"
    carried.parent.mkdir(parents=True)
    carried.write_text("#!/bin/sh\n")
    subprocess.run(
        ["tar", "-czf", received / "python.tar.gz", "-C", carried.parents[2], carried.parents[1].name], check=True
    )
    outcome = machine.run("--from", str(received), UV_VERSION="0.8.22")
    assert outcome.status == 0, outcome.err
    assert outcome.called("apt-get")[1].endswith("--no-remove python3 python3-venv")
    assert "python -m venv .uv" in outcome.calls
    python = machine.checkout / ".uv/python/cpython-3.12.9-linux-x86_64-gnu/bin/python3.12"
    assert outcome.called("uv venv")[0].endswith(f"--python {python} .venv")


def test_from_a_bundle_without_any_python_the_remedy_is_another_bundle(machine: Machine, received: Path) -> None:
    outcome = machine.run("--from", str(received), UV_FAILS_AT="venv --clear", UV_SAYS="uv is set to offline mode")
    assert outcome.status == 1
    assert "refaites le dossier" in outcome.err


@pytest.mark.parametrize(("apt_says", "status", "told"), [("", 0, "prêt. Empreinte"), ("404", 1, "INCOMPLET")])
def test_a_bundle_that_lacks_something_says_so_last_and_is_a_failure(
    machine: Machine, apt_says: str, status: int, told: str
) -> None:
    for tool in ("cut", "find", "gzip", "readlink", "sha256sum", "sort", "stat", "tar", "xargs"):
        (machine.folder / "bin" / tool).symlink_to(shutil.which(tool) or f"/usr/bin/{tool}")
    uv = machine.folder / "bin/uv"  # an environment's Python is a link to the system's
    uv.write_text(uv.read_text().replace("cp ", "ln -sf ", 1))
    (machine.folder / "bin/ln").symlink_to(shutil.which("ln") or "/usr/bin/ln")
    (machine.folder / "bin/python3").rename(machine.folder / "bin/python3.11")
    (machine.folder / "bin/python3").symlink_to("python3.11")
    apt = machine.folder / "bin/apt-get"
    apt.write_text(apt.read_text().replace("printf", 'cp "$MACHINE/installed" "$MACHINE/lot/debs.new/a.deb"; printf'))
    deb = machine.folder / "bin/dpkg-deb"
    deb.write_text("#!/bin/sh\necho Package: a\n")
    deb.chmod(0o755)
    outcome = machine.run("bundle", "../lot", OFFERED="python3.11-venv", APT_SAYS=apt_says)
    assert outcome.status == status, outcome.err
    assert told in outcome.err
    assert ("paquets du système" in outcome.err.splitlines()[-2]) == bool(status)
