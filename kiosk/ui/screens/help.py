"""What staff need to know, on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from kiosk.ui.widgets.too_small import TooSmall


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    body: str


_SECTIONS: Final = (
    _Section(
        "Une IA traduit, et elle peut se tromper",
        "Dites-le à la famille. Pour une dose, un poids, une température ou une date, écrivez le nombre, montrez-le, "
        "faites-le redire. Au moindre doute, appelez un interprète.\n"
        "Rien n'est enregistré : ni la voix, ni le texte. Tout reste sur cet ordinateur et disparaît à la fermeture.",
    ),
    _Section(
        "Bien parler",
        "Une personne à la fois. Des phrases courtes, des mots simples, sans sigle. "
        "Attendez la traduction avant de continuer. Le micro sur la table, près de la personne qui parle.",
    ),
    _Section(
        "Lire l'écran",
        "À gauche, la langue de l'équipe ; à droite, celle de la famille.\n"
        "► et texte gras : ce qui a été dit. « traduction » : ce que l'IA en a fait.\n"
        "… à la fin : la phrase n'est pas finie. Les mots pâles et penchés peuvent encore changer ; les autres restent "
        "jusqu'au texte définitif, qui remplace tout une fois.\n"
        "⚠ un doute, dit en mots du côté de l'équipe : faites répéter ou reformulez.\n"
        "démo : traduit par un modèle de démonstration, à ne pas utiliser avec une famille.",
    ),
    _Section(
        "Touches",
        "espace       pause, micro fermé ; encore : reprendre\n"
        "l            changer la langue de la famille\n"
        "e            effacer ce qui a été dit (e : confirmer)\n"
        "↑ ↓          relire ; Fin : revenir au plus récent\n"
        "t            écran clair ou sombre\n"
        "r            réessayer après une erreur\n"
        "? ou F1      cette aide\n"
        "q            quitter (ou Ctrl+Q, Ctrl+C)",
    ),
)


class HelpScreen(ModalScreen[None]):
    """Closed by Escape, or by the keys that opened it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark,q", "dismiss", "Fermer l'aide", key_display="Échap"),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            for section in _SECTIONS:
                yield Static(section.title, classes="help-title", markup=False)
                yield Static(section.body, classes="help-body", markup=False)
        yield Footer(compact=True)
        yield TooSmall()
