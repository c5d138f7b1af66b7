"""Captions the default microphone, as the app does but without its screen, until standard input ends.

Run as a program, with the environment of the virtual microphone. Writes one line an event: a caption as JSONL, any
other as {"event": "Ready"}.
"""

from __future__ import annotations

import json
import os
import sys

from kiosk import build, formats
from kiosk.events import Event, Level
from kiosk.settings import load_config
from kiosk.types import Caption


def tell(event: Event) -> None:
    """Write one event. Called from the pipeline's threads, so a line goes out in one write."""
    match event:
        case Level():
            return
        case Caption():
            line = formats.render(event, "jsonl")
        case _:
            line = json.dumps({"event": type(event).__name__}) + "\n"
    os.write(sys.stdout.fileno(), line.encode())


def main() -> None:
    """Listen until told to stop."""
    config = load_config(environment=os.environ)
    pipeline = build.pipeline(
        config, config.languages, build.microphone(config), tell, partials=True, real_time=True, watched=True
    )
    pipeline.start()
    sys.stdin.read()
    pipeline.stop()


if __name__ == "__main__":
    main()
