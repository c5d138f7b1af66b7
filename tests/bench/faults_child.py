"""Listens as the app does, without its screen, and tells every event as a line of JSON, until standard input ends.

Lines on standard input: "slept N" sets forward, by N seconds, the clock that counts how long the machine slept; "clock"
asks for the time of day as this process has it. With FAULTS_REFUSE=rate PortAudio refuses 16 kHz, with
FAULTS_REFUSE=taken every device between the lines "take" and "free".
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time
from typing import Any

from kiosk import build, listening, watching
from kiosk.events import Event, Level
from kiosk.settings import load_config
from kiosk.types import Caption

_slept = [0.0]
_taken = [False]


def tell(event: Event) -> None:
    """Write one event; a line goes out in one write, as this is called from several threads."""
    match event:
        case Level():
            return
        case Caption():
            fields: dict[str, Any] = {"text": event.transcript.text, "final": event.final}
        case _:
            fields = dataclasses.asdict(event)
    line = json.dumps({"event": type(event).__name__} | fields, ensure_ascii=False) + "\n"
    os.write(sys.stdout.fileno(), line.encode())


def refuse(what: str) -> None:
    """Have PortAudio refuse 16 kHz, as some cards do ("rate"), or say of every device that it is taken ("taken")."""
    import sounddevice  # noqa: PLC0415 - only where it is asked for

    class Refusing(sounddevice.InputStream):  # type: ignore[misc]
        def __init__(self, **options: Any) -> None:
            if what == "rate" and options["samplerate"] == 16_000:
                raise sounddevice.PortAudioError("Invalid sample rate", -9997)
            if _taken[0]:
                raise sounddevice.PortAudioError("Device unavailable", -9985)
            super().__init__(**options)
            tell_rate(options["samplerate"])

    sounddevice.InputStream = Refusing


def tell_rate(rate: int) -> None:
    """At which rate the device was opened."""
    os.write(sys.stdout.fileno(), (json.dumps({"event": "Rate", "rate": rate}) + "\n").encode())


def main() -> None:
    """Listen until told to stop."""
    real = watching.seconds_asleep
    listening.seconds_asleep = lambda: real() + _slept[0]
    if what := os.environ.get("FAULTS_REFUSE"):
        refuse(what)
    config = load_config(environment=os.environ)
    pipeline = build.pipeline(
        config, config.languages, build.microphone(config), tell, partials=True, real_time=True, watched=True
    )
    pipeline.start()
    for line in sys.stdin:
        match line.split():
            case ["slept", seconds]:
                _slept[0] += float(seconds)
            case ["clock"]:
                os.write(sys.stdout.fileno(), (json.dumps({"event": "Clock", "time": time.time()}) + "\n").encode())
            case ["take" | "free" as verb]:
                _taken[0] = verb == "take"
    pipeline.stop()


if __name__ == "__main__":
    main()
