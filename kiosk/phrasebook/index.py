"""The phrases of one language, ready to be searched for what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.phrasebook.entries import Entry
from kiosk.phrasebook.wording import Wording, wording

_MISHEARD: Final = frozenset({"fr"})
"""Languages of which a word may be misheard. Elsewhere one letter tells who and whether: Turkish "içiyor", drinks, and
"içmiyor", does not; Spanish "entendí", I did, and "entendió", she did."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that a sentence may be; `score` in [0, 1], 1 where their words are the same."""

    phrase: str
    score: float


class Index:
    """Every way in which a language says its phrases."""

    def __init__(self, entries: Mapping[str, Entry], language: str) -> None:
        self._language = language
        self._same: dict[str, list[tuple[str, Wording]]] = {}
        self._long: dict[int, list[tuple[str, Wording]]] = {}
        for phrase, entry in entries.items():
            for text in (entry.text, *entry.also):
                if (words := wording(text, language)) is not None:
                    self._same.setdefault(words.key, []).append((phrase, words))
                    self._long.setdefault(len(words.words), []).append((phrase, words))

    def find(self, text: str) -> list[Hit]:
        """The phrases that `text` may be, the nearest first, each once."""
        spoken = wording(text, self._language)
        if spoken is None:
            return []
        known = self._same.get(spoken.key, [])
        if not known and self._language in _MISHEARD:
            known = self._long.get(len(spoken.words), [])
        scores: dict[str, float] = {}
        for phrase, words in known:
            if spoken.agrees(words) and (score := spoken.nearness(words)) > 0:
                scores[phrase] = max(score, scores.get(phrase, 0.0))
        return sorted((Hit(phrase, score) for phrase, score in scores.items()), key=lambda hit: -hit.score)
