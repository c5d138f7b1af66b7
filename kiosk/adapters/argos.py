"""Translation by Argos packages. The only argostranslate import, and CTranslate2's translator.

argostranslate's `translate` module is never imported: it brings stanza, hence torch, and downloads sentence models.
The same weights, tokenizer and settings are used here directly.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import ctranslate2

from kiosk import textrules
from kiosk.config import TranslationConfig
from kiosk.errors import ModelDamaged
from kiosk.models.routes import Route, find_route
from kiosk.models.store import ArgosPackage
from kiosk.sentences import split_sentences
from kiosk.types import Flag, Room, Translation

LENGTH_PENALTY: Final = 0.2
"""argostranslate's own, as are the beam of 4, the batch of 32 tokens and `replace_unknowns`."""

_BATCH_TOKENS: Final = 32
_THREADS: Final = 2
_ARGOS_PLACES: Final = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR")


class _Step:
    """One package: text in its source language to text in its target language."""

    def __init__(self, package: ArgosPackage, beam: int) -> None:
        self._beam = beam
        try:
            described = _read_package(package.path)
            self._prefix: str = described.target_prefix
            self._tokenizer: Any = described.tokenizer
            self._translator = ctranslate2.Translator(
                str(package.path / "model"), device="cpu", compute_type="int8", intra_threads=_THREADS
            )
            # argostranslate reads a tokenizer at its first use: a damaged one must show now, not in a conversation.
            self.translate("OK")
        except (OSError, RuntimeError, ValueError, AttributeError) as error:
            raise ModelDamaged(
                f"Le modèle de traduction {package.source} → {package.target} ({package.path.name}) ne se charge pas.",
                f"Réinstallez-le : kiosk models verify, puis kiosk models pull {package.source}-{package.target}.",
            ) from error

    def translate(self, text: str, shown: str = "") -> str:
        """Sentence by sentence, in one batch. `shown`: how the translation of the first one must begin."""
        sentences = [self._tokenizer.encode(sentence) for sentence in split_sentences(text)]
        if not sentences:
            return ""
        prefixes: list[list[str]] = [[self._prefix] if self._prefix else [] for _ in sentences]
        if shown:
            prefixes[0] += self._tokenizer.encode(shown)
        results = self._translator.translate_batch(
            sentences,
            target_prefix=prefixes if any(prefixes) else None,
            beam_size=self._beam,
            length_penalty=LENGTH_PENALTY,
            replace_unknowns=True,
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
        )
        tokens = [token for result in results for token in result.hypotheses[0]]
        made: str = self._tokenizer.decode(tokens)
        return made.removeprefix(self._prefix).strip()


class ArgosTranslator:
    """Translates between two languages, directly or through English.

    `packages`: what is installed; `verify` is called on each before it is read, and raises ModelDamaged.
    """

    def __init__(
        self, packages: Sequence[ArgosPackage], verify: Callable[[ArgosPackage], None], config: TranslationConfig
    ) -> None:
        self._packages = packages
        self._verify = verify
        self._config = config
        self._routes: dict[tuple[str, str], Route] = {}
        self._steps: dict[Path, _Step] = {}

    def load(self, room: Room) -> None:
        """Read the packages of both directions. Raises ModelMissing, ModelDamaged."""
        for source, target in (room.languages, room.languages[::-1]):
            self.load_direction(source, target)

    def load_direction(self, source: str, target: str) -> None:
        """Read the packages of one direction. Raises ModelMissing, ModelDamaged."""
        route = find_route(self._packages, source, target)
        self._routes[source, target] = route
        for package in route.steps:
            if package.path not in self._steps:
                self._verify(package)
                self._steps[package.path] = _Step(package, self._config.beam)

    def translate(self, text: str, source: str, target: str, *, shown: str = "") -> Translation:
        """`text` in the other language; what there is to doubt comes as flags."""
        route = self._routes[source, target]
        made = text
        for package in route.steps:
            last = package is route.steps[-1]
            made = self._steps[package.path].translate(made, shown if last else "")
        shortened = textrules.without_loops(made)
        flags = list(textrules.translation_doubts(text, shortened, (source, target)))
        if shortened != made:
            flags.append(Flag.LOOP)
        if route.starter:
            flags.insert(0, Flag.STARTER)
        return Translation(shortened, source, target, route.engine, tuple(flags))


def _read_package(path: Path) -> Any:
    """argostranslate's view of an installed package: its tokenizer and its target prefix.

    Importing argostranslate makes folders in the user's home, which a kiosk's user may not have: it is given a
    temporary one for the time of the import.
    """
    with tempfile.TemporaryDirectory() as home, _environment(dict.fromkeys(_ARGOS_PLACES, home)):
        from argostranslate.package import Package  # noqa: PLC0415 - see above
    return Package(path)


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
