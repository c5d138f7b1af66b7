"""Translation that can be trusted, or that says when it cannot.

For each sentence: what the phrasebook holds, else what an engine answers and the gate lets through; a doubtful answer
is asked for again in other ways, and the least doubtful one is shown with its doubts.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kiosk import gate, textrules
from kiosk.errors import UNFORESEEN, ModelError, ModelMissing
from kiosk.glossary import Glossary, with_wanted
from kiosk.ports import Engine
from kiosk.quantities import as_figures, western
from kiosk.sentences import clauses, join_sentences, split_sentences
from kiosk.types import FIGURES, BackTranslation, Flag, Room, Translation

REMEMBERED: Final = 400
"""Sentences whose translation is kept until the end of a consultation: what is said often is said alike."""

OTHER_BEAMS: Final = (1, 8)
"""Hypotheses kept when an answer of the engine's own beam, 4, is doubtful."""

_SEVERITY: Final = {
    flag: severity
    for severity, flags in enumerate(
        (
            (Flag.TERM, Flag.LEFTOVER),
            (Flag.TOO_SHORT, Flag.TOO_LONG),
            (Flag.LOOP,),
            (Flag.NEGATION,),
            (Flag.UNITS, Flag.NUMBERS),
            (Flag.SCRIPT, Flag.LANGUAGE, Flag.UNTRANSLATED),
            (Flag.EMPTY,),
        ),
        start=1,
    )
    for flag in flags
}


_log = logging.getLogger(__name__)


class Phrase(Protocol):
    """A sentence of the phrasebook that stands for what was said."""

    @property
    def translation(self) -> str:
        """How it reads in the other language."""

    @property
    def verified(self) -> bool:
        """Whether a qualified person signed it."""


