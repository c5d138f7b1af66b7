"""Speech in, translation out, beside the translation of what was really said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk import build, paths
from kiosk.config import Config
from kiosk.ports import Translator
from kiosk.quantities import find, same_quantities
from kiosk.quantities.plausible import Plausible
from kiosk.types import FACTS, Caption, Flag, Room
from tests.bench.quality_ways import Direction
from tests.bench.speech import STAFF, Bench, Clip, read_clips
from tests.words import word_error_rate

_PROMPT: Final = re.compile(r"ast_[a-z]{2}_(.+)")
"""Clips that say the same in several languages: the prompts of one telephone exchange, written by its translators."""


@dataclass(frozen=True, slots=True)
class Spoken(Clip):
    """A clip to be heard in a room where `target` is spoken too. `reference`: a person's translation, "" for none."""

    target: str
    reference: str

    @property
    def room(self) -> Room:
        """Staff speak French where it is one of the two, else the clip's language."""
        return Room(self.target, self.language) if self.target == STAFF else Room(self.language, self.target)


@dataclass(frozen=True, slots=True)
class Interpreted:
    """What was recognised of a clip and shown for it, and what is shown for its text.

    `figures_changed`: whether what is shown says other quantities than what was said; None where none was said.
    """

    clip: Spoken
    heard: str
    from_speech: str
    doubts: frozenset[Flag]
    from_text: str
    text_doubts: frozenset[Flag]
    figures_changed: bool | None


class Interpreter:
    """The pipeline of `kiosk caption` on single clips."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._bench = Bench(config)
        self._plausible = Plausible.load(paths.PLAUSIBLE)
        self._translators: dict[Room, Translator] = {}
        self._engine = build.engines(config)[0]

    def serves(self, direction: Direction) -> bool:
        """Whether a conversation between these languages can be had with what is installed."""
        return all(self._engine.serves(*way) for way in (direction, direction[::-1]))

    def interpret(self, clip: Spoken) -> Interpreted:
        """Hear a clip and translate it, and translate what it says."""
        languages = (clip.language, clip.target)
        written = self._translator(clip.room).translate(clip.text, *languages)
        heard = self._bench.hear(clip)
        shown = " ".join(caption.translation.text for caption in heard.captions)
        return Interpreted(
            clip=clip,
            heard=heard.text,
            from_speech=shown,
            doubts=frozenset(flag for caption in heard.captions for flag in self._flags(caption)) - FACTS,
            from_text=written.text,
            text_doubts=frozenset(written.flags) - FACTS,
            figures_changed=_figures_changed(clip.text, shown, languages),
        )

    def _flags(self, caption: Caption) -> tuple[Flag, ...]:
        """A caption's, and what `kiosk.build.pipeline` has its captioner say of quantities that cannot be."""
        impossible = self._plausible.implausible(caption.transcript.text, caption.transcript.language)
        return (*caption.flags, *([Flag.IMPLAUSIBLE] if impossible else []))

    def _translator(self, room: Room) -> Translator:
        if room not in self._translators:
            self._translators[room] = build.room_translator(self._config, room)
        return self._translators[room]


def clips(folder: Path, direction: Direction) -> list[Spoken]:
    """Those of a direction that a person translated; where there is none and French is spoken, every one."""
    every = read_clips(folder)
    source, target = direction
    translated = {prompt: clip.text for clip in every if clip.language == target and (prompt := _prompt(clip))}
    found = [
        Spoken(clip.file, clip.language, clip.text, clip.seconds, target, translated.get(_prompt(clip), ""))
        for clip in every
        if clip.language == source
    ]
    with_reference = [clip for clip in found if clip.reference]
    return with_reference or (found if STAFF in direction else [])


def word_errors(heard: Sequence[Interpreted]) -> float:
    """Errors per word said, diacritics folded."""
    return word_error_rate([one.clip.text for one in heard], [one.heard for one in heard], fold_diacritics=True)


def _prompt(clip: Clip) -> str:
    """The name that a prompt has in every language; "" for other clips."""
    found = _PROMPT.fullmatch(clip.file.stem)
    return found[1] if found else ""


def _figures_changed(said: str, shown: str, languages: Direction) -> bool | None:
    return bool(same_quantities(said, shown, languages)) if any(one.sure for one in find(said, languages[0])) else None
