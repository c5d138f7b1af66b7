"""Translation as the pipeline wants it: sentence by sentence, by whichever engine serves, and its doubts told."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk import textrules
from kiosk.errors import ModelMissing
from kiosk.gate import check
from kiosk.ports import Engine
from kiosk.sentences import join_sentences, split_sentences
from kiosk.types import BackTranslation, Flag, Room, Translation


class GatedTranslator:
    """Asks the first of `engines` that serves a direction, and doubts its answer where a rule says so."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = engines

    def load(self, room: Room) -> None:
        """Read what both directions of the room need. Raises ModelMissing, ModelDamaged."""
        for source, target in (room.languages, room.languages[::-1]):
            self.load_direction(source, target)

    def load_direction(self, source: str, target: str) -> None:
        """Read what one direction needs. Raises ModelMissing, ModelDamaged."""
        self._engine(source, target).load(source, target)

    def translate(self, text: str, source: str, target: str) -> Translation:
        """`text` in the other language; what there is to doubt comes as flags."""
        return self.follow(text, source, target, "")

    def back_translate(self, said: str, translation: Translation) -> BackTranslation:
        """What `translation` of `said` says to whoever reads it."""
        back = self.translate(translation.text, translation.target, translation.source)
        return BackTranslation(back.text, 1.0, doubtful=False)

    def forget(self) -> None:
        """Drop whatever is remembered of what was said."""

    def follow(self, text: str, source: str, target: str, shown: str) -> Translation:
        """The same, beginning with what is `shown`."""
        engine = self._engine(source, target)
        via = engine.via(source, target)
        made = join_sentences(engine.translate(split_sentences(text), source, target, shown=shown), target)
        shortened = textrules.without_loops(made)
        flags = list(check(text, shortened, (source, target)))
        if shortened != made and Flag.LOOP not in flags:
            flags.append(Flag.LOOP)
        if via.starter:
            flags.insert(0, Flag.STARTER)
        return Translation(shortened, source, target, via.engine, tuple(flags))

    def _engine(self, source: str, target: str) -> Engine:
        """The first that serves; the first one otherwise, whose error says what is missing."""
        if not self._engines:
            raise ModelMissing("Aucun moteur de traduction n'est installé.", "Installez-en un : kiosk models pull.")
        return next((engine for engine in self._engines if engine.serves(source, target)), self._engines[0])
