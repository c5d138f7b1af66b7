"""Nothing leaves and nothing stays: a consultation's system calls, and what it wrote, looked through for its words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from tests.real import consultation, sounds
from tests.real.command import KIOSK, PATIENCE
from tests.real.consultation import TURNS
from tests.real.microphone import VirtualMicrophone
from tests.real.terminal import Terminal
from tests.real.traced import Trace, tracer

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("models")]

ENOUGH: Final = 120.0
"""Seconds for models to load, or for a caption to come, while every system call is written down."""

ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1")
SOUND: Final = ("/pulse/native", "/dev/shm/jack_")
"""Sockets of this machine by which a microphone is looked for."""

RARE: Final = ("paracetamol", "paracétamol", "température", "temperature", "médicament", "vaccin", "grandi", "fièvre")
"""Words that are said in the consultation, or are what one becomes, and that no other file of ours has to hold."""


def test_a_leak_would_be_seen(tmp_path: Path) -> None:
    """What the tests below rest upon: a program that does all that the kiosk must not do is found out."""
    leak = (
        "import os, socket\nfrom kiosk import guard\nguard.leave_no_dump()\n"
        "outside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); outside.connect(('192.0.2.1', 9))\n"
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)\n"
        "open('kept.txt', 'w', encoding='utf-16').write('du Paracetamol, la nuit')\n"
        "open('scratch', 'w').close(); os.rename('scratch', 'renamed'); open('gone', 'w').close(); os.remove('gone')\n"
    )
    report = tmp_path / "report"
    environment = plain_environment(tmp_path) | {"PYTHONPATH": str(Path.cwd())}
    subprocess.run([*tracer(report), sys.executable, "-c", leak], cwd=tmp_path, env=environment, check=False)
    trace = Trace(report)
    assert any('inet_addr("192.0.2.1")' in call for call in trace.beyond_this_machine)
    assert any("AF_INET6" in call for call in trace.beyond_this_machine)
    assert {path.name for path in trace.written} == {"kept.txt", "scratch", "renamed", "gone"}
    assert words_in(tmp_path / "kept.txt", RARE) == ["paracetamol"]


def test_captions_of_a_recording_open_no_socket_and_write_no_file(tmp_path: Path) -> None:
    report = tmp_path / "report"
    command = [*tracer(report), *KIOSK, "caption", str(consultation.RECORDING), "--languages", "fr,en"]
    done = subprocess.run(
        command, env=plain_environment(tmp_path), capture_output=True, timeout=PATIENCE * 2, check=False
    )
    trace = Trace(report)
    assert done.returncode == 0
    assert "temperature" in done.stdout.decode().casefold()
    assert trace.beyond_this_machine == []
    assert trace.local_sockets == []
    assert trace.written == set()


@pytest.mark.microphone
def test_a_conversation_leaves_nothing_but_a_log_without_a_word_of_it(
    tmux: str, virtual_microphone: VirtualMicrophone, tmp_path: Path, demo_sound: sounds.Sound
) -> None:
    said = TURNS[:4]
    file = sounds.write(tmp_path, "turns", sounds.excerpt(demo_sound, 0, said[-1].end + 0.3))
    report = tmp_path / "report"
    environment = plain_environment(Path(virtual_microphone.environment["HOME"])) | {
        name: value
        for name, value in virtual_microphone.environment.items()
        if name.startswith(("PULSE_", "XDG_RUNTIME"))
    }
    trace_it = tracer(report)
    terminal = Terminal(tmux, tmp_path / "tmux", environment)
    try:
        terminal.open(*trace_it, *KIOSK, "run", "--languages", "fr,en")
        terminal.wait_for("The machine can make mistakes", ENOUGH)
        terminal.press("1")
        terminal.wait_for("Écoute", ENOUGH)
        virtual_microphone.play(file)
        terminal.wait_for("38.5", ENOUGH)
        assert "température" in terminal.screen()
        terminal.press("C-q")
        assert terminal.exit_code() == 0
        left_on_screen = terminal.everything()
    finally:
        terminal.close()
    trace = Trace(report)
    assert trace.beyond_this_machine == []
    assert [call for call in trace.local_sockets if not any(place in call for place in SOUND)] == []
    # JACK's library keeps a table in memory, as a file that is on no disk.
    [log] = {path for path in trace.written if not path.is_relative_to("/dev/shm")}
    assert log.name == "kiosk.log"
    assert "listening" in log.read_text(encoding="utf-8")
    spoken = every_long_word(turn.text for turn in said) | every_long_word(turn.translation for turn in said)
    assert {"température", "degrees", "aujourd"} <= spoken
    assert [(path, words) for path in trace.written if path.exists() and (words := words_in(path, spoken))] == []
    assert [word for word in spoken if word in left_on_screen.casefold()] == []


def test_a_crash_with_words_in_memory_dumps_no_core(tmp_path: Path) -> None:
    control = subprocess.Popen(with_cores(sys.executable, "-c", "import os; os.abort()"), cwd=tmp_path)
    if not dumped_core(control):
        pytest.skip("this system dumps no core of anybody's")
    crashing = subprocess.Popen(
        with_cores(*KIOSK, "translate", "--from", "fr", "--to", "en"),
        cwd=tmp_path,
        env=plain_environment(tmp_path) | {"PYTHONPATH": str(Path.cwd())},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert crashing.stdin is not None
    assert crashing.stdout is not None
    with crashing.stdin, crashing.stdout:
        crashing.stdin.write("Elle a de la fièvre.\n".encode())
        crashing.stdin.flush()
        assert b"fever" in crashing.stdout.readline()
        os.kill(crashing.pid, 6)
        assert not dumped_core(crashing)


def plain_environment(home: Path) -> dict[str, str]:
    """Nothing of whoever runs the tests: a library that reports to its maker keeps quiet where `CI` is set."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "KIOSK_SPEECH_MODEL": "base",
    }


def with_cores(*command: str) -> list[str]:
    """The command, with the system asked to dump whatever crashes."""
    return ["sh", "-c", 'ulimit -c "$(ulimit -Hc)"; exec "$@"', "sh", *command]


def dumped_core(process: subprocess.Popen[bytes]) -> bool:
    """Whether the system says that it dumped the memory of a process that was killed, wherever to."""
    _, status = os.waitpid(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == -6
    return os.WCOREDUMP(status)


def every_long_word(texts: Iterable[str]) -> set[str]:
    """Words of six letters and more, case folded."""
    return {word for text in texts for word in re.findall(r"[^\W\d_]{6,}", text.casefold())}


def words_in(file: Path, words: Iterable[str]) -> list[str]:
    """Those of the words that a file holds, in any of the encodings, whatever their case."""
    content = file.read_bytes().lower()
    return [word for word in words if any(word.encode(encoding) in content for encoding in ENCODINGS)]
