"""Whether what a recogniser decoded can be believed. Pure: a text, counts and scores in, a doubt out."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Final

from kiosk import textrules

COMPRESSION_RATIO: Final = 2.4
"""Length of a text over that of its zlib form above which it repeats itself (OpenAI, whisper/transcribe.py)."""

TWICE: Final = 4
"""Words from which a phrase said twice on end is the decoder's doing: two of 313 utterances, none of them real."""

UNHEARD: Final = 0.72
"""Seconds of sound after the last word, the silence kept after speech included, above which words are missing.

Of 157 answers from short windows the 11 that had lost words left 0.74 s and more, the others 0.70 s and less.
"""

_START: Final = 15

# Tokens a second that nobody exceeds: 313 utterances reach 10.2 (French, spontaneous), 9.0 in Cyrillic. Whisper spells
# scripts that it saw little of in two or three tokens a character.
_FASTEST: Final = 11
_FASTEST_SPELLED: Final = 30
_SPELLED: Final = frozenset({"bn", "hi", "ur", "th", "el", "he", "ka", "am", "ta"})


class Doubt(Enum):
    """Why a hypothesis should be decoded again."""

    LOOP = "loop"
    """It says the same thing again and again, or twice on end."""
    ENDLESS = "endless"
    """It has more tokens than anybody says in that time."""
    DOUBLED = "doubled"
    """It is one phrase, said twice, by people at times, by the decoder often; or it ends as it began, which the decoder
    did in 5 of 45 windows cut 32 ms apart from one sentence, and people in 14 of two million written sentences."""
    CUT_SHORT = "cut-short"
    """Its last word lies well before the end of speech."""
    IMPROBABLE = "improbable"
    """The model itself finds it improbable."""


@dataclass(frozen=True)
class Hypothesis:
    """A decoded text, in `tokens` tokens, of `seconds` of sound.

    `no_speech`: probability that there was none. `log_probability`: mean over the tokens. `unheard`: seconds of sound
    after its last word, 0 where nobody looked.
    """

    text: str
    tokens: int
    seconds: float
    no_speech: float
    log_probability: float
    unheard: float = 0.0

    def followed_by(self, rest: Hypothesis) -> Hypothesis:
        """This, and what was heard in the sound that it left unheard."""
        tokens = self.tokens + rest.tokens
        both = self.log_probability * self.tokens + rest.log_probability * rest.tokens
        return Hypothesis(
            f"{self.text} {rest.text}".strip(),
            tokens,
            self.seconds,
            min(self.no_speech, rest.no_speech),
            both / tokens if tokens else self.log_probability,
            rest.unheard,
        )

    @cached_property
    def compression_ratio(self) -> float:
        """Well above 1 for a text that repeats itself."""
        data = self.text.encode()
        return len(data) / len(zlib.compress(data)) if data else 0.0

    def doubt(self, language: str) -> Doubt | None:
        """The first reason to decode again, if there is one.

        A loop comes with a high probability, so that rate and repetition are looked at first. Few or improbable words
        for what may be silence are left to the rules on silence.
        """
        if self.compression_ratio > COMPRESSION_RATIO or textrules.longest_repeat(self.text) >= TWICE:
            return Doubt.LOOP
        if self.tokens >= most_tokens(self.seconds, language):
            return Doubt.ENDLESS
        if textrules.is_doubled(self.text) or textrules.begins_again(self.text):
            return Doubt.DOUBLED
        if self.no_speech > textrules.NO_SPEECH:
            return None
        if self.unheard > UNHEARD:
            return Doubt.CUT_SHORT
        return Doubt.IMPROBABLE if self.log_probability < textrules.WEAK_LOG_PROBABILITY else None


def most_tokens(seconds: float, language: str) -> int:
    """How many tokens to decode at most: a loop then costs little more than what was said."""
    return _START + round(seconds * (_FASTEST_SPELLED if language in _SPELLED else _FASTEST))
