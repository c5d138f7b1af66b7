"""Pure rules on text: what Whisper invents on silence, and repetitions that nobody said."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kiosk.types import Transcript

NO_SPEECH: Final = 0.6
"""Whisper's no-speech probability above which a weak answer is silence (OpenAI's own `no_speech_threshold`)."""

WEAK_LOG_PROBABILITY: Final = -1.0
"""Mean log-probability a token below which an answer is weak (OpenAI's own `logprob_threshold`)."""

FAINT_VOICE: Final = 0.6
FAINT_LOG_PROBABILITY: Final = -0.95
"""Mean speech probability and mean log-probability under both of which a sound was no speech.

Measured with Whisper base: babies crying and laughing lie at 0.37 to 0.56 and mostly -0.95 to -1.7. Of 499 human
utterances 18 lie under 0.6 and two under both, neither of which Whisper had understood.
"""

MOST_REPEATS: Final = 4
"""The same words more often than this in a row were not said. "Non, non, non, non" is kept."""

AGAIN: Final = 4
"""Words with which an answer ends as it began from which the decoder, not the speaker, may have started again."""

_LONGEST_PHRASE: Final = 12

_VIDEO: Final = r"( (\w+ ){1,2}videos?)?"
_CHANNEL: Final = r"(.*\b(videos?|channel|chaine|cloche|canale?|kenh|for more)\b.*)?"

# Credits and sign-offs of the videos that Whisper was trained on. A phrase alone proves nothing ("merci" is said in
# every consultation): only these, which nobody says to a nurse, are dropped on sight. Who thanks or subscribes does so
# for a video, or says nothing more: mothers thank for looking at a throat too. Normalised as `_normalised` does.
_INVENTED: Final = re.compile(
    "|".join(
        (
            # sous-titres réalisés par la communauté d'Amara.org
            r"sous titr(es?|age)( ((realis|fait|cree|fourni)\w*|par|societe|radio|fr|mfp)\b.*)?",
            r".*\bamara ?org\b.*",
            r".*\bst ?501\b.*",
            rf"merci d avoir regarde{_VIDEO}( (et )?(a (bientot|la prochaine)|jusqu a la fin|n hesitez pas.* videos))?",
            rf"thank(s| you)( so much| very much)? for watching{_VIDEO}",
            r".*\bsee you in the next video\b.*",
            rf"(gracias por ver|obrigad[oa] por assistir|grazie per (la visione|aver guardato)){_VIDEO}",
            rf".*\b(abonnez vous|subscribe|suscribete|inscreva se|iscrivetevi){_CHANNEL}",
            r"(subtitles|captions|captioning)( \w+)? by\b.*",
            r"(subtitulos|legendas)( \w+ad[oa]s| feitas| hechos)? por\b(?! favor).*",
            r"sottotitoli( creati| realizzati| e revisione)?( a cura)? d(i|a|alla)\b.*",
            r"untertitel(ung)?( (der|des|von|im auftrag|aufgrund)\b.*)?",
            r".*\bdimatorzok\b.*",
            r"редактор субтитров.*",
            r"субтитры (сделал|создавал).*",
            r"продолжение следует",
            r"ترجمة نانسي.*",
            r"اشتركوا في القناة.*",
            r"altyaz[ıi] m ?k.*",
            r"izlediginiz icin tesekkur(ler)?( eder\w+)?",
            r".*(请不吝点赞|請不吝點讚|字幕由|字幕志愿者|字幕製作|字幕制作|优优独播剧场|優優獨播劇場).*",
            r"(谢谢|謝謝|感谢|感謝)(大家)?(的)?(观看|收看|觀看)",
            r".*(सबसकराइब|সাবসকরাইব).*",
            r"napisy stworzone przez\b.*",
        )
    )
)

_WORDS: Final = re.compile(r"\S+")
_PIECES: Final = re.compile(r"(?:[\u3400-\u9fff]|[^\s\u3400-\u9fff]+)\s*")
"""Words with the space behind them; in Chinese, which has none between words, characters."""


def is_invented(transcript: Transcript, voice: float) -> bool:
    """Whether these words come from silence or noise rather than from a person.

    `voice`: the mean probability in [0, 1] that the sound was speech at all.
    """
    words = _normalised(transcript.text)
    if not words:
        return True
    if transcript.no_speech > NO_SPEECH and transcript.log_probability < WEAK_LOG_PROBABILITY:
        return True
    if voice < FAINT_VOICE and transcript.log_probability < FAINT_LOG_PROBABILITY:
        return True
    return _INVENTED.fullmatch(words) is not None


def without_loops(text: str) -> str:
    """Cut a phrase of up to 12 words that stands more than `MOST_REPEATS` times in a row down to once.

    What is left may still be wrong: the caller flags it.
    """
    words = _PIECES.findall(text)
    keys = [_normalised(word) for word in words]
    position = 0
    while position < len(words):
        for size in range(1, min(_LONGEST_PHRASE, (len(words) - position) // 2) + 1):
            repeats = _repeats(keys, position, size)
            if repeats > MOST_REPEATS:
                del words[position + size : position + size * repeats]
                del keys[position + size : position + size * repeats]
                break
        position += 1
    return "".join(words).strip() if len(words) < len(_PIECES.findall(text)) else text


def longest_repeat(text: str) -> int:
    """Words in the longest phrase that stands again right after itself, all its repeats counted.

    "je je suis" has 1, "non, non, non" 2, "il mange bien, il mange bien" 3.
    """
    keys = [_normalised(word) or word for word in _WORDS.findall(text)]
    longest = 0
    for position in range(len(keys)):
        for size in range(1, (len(keys) - position) // 2 + 1):
            repeats = _repeats(keys, position, size)
            if repeats > 1:
                longest = max(longest, size * (repeats - 1))
    return longest


def is_doubled(text: str) -> bool:
    """Whether a text is one phrase said twice and nothing else: "non, non", "5 5"."""
    keys = [_normalised(word) or word for word in _WORDS.findall(text)]
    half, odd = divmod(len(keys), 2)
    return half > 0 and not odd and keys[:half] == keys[half:]


def begins_again(text: str) -> bool:
    """Whether a text ends as it began, perhaps within a word: "Deux gouttes le soir, pas plus. Deux gouttes le soi"."""
    keys = [_normalised(word) or word for word in _WORDS.findall(text)]
    return any(_ends_as_it_begins(keys, size) for size in range(AGAIN, len(keys)))


def _ends_as_it_begins(keys: list[str], size: int) -> bool:
    *whole, last = keys[-size:]
    return whole == keys[: size - 1] and keys[size - 1].startswith(last)


def _repeats(keys: list[str], position: int, size: int) -> int:
    phrase = keys[position : position + size]
    count = 1
    while keys[position + size * count : position + size * (count + 1)] == phrase:
        count += 1
    return count


def _normalised(text: str) -> str:
    """Lower case, no diacritics, no punctuation, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    # Vowel signs of Hindi and Bengali combine with nothing, as Unicode has it: they stay, as the letters that they are.
    letters = "".join(
        c if c.isalnum() or unicodedata.category(c).startswith("M") else " "
        for c in decomposed
        if not unicodedata.combining(c)
    )
    return " ".join(letters.split())
