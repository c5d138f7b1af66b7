"""This program, as `kiosk caption - --partials` runs it. It chooses between the room's two languages itself."""

from __future__ import annotations

import argparse
import queue

from kiosk import build, installed
from kiosk.allocator import share_memory_between_threads
from kiosk.config import Config
from kiosk.errors import LanguageError, ModelMissing
from kiosk.events import Discarded, Event, Failure, Finished, Ready
from kiosk.settings import load_config
from kiosk.types import Caption, Room
from tests.bench.systems.screen import Screen


def main() -> None:
    """Caption standard input until it ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", help="not needed: the settings say")
    parser.add_argument("--language", required=True, help="what is spoken, beside French")
    parser.add_argument("--finals", action="store_true", help="no hypotheses of what is still being said")
    arguments = parser.parse_args()
    share_memory_between_threads()
    language = arguments.language
    screen, config = Screen(), load_config()
    room = Room("fr", "en" if language == "fr" else language)
    translated = _translated(config, room)
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    pipeline = build.pipeline(
        config, room, build.pcm_pipe(0), events.put, partials=not arguments.finals, real_time=True
    )
    pipeline.start()
    while True:
        match events.get():
            case Ready():
                screen.ready()
            case Caption() as caption:
                show = screen.final if caption.final else screen.partial
                show(caption.transcript.text, caption.translation.text if translated and caption.translation else None)
            case Discarded():
                screen.partial("")
            case Failure(message):
                raise SystemExit(message)
            case Finished():
                break
    pipeline.stop()


def _translated(config: Config, room: Room) -> bool:
    """Whether packages serve the room; where none do, recognition alone is measured."""
    try:
        installed.check_models(config, room)
    except (ModelMissing, LanguageError):
        from tests.bench.speech import NoTranslator  # noqa: PLC0415 - it brings what only this case needs

        # The one place that knows how a pipeline is made stays `kiosk.build`.
        build._translator = lambda _config: NoTranslator()  # type: ignore[assignment,return-value]
        return False
    return True


if __name__ == "__main__":
    main()
