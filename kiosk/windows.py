"""How much sound a recogniser encodes, and when it has to listen again. Pure: the ear is a port."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from kiosk import textrules
from kiosk.hypothesis import Doubt, Hypothesis

FULL: Final = 3_000
"""Mel frames of 10 ms in the 30 s that Whisper was trained on."""

FLOOR: Final = 800
"""The fewest mel frames encoded for a final.

Over 311 utterances in 10 languages, beam 5, answers of 8 s, 12 s and 16 s windows are about equally good (25.8 % of
words wrong against 24.1 in the full window), and the errors are not the same ones: it is listening again that pays.
"""

PARTIAL_FLOOR: Final = 500
"""The same for a hypothesis of what is still being said: less is right, and replaced within half a second."""

AGAIN_FLOOR: Final = 2_000
"""The fewest when an answer is doubtful: a loop seldom survives another window. Half the cost of 30 s.

Over 233 utterances in 7 languages, of which `transcribe` gets 23.2 % of words wrong: a second look in 16 s gives 23.7,
in 20 s 23.3, in 30 s 23.0.
"""

AGAIN_BELOW: Final = -0.55
"""Mean log-probability a token below which a longer window is asked too, and the likelier answer taken: 5 % of answers.

At -0.45 0.15 points fewer words are wrong, for 4 % more work; at -0.8 0.4 points more.
"""

_MARGIN: Final = 2.0
"""Seconds of nothing encoded after what was said: with less, more answers loop."""

_ONE_WORD: Final = 1.5
"""Seconds of sound, 0.6 of which is kept around speech, under which one or two words were said.

In doubt the full window hears "deux" and "neuf" where others hear "D." and "Nath".
"""

_OVERLAP: Final = 0.2
"""Seconds before the sound that an answer left unheard, from which the rest of it is recognised by itself."""

_CLEAR_FROM: Final = -0.6
"""Mean log-probability from which what is heard in the rest is taken for speech that was lost, not for a noise."""

# OpenAI's temperatures (whisper/transcribe.py), fewer of them: each costs a decoding.
_TEMPERATURES: Final = (0.4, 0.8)

_REPEATS: Final = (Doubt.LOOP, Doubt.ENDLESS)


class Ear(Protocol):
    """One utterance in one language, to be listened to in windows of this many mel frames."""

    def look(self, frames: int) -> Hypothesis:
        """With a beam, knowing what sound its last word leaves unheard."""

    def look_at_end(self, seconds: float, frames: int) -> Hypothesis:
        """The same of the last `seconds` alone."""

    def sample(self, temperature: float) -> Hypothesis:
        """In the full window, the likeliest of a few answers drawn at random; 0 for a beam."""


@dataclass(slots=True)
class Tally:
    """`finals` counts what was recognised with care, `looks` how often in another window that is not the full one, and
    `full` why in the full one."""

    finals: int = 0
    looks: int = 0
    full: Counter[Doubt] = field(default_factory=Counter)


def window(seconds: float, floor: int = FLOOR) -> int:
    """Mel frames, an even number, to encode for `seconds` of sound."""
    return min(FULL, max(floor, 2 * round(50 * (seconds + _MARGIN))))


def listen(ear: Ear, seconds: float, language: str, wanted: Callable[[], bool], tally: Tally) -> Hypothesis:
    """What was said in `seconds` of sound: in a short window, then as the answer calls for it while it is `wanted`.

    Over 233 utterances in 7 languages this gives 23.3 % of words wrong, faster-whisper's `transcribe` 23.2, in 0.34 of
    its time (median); 2.6 % end in the full window.
    """
    tally.finals += 1
    first = ear.look(window(seconds))
    doubt = first.doubt(language)
    if doubt is None and first.log_probability < AGAIN_BELOW:
        doubt = Doubt.IMPROBABLE
    if doubt is None or not wanted():
        return first
    if doubt is Doubt.CUT_SHORT and seconds >= _ONE_WORD:
        tally.looks += 1
        return _with_the_rest(first, ear, language)
    if seconds >= _ONE_WORD:
        tally.looks += 1
        second = ear.look(window(seconds, AGAIN_FLOOR))
        best = max(first, second, key=lambda answer: (_is_sound(answer, language), answer.log_probability))
        if doubt not in _REPEATS or _is_sound(best, language) or not wanted():
            return best
    tally.full[doubt] += 1
    return _in_full(ear, language)


def _is_sound(answer: Hypothesis, language: str) -> bool:
    return answer.doubt(language) in (None, Doubt.IMPROBABLE)


def _with_the_rest(first: Hypothesis, ear: Ear, language: str) -> Hypothesis:
    """An answer that stopped early, and what is clear in the sound after it: speech that it lost, or a noise."""
    seconds = min(first.unheard + _OVERLAP, first.seconds)
    rest = ear.look_at_end(seconds, window(seconds))
    if not rest.text or rest.no_speech > textrules.NO_SPEECH:
        return replace(first, unheard=0.0)
    clear = rest.doubt(language) is None and rest.log_probability >= _CLEAR_FROM
    return first.followed_by(rest) if clear else first


def _in_full(ear: Ear, language: str) -> Hypothesis:
    """In the window that Whisper was trained on: with a beam, then by sampling while the answer repeats itself."""
    answers = []
    for temperature in (0.0, *_TEMPERATURES):
        answer = ear.sample(temperature)
        if answer.doubt(language) not in _REPEATS:
            return answer
        answers.append(answer)
    # The least repetitive answers first, the likeliest of them: a loop comes with a high probability.
    return max(answers, key=lambda a: (a.doubt(language) is not Doubt.LOOP, a.log_probability))
