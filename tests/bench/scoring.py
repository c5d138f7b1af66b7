"""From what a system showed, and when, to numbers. No transcript leaves this file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from tests.bench.streaming import Line, Played, Session
from tests.words import word_error_rate, words

_ONE_UPDATE: Final = 0.02
"""Seconds within which lines are one change of the screen: some words settle while others stay provisional."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One clip through one system. Seconds; None for what never came.

    `first`: from the onset of speech to the first words on screen. `settled`: from the end of speech to the last final,
    None when there was none, or when words were still provisional as the next clip brought its own. `errors` of `words`
    said, diacritics folded; `errors_on_screen` with the words that remained provisional. `rewritten`: words that were
    on screen and then were not, or were others.
    """

    file: str
    speech: float
    onset_by_energy: float
    end_by_energy: float
    first: float | None
    settled: float | None
    finals: int
    partials: int
    errors: int
    errors_on_screen: int
    words: int
    rewritten: int


def score(session: Session) -> list[Scored]:
    """Every clip of a session."""
    return [_score(session, played, lines) for played, lines in zip(session.played, _by_clip(session), strict=True)]


def _by_clip(session: Session) -> list[list[Line]]:
    """A line belongs to the clip that last began before its words were said or, where that is not told, shown."""
    starts = [played.start for played in session.played]
    groups: list[list[Line]] = [[] for _ in starts]
    for line in session.lines:
        moment = line.arrived - session.began if line.at is None else line.at
        groups[max(0, sum(start <= moment for start in starts) - 1)].append(line)
    return groups


def _score(session: Session, played: Played, lines: Sequence[Line]) -> Scored:
    spoken = played.spoken
    onset, end = (session.began + played.start + moment for moment in (spoken.onset, spoken.end))
    worded = [line for line in lines if words(line.text)]
    finals = [line for line in worded if line.final]
    pending = [line for line in lines[-1:] if not line.final and words(line.text)]
    return Scored(
        file=spoken.name,
        speech=round(spoken.speech, 3),
        onset_by_energy=round(spoken.energy_onset - spoken.onset, 3),
        end_by_energy=round(spoken.energy_end - spoken.end, 3),
        first=round(worded[0].arrived - onset, 3) if worded else None,
        settled=round(finals[-1].arrived - end, 3) if finals and not pending else None,
        finals=len(finals),
        partials=len(worded) - len(finals),
        errors=_errors(spoken.clip.text, finals),
        errors_on_screen=_errors(spoken.clip.text, finals + pending),
        words=len(words(spoken.clip.text, fold_diacritics=True).split()),
        rewritten=_rewritten(lines),
    )


def _errors(said: str, heard: Sequence[Line]) -> int:
    text = " ".join(line.text.strip() for line in heard)
    rate = word_error_rate([said], [text], fold_diacritics=True)
    return round(rate * len(words(said, fold_diacritics=True).split()))


def _rewritten(lines: Sequence[Line]) -> int:
    """Words that a reader saw and that were changed or taken away afterwards; case and punctuation don't count."""
    settled: list[str] = []
    shown: list[str] = []
    lost = 0
    for line, following in zip_longest(lines, lines[1:]):
        now = settled + words(line.text).split()
        if line.final:
            settled = now
        if following and following.arrived - line.arrived < _ONE_UPDATE:
            continue
        kept = next((i for i, (old, new) in enumerate(zip(shown, now, strict=False)) if old != new), None)
        lost += len(shown) - (min(len(shown), len(now)) if kept is None else kept)
        shown = now
    return lost
