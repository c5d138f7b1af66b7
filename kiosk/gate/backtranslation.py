"""How much a sentence and its back-translation, in the same language, say the same. Pure, and no neural network.

An engine that translates back makes errors of its own, and synonyms look like errors here: the score orders sentences
by how much they deserve a second look, and proves nothing.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Container, Sequence
from itertools import islice, takewhile
from typing import Final

from kiosk.gate.negation import changed
from kiosk.gate.tables import load
from kiosk.gate.words import Text, is_accent
from kiosk.quantities import same_quantities

SIMILAR_ENOUGH: Final = 0.5
"""Score under which a translation is doubted.

Of 143 French sentences through the demonstration packages and back, judged by reading the English in between, it doubts
60 % of those that had gone wrong and 13 % of those that had not; of 165 English ones through a good engine's
Portuguese, 23 % and 6 % (tests/data/gate/back.tsv).
"""

MOST_WORDS: Final = 200
"""Words that are compared: no sentence has more, and the work grows with their square."""

_ROOT: Final = 0.6  # share of the longer word that two forms of one word begin with: "mange", "mangez"
_SHORTEST_ROOT: Final = 3
_FORM: Final = 0.8  # what another form of a word counts for
_TURNED: Final = 0.5  # what a score is worth where the figures or the denials differ
_BY_WORDS: Final = 0.6  # of the score; the rest is by letters
_GRAMS: Final = (2, 3, 4)
_FREQUENT: Final = 150
_SHORT_WORD: Final = 3


def similarity(source: str, back: str, language: str = "fr") -> float:
    """How alike two sentences of one language are, in [0, 1]; 1 for the same words.

    By their words, inflected or not, of which frequent ones count less; by their letters; and halved where one names
    other figures, and again where one denies what the other does not.
    """
    one, other = Text(source, language), Text(back, language)
    if not one.words or not other.words:
        return float(one.words == other.words)
    tables = load()
    frequent = set(islice(tables.vocabulary.words.get(language, {}), _FREQUENT))
    score = _BY_WORDS * _by_words(one.words[:MOST_WORDS], other.words[:MOST_WORDS], frequent)
    score += (1 - _BY_WORDS) * _by_letters(" ".join(one.words), " ".join(other.words))
    if changed(one, other, tables.negation):
        score *= _TURNED
    if same_quantities(source, back, (language, language)):
        score *= _TURNED
    return score


def _by_words(one: Sequence[str], other: Sequence[str], frequent: Container[str]) -> float:
    """Harmonic mean of the shares of both sides that the other has too, the most alike words taken first."""
    weights = [_weight(word, frequent) for word in one], [_weight(word, frequent) for word in other]
    bare = [_bare(word) for word in one], [_bare(word) for word in other]
    alike = [(_alike(a, b), i, j) for i, a in enumerate(bare[0]) for j, b in enumerate(bare[1])]
    matched: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for likeness, i, j in sorted((entry for entry in alike if entry[0]), key=lambda entry: -entry[0]):
        if i not in matched[0] and j not in matched[1]:
            matched[0][i] = likeness * weights[0][i]
            matched[1][j] = likeness * weights[1][j]
    return _mean(sum(matched[0].values()) / sum(weights[0]), sum(matched[1].values()) / sum(weights[1]))


def _by_letters(one: str, other: str) -> float:
    """The same by runs of two, three and four letters."""
    scores = []
    for size in _GRAMS:
        grams = [Counter(text[start : start + size] for start in range(len(text) - size + 1)) for text in (one, other)]
        if all(grams):
            shared = (grams[0] & grams[1]).total()
            scores.append(_mean(shared / grams[0].total(), shared / grams[1].total()))
    return sum(scores) / len(scores) if scores else float(one == other)


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _weight(word: str, frequent: Container[str]) -> float:
    """Figures count whole; short and frequent words, most of them grammar, count less."""
    if word[0].isdigit():
        return 1.0
    if len(word) <= _SHORT_WORD:
        return 0.25
    return 0.5 if word in frequent else 1.0


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    root = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    return _FORM if root >= max(_SHORTEST_ROOT, _ROOT * max(len(one), len(other))) else 0.0


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not is_accent(c))
