"""Source text that was not translated: all of it, or words of it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from kiosk.gate.tongues import LATIN_SCRIPT, Letters, foreign_words, script_of, trigrams
from kiosk.gate.words import LATIN, Text, is_accent, spelled
from kiosk.quantities.folding import INDIC

SHORTEST: Final = 4
"""Letters from which a copied word is one that should have been translated; shorter ones stand in many languages."""

NEARLY_ALL: Final = 0.8
"""Share of the words of either side that the other has too, from which a translation is a copy, changed a little."""

UNLIKE: Final = 12.0
"""How much likelier by its letters a copied word must be in its own language, as a difference of log-likelihoods.

Of 200,000 human translations, loanwords such as "chloroquine" lie below, but for a few as "weekend" and "clown".
"""

ALIKE: Final = -4.0
"""The same for a copied word that is known to be frequent in its language alone: "minute" is Romanian too."""

BORROWED: Final = 4.5
"""The same for an English word that the source does not have: "decide" and "future" are Italian too."""

_COPY: Final = 2  # words that may well be the same in both languages: "Doliprane", "vaccination", "OK"
_PIVOT: Final = "en"
_WORD: Final = re.compile(rf"(?:[^\W_][{INDIC}]*)+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Frequent words of each language in Latin letters, each with the other languages that have it.

    `kept`: words that are the same in several languages, which follow; in all of them where none does. `terms`: words
    that go together and stay as they are. `letters`: how frequent each trigram is in each language.
    """

    words: Mapping[str, Mapping[str, frozenset[str]]]
    kept: Mapping[str, frozenset[str]]
    terms: Sequence[str]
    letters: Mapping[str, Letters]

    def betrays(self, word: str, language: str, target: str, least: float = ALIKE) -> bool:
        """Whether `word` is known to belong to `language` and not to `target`, and its letters do not deny it."""
        others = self.words.get(language, {}).get(word)
        if others is None or self.knows(word, language, target):
            return False
        return self._unlikeness(word, language, target) > least

    def estranges(self, word: str, language: str, target: str) -> bool:
        """Whether a word, which nothing is known of, looks like one of `language` and not of `target`."""
        if self.knows(word, language, target):
            return False
        return self._unlikeness(word, language, target) > UNLIKE

    def knows(self, word: str, language: str, target: str) -> bool:
        """Whether a word of `language` is known to be one of `target` too."""
        if word in self.kept and (not self.kept[word] or target in self.kept[word]):
            return True
        return target in self.words.get(language, {}).get(word, ()) or word in self.words.get(target, {})

    def _unlikeness(self, word: str, language: str, target: str) -> float:
        if language not in self.letters or target not in self.letters:
            return 0.0
        grams = list(trigrams(word))
        return self.letters[language].likelihood(grams) - self.letters[target].likelihood(grams)


def untranslated(source: Text, translated: Text, vocabulary: Vocabulary) -> bool:
    """Whether the translation is the source again, or nearly."""
    given, made = _folded(source), _folded(translated)
    if not given or not made:
        return False
    if given == made:
        return (
            (len(given) > _COPY and bool(source.lowered))
            or any(vocabulary.betrays(word, source.language, translated.language) for word in source.words)
            or (_parted(source, translated) and bool(foreign_words(translated, source)[1]))
        )
    shared = (Counter(given) & Counter(made)).total()
    return min(len(given), len(made)) >= SHORTEST and shared >= NEARLY_ALL * max(len(given), len(made))


def left_over(source: Text, translated: Text, vocabulary: Vocabulary) -> list[str]:
    """Words of the source, or of English on the way, that stand in the translation, as they are written there."""
    target, given = translated.language, set(source.lowered)
    if script_of(target) == LATIN_SCRIPT:
        if _parted(source, translated):
            return foreign_words(translated, source)[1]
        suspects = translated.lowered
    else:
        suspects = [spelled(word, source.language) for word in foreign_words(translated, source)[1] if word.islower()]
    plain = spelled(translated.plain, source.language)
    terms = {word for term in vocabulary.terms if term in plain for word in term.split()}
    long = [word for word in suspects if len(word) >= SHORTEST and word not in terms]
    strange = [word for word in long if not vocabulary.knows(word, source.language, target)]
    return [word for word in strange if _was_left(word, given, source.language, target, vocabulary)]


def _was_left(word: str, given: Set[str], language: str, target: str, vocabulary: Vocabulary) -> bool:
    if word in given:
        return (
            target not in LATIN
            or vocabulary.betrays(word, language, target)
            or vocabulary.estranges(word, language, target)
        )
    return _PIVOT not in (language, target) and vocabulary.betrays(word, _PIVOT, target, BORROWED)


def _parted(source: Text, translated: Text) -> bool:
    """Whether a script that is not Latin is to become one that is."""
    return script_of(source.language) != LATIN_SCRIPT and script_of(translated.language) == LATIN_SCRIPT


def _folded(text: Text) -> list[str]:
    """Words without diacritics, as any language would part them."""
    decomposed = unicodedata.normalize("NFKD", text.plain.casefold())
    return _WORD.findall("".join(c for c in decomposed if not is_accent(c)))
