"""A pretended machine for install.sh: its real text, run among programs that only note that they were called."""

from __future__ import annotations

import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk import paths

# Nothing else is on the PATH, so that the machine under the tests cannot answer for the pretended one.
_REAL_TOOLS: Final = (
    "awk",
    "bash",
    "cat",
    "chmod",
    "cmp",
    "cp",
    "dirname",
    "env",
    "grep",
    "mkdir",
    "mktemp",
    "mv",
    "rm",
    "sed",
    "sleep",
    "tail",
)

_NOTE: Final = 'printf "%s\\n" "${0##*/} $*" >>"$MACHINE/calls"\n'

_PROGRAMS: Final = {
    "apt-cache": 'grep -q " $2 " <<<" $OFFERED " && echo "  Candidate: 1.0" || echo "  Candidate: (none)"',
    "apt-get": _NOTE
    + """
case "$*" in
    *" update") ;;
    *)
        if [ -n "$APT_SAYS" ]; then echo "$APT_SAYS"; exit 100; fi
        printf '%s\n' "$@" >>"$MACHINE/installed" ;;
esac""",
    "df": 'echo "Filesystem 1024-blocks Used Available"; echo "disk 9 9 $FREE_KB"',
    "dpkg-query": 'grep -qx -- "$4" "$MACHINE/installed" && printf installed',
    "id": 'echo "$USER_ID"',
    "uname": 'echo "$SYSTEM"',
    "uv": """
case "$1" in --version) echo "uv $UV_VERSION (pretended)"; exit ;; esac
"""
    + _NOTE
    + """
if [ "$1 $2" = "$UV_FAILS_AT" ]; then echo "$UV_SAYS"; exit 2; fi
case "$1 $2" in
    "venv --clear") rm -rf .venv; mkdir -p .venv/bin; cp "$MACHINE/bin/python3" .venv/bin/python ;;
    "pip install") cp "$MACHINE/kiosk" .venv/bin/kiosk ;;
esac""",
}

# Answers what install.sh asks of a Python; making an environment gives it the uv that a bootstrap would bring.
_PYTHON: Final = """
case "$1 $2" in
    "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo "python -m venv $3" >>"$MACHINE/calls" ;;
    "-m pip") cp "$MACHINE/bootstrapped-uv" .uv/bin/uv; echo "python $*" >>"$MACHINE/calls" ;;
    "-m pytest") echo "pytest ${*:3}" >>"$MACHINE/calls" ;;
    "-c import ensurepip") [ -n "$ENSUREPIP" ] ;;
    *_base_executable*) echo "$0" ;;
    *python%d.%d-venv*) echo python3.11-venv ;;
    *python%d.%d*) echo "python$PYTHON_VERSION" ;;
    *) exit 99 ;;
esac"""

_KIOSK: Final = """
echo "kiosk $*" >>"$MACHINE/calls"
case "$1" in run | caption) echo "in $PWD" >>"$MACHINE/calls" ;; esac
exit "${KIOSK_STATUS:-0}"
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of install.sh did: exit code, words, and the programs it called with their arguments."""

    status: int
    out: str
    err: str
    calls: tuple[str, ...]

    def called(self, beginning: str) -> list[str]:
        """The calls that begin with these words."""
        return [call for call in self.calls if call.startswith(beginning)]


@dataclass
class Machine:
    """A folder that holds programs, a list of installed packages and a checkout; by default all is well."""

    folder: Path
    checkout: Path

    @classmethod
    def make(cls, folder: Path) -> Machine:
        """A machine with root, Python, uv and every system package, whose checkout's path has a space."""
        machine = cls(folder, folder / "mon kiosque")
        machine.checkout.mkdir()
        for name in ("install.sh", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(paths.ROOT / name, machine.checkout)
        shutil.copy(paths.ROOT / "requirements-uv.lock", machine.checkout)
        shutil.copytree(paths.ROOT / "setup", machine.checkout / "setup")
        (machine.checkout / "models").mkdir()
        (folder / "bin").mkdir()
        for tool in _REAL_TOOLS:
            (folder / "bin" / tool).symlink_to(shutil.which(tool) or f"/usr/bin/{tool}")
        for name, text in (*_PROGRAMS.items(), ("python3", _PYTHON)):
            _write_program(folder / "bin" / name, text)
        _write_program(folder / "kiosk", _KIOSK)
        _write_program(folder / "bootstrapped-uv", _PROGRAMS["uv"].replace("$UV_VERSION", "0.13.9"))
        machine.install_packages("ca-certificates", "libportaudio2")
        return machine

    def install_packages(self, *names: str) -> None:
        """The only system packages that are installed."""
        (self.folder / "installed").write_text("".join(f"{name}\n" for name in names))

    def run(self, *arguments: str, **settings: str) -> Outcome:
        """Run install.sh from a folder that is not its own, without a terminal."""
        calls = self.folder / "calls"
        calls.unlink(missing_ok=True)
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        done = subprocess.run(
            ["bash", self.checkout / "install.sh", *arguments],
            cwd=elsewhere,
            env=self.environment() | settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        noted = calls.read_text().splitlines() if calls.exists() else []
        return Outcome(done.returncode, done.stdout, done.stderr, tuple(noted))

    def environment(self) -> dict[str, str]:
        """What its programs find in theirs."""
        return {
            "PATH": str(self.folder / "bin"),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "MACHINE": str(self.folder),
            "PYTHON_VERSION": "3.11",
            "ENSUREPIP": "yes",
            "OFFERED": "",
            "APT_SAYS": "",
            "SYSTEM": "Linux",
            "USER_ID": "0",
            "UV_VERSION": "0.13.9",
            "UV_FAILS_AT": "",
            "UV_SAYS": "",
            "FREE_KB": "9000000",
        }


def _write_program(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    file.write_text(f"#!{shutil.which('bash')}\n{text}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
