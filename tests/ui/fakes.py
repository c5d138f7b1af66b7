"""A session that does nothing but remember, and what the tests of the screens share."""

from __future__ import annotations

import threading
from pathlib import Path

from textual.app import App

from kiosk import paths
from kiosk.errors import KioskError
from kiosk.events import Emit, Event
from kiosk.languages import LANGUAGES, Offer
from kiosk.phrasebook import Phrasebook
from kiosk.types import Caption, Flag, Latency, Room, Transcript, Translation
from kiosk.ui.app import KioskApp
from kiosk.ui.navigation import Means

FR_EN = Room("fr", "en")
FR_AR = Room("fr", "ar")


class FakeSession:
    """Writes every call into the log it shares with its opener."""

    def __init__(self, log: list[str], emit: Emit) -> None:
        self.emit = emit
        self._log = log
        self.stopped_in: threading.Thread | None = None

    def start(self) -> None:
        self._log.append("start")

    def pause(self) -> None:
        self._log.append("pause")

    def resume(self) -> None:
        self._log.append("resume")

    def correct(self, utterance_id: int, language: str) -> None:
        self._log.append(f"correct {utterance_id} {language}")

    def reword(self, utterance_id: int, text: str, language: str) -> None:
        self._log.append(f"reword {utterance_id} {language} {text}")

    def listen_in(self, language: str | None) -> None:
        self._log.append(f"listen in {language}")

    def back_translate(self, utterance_id: int) -> None:
        self._log.append(f"back-translate {utterance_id}")

    def forget(self) -> None:
        self._log.append("forget")

    def stop(self) -> None:
        self.stopped_in = threading.current_thread()
        self._log.append("stop")


class FakeOpener:
    """Opens fake sessions, or fails with `error`."""

    def __init__(self, error: KioskError | None = None) -> None:
        self.log: list[str] = []
        self.error = error
        self.sessions: list[FakeSession] = []

    def __call__(self, room: Room, emit: Emit) -> FakeSession:
        self.log.append(f"open {room.staff},{room.family}")
        if self.error is not None:
            raise self.error
        self.sessions.append(FakeSession(self.log, emit))
        return self.sessions[-1]

    def emit(self, *events: Event) -> None:
        """Speak as the newest session."""
        for event in events:
            self.sessions[-1].emit(event)


def offers(*, starter: str = "", missing: str = "fa") -> tuple[Offer, ...]:
    """Every language; `starter` is served by a demonstration package, `missing` not at all."""
    return tuple(
        Offer(language, (f"en-{code}", f"{code}-en") if code == missing else (), code == starter, pull=f"fr-{code}")
        for code, language in LANGUAGES.items()
    )


PHRASES = Phrasebook.load(paths.PHRASEBOOK, Path("/nonexistent"))
"""Those of the program, with nothing signed."""

CONTACTS = ("ISM Interprétariat 01 00 00 00 00",)


def kiosk(opener: FakeOpener, room: Room | None = FR_EN, *, starter: str = "", demo: bool = False) -> KioskApp:
    """The app, as `kiosk run` builds it."""
    return KioskApp(Means(offers(starter=starter), "fr", PHRASES, CONTACTS), opener, room, demo=demo)


def conversation(opener: FakeOpener, room: Room = FR_EN, *, starter: str = "", demo: bool = False) -> KioskApp:
    """The same, once the family has accepted: tests of the conversation are about what comes after."""
    app = kiosk(opener, room, starter=starter, demo=demo)
    app._enter = app._open  # type: ignore[method-assign]
    return app


def caption(  # noqa: PLR0913 - each test gives the two or three that it is about
    text: str,
    translation: str,
    *,
    utterance_id: int = 1,
    language: str = "fr",
    room: Room = FR_EN,
    flags: tuple[Flag, ...] = (),
    final: bool = True,
    settled: int | None = None,
    figures: tuple[str, ...] = (),
) -> Caption:
    """A caption of this room, of which only what is shown matters."""
    return Caption(
        utterance_id,
        room.side(language),
        Transcript(text, language, 0.98, 0.01, -0.2),
        Translation(translation, language, room.other(language), "argos", flags, figures),
        0,
        16_000,
        Latency(0.6, 0.3, 0.1, 1.0),
        final,
        len(text) if settled is None else settled,
    )


def seen(app: App[None]) -> str:
    """What the screen in front shows, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())
