"""The end of a consultation: what was said is forgotten, unless the nurse asks for a file or a reminder first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Footer, Static

from kiosk.export import Form, Occasion, Said, conversation, reminder, reminder_order
from kiosk.keep import Keeper, Kept
from kiosk.types import Room
from kiosk.ui.screens.keep import KeepScreen, Paper
from kiosk.ui.screens.reminder import ReminderScreen
from kiosk.ui.strings import family_strings
from kiosk.ui.widgets.caption import FLAG_WORDS
from kiosk.ui.widgets.too_small import TooSmall

_CHOICES: Final = (
    ("end", "Entrée · Terminer : tout oublier"),
    ("leave", "Échap · Revenir à la conversation"),
    ("remind", "r · Rappel à imprimer : rendez-vous, doses"),
    ("export", "x · Garder toute la conversation dans un fichier"),
)

_ADVICE_EXPORT: Final = (
    "À faire : le ranger là où votre service garde les dossiers, puis l'effacer d'ici, corbeille comprise. "
    "Ne l'envoyez pas par une messagerie ordinaire."
)
_ADVICE_REMINDER: Final = (
    "À faire : l'imprimer, relire la feuille avec la famille, la lui donner, puis effacer le fichier, corbeille "
    "comprise."
)


def _counted(number: int) -> str:
    """ "1 parole", "12 paroles", with the translations."""
    return f"{number} parole{'s' if number > 1 else ''} et {'leurs traductions' if number > 1 else 'sa traduction'}"


class EndScreen(Screen[None]):
    """Nothing is listened to while it shows. Posts `Ended` or `Left`.

    `said`: what is still in memory, asked for whenever it is shown or used. `keeper`: how a file may be kept; None
    where nothing may be, and neither a file nor a reminder is then offered.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "end", "Oublier", key_display="Entrée"),
        Binding("escape", "leave", "Revenir", key_display="Échap"),
        Binding("r", "remind", "Rappel"),
        Binding("x", "export", "Fichier"),
        Binding("question_mark,f1", "app.help", "Aide", key_display="?"),
        Binding("ctrl+q", "app.quit", "Quitter", key_display="Ctrl+Q", priority=True),
        Binding("t", "app.toggle_theme", show=False),
    ]

    class Ended(Message):
        """All is to be forgotten: `count` utterances. `files`: what was kept on demand, and stays."""

        def __init__(self, count: int, files: tuple[Path, ...]) -> None:
            super().__init__()
            self.count = count
            self.files = files

    class Left(Message):
        """Back to the conversation."""

    def __init__(self, said: Callable[[], Sequence[Said]], room: Room, keeper: Keeper | None) -> None:
        super().__init__()
        self._said = said
        self._room = room
        self._keeper = keeper
        self._files: list[Kept] = []
        self._count = Static(id="end-count", markup=False)
        self._kept = Static(id="end-kept", markup=False)

    def compose(self) -> ComposeResult:
        yield Static("Fin de la consultation · micro fermé", classes="screen-title", markup=False)
        with VerticalScroll(id="end"):
            yield Static("Rien n'a été gardé : ni la voix, ni le texte.", id="end-nothing", markup=False)
            yield self._count
            yield self._kept
            for name, label in _CHOICES:
                button = Button(label, id=f"end-{name}", classes="end-choice", compact=True)
                button.can_focus = False  # Enter always means the same here
                button.display = self.check_action(name, ()) is not False
                yield button
        yield Footer(compact=True)
        yield TooSmall()

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#end"))

    def on_screen_resume(self) -> None:
        """Count again: what was being recognised may have become a caption."""
        number = len(self._said())
        self._count.update(
            f"En mémoire : {_counted(number)}. Entrée les oublie pour toujours."
            if number
            else "Il n'y a rien en mémoire."
        )
        lines = [f"Fichier écrit, que le kiosque n'effacera pas : {kept.path}" for kept in self._files]
        if any(not kept.private for kept in self._files):
            lines.append("⚠ Ce support ne protège pas ses fichiers : qui le tient peut les lire.")
        self._kept.update("\n".join(lines))
        self._kept.display = bool(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to keep something only where that is allowed and there is something."""
        if action in ("remind", "export"):
            return self._keeper is not None and bool(self._said())
        return True

    @on(Button.Pressed)
    async def _press(self, event: Button.Pressed) -> None:
        await self.run_action((event.button.id or "").removeprefix("end-"))

    def action_end(self) -> None:
        """Forget everything."""
        self.post_message(self.Ended(len(self._said()), tuple(kept.path for kept in self._files)))

    def action_leave(self) -> None:
        """Back to the conversation."""
        self.post_message(self.Left())

    def action_export(self) -> None:
        """The whole conversation, in a file."""
        self._keep("Garder la conversation dans un fichier", "conversation", _ADVICE_EXPORT, self._said(), conversation)

    def action_remind(self) -> None:
        """A few lines, to be ticked first."""
        lines = reminder_order(self._said())
        self.app.push_screen(ReminderScreen(lines, self._room), self._write_reminder)

    def _write_reminder(self, ticked: tuple[Said, ...] | None) -> None:
        if ticked:
            self._keep("Écrire le rappel à imprimer", "rappel", _ADVICE_REMINDER, ticked, reminder)

    def _keep(
        self,
        title: str,
        stem: str,
        advice: str,
        said: Sequence[Said],
        render: Callable[[Sequence[Said], Occasion, Form], str],
    ) -> None:
        if self._keeper is None:
            return
        occasion = Occasion(self._room, self._keeper.now(), FLAG_WORDS, family_strings(self._room.family).notice)
        paper = Paper(title, stem, advice, occasion.when, lambda form: render(said, occasion, form))
        self.app.push_screen(KeepScreen(paper, self._keeper), self._remember)

    def _remember(self, kept: Kept | None) -> None:
        if kept is not None:
            self._files.append(kept)


class ForgottenScreen(Screen[None]):
    """Shown once all is forgotten, and no sooner. Posts `Left`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "leave", "Nouvelle consultation", key_display="Entrée"),
        Binding("ctrl+q,q", "app.quit", "Quitter", key_display="Ctrl+Q", priority=True),
        Binding("t", "app.toggle_theme", show=False),
    ]

    class Left(Message):
        """On to the next family."""

    def __init__(self, count: int, files: tuple[Path, ...] = ()) -> None:
        super().__init__()
        self._count = count
        self._files = files

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="end"):
            yield Static("✓ C'est oublié.", id="end-nothing", markup=False)
            if self._count:
                words = f"{_counted(self._count)} ont été oubliées. Il n'en reste rien ici."
                yield Static(words, classes="end-line", markup=False)
            for path in self._files:
                yield Static(f"Un fichier reste, dont vous répondez : {path}", classes="end-file", markup=False)
        yield Footer(compact=True)
        yield TooSmall()

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#end"))

    def action_leave(self) -> None:
        """On to the next family."""
        self.post_message(self.Left())
