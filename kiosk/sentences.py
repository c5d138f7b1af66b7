"""Text to sentences, by Whisper's punctuation and a few rules: translation models were trained on one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# Closing punctuation, with the quotes that follow it, then a space; full-width punctuation needs none. "2.5" has none.
_END: Final = re.compile(r"[.!?…؟۔।]+(?:\s?»|[\"”)])*\s+|[。！？]+\s*")

# "2,5" and "10:30" hold none; neither does what ends the text, since it may yet change.
_CLAUSE_END: Final = re.compile(r"[,;:.!?…،؛؟۔।](?=\s+\S)|[，；。！？、](?=\S)")
_WORD: Final = re.compile(r"\S+")

LONGEST_SENTENCE: Final = 400
"""Characters of a sentence that are translated at once: 25 s of speech without a full stop.

A model looks at each word from each other, so that time grows with the square: 600 characters of figures take a Firefox
model 30 times as long as 119, and both engines stop short of the end of what is longer.
"""

_UNSPACED: Final = frozenset({"zh"})

LONG_CLAUSE: Final = 8
"""Words without punctuation, beyond what is translated already, from which a translation no longer waits for some."""

_WORD_BEFORE: Final = re.compile(r"(\w+)\.\s*$")
_ABBREVIATIONS: Final = frozenset(
    (
        "M",
        "MM",
        "Mme",
        "Mlle",
        "Dr",
        "Pr",
        "St",
        "Ste",
        "Mr",
        "Mrs",
        "Ms",
        "Sr",
        "Sra",
        "Dott",
        "Sig",
        "Prof",
        "ex",
        "cf",
        "vs",
    )
)


def split_sentences(text: str) -> list[str]:
    """The sentences of `text`, in order, without surrounding space; none for blank text.

    One of more than `LONGEST_SENTENCE` characters is cut after a clause, else between words, else anywhere.
    """
    sentences = []
    start = 0
    for end in _END.finditer(text):
        if not _is_abbreviation(text[start : end.end()]):
            sentences += _cut(text[start : end.end()].strip())
            start = end.end()
    return sentences + _cut(text[start:].strip())


def join_sentences(sentences: Iterable[str], language: str) -> str:
    """One text of sentences in `language`, as it separates them; those that are empty leave no trace."""
    return ("" if language in _UNSPACED else " ").join(sentence for sentence in sentences if sentence)


def clause_end(text: str, start: int = 0) -> int:
    """Where the last clause of `text` that can be translated ends, counted in characters; `start` if none does.

    A clause ends at punctuation that more words follow. Long speech without any is cut after `LONG_CLAUSE` words, short
    of the last one, since a translation that never comes is worse than one that must guess.
    """
    end = max((found.end() for found in _CLAUSE_END.finditer(text, start)), default=start)
    words = list(_WORD.finditer(text, end))
    return words[-2].end() if len(words) > LONG_CLAUSE else end


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence between its punctuation, which stays at the end of each; the sentence where there is one.

    Parts of a single word stay with the next one: translated alone they lose their meaning.
    """
    parts: list[str] = []
    start = 0
    for found in _CLAUSE_END.finditer(sentence):
        part = sentence[start : found.end()].strip()
        if len(part.split()) > 1:
            parts.append(part)
            start = found.end()
    rest = sentence[start:].strip()
    return [*parts, rest] if rest else parts


def _cut(sentence: str) -> list[str]:
    pieces = []
    while len(sentence) > LONGEST_SENTENCE:
        ends = [found.end() for found in _CLAUSE_END.finditer(sentence, 0, LONGEST_SENTENCE)]
        end = ends[-1] if ends else sentence.rfind(" ", 1, LONGEST_SENTENCE)
        end = end if end > 0 else LONGEST_SENTENCE
        pieces.append(sentence[:end].strip())
        sentence = sentence[end:].strip()
    return [*pieces, sentence] if sentence else pieces


def _is_abbreviation(text: str) -> bool:
    """Whether the point that ends `text` belongs to a title or to a lone capital: "Mme. Martin", "J. Dupont"."""
    word = _WORD_BEFORE.search(text)
    return word is not None and (word[1] in _ABBREVIATIONS or (len(word[1]) == 1 and word[1].isupper()))
