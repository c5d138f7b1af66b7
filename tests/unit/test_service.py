"""`./install.sh --kiosk`: what its service says, what a dry run would do, and what kiosk doctor says of it."""

from __future__ import annotations

import configparser
import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from kiosk import paths
from kiosk.cli import place
from kiosk.cli.checks import Check
from kiosk.config import Config
from tests.machine import Machine

SCREENS = ("cage", "console")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine.make(tmp_path)
    made.checkout = made.checkout.rename(tmp_path / "kiosk-here")  # systemd takes no space in a path
    shutil.copy(paths.ROOT / "kiosk.example.toml", made.checkout)
    return made


def dry_run(machine: Machine, *options: str) -> str:
    outcome = machine.run("--kiosk", "--dry-run", *options)
    assert outcome.status == 0, outcome.err
    assert outcome.calls == ()
    return outcome.out


def settings_of(screen: str) -> list[tuple[str, str]]:
    """Every key of the service for a screen with its value, in order."""
    text = "".join((paths.ROOT / "setup/service" / name).read_text() for name in ("kiosk.service", f"{screen}.conf"))
    lines = [line for line in text.splitlines() if "=" in line and not line.startswith("#")]
    return [(key, value) for key, _, value in (line.partition("=") for line in lines)]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    "wanted",
    [
        ("User", "kiosk"),
        ("Restart", "always"),
        ("StartLimitIntervalSec", "0"),
        ("LimitCORE", "0"),
        ("MemorySwapMax", "0"),
        ("IPAddressDeny", "any"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateTmp", "yes"),
        ("DevicePolicy", "closed"),
        ("RestrictNamespaces", "yes"),
        ("WantedBy", "multi-user.target"),
    ],
)
def test_the_service_holds(screen: str, wanted: tuple[str, str]) -> None:
    assert wanted in settings_of(screen)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_service_is_back_within_3_seconds_and_reaches_no_network(screen: str) -> None:
    settings = dict(settings_of(screen))
    assert float(settings["RestartSec"]) < 3
    families = set(settings["RestrictAddressFamilies"].split())
    assert families <= {"AF_UNIX", "AF_NETLINK"}  # netlink: how the kernel tells of a keyboard plugged in


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_the_service_little_exposed(machine: Machine, screen: str, tmp_path: Path) -> None:
    unit = tmp_path / "kiosk.service"
    unit.write_text(written(dry_run(machine, "--screen", screen), "/etc/systemd/system/kiosk.service"))
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=20", unit],  # tenths: 2.0
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if "Unknown" in done.stderr or "unrecognized option" in done.stderr:
        pytest.skip("this systemd cannot look at a unit offline")
    assert done.returncode == 0, done.stdout + done.stderr


def written(out: str, file: str) -> str:
    """What a dry run shows of a file that it would write."""
    lines = iter(out.splitlines())
    next(line for line in lines if line.startswith(f"{file} ("))
    content = []
    for line in lines:
        if not line.startswith("    "):
            break
        content.append(line[4:])
    return "\n".join(content) + "\n"


def test_a_dry_run_shows_everything_needs_no_root_and_changes_nothing(machine: Machine) -> None:
    outcome = machine.run("--kiosk", "--dry-run", "--code", "soleil42", USER_ID="1000")
    assert (outcome.status, outcome.calls) == (0, ())
    unit = written(outcome.out, "/etc/systemd/system/kiosk.service")
    assert f"{machine.checkout}/setup/service/session {machine.checkout}" in unit
    assert "@ROOT@" not in outcome.out
    for step in (
        "useradd --system --user-group --home-dir /var/lib/kiosk --no-create-home --shell /usr/sbin/nologin kiosk",
        "install -m 0640 -o root -g kiosk kiosk.example.toml /etc/kiosk/kiosk.toml",
        "systemctl --quiet mask getty@tty1.service",
        "systemctl --quiet mask ctrl-alt-del.target",
        "systemctl --quiet enable kiosk.service",
    ):
        assert step in outcome.out.splitlines()


