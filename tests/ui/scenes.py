"""Every screen of the app, reached as a person reaches it, with a family that speaks English or Arabic.

For the snapshots, and for the pictures of the guide (`pictures.py`). Nothing blinks, no clock shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from textual.pilot import Pilot
from textual.widgets import Input

from kiosk.events import Failure, Level, Ready, SpeechStarted
from kiosk.keep import Keeper
from kiosk.languages import LANGUAGES, language
from kiosk.types import Flag
from kiosk.ui.app import KioskApp
from kiosk.ui.bidi import Way
from kiosk.ui.navigation import Means
from kiosk.ui.screens.waiting import WaitingScreen
from kiosk.ui.terminal import Terminal
from kiosk.ui.theme import DARK
from kiosk.ui.waiting_room import WaitingRoomApp, Watch
from tests.ui.fakes import CONTACTS, FR_AR, FR_EN, PHRASES, FakeOpener, caption, offers

ROOMS: Final = {"en": FR_EN, "ar": FR_AR}

_DOSE: Final = (Flag.NUMBERS,)

_SAID: Final = {
    "en": (
        caption("Bonjour, asseyez-vous. Comment va votre bébé ?", "Hello, sit down. How is your baby?"),
        caption("He had a fever last night.", "Il avait de la fièvre hier soir.", utterance_id=2, language="en"),
        caption(
            "Donnez-lui 2,5 ml toutes les six heures.",
            "Give him 25 ml every six hours.",
            utterance_id=3,
            flags=_DOSE,
            figures=("2,5 ml",),
        ),
        caption("Revenez le 14 mars à 10 heures.", "Come back on 14 March at 10 o'clock.", utterance_id=4),
        caption("I see, and", "Je vois, et", utterance_id=5, language="en", final=False, settled=5),
    ),
    "ar": (
        caption("Bonjour, comment va votre bébé ?", "مرحبا، كيف حال طفلكم؟", room=FR_AR),
        caption(
            "كانت حرارته مرتفعة الليلة الماضية.",
            "Il avait de la fièvre la nuit dernière.",
            utterance_id=2,
            language="ar",
            room=FR_AR,
            flags=(Flag.UNSURE_LANGUAGE,),
        ),
        caption(
            "Donnez-lui 2,5 ml toutes les six heures.",
            "أعطوه 25 مل كل ست ساعات.",
            utterance_id=3,
            room=FR_AR,
            flags=_DOSE,
            figures=("2,5 ml",),
        ),
        caption("Revenez le 14 mars à 10 heures.", "عودوا يوم 14 مارس الساعة 10.", utterance_id=4, room=FR_AR),
        caption("فهمت، و", "Je comprends, et", utterance_id=5, language="ar", room=FR_AR, final=False, settled=4),
    ),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """The way to a screen: the app as it `starts`, captions `spoken`, `keys`, then what is `typed` in each language."""

    starts: str = "conversation"
    keys: tuple[str, ...] = ()
    spoken: int = 4
    typed: tuple[str, str] = ("", "")


SCENES: Final = {
    "welcome": Scene("welcome"),
    "welcome-sought": Scene("welcome", typed=("anglais", "عرب")),
    "notice": Scene("notice"),
    "interpreter": Scene("notice", ("2",)),
    "columns": Scene(spoken=5),
    "halves": Scene(keys=("v",), spoken=5),
    "wording": Scene(keys=("s", "tab"), typed=("He sleeps well.", "ينام جيدًا.")),
    "phrases": Scene(keys=("p",)),
    "phrases-sought": Scene(keys=("p", *"temperature")),
    "private": Scene(keys=("p", "ctrl+end", "enter")),
    "show-phrase": Scene(keys=("p", *"a-t-il de la fievre", "enter")),
    "large": Scene(keys=("g",), spoken=3),
    "end": Scene(keys=("q",)),
    "keep": Scene(keys=("q", "x")),
    "reminder": Scene(keys=("q", "r", "down", "space")),
    "forgotten": Scene(keys=("q", "enter")),
    "failure": Scene("failure"),
    "help": Scene(keys=("question_mark",)),
    "discovery": Scene("discovery", ("enter", "enter", "enter"), spoken=3),
    "self-test": Scene("welcome", ("f2",)),
    "waiting": Scene("waiting"),
    "staff-code": Scene("waiting", ("ctrl+q",)),
}


class Stand:
    """The app on the way to a scene, with a family that speaks `language`."""

    def __init__(self, name: str, language: str, theme: str = DARK.name) -> None:
        self._scene = SCENES[name]
        self._language = language
        self._theme = theme
        self._opener = FakeOpener()
        self.app = self._app()

    def _app(self) -> KioskApp:
        keeper = Keeper(lambda: datetime(2026, 3, 14, 10, 5), lambda: (Path("/media/cle-usb"),))
        terminal = Terminal("vte", Way.APP, remember=lambda name, way: None)
        means = Means(offers(starter="es"), "fr", PHRASES, CONTACTS, terminal, keeper)
        starts = self._scene.starts
        if starts == "waiting":
            return WaitingRoomApp(means, self._opener, Watch("2580", 600.0))
        room = None if starts == "welcome" else ROOMS[self._language]
        return KioskApp(means, self._opener, room, demo=starts == "discovery", discover=starts == "discovery")

    async def go(self, pilot: Pilot[None]) -> None:
        """Come to the scene from the first screen."""
        self.app.theme = self._theme
        await pilot.pause()
        if isinstance(self.app.screen, WaitingScreen):
            for _ in LANGUAGES:  # the first welcome that is written as this family writes
                if self.app.screen.has_class("-rtl") is language(self._language).rtl:
                    break
                self.app.screen.next_turn()
        elif self._scene.starts not in ("welcome", "notice"):
            await self._converse(pilot)
        await pilot.press(*self._scene.keys)
        await pilot.pause()
        for field in self.app.screen.query(Input):
            field.cursor_blink = False
        await pilot.press(*self._scene.typed[self._language == "ar"])
        await pilot.pause()

    async def _converse(self, pilot: Pilot[None]) -> None:
        if self._scene.starts != "discovery":
            await pilot.press("1")  # the family accepts
            await pilot.pause()
        self._opener.emit(Ready("Micro USB"), *_SAID[self._language][: self._scene.spoken])
        self._opener.emit(SpeechStarted(9), Level(0.05, speech=True))
        if self._scene.starts == "failure":
            await pilot.pause()  # what lies below a dialog is not drawn again: it must stand as it is to be seen
            await pilot.pause()
            self._opener.emit(Failure("Le modèle de reconnaissance est abîmé.", "Lancez « kiosk models verify »."))
        await pilot.pause()
