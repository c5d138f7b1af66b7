"""Whether a translation denies what its source denies, and keeps its limits: assets/gate/negation/<language>.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kiosk.gate.words import LETTERS, LONGEST_WORD, Text, spelled

DENIAL_KINDS: Final = ("neutral", "maybe", "denies", "hints")
LIMIT_KINDS: Final = ("at_most", "at_least", "over", "under")
"""The lists of a table; of two phrases that fit as well, the one whose list comes first counts."""

EDGE: Final = "|"
"""Stands for the beginning and the end of a sentence in a phrase."""

_GAP_WORDS: Final = 4
_MOST_DENIALS: Final = 2  # "ne … ni … ni" denies once, in three words
_CLAUSE_ENDS: Final = frozenset(",;:")
_CLAUSE_WORDS: Final = 3  # "please" and "isn't it?" stand where they like
_WORD: Final = rf"[^ .,;:?!]{{1,{LONGEST_WORD}}}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a sentence, or of several, say of yes and no.

    `denials`: how often something is denied without question. `may_deny`: whether that depends on more than words, as
    in "pourquoi ne pas". `hints`: how many words stand there that another language may put as a denial: "sauf",
    "unless", "impossible". `limits`: those of `LIMIT_KINDS` that are named.
    """

    denials: int
    may_deny: bool
    hints: int
    limits: frozenset[str]

    @property
    def denies(self) -> bool:
        """Whether anything is."""
        return self.denials > 0


class Negation:
    """The table of one language.

    A phrase is words apart by a space. In a word `*` stands for any letters or none and `+` for at least one; `_` alone
    stands for up to four words, none of which denies by itself; `|` is the edge of the sentence.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]], language: str) -> None:
        denying = [phrase for phrase in phrases.get("denies", ()) if re.fullmatch(LETTERS, phrase)]
        gap = _gap([spelled(word, language) for word in denying])
        self._denials = _Scanner(phrases, ("neutral", "maybe", "denies"), gap, language)
        # On their own, or the gap of "n' _ pas" would hide what is not to be forgotten in "n'oubliez pas".
        self._hints = _Scanner(phrases, ("neutral", "hints"), gap, language)
        self._limits = _Scanner(phrases, LIMIT_KINDS, gap, language)

    def read(self, tokens: Sequence[str]) -> Reading:
        """What the words and marks of `kiosk.gate.words.Text` say."""
        line = f" {EDGE} {' '.join(tokens)} {EDGE} "
        kinds = self._denials.kinds(line)
        hints = self._hints.kinds(line).count("hints")
        return Reading(kinds.count("denies"), "maybe" in kinds, hints, frozenset(self._limits.kinds(line)))


def changed(source: Text, translated: Text, tables: Mapping[str, Negation]) -> bool:
    """Whether one side denies what the other does not, or turns a limit round: "au plus" to "at least".

    Sentence by sentence where both sides have as many, and clause by clause likewise: "on the back, never on the tummy"
    is not "never on the back, but on the tummy". Without a table for both languages nothing is known.
    """
    if source.language not in tables or translated.language not in tables:
        return False
    given, made = source.sentences, translated.sentences
    if len(given) != len(made):
        given, made = [source.tokens], [translated.tokens]
    pairs = list(zip(given, made, strict=True))
    for one, other in zip(given, made, strict=True):
        ones, others = _clauses(one), _clauses(other)
        if len(ones) == len(others) > 1 and min(map(len, ones + others)) >= _CLAUSE_WORDS:
            pairs += zip(ones, others, strict=True)
    ours, theirs = tables[source.language], tables[translated.language]
    return any(_differ(ours.read(one), theirs.read(other)) for one, other in pairs)


def _clauses(sentence: Sequence[str]) -> list[list[str]]:
    clauses: list[list[str]] = [[]]
    for token in sentence:
        if token in _CLAUSE_ENDS:
            clauses.append([])
        else:
            clauses[-1].append(token)
    return [clause for clause in clauses if clause]


def _differ(one: Reading, other: Reading) -> bool:
    if one.denies and other.denies:
        return _turned_denied(one.limits, other.limits)
    return (
        _unmatched(one, other)
        or _unmatched(other, one)
        or _turned(one.limits, other.limits)
        or _turned(other.limits, one.limits)
    )


def _turned_denied(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether what both deny is "more" in the one and "less" in the other: "pas plus de" and "not less than"."""
    ways = [(bool(limits & {"at_most", "over"}), bool(limits & {"at_least", "under"})) for limits in (one, other)]
    return sorted(ways) == [(False, True), (True, False)]


def _unmatched(one: Reading, other: Reading) -> bool:
    """Whether the one denies and nothing in the other can stand for it.

    A hint excuses only what it does not stand for already: "ne l'oubliez pas" is not "forget it"; and one excuses one
    denial: "ne mangez pas de fromage non pasteurisé" is not "eat unpasteurised cheese".
    """
    if not one.denies or other.may_deny or other.limits & {"at_most", "at_least"}:
        return False
    return other.hints - one.hints < min(one.denials, _MOST_DENIALS)


def _turned(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a limit of the one stands as the opposite in the other."""
    return any(
        limit in one and limit not in other and any(kind in other and kind not in one for kind in opposites)
        for limit, opposites in (("at_most", ("at_least", "over")), ("at_least", ("at_most", "under")))
    )


class _Scanner:
    """Finds phrases from left to right; the one of most words counts. Compiled at its first use: that takes 20 ms."""

    def __init__(self, phrases: Mapping[str, Sequence[str]], kinds: Sequence[str], gap: str, language: str) -> None:
        found = [(phrase, kind) for kind in kinds for phrase in phrases.get(kind, ())]
        found.sort(key=lambda entry: _rank(entry[0]))
        self._kinds = [kind for _, kind in found]
        self._phrases = [spelled(phrase, language) for phrase, _ in found]
        self._gap = gap

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        alternatives = "|".join(f"({_pattern(phrase, self._gap)})" for phrase in self._phrases)
        return re.compile(rf"(?<= )(?:{alternatives})(?= )")

    def kinds(self, line: str) -> list[str]:
        """The kind of each phrase in `line`, in order."""
        if not self._phrases:
            return []
        return [self._kinds[(found.lastindex or 1) - 1] for found in self._pattern.finditer(line)]


def _rank(phrase: str) -> tuple[int, bool]:
    """More words first, marks not counted; of as many, those that are spelled out first: "elma" before "+ma ."."""
    words = sum(word == "_" or any(map(str.isalpha, word)) for word in phrase.split())
    return -words, any(wildcard in phrase for wildcard in "*+_")


def _gap(denying: Sequence[str]) -> str:
    unless = f"(?!(?:{'|'.join(map(re.escape, denying))}) )" if denying else ""
    return f"(?:{unless}{_WORD} ){{0,{_GAP_WORDS}}}?"


def _pattern(phrase: str, gap: str) -> str:
    made = ""
    for word in phrase.split():
        if word == "_":
            made += gap
        else:
            made += f"{_word(word)} "
    return made.removesuffix(" ")


def _word(word: str) -> str:
    letters = re.escape(word)
    return letters.replace(r"\*", rf"[^ ]{{0,{LONGEST_WORD}}}").replace(r"\+", rf"[^ ]{{1,{LONGEST_WORD}}}")