def test_the_code_is_neither_shown_nor_logged(machine: Machine) -> None:
    outcome = machine.run("--kiosk", "--dry-run", "--code", "soleil42")
    assert "soleil42" not in outcome.out + outcome.err
    logs = machine.checkout / "logs"
    assert not any("soleil42" in file.read_text() for file in logs.glob("*"))


def test_without_root_it_says_which_command_to_run(machine: Machine) -> None:
    outcome = machine.run("--kiosk", USER_ID="1000")
    assert (outcome.status, outcome.calls) == (1, ())
    assert f"sudo bash {machine.checkout}/install.sh --kiosk" in outcome.err


@pytest.mark.parametrize(
    ("options", "cause"),
    [
        (["--screen", "projector"], "cage ou console"),
        (["--code"], "attend un code"),
        (["--purge"], "va avec « --uninstall »"),
        (["--loud"], "Option inconnue"),
    ],
)
def test_a_wrong_option_shows_the_help(machine: Machine, options: list[str], cause: str) -> None:
    outcome = machine.run("--kiosk", *options)
    assert (outcome.status, outcome.calls) == (2, ())
    assert cause in outcome.err


@pytest.mark.parametrize(
    ("code", "cause"), [("abc", "4 à 64"), ('a"]\ncode', "lettres sans accent"), ("été42", "accent")]
)
def test_a_code_that_could_not_be_typed_or_written_is_refused(machine: Machine, code: str, cause: str) -> None:
    outcome = machine.run("--kiosk", "--dry-run", "--code", code)
    assert outcome.status == 1
    assert cause in outcome.err


_PARTS = """
cd "$1"
chown() { :; }
systemctl() { :; }
wrong_usage() { exit 2; }
. setup/progress.sh
. setup/system.sh
. setup/service.sh
. setup/removal.sh
steps=2 ROOT=$1
# What only root may do is left out: owners and the account; what is written stays.
as_root() {
    case $1 in
        install) shift; command install $(printf '%s ' "$@" | sed 's/-[og] [a-z]* //g') ;;
        chown) echo "$@" >>"$ROOT/owners" ;;
        useradd) ;;
        chmod) [ "$2" = -R ] || "$@" ;;
        *) "$@" ;;
    esac
}
as_account() { :; }
getent() { :; }
"""


def update(machine: Machine, code: str = "") -> None:
    """The parts of `--kiosk` that touch what people wrote, in folders of the pretended machine."""
    in_parts(machine, "code=$2 screen=console; account && settings", code, status=0)


def code_is_set(machine: Machine) -> bool:
    return in_parts(machine, "code_is_set && echo set || echo not", status=0) == "set\n"