class Phrases(Protocol):
    """The phrasebook, as far as translation needs it."""

    def match(self, text: str, source: str, target: str) -> Phrase | None:
        """The sentence of the phrasebook that `text` is, if there is one."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """One sentence translated, by `engine`; `phrase` is None where an engine made it."""

    text: str
    engine: str
    doubts: tuple[Flag, ...] = ()
    starter: bool = False
    phrase: Phrase | None = None

    @property
    def severity(self) -> tuple[int, int]:
        """The worst doubt first, then how many there are: the smaller the better."""
        return (max((_SEVERITY[flag] for flag in self.doubts), default=0), len(self.doubts))


class GatedTranslator:
    """Implements `kiosk.ports.Translator`. `engines`: the preferred one first; the others are asked when it fails."""

    def __init__(
        self, engines: Sequence[Engine], phrases: Phrases | None = None, glossary: Glossary | None = None
    ) -> None:
        self._engines = engines
        self._phrases = phrases
        self._glossary = glossary or Glossary()
        self._remembered: OrderedDict[tuple[str, str, str], _Answer] = OrderedDict()
        self._lock = threading.Lock()

    def load(self, room: Room) -> None:
        """Read what both directions of the room need. Raises ModelMissing, ModelDamaged."""
        for source, target in (room.languages, room.languages[::-1]):
            self.load_direction(source, target)

    def load_direction(self, source: str, target: str) -> None:
        """Read what one direction needs, tables included. Raises ModelMissing, ModelDamaged, AssetError."""
        self._serving(source, target)[0].load(source, target)
        # The first look at the tables takes 0.2 to 0.5 s: nobody who has spoken should wait for it.
        gate.load()
        as_figures("", source)
        if self._phrases is not None:
            self._phrases.match("OK", source, target)

    def translate(self, text: str, source: str, target: str) -> Translation:
        """`text` in the other language; what there is to doubt comes as flags."""
        sentences = split_sentences(text)
        answers = [self._recall(sentence, source, target) for sentence in sentences]
        missing = [index for index, answer in enumerate(answers) if answer is None]
        made = self._ask_for_all([sentences[index] for index in missing], source, target)
        for index, answer in zip(missing, made, strict=True):
            answers[index] = answer
            self._remember((source, target, sentences[index]), answer)
        return _joined(text, [answer for answer in answers if answer is not None], source, target)

    def follow(self, sentence: str, source: str, target: str, shown: str) -> Translation:
        """A sentence that is still growing: asked once, whatever is doubtful."""
        engine = self._serving(source, target)[0]
        (made,) = engine.translate([sentence], source, target, shown=shown)
        return _joined(sentence, [self._checked(sentence, made, engine, source, target)], source, target)

    def back_translate(self, said: str, translation: Translation) -> BackTranslation:
        """What `translation` of `said` says to whoever reads it: translated back, and how near that is."""
        engine = self._serving(translation.target, translation.source)[0]
        back = join_sentences(
            engine.translate(split_sentences(translation.text), translation.target, translation.source),
            translation.source,
        )
        similarity = gate.similarity(said, back, translation.source)
        return BackTranslation(textrules.without_loops(back), similarity, similarity < gate.SIMILAR_ENOUGH)

    def forget(self) -> None:
        """Drop every sentence that is remembered. Called from any thread."""
        with self._lock:
            self._remembered.clear()

    # -- one sentence -----------------------------------------------------------------------------------------------

    def _recall(self, sentence: str, source: str, target: str) -> _Answer | None:
        """What needs no engine: a sentence of the phrasebook, one translated before, or one without a word."""
        if not any(character.isalpha() for character in sentence):
            return _figures_alone(sentence, source, target)
        if self._phrases is not None and (phrase := self._phrases.match(sentence, source, target)) is not None:
            return _Answer(phrase.translation, "phrasebook", phrase=phrase)
        return self._remembered.get((source, target, sentence))

    def _remember(self, key: tuple[str, str, str], answer: _Answer) -> None:
        with self._lock:
            self._remembered[key] = answer
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)

    def _ask_for_all(self, sentences: Sequence[str], source: str, target: str) -> list[_Answer]:
        """Every sentence by the preferred engine at once, then the doubtful ones in other ways, one at a time."""
        if not sentences:
            return []
        engine = self._serving(source, target)[0]
        made = engine.translate(sentences, source, target)
        first = [
            self._checked(sentence, text, engine, source, target)
            for sentence, text in zip(sentences, made, strict=True)
        ]
        return [
            answer if not answer.doubts else self._retried(sentence, answer, source, target)
            for sentence, answer in zip(sentences, first, strict=True)
        ]

    def _retried(self, sentence: str, first: _Answer, source: str, target: str) -> _Answer:
        """The first answer beyond doubt; where every attempt is doubtful, the least doubtful one."""
        best = first
        for answer in self._attempts(sentence, first, source, target):
            best = min(best, answer, key=lambda one: one.severity)
            if not best.doubts:
                break
        return best

    def _attempts(self, sentence: str, first: _Answer, source: str, target: str) -> Iterator[_Answer]:
        preferred, *others = self._serving(source, target)
        if Flag.TERM in first.doubts:
            written = with_wanted(sentence, self._glossary.find(sentence, source, target))
            (made,) = preferred.translate([written], source, target)
            yield self._checked(sentence, made, preferred, source, target)
        for beam in OTHER_BEAMS:
            (made,) = preferred.translate([sentence], source, target, beam=beam)
            yield self._checked(sentence, made, preferred, source, target)
        if len(parts := clauses(sentence)) > 1:
            made = join_sentences(preferred.translate(parts, source, target), target)
            yield self._checked(sentence, made, preferred, source, target)
        for engine in others:
            try:
                engine.load(source, target)
            except ModelError:
                # A second opinion whose files went meanwhile: the first one stands, with its doubts.
                _log.warning("second engine not loaded")
                continue
            (made,) = engine.translate([sentence], source, target)
            yield self._checked(sentence, made, engine, source, target)

    def _checked(self, sentence: str, made: str, engine: Engine, source: str, target: str) -> _Answer:
        """An engine's answer with the gate's doubts, and with loops cut out."""
        text = textrules.without_loops(made)
        doubts = list(_doubts(sentence, text, (source, target)))
        if text != made:
            doubts.append(Flag.LOOP)
        if not all(term.kept_in(text) for term in self._glossary.find(sentence, source, target)):
            doubts.append(Flag.TERM)
        via = engine.via(source, target)
        return _Answer(text, via.engine, tuple(dict.fromkeys(doubts)), via.starter)

    def _serving(self, source: str, target: str) -> list[Engine]:
        """The engines that serve a direction; the first one where none does, whose error says what is missing."""
        if not self._engines:
            raise ModelMissing("Aucun moteur de traduction n'est installé.", "Installez-en un : kiosk models pull.")
        return [engine for engine in self._engines if engine.serves(source, target)] or [self._engines[0]]


def _doubts(sentence: str, translated: str, languages: tuple[str, str]) -> tuple[Flag, ...]:
    """The gate's; where it fails, nobody knows that the figures are right."""
    try:
        return gate.check(sentence, translated, languages)
    except UNFORESEEN as error:
        _log.warning("gate failed: %s", type(error).__name__)
        return (Flag.NUMBERS,)


def _figures(said: str, language: str) -> tuple[str, ...]:
    try:
        return as_figures(said, language)
    except UNFORESEEN as error:
        _log.warning("figures not read: %s", type(error).__name__)
        return ()


def _figures_alone(sentence: str, source: str, target: str) -> _Answer:
    """What holds no letter needs no engine; but "1,500" is one and a half in French, and few nurses read "۲٫۵"."""
    text = western(sentence)
    return _Answer(text, "", _doubts(text, text, (source, target)))


def _joined(said: str, answers: Sequence[_Answer], source: str, target: str) -> Translation:
    """The sentences as one translation. It is the phrasebook's only where every sentence is."""
    doubts = dict.fromkeys(flag for answer in answers for flag in answer.doubts)
    phrases = [answer.phrase for answer in answers if answer.phrase is not None]
    facts = [Flag.STARTER] if any(answer.starter for answer in answers) else []
    if phrases and len(phrases) == len(answers):
        facts.append(Flag.VERIFIED if all(phrase.verified for phrase in phrases) else Flag.PHRASE)
    return Translation(
        join_sentences([answer.text for answer in answers], target),
        source,
        target,
        "+".join(dict.fromkeys(answer.engine for answer in answers if answer.engine)),
        (*facts, *doubts),
        _figures(said, source) if FIGURES.intersection(doubts) else (),
    )
