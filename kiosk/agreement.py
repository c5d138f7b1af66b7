"""Which words of what is still being said are settled: LocalAgreement-2. Pure.

Recognised again and again while it grows, an utterance gives a hypothesis each time. What two successive ones agree
on, from the beginning, is settled: it is shown as such and not taken back (Liu et al. 2020, "Low-Latency
Sequence-to-Sequence Speech Recognition and Translation by Partial Hypothesis Selection"; Machacek et al. 2023, "Turning
Whisper into Real-Time Transcription System").
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# A word, with the punctuation that touches it; in scripts that write no spaces (Chinese, Japanese, Thai, Lao, Burmese,
# Khmer), a character.
_UNIT: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    "|[^\\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
)


class Agreement:
    """The hypotheses of one utterance, as they come."""

    def __init__(self) -> None:
        self._text = ""
        self._settled = 0

    @property
    def text(self) -> str:
        """The newest hypothesis."""
        return self._text

    @property
    def settled(self) -> str:
        """The part of `text`, from its beginning, that later hypotheses must begin with."""
        return self._text[: self._settled]

    def hear(self, hypothesis: str) -> bool:
        """Take the next hypothesis. False, and nothing changes, if it does not begin with what is settled."""
        if not hypothesis.startswith(self.settled):
            return False
        before = _UNIT.finditer(self._text, self._settled)
        now = _UNIT.finditer(hypothesis, self._settled)
        for old, new in zip(before, now, strict=False):
            if _bare(old[0]) != _bare(new[0]):
                break
            # "38" may yet become "38.5", and "2" "2 000": a figure, like punctuation, is settled with the next word.
            if (letters := _letters(new[0])) and not any(character.isdigit() for character in new[0]):
                self._settled = new.start() + letters
        self._text = hypothesis
        return True

    def settle(self) -> None:
        """Hold on to the whole of the newest hypothesis: the speaker paused after it."""
        self._settled = len(self._text)


def _bare(word: str) -> str:
    """Lower case, without punctuation."""
    return "".join(character for character in word.casefold() if _is_letter(character)) or word


def _letters(word: str) -> int:
    """How much of a word there is up to its last letter or digit."""
    return max((index + 1 for index, character in enumerate(word) if _is_letter(character)), default=0)


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"