def in_parts(machine: Machine, script: str, code: str = "", *, status: int) -> str:
    """What a script says that calls parts of `--kiosk`, in folders of the pretended machine."""
    service = machine.checkout / "setup/service.sh"
    text = service.read_text()
    if str(machine.folder) not in text:
        for folder in ("/etc/", "/var/lib/kiosk", "/usr/local/sbin", "/proc/sys/"):
            text = text.replace(folder, f"{machine.folder}{folder}")
        service.write_text(text)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"{_PARTS}\n{script}", "-", str(machine.checkout), code],
        env=machine.environment() | {"USER_ID": "1000", "PATH": f"{machine.folder}/bin:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def test_an_update_keeps_settings_code_and_signed_phrases(machine: Machine) -> None:
    update(machine, "soleil42")
    settings = machine.folder / "etc/kiosk"
    assert 'code = "soleil42"' in (settings / "kiosk.toml").read_text()
    phrases = machine.folder / "var/lib/kiosk/data/kiosk/phrasebook/ar.toml"
    phrases.parent.mkdir(parents=True)
    phrases.write_text('language = "ar"\n')
    for name in ("kiosk.toml", "foot.ini", "service.env"):
        with (settings / name).open("a") as file:
            file.write("# à nous\n")
    before = {file: file.read_bytes() for file in settings.iterdir()}
    (machine.checkout / "kiosk.example.toml").write_text("# newer\n")
    update(machine)
    assert {file: file.read_bytes() for file in before} == before
    assert phrases.read_text() == 'language = "ar"\n'


def test_a_new_code_changes_nothing_else(machine: Machine) -> None:
    update(machine, "soleil42")
    settings = machine.folder / "etc/kiosk/kiosk.toml"
    settings.write_text(settings.read_text() + "# à nous\n")
    before = settings.read_text()
    update(machine, "lune-2027")
    assert settings.read_text() == before.replace("soleil42", "lune-2027")


def test_installing_again_after_a_removal_gives_the_account_its_settings_back(machine: Machine) -> None:
    # The removal leaves them to root alone; the kiosk could not read them and never opened.
    update(machine, "soleil42")
    settings = machine.folder / "etc/kiosk/kiosk.toml"
    settings.chmod(0o600)
    (machine.checkout / "owners").unlink()
    update(machine)
    assert f"chown root:kiosk {settings}" in (machine.checkout / "owners").read_text().splitlines()
    assert stat.S_IMODE(settings.stat().st_mode) == 0o640


@pytest.mark.parametrize("own", ['code = "ancien-1"', "code='ancien-1'", '  code   = "ancien-1" # à nous'])
@pytest.mark.parametrize("example", ['#code = ""\n', ""])
def test_a_new_code_is_the_only_one(machine: Machine, own: str, example: str) -> None:
    update(machine)
    settings = machine.folder / "etc/kiosk/kiosk.toml"
    settings.write_text(f"[room]\n#code = 1\n[waiting]\n{example}{own}\nidle = 60.0\n[usage]\n")
    assert code_is_set(machine)
    update(machine, "lune-2027")
    assert settings.read_text() == '[room]\n#code = 1\n[waiting]\ncode = "lune-2027"\nidle = 60.0\n[usage]\n'
    assert code_is_set(machine)


@pytest.mark.parametrize("content", ["", "[waiting]\n#code = 'x'\ncode = ''\n", "[room]\ncode = 'soleil42'\n"])
def test_a_code_that_is_not_set_is_asked_for(machine: Machine, content: str) -> None:
    update(machine)
    (machine.folder / "etc/kiosk/kiosk.toml").write_text(content)
    assert not code_is_set(machine)


def test_an_update_asks_for_no_package_of_a_screen_that_was_not_chosen(machine: Machine) -> None:
    update(machine)
    (machine.folder / "etc/kiosk/screen").write_text("console\n")
    asked = in_parts(
        machine, "service_options --no-start; verb=--kiosk from= uv= environment=right; system_packages", status=0
    )
    assert " kbd" in asked
    assert "cage" not in asked


_SYSTEMD = """
systemd_runs() { :; }
sleep() { :; }
loginctl() { echo "  3 1000 marie seat0 tty3"; }
systemctl() {
    echo "systemctl $*"
    case "$*" in
        is-enabled*) echo masked ;;
        "show"*)
            restarts=$(cat "$ROOT/restarts")
            echo "$restarts"
            echo "$((restarts + STARTS_AGAIN))" >"$ROOT/restarts" ;;
        "is-active"*) [ "$ACTIVE" = yes ] ;;
    esac
}
echo 7 >"$ROOT/restarts"
write() { cat >/dev/null; }
as_root() { "$@"; }
screen=console
"""


@pytest.mark.parametrize(("active", "again"), [("no", 0), ("yes", 1)])
def test_a_service_that_does_not_stay_open_is_told(machine: Machine, active: str, again: int) -> None:
    update(machine)
    out = in_parts(machine, f"ACTIVE={active} STARTS_AGAIN={again}\n{_SYSTEMD}\nservice", status=1)
    assert "ouvert sur l'écran" not in out
    assert "journalctl -u kiosk" in out


def test_other_consoles_lose_their_login_at_once_but_those_in_use(machine: Machine) -> None:
    update(machine)
    calls = in_parts(machine, f"ACTIVE=yes STARTS_AGAIN=0\n{_SYSTEMD}\nservice", status=0).splitlines()
    assert "systemctl kill -s HUP systemd-logind.service" in calls
    stopped = {call.split()[-1] for call in calls if call.startswith("systemctl --quiet stop getty@")}
    assert stopped == {f"getty@tty{number}.service" for number in (2, 4, 5, 6)}
    assert any("ouvert sur l'écran" in call for call in calls)


def test_a_removal_gives_the_login_back_at_once(machine: Machine) -> None:
    undo = machine.folder / "etc/kiosk/before"
    update(machine)
    undo.write_text("mask getty@tty1.service\nmask hibernate.target\n")
    calls = in_parts(machine, f"{_SYSTEMD}\nremove_account() {{ :; }}\nuninstall_service", status=0).splitlines()
    unmasked = calls.index("systemctl --quiet unmask getty@tty1.service")
    assert "systemctl kill -s HUP systemd-logind.service" in calls
    assert unmasked < calls.index("systemctl --quiet start getty@tty1.service")


def test_uninstalling_keeps_what_people_wrote_unless_told_otherwise(machine: Machine) -> None:
    kept = dry_run(machine, "--uninstall").splitlines()
    assert "userdel kiosk" in kept
    assert "rm -f /etc/systemd/system/kiosk.service" in kept
    assert not any(line.startswith("rm -rf") and "/etc/kiosk" in line for line in kept)
    assert not any("/data" in line for line in kept if line.startswith("rm"))
    assert "rm -rf /var/lib/kiosk /etc/kiosk" in dry_run(machine, "--uninstall", "--purge").splitlines()


def test_the_terminal_of_the_service_opens_nothing_else() -> None:
    foot = configparser.ConfigParser()
    foot.read_string("[main]\n" + (paths.ROOT / "setup/service/foot.ini").read_text())
    assert foot["main"]["shell"].endswith("nologin")
    assert foot["scrollback"]["lines"] == "0"
    assert set(foot["key-bindings"].values()) == {"none"}
    assert "spawn-terminal" in foot["key-bindings"]


def test_its_terminal_takes_no_option_that_a_later_foot_refuses() -> None:
    # foot 1.21 (Debian 13) knows no « notify » and says so; 1.13 (Debian 12) knows none of what took its place.
    foot = configparser.ConfigParser()
    foot.read_string("[main]\n" + (paths.ROOT / "setup/service/foot.ini").read_text())
    assert "notify" not in foot["main"]
    assert "desktop-notifications" not in foot


def test_system_keys_are_off_and_given_back(machine: Machine) -> None:
    # Alt+Print+R, which Debian allows, was seen to take the keyboard back from cage and to open an empty console.
    assert "kernel.sysrq = 0" in written(dry_run(machine), "/etc/sysctl.d/50-kiosk.conf").splitlines()
    assert "rm -f /etc/sysctl.d/50-kiosk.conf" in dry_run(machine, "--uninstall").splitlines()


def test_the_service_s_account_hears_for_whoever_maintains_it_too(machine: Machine) -> None:
    # The account itself is in no group: without this one, kiosk-admin found no microphone where the service had one.
    assert ("SupplementaryGroups", "audio") in settings_of("cage")
    assert "--groups=audio" in written(dry_run(machine), "/usr/local/sbin/kiosk-admin")


def test_whoever_maintains_the_service_has_its_variables_too(machine: Machine) -> None:
    update(machine)
    admin = machine.folder / "usr/local/sbin/kiosk-admin"
    admin.write_text(admin.read_text().replace("/etc/kiosk/", f"{machine.folder}/etc/kiosk/"))
    (machine.folder / "etc/kiosk/service.env").write_text(
        "# KIOSK_ROOM_FAMILY=uk\nXKB_DEFAULT_LAYOUT=fr\n"
        "KIOSK_AUDIO_DEVICE=\"USB Mic\"\nKIOSK_ROOM_FAMILY=ar\nKIOSK_SPEECH_MODEL='$(tiny)'\nPATH=/wrong"
    )
    for name, text in (
        ("bin/setpriv", 'while [ "$1" != env ]; do shift; done; exec "$@"'),
        ("kiosk-here/.venv/bin/kiosk", 'env | grep -e KIOSK_ -e PATH= -e XKB; echo "$*"'),
    ):
        program = machine.folder / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\n{text}\n")
        program.chmod(0o755)
    done = subprocess.run(
        [admin, "report", "--month", "2026-11"], env=machine.environment(), capture_output=True, text=True, check=False
    )
    assert set(done.stdout.splitlines()) == {
        "KIOSK_AUDIO_DEVICE=USB Mic",
        "KIOSK_ROOM_FAMILY=ar",
        "KIOSK_SPEECH_MODEL=$(tiny)",
        "PATH=/usr/bin:/bin",
        f"--config {machine.folder}/etc/kiosk/kiosk.toml report --month 2026-11",
    }


def test_a_cage_that_was_seen_to_freeze_is_not_taken_unasked(machine: Machine) -> None:
    machine.install_packages("ca-certificates", "libportaudio2", "cage")
    dpkg = machine.folder / "bin/dpkg"
    for older, screen in (("exit 0", "console"), ("exit 1", "cage")):
        dpkg.write_text(f"#!/bin/sh\n{older}\n")  # what --compare-versions answers
        dpkg.chmod(0o755)
        assert written(dry_run(machine), "/etc/kiosk/screen") == f"{screen}\n"
    dpkg.write_text("#!/bin/sh\nexit 0\n")
    assert written(dry_run(machine, "--screen", "cage"), "/etc/kiosk/screen") == "cage\n"


def test_a_window_that_is_all_there_is_would_freeze_the_screen() -> None:
    # cage 0.1.4, seen on a headless screen: nothing is drawn any more.
    foot = configparser.ConfigParser()
    foot.read_string("[main]\n" + (paths.ROOT / "setup/service/foot.ini").read_text())
    assert (foot["csd"]["preferred"], foot["csd"]["size"]) == ("client", "1")
    assert "--fullscreen" not in dict(settings_of("cage"))["ExecStart"]


# -- kiosk doctor -----------------------------------------------------------------------------------------------------


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with the service in order; the folder that stands for its root."""
    units = tmp_path / "systemd"
    (units / "multi-user.target.wants").mkdir(parents=True)
    (units / "kiosk.service").write_text("[Service]\n")
    (units / "multi-user.target.wants/kiosk.service").symlink_to(units / "kiosk.service")
    settings = tmp_path / "kiosk.toml"
    settings.write_text('[waiting]\ncode = "soleil42"\n')
    settings.chmod(0o640)
    monkeypatch.setattr(place, "SYSTEM", units)
    monkeypatch.setattr(place, "SERVICE_SETTINGS", settings)
    monkeypatch.setattr(pwd, "getpwnam", lambda _: SimpleNamespace(pw_shell="/usr/sbin/nologin"))
    return tmp_path


def wrong(system: Path) -> list[Check]:
    return [check for check in place.service_checks() if not check.ok]


def test_doctor_finds_the_service_in_order(system: Path) -> None:
    assert [check.name for check in place.service_checks()] == ["Service", "Code d'équipe"]
    assert wrong(system) == []


def test_doctor_asks_for_no_service_where_none_is_installed(system: Path) -> None:
    (system / "systemd/kiosk.service").unlink()
    (check,) = place.service_checks()
    assert check.ok
    assert "facultatif" in check.found


def test_doctor_finds_a_service_that_would_not_start(system: Path) -> None:
    (system / "systemd/multi-user.target.wants/kiosk.service").unlink()
    (check,) = wrong(system)
    assert "au démarrage" in check.found
    assert "install.sh --kiosk" in check.remedy


def test_doctor_finds_an_account_that_could_log_in(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pwd, "getpwnam", lambda _: SimpleNamespace(pw_shell="/bin/bash"))
    (check,) = wrong(system)
    assert "ouvrir une session (/bin/bash)" in check.found


def test_doctor_finds_a_code_that_is_missing_or_open_to_all(system: Path) -> None:
    settings = system / "kiosk.toml"
    settings.chmod(0o644)
    (check,) = wrong(system)
    assert "tous les comptes" in check.found
    assert "soleil42" not in check.found + check.remedy
    settings.write_text("")
    (check,) = wrong(system)
    assert "non réglé" in check.found


def test_doctor_says_how_right_to_left_text_is_put_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "foot")
    assert place.reading_order(Config()).ok
    monkeypatch.setenv("TERM", "xterm-kitty")
    assert place.reading_order(Config()).ok  # English needs none of it
    check = place.reading_order(place.load_config(environment={"KIOSK_ROOM_FAMILY": "ar"}))
    assert not check.ok
    assert "force_ltr" in check.remedy
