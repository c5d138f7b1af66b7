"""install.sh on pretended machines: what it installs, leaves alone, refuses, and how it says so."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from kiosk import paths
from tests.machine import Machine

UP_TO_DATE = ["kiosk models pull"]
"""All that a run may call where nothing is missing."""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine.make(tmp_path)


@pytest.fixture
def installed(machine: Machine) -> Machine:
    assert machine.run().status == 0
    return machine


def test_installing_makes_the_environment_from_the_lock_and_pulls_the_models(machine: Machine) -> None:
    outcome = machine.run()
    assert outcome.status == 0, outcome.err
    assert [call.split(" --")[0] for call in outcome.calls] == [
        "uv venv",
        "uv pip sync",
        "uv pip install",
        "kiosk models pull",
    ]
    [sync] = outcome.called("uv pip sync")
    assert "--require-hashes" in sync
    assert sync.endswith(" requirements.lock")
    assert "[4/4] Modèles" in outcome.err


def test_installing_again_calls_neither_apt_nor_uv(installed: Machine) -> None:
    outcome = installed.run()
    assert (outcome.status, list(outcome.calls)) == (0, UP_TO_DATE)


def test_an_interrupted_installation_is_finished_by_the_next_one(machine: Machine) -> None:
    assert machine.run(UV_FAILS_AT="pip sync").status == 1
    outcome = machine.run()
    assert outcome.status == 0
    assert outcome.called("uv pip sync")
    assert list(machine.run().calls) == UP_TO_DATE


def test_a_new_lock_updates_the_environment_without_making_it_again(installed: Machine) -> None:
    with (installed.checkout / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    outcome = installed.run()
    assert outcome.called("uv pip sync")
    assert not outcome.called("uv venv")


def test_an_update_keeps_settings_signed_phrases_and_counts(installed: Machine) -> None:
    """The settings lie beside the program, the rest in the folders of whoever runs it."""
    kept = {
        installed.checkout / "kiosk.toml": '[room]\nfamily = "ar"\n',
        installed.folder / ".local/share/kiosk/phrasebook/ar.toml": 'language = "ar"\n',
        installed.folder / ".local/state/kiosk/usage.json": "{}\n",
    }
    for file, content in kept.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    with (installed.checkout / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert installed.run().called("uv pip sync")
    assert {file: file.read_text() for file in kept} == kept


def test_a_folder_that_was_moved_gets_a_new_environment(installed: Machine) -> None:
    installed.checkout = installed.checkout.rename(installed.folder / "ailleurs")
    assert installed.run().called("uv venv --clear")
    assert list(installed.run().calls) == UP_TO_DATE


def test_an_environment_whose_python_has_gone_is_made_again(installed: Machine) -> None:
    (installed.checkout / ".venv/bin/python").unlink()
    assert installed.run().called("uv venv --clear")


def test_tests_add_the_development_tools_which_then_stay(installed: Machine) -> None:
    outcome = installed.run("test", "-k", "one or two")
    assert outcome.called("uv pip sync")[0].endswith("requirements-dev.lock")
    assert outcome.calls[-3:] == ("kiosk models pull", "kiosk models pull firefox:en-pt", "pytest -k one or two")
    assert list(installed.run().calls) == UP_TO_DATE


def test_without_a_terminal_the_demonstration_prints_captions(installed: Machine) -> None:
    outcome = installed.run("demo")
    assert outcome.calls[1] == "kiosk caption assets/demo/consultation.flac --languages fr,en --format text"
    assert outcome.out == ""  # progress is on the error output: what is piped is captions alone


def test_run_passes_its_options_and_stays_in_the_folder_of_the_caller(installed: Machine) -> None:
    outcome = installed.run("run", "--input", "a file.wav")
    assert outcome.calls[1:] == ("kiosk run --input a file.wav", f"in {installed.folder / 'elsewhere'}")


def test_missing_packages_are_installed_with_apt_and_only_those(machine: Machine) -> None:
    machine.install_packages("ca-certificates")
    outcome = machine.run(OFFERED="libportaudio2 ca-certificates")
    apt = outcome.called("apt-get")
    assert len(apt) == 2
    assert apt[0].endswith("update")
    assert apt[1].endswith("install --no-install-recommends --no-remove libportaudio2")


def test_the_sound_of_a_desktop_survives_the_tests(machine: Machine) -> None:
    # pulseaudio and pipewire-alsa exclude each other: installing one silently takes the other away.
    machine.install_packages("ca-certificates", "libportaudio2", "pipewire-alsa")
    outcome = machine.run("test", OFFERED="libasound2-plugins pulseaudio pulseaudio-utils shellcheck tmux")
    installing = outcome.called("apt-get")[1]
    assert installing.endswith("--no-remove libasound2-plugins pulseaudio-utils shellcheck tmux")
    assert "PipeWire est gardé" in outcome.err


def test_an_account_that_may_not_install_is_given_the_exact_command(machine: Machine) -> None:
    machine.install_packages()
    outcome = machine.run(USER_ID="1000")
    assert outcome.status == 1
    assert (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libportaudio2 ca-certificates"
        in outcome.err
    )
    assert outcome.calls == ()


def test_the_demonstration_does_without_the_packages_of_the_microphone(machine: Machine) -> None:
    machine.install_packages()
    outcome = machine.run("demo", USER_ID="1000")
    assert outcome.status == 0
    assert "sans empêcher la suite : ca-certificates libportaudio2" in outcome.err
    assert outcome.called("kiosk caption")


def test_a_package_that_apt_does_not_offer_is_named_with_the_remedy(machine: Machine) -> None:
    machine.install_packages("ca-certificates")
    outcome = machine.run(OFFERED="")
    assert outcome.status == 1
    assert "apt ne propose pas le paquet libportaudio2" in outcome.err
    assert "universe" in outcome.err


def test_a_machine_whose_python_is_too_old_gets_one_that_suits(machine: Machine) -> None:
    outcome = machine.run(PYTHON_VERSION="3.10", OFFERED="python3.11 python3.11-venv python3-venv")
    assert outcome.called("apt-get")[1].endswith("python3.11 python3.11-venv")


@pytest.mark.parametrize(("user", "mode"), [("0", 0o644), ("1000", 0o600)])
def test_what_root_installs_is_for_every_account_a_python_of_uv_s_included(
    machine: Machine, user: str, mode: int
) -> None:
    uv = machine.folder / "bin/uv"
    uv.write_text(uv.read_text() + '\nprintf %s "$UV_PYTHON_INSTALL_DIR" >"$MACHINE/pythons"\n')
    mask = os.umask(0o077)
    try:
        assert machine.run(USER_ID=user).status == 0
    finally:
        os.umask(mask)
    assert stat.S_IMODE((machine.checkout / ".venv/kiosk-install").stat().st_mode) == mode
    assert (machine.folder / "pythons").read_text() == str(machine.checkout / ".uv/python")


def test_a_program_from_a_stick_can_be_started_by_its_path_from_then_on(machine: Machine) -> None:
    # A desktop mounts FAT so that only .exe, .com and .bat may be executed, and « cp -r » keeps that.
    scripts = [machine.checkout / "install.sh", machine.checkout / "setup/service/session"]
    for script in scripts:
        script.chmod(0o644)
    assert machine.run().status == 0
    assert [stat.S_IMODE(script.stat().st_mode) for script in scripts] == [0o755, 0o755]


@pytest.mark.parametrize("version", ["0.8.22", "1.0.0"])
def test_a_uv_that_does_not_suit_is_replaced_by_the_pinned_one(machine: Machine, version: str) -> None:
    outcome = machine.run(UV_VERSION=version)
    assert outcome.status == 0, outcome.err
    assert outcome.calls[0] == "python -m venv .uv"
    assert "--require-hashes -r requirements-uv.lock" in outcome.calls[1]


def test_a_python_that_cannot_make_environments_asks_for_its_package(machine: Machine) -> None:
    outcome = machine.run(UV_VERSION="0.8.22", ENSUREPIP="", USER_ID="1000")
    assert outcome.status == 1
    assert "install -y --no-install-recommends python3.11-venv" in outcome.err
    assert outcome.calls == ()


def test_a_bundle_carries_the_package_that_such_a_python_lacks(machine: Machine, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    for part in ("wheels", "models", "debs"):
        (bundle / part).mkdir(parents=True)
    (bundle / "debs/Packages").touch()
    outcome = machine.run("--from", str(bundle), UV_VERSION="0.8.22", ENSUREPIP="")
    assert outcome.called("apt-get")[1].endswith("--no-remove python3.11-venv")


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("cause: dns error", "connexion au réseau"),
        ("write failed: No space left on device", "place sur le disque"),
        ("error: Hash mismatch for `av==18`", "n'est pas celui attendu"),
        ("invalid peer certificate: UnknownIssuer", "SSL_CERT_FILE"),
        ("Permission denied (os error 13)", "le compte qui possède"),
        ("something else", "logs/install.log"),
    ],
)
def test_a_failure_shows_what_was_said_and_the_remedy(machine: Machine, said: str, remedy: str) -> None:
    outcome = machine.run(UV_FAILS_AT="pip sync", UV_SAYS=said)
    assert outcome.status == 1
    assert f"| {said}" in outcome.err
    assert remedy in outcome.err.split("Que faire :")[1]


def test_apt_held_by_another_installation_says_to_wait(machine: Machine) -> None:
    machine.install_packages()
    outcome = machine.run(OFFERED="libportaudio2 ca-certificates", APT_SAYS="E: Could not get lock /var/lib/dpkg/lock")
    assert outcome.status == 1
    assert "attendez sa fin" in outcome.err


def test_a_disk_too_small_is_told_before_anything_is_written(machine: Machine) -> None:
    outcome = machine.run(FREE_KB="300000")
    assert outcome.status == 1
    assert "il reste 292 Mo" in outcome.err
    assert not (machine.checkout / ".venv").exists()


def test_models_that_cannot_be_had_stop_the_installation(installed: Machine) -> None:
    outcome = installed.run("demo", KIOSK_STATUS="1")
    assert (outcome.status, list(outcome.calls)) == (1, UP_TO_DATE)
    assert "[4/5]" not in outcome.err
    assert "Que faire" in outcome.err


def test_macos_has_nothing_to_install_and_is_told_what_differs(machine: Machine) -> None:
    machine.install_packages()
    outcome = machine.run(SYSTEM="Darwin")
    assert outcome.status == 0
    assert not outcome.called("apt-get")
    assert "macOS" in outcome.err


@pytest.mark.parametrize(
    "arguments", [["install-me"], ["demo", "now"], ["bundle"], ["--from"], ["--from", "nowhere"], ["--frm", "x"]]
)
def test_a_wrong_command_line_shows_the_help_and_changes_nothing(machine: Machine, arguments: list[str]) -> None:
    outcome = machine.run(*arguments)
    assert (outcome.status, outcome.calls) == (2, ())
    assert "./install.sh demo" in outcome.err


@pytest.mark.parametrize(
    "target",
    ["../mon kiosque/lot", "../mon kiosque", "../mon kiosque/a/b/lot", "../lien/lot", "../cle", "../haut"],
    ids=["inside", "itself", "deep inside", "through a link", "beside its program", "around its program"],
)
def test_a_bundle_into_the_program_itself_is_refused_before_anything_is_written(machine: Machine, target: str) -> None:
    # It would be copied into itself, and a folder « programme » that holds it would be deleted first.
    (machine.folder / "lien").symlink_to(machine.checkout)
    (machine.folder / "cle").mkdir()
    (machine.folder / "cle/programme").symlink_to(machine.checkout)
    (machine.folder / "haut").mkdir()
    (machine.folder / "haut/programme").symlink_to(machine.folder)
    before = sorted(machine.checkout.rglob("*"))
    outcome = machine.run("bundle", target)
    assert (outcome.status, outcome.calls) == (2, ())
    assert outcome.err.startswith(f"« {target}")
    assert "Donnez un" in outcome.err
    assert sorted(machine.checkout.rglob("*")) == before


def test_a_bundle_beside_the_program_is_made(machine: Machine) -> None:
    outcome = machine.run("bundle", "../mon kiosque à emporter/lot")
    assert outcome.called("kiosk models bundle")


def test_help_names_every_verb(machine: Machine) -> None:
    outcome = machine.run("--help")
    assert outcome.status == 0
    for verb in ("demo", "run", "test", "check", "bundle", "--from"):
        assert verb in outcome.out


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_the_scripts_pass_shellcheck() -> None:
    scripts = [paths.ROOT / "install.sh", paths.ROOT / ".ci/run"]
    done = subprocess.run(
        ["shellcheck", "-x", "-a", *scripts], cwd=paths.ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == ""
