"""An app that does nothing but hold one screen and remember what it posts, and a phrasebook short enough to be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from textual.app import App
from textual.message import Message
from textual.screen import Screen

from kiosk.phrasebook import Entry, Group, Phrase, Phrasebook, Status
from kiosk.phrasebook.entries import Master, signed
from kiosk.ui import app
from kiosk.ui.app import KioskApp
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.large import LargeScreen
from kiosk.ui.screens.phrases import PhrasesScreen
from kiosk.ui.screens.show_phrase import ShowPhraseScreen
from kiosk.ui.theme import DARK, LIGHT


class Stage(App[None]):
    """The stylesheet, the themes and the sizes are the kiosk's own."""

    CSS_PATH = Path(app.__file__).with_name(str(KioskApp.CSS_PATH))
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = KioskApp.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = KioskApp.VERTICAL_BREAKPOINTS

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._shown = screen
        self.told: list[str] = []
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def on_mount(self) -> None:
        self.push_screen(self._shown)

    def action_help(self) -> None:
        self.push_screen(HelpScreen())

    def action_toggle_theme(self) -> None:
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def _tell(self, message: Message) -> None:
        match message:
            case PhrasesScreen.Left() | LargeScreen.Left():
                self.told.append("left")
            case PhrasesScreen.Sent(phrase=phrase):
                self.told.append(f"sent {phrase}")
            case ShowPhraseScreen.Answered(phrase=phrase, answer=answer):
                self.told.append(f"answered {phrase} {answer}")

    on_phrases_screen_left = _tell
    on_phrases_screen_sent = _tell
    on_large_screen_left = _tell
    on_show_phrase_screen_answered = _tell


def written(stage: App[None], *, full: bool = True) -> str:
    """What is sent to the terminal to paint the screen in front, or only what has to be painted again."""
    compositor = stage.screen._compositor
    update = compositor.render_full_update() if full else compositor.render_partial_update()
    return update.render_segments(Console()) if update is not None else ""


_YES_NO = ("answer.yes", "answer.no", "answer.dont-know")
_TIMES = (*(f"answer.{number}-times" for number in range(10)), "answer.dont-know")

_PHRASES = (
    Phrase("welcome.hello", "Bonjour, entrez, je vous en prie."),
    Phrase("welcome.sit", "Asseyez-vous, s'il vous plaît.", also=("Prenez place.",)),
    Phrase("feeding.eggs", "Votre bébé mange-t-il des œufs ?", answers=_YES_NO),
    Phrase("feeding.times", "Combien de fois votre bébé tète-t-il par jour ?", answers=_TIMES),
    Phrase("fever.has", "Votre enfant a-t-il de la fièvre ?", answers=_YES_NO),
    Phrase("fever.call", "Appelez le 15."),
    Phrase("fever.lost", "Cette phrase n'est pas traduite."),
    Phrase("violence.afraid", "Avez-vous peur de quelqu'un ?", answers=_YES_NO),
    Phrase("distress.cry", "Pleurez-vous souvent ?", answers=_YES_NO),
    Phrase("answer.yes", "Oui"),
    Phrase("answer.no", "Non"),
    Phrase("answer.dont-know", "Je ne sais pas"),
    *(Phrase(f"answer.{number}-times", f"{number} fois") for number in range(10)),
)

_GROUPS = (
    Group("welcome", "Accueil"),
    Group("feeding", "Alimentation"),
    Group("fever", "Fièvre et urgences"),
    Group("violence", "Violences : à dire quand la personne est seule"),
    Group("distress", "Moral de la mère"),
    Group("answer", "Réponses"),
)

_ARABIC = {
    "welcome.hello": signed(
        "Bonjour, entrez, je vous en prie.", "مرحبًا، تفضلوا.", (), "Nadia Benali", date(2026, 5, 31)
    ),
    "welcome.sit": Entry("اجلسوا من فضلكم.", status=Status.REVIEW),
    "feeding.eggs": Entry("هل يأكل رضيعكم البيض؟"),
    "feeding.times": Entry("كم مرة يرضع رضيعكم في اليوم؟"),
    "fever.has": Entry("هل لدى طفلكم حرارة؟"),
    "fever.call": Entry("اتصلوا بالرقم 15."),
    "violence.afraid": Entry("هل تخافين من أحد؟"),
    "distress.cry": Entry("هل تبكين كثيرًا؟"),
    "answer.yes": Entry("نعم"),
    "answer.no": Entry("لا"),
    "answer.dont-know": Entry("لا أعرف"),
    **{f"answer.{number}-times": Entry(f"{number} مرات") for number in range(10)},
}

_TURKISH = {
    "feeding.eggs": Entry("Bebeğiniz yumurta yiyor mu?"),
    "fever.call": Entry("hemen " * 48 + "arayın."),
    "answer.yes": Entry("Evet"),
    "answer.no": Entry("Hayır"),
}


def phrasebook() -> Phrasebook:
    """Three public chapters and both private ones; Arabic lacks a phrase, Turkish an answer too."""
    master = Master(_GROUPS, {phrase.id: phrase for phrase in _PHRASES})
    return Phrasebook(master, {"ar": _ARABIC, "tr": _TURKISH})
