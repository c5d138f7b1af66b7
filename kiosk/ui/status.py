"""What the status line says: a pure fold of the session's events into a few words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from kiosk.types import (
    BackTranslated,
    Behind,
    Caption,
    DeviceBack,
    DeviceLost,
    Discarded,
    Event,
    Failure,
    Finished,
    Level,
    Loading,
    Mute,
    Overflow,
    Ready,
    SpeechStarted,
    Warned,
)
from kiosk.ui.text import clean


class Tone(Enum):
    """How a status is to be taken; the value is its CSS class. The words say the same without colour."""

    CALM = "-calm"
    WAITING = "-waiting"
    ALARM = "-alarm"


@dataclass(frozen=True, slots=True)
class Status:
    """`words` always show; `detail`, a line below them, only when there is something to know or to do."""

    words: str
    tone: Tone
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a session stands, as far as its events tell.

    `loading`: what is being loaded. `source`: the name of what is listened to, once it is. `open`: utterances that
    await their final. `behind` and `lost`: seconds. `absent`: why the microphone is away and what to do,
    or None. `mute`: it gives nothing but zeros.
    """

    loading: str = ""
    source: str | None = None
    open: frozenset[int] = frozenset()
    behind: float = 0.0
    lost: float = 0.0
    absent: str | None = None
    mute: bool = False
    warning: str = ""
    paused: bool = False
    finished: bool = False
    failure: Failure | None = None

    @property
    def over(self) -> bool:
        """Nothing more will be heard in this session."""
        return self.finished or self.failure is not None

    @property
    def deaf(self) -> bool:
        """Nothing is being listened to now."""
        return self.over or self.paused or self.absent is not None or self.source is None

    def after(self, event: Event) -> Progress:
        """The same session, once `event` has come."""
        match event:
            case Loading(what):
                now = replace(self, loading=clean(what))
            case Ready(source) | DeviceBack(source):
                now = replace(self, source=clean(source), absent=None)
            case SpeechStarted(number):
                now = replace(self, open=self.open | {number})
            case Caption(utterance_id=number, final=True) | Discarded(number):
                now = replace(self, open=self.open - {number})
            case Behind(seconds):
                now = replace(self, behind=seconds)
            case Overflow(seconds):
                now = replace(self, lost=self.lost + seconds)
            case DeviceLost(reason, remedy):
                now = replace(self, absent=clean(f"{reason} {remedy}".strip()))
            case Mute(mute):
                now = replace(self, mute=mute)
            case Warned(message, remedy):
                now = replace(self, warning=clean(f"{message} {remedy}"))
            case Finished():
                now = replace(self, finished=True, open=frozenset(), behind=0.0)
            case Failure():
                now = replace(self, failure=event)
            case Caption() | BackTranslated() | Level():
                now = self
            case _:
                assert_never(event)
        return now

    @property
    def status(self) -> Status:
        """The most pressing of what there is to say."""
        return self._end or self._obstacle or self._activity

    @property
    def _end(self) -> Status | None:
        if self.failure is not None:
            return Status("Arrêt sur erreur", Tone.ALARM, f"{clean(self.failure.message)} r : réessayer")
        if self.finished:
            return Status("Enregistrement terminé", Tone.CALM, self._notes)
        return None

    @property
    def _obstacle(self) -> Status | None:
        if self.absent is not None:
            return Status("Micro absent", Tone.ALARM, f"{self.absent} L'écoute reprendra seule.")
        if self.source is None:
            words = f"Chargement : {self.loading}…" if self.loading else "Chargement…"
            return Status(f"En pause. {words}" if self.paused else words, Tone.WAITING, self._notes)
        if self.paused:
            return Status("En pause, micro fermé", Tone.WAITING, "Espace : reprendre l'écoute")
        if self.mute:
            return Status("Micro muet ?", Tone.ALARM, "Il ne donne aucun son : voyez son interrupteur et son réglage.")
        return None

    @property
    def _activity(self) -> Status:
        if self.behind >= 0.5:
            return Status(f"En retard de {round(self.behind) or 1} s", Tone.WAITING, self._notes)
        if self.open:
            return Status("Transcription en cours", Tone.CALM, self._notes)
        return Status(f"Écoute : {self.source}", Tone.CALM, self._notes)

    @property
    def _notes(self) -> str:
        lost = f"⚠ {self.lost:.1f} s de son perdues".replace(".", ",") if self.lost else ""
        return " ".join(note for note in (lost, self.warning) if note)
