"""How long a silence ends an utterance: told from the words before it. Pure, but for a place to leave word in."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Ending(Enum):
    """How what was said before a silence sounds."""

    UNKNOWN = "unknown"
    """Nobody has looked at the words yet."""
    COMPLETE = "complete"
    """A whole sentence."""
    HESITANT = "hesitant"
    """Somebody looks for words, or will go on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """On the silence after `end`, in samples, of the utterance `utterance_id`."""

    utterance_id: int
    end: int
    ending: Ending


class Verdicts:
    """The newest verdict: left by the interpreting thread, looked at by the listening thread."""

    def __init__(self) -> None:
        self._newest: Verdict | None = None
        self._lock = threading.Lock()

    def leave(self, verdict: Verdict) -> None:
        """Replace the one before."""
        with self._lock:
            self._newest = verdict

    def take(self) -> Verdict | None:
        """The newest, once."""
        with self._lock:
            newest, self._newest = self._newest, None
        return newest


_STOP: Final = re.compile(r"[.!?؟。！？۔।][\"»”)\s]*$")
_DOTS: Final = re.compile(r"(\.\.|…)[\"»”)\s]*$")

# What people say while they look for a word, and words that end no sentence: where Whisper puts a full stop after them,
# it does so because it hears nothing more.
_UNFINISHED: Final = {
    "fr": "euh heu hum ben et ou mais donc alors que qui parce car si de du des le la les un une pour avec dans à au "
    "aux c'est je tu il elle on nous vous mon ma mes son sa ses votre vos",
    "en": "um uh er hmm and or but so because that if of the a an to for with in my his her your i he she we they is",
    "es": "eh este pues y o pero que porque si de del el la los las un una para con en mi su",
    "pt": "hum é e ou mas que porque se de do da o a os as um uma para com em meu minha seu sua",
    "it": "ehm e o ma che perché se di del della il lo la i gli le un una per con in mio mia suo sua",
    "de": "äh ähm hm und oder aber dass weil wenn von der die das ein eine für mit in mein meine ihr sein",
    "ru": "э ну и или но что потому если для с в на мой моя",
    "uk": "е ну і або але що бо якщо для з в на мій моя",
    "tr": "ııı şey ve veya ama çünkü eğer için ile bir",
    "ro": "ăă și sau dar că pentru dacă de la cu în un o",
}
_LAST_WORDS: Final = {language: frozenset(words.split()) for language, words in _UNFINISHED.items()}
_LAST_WORD: Final = re.compile(r"([^\s.,;:!?…«»\"()]+)[\s.,;:!?…«»\"()]*$")


def ending_of(text: str, language: str) -> Ending:
    """How `text`, in `language`, ends."""
    last = _LAST_WORD.search(text)
    if last is None or _DOTS.search(text):
        return Ending.HESITANT
    if last[1].casefold() in _LAST_WORDS.get(language, frozenset()):
        return Ending.HESITANT
    return Ending.COMPLETE if _STOP.search(text) else Ending.HESITANT
