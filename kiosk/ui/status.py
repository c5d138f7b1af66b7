"""What the status line says: a pure fold of the session's events into a few words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from kiosk.events import (
    BackTranslated,
    Behind,
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
from kiosk.types import Caption
from kiosk.ui.strings import Hearing, loading_name, tr
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
    or None. `mute`: it gives nothing but zeros. `warning`: of what was said or asked for last; `lasting`: of all of it.
    """

    loading: str = ""
    source: str | None = None
    open: frozenset[int] = frozenset()
    behind: float = 0.0
    lost: float = 0.0
    absent: str | None = None
    mute: bool = False
    warning: str = ""
    lasting: str = ""
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

    @property
    def hearing(self) -> Hearing:
        """What the family is told of the microphone."""
        if self.source is None and not (self.over or self.paused or self.absent is not None):
            return Hearing.SOON
        return Hearing.CLOSED if self.deaf else Hearing.OPEN

    def after(self, event: Event) -> Progress:
        """The same session, once `event` has come."""
        match event:
            case Loading(what):
                now = replace(self, loading=clean(what))
            case Ready(source) | DeviceBack(source):
                now = replace(self, source=clean(source), absent=None)
            case SpeechStarted(number):
                now = replace(self, open=self.open | {number})
            case Caption(final=True) | Discarded():
                now = self._settled(event)
            case Behind(seconds):
                now = replace(self, behind=seconds)
            case Overflow(seconds):
                now = replace(self, lost=self.lost + seconds)
            case DeviceLost() | Mute():
                now = self._without_sound(event)
            case Warned():
                now = self._warned(event)
            case Finished():
                now = replace(self, finished=True, open=frozenset(), behind=0.0)
            case Failure():
                now = replace(self, failure=event)
            case Caption() | BackTranslated() | Level():
                now = self
            case _:
                assert_never(event)
        return now

    def _settled(self, event: Caption | Discarded) -> Progress:
        """What was warned of before a caption is no longer about what is read."""
        warning = "" if isinstance(event, Caption) else self.warning
        return replace(self, open=self.open - {event.utterance_id}, warning=warning)

    def _without_sound(self, event: DeviceLost | Mute) -> Progress:
        if isinstance(event, Mute):
            return replace(self, mute=event.mute)
        return replace(self, absent=clean(f"{event.reason} {event.remedy}".strip()))

    def _warned(self, event: Warned) -> Progress:
        words = clean(f"{event.message} {event.remedy}")
        return replace(self, lasting=words) if event.lasting else replace(self, warning=words)

    @property
    def status(self) -> Status:
        """The most pressing of what there is to say; what was lost, and what was warned of, whatever the state."""
        status = self._end or self._obstacle or self._activity
        return replace(status, detail=lines(status.detail, self._notes))

    @property
    def _end(self) -> Status | None:
        if self.failure is not None:
            detail = lines(clean(self.failure.message), tr("status.failed_detail"))
            return Status(tr("status.failed"), Tone.ALARM, detail)
        if self.finished:
            return Status(tr("status.finished"), Tone.CALM)
        return None

    @property
    def _obstacle(self) -> Status | None:
        if self.absent is not None and self.paused:
            # Nothing is looked for in a pause.
            detail = lines(self.absent, tr("status.paused_detail"))
            return Status(tr("status.paused_away"), Tone.ALARM, detail)
        if self.absent is not None:
            return Status(tr("status.away"), Tone.ALARM, lines(self.absent, tr("status.away_remedy")))
        if self.source is None:
            words = tr("status.loading_what", what=loading_name(self.loading)) if self.loading else tr("status.loading")
            return Status(tr("status.paused_loading", loading=words) if self.paused else words, Tone.WAITING)
        if self.paused:
            return Status(tr("status.paused"), Tone.WAITING, tr("status.paused_detail"))
        if self.mute:
            return Status(tr("status.mute"), Tone.ALARM, tr("status.mute_detail"))
        return None

    @property
    def _activity(self) -> Status:
        if self.behind >= 0.5:
            return Status(tr("status.behind", seconds=round(self.behind) or 1), Tone.WAITING)
        if self.open:
            return Status(tr("status.transcribing"), Tone.CALM)
        return Status(tr("status.listening", source=self.source), Tone.CALM)

    @property
    def _notes(self) -> str:
        seconds = f"{self.lost:.1f}".replace(".", tr("number.decimal"))
        lost = tr("status.lost", seconds=seconds) if self.lost else ""
        return lines(lost, self.lasting, self.warning)


def lines(*sentences: str) -> str:
    """What there is to say, each on a line of its own: errors are in French, and the screen may speak English."""
    return "\n".join(sentence for sentence in sentences if sentence)
