"""A microphone without a sound card: a private PulseAudio with a null sink whose monitor is the default input.

PortAudio knows ALSA only, so ALSA's default device is pointed at PulseAudio by an .asoundrc in a home of its own. Since
PortAudio reads that file when it is loaded, whatever is to hear this microphone runs as a process with `environment`.
Nobody's own sound server or settings are touched.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

SINK: Final = "mic_sink"
PROGRAMS: Final = ("pulseaudio", "pactl", "paplay")
ALSA_PLUGIN: Final = "libasound_module_pcm_pulse.so"

_DEADLINE: Final = 20.0
_ASOUNDRC: Final = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
# A sound server, a session bus or settings of the person who runs the tests must not be reached.
_FOREIGN: Final = ("PULSE_", "ALSA_", "PIPEWIRE_", "JACK_", "XDG_CONFIG_", "DBUS_SESSION_", "KIOSK_")


def wait_until(happened: Callable[[], bool], what: str, deadline: float = _DEADLINE) -> None:
    """Ask every 0.1 s, for what cannot tell by itself; fails after `deadline` seconds."""
    end = time.monotonic() + deadline
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {deadline:g} s")
        time.sleep(0.1)


class VirtualMicrophone:
    """`folder` becomes the home and the runtime folder of the sound server and of what listens to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        self._module = ""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
        self.environment = kept | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{folder}/pulse/native",
            "PULSE_SOURCE": f"{SINK}.monitor",
            "PYTHONUTF8": "1",
        }

    def start(self) -> None:
        """Start the sound server and plug the microphone in."""
        self._folder.chmod(0o700)  # PulseAudio refuses a runtime folder that others can read
        (self._folder / ".asoundrc").write_text(_ASOUNDRC)
        log = self._folder / "pulseaudio.log"
        server = [
            *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"),
            *("-L", "module-native-protocol-unix", f"--log-target=newfile:{log}"),
        ]
        self._server = subprocess.Popen(
            server, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_until(self._answers, "PulseAudio answers")
        except TimeoutError as error:
            self.stop()
            raise RuntimeError(f"PulseAudio did not start:\n{log.read_text() if log.exists() else ''}") from error
        self.plug()

    def stop(self) -> None:
        """End the sound server. Safe to call twice."""
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(_DEADLINE)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server = None

    def plug(self) -> None:
        """Make the microphone appear. Safe to call when it is there."""
        if not self._module:
            self._module = self._pactl(
                "load-module", "module-null-sink", f"sink_name={SINK}", "rate=16000", "channels=1"
            ).strip()

    def unplug(self) -> None:
        """Make the microphone vanish."""
        self._pactl("unload-module", self._module)
        self._module = ""

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the sound server, such as SIGSTOP to have it stand still."""
        assert self._server is not None
        self._server.send_signal(number)

    def play(self, file: Path) -> None:
        """Say a recording (WAV or FLAC) into the microphone; returns when it is over."""
        subprocess.run(["paplay", f"--device={SINK}", str(file)], env=self.environment, check=True, timeout=120)

    def _answers(self) -> bool:
        done = subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, check=False)
        return done.returncode == 0

    def _pactl(self, *arguments: str) -> str:
        done = subprocess.run(
            ["pactl", *arguments], env=self.environment, capture_output=True, text=True, check=True, timeout=20
        )
        return done.stdout


def missing_programs() -> list[str]:
    """What this machine lacks for a virtual microphone; the plugin lies in a folder named after the processor."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    libraries = (Path("/usr/lib"), Path("/usr/lib64"))
    if not any(next(folder.glob(f"**/alsa-lib/{ALSA_PLUGIN}"), None) for folder in libraries if folder.is_dir()):
        missing.append(ALSA_PLUGIN)
    return missing
