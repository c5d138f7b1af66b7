"""A Firefox Translations package read by fxtranslate, from its files alone. The only fxtranslate import.

fxtranslate can look for models on the network; nothing here calls that part of it. Its translator may be used and
dropped by the thread that made it only, and otherwise panics: each one lives and dies on a thread of its own. A panic
is no Exception and may quote what was said: it leaves that thread as a RuntimeError that says nothing.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

import fxtranslate
from sentencepiece import SentencePieceProcessor

from kiosk.errors import ModelDamaged, ModelError
from kiosk.models.firefox import FirefoxFiles
from kiosk.models.store import Package, reinstall

_VOCABULARY_SIZES: Final = re.compile(rb"dim-vocabs:\s+- (\d+)\s+- (\d+)")
"""In the options that Marian keeps in the weights."""

_PROBE: Final = "OK, 12."
"""Digits come through every model that matches its vocabulary."""

_own: Final = threading.local()


class FirefoxLeg:
    """Sentences in the language that a package translates from, to sentences in its other one."""

    continues: Final = False

    def __init__(self, worker: ThreadPoolExecutor) -> None:
        self._worker = worker

    @classmethod
    def open(cls, package: Package) -> FirefoxLeg:
        """Read a package, and have it translate a figure so that what is wrong shows now. Raises ModelDamaged.

        The lexical shortlist is left out: it makes no difference in quality (BLEU 47.2 without and 47.0 with it on 450
        sentences of English to Portuguese, 47.4 both on their way back) nor in speed, and a damaged one panics.
        """
        files = FirefoxFiles.installed(package)
        try:
            weights = files.model.read_bytes()
            vocabularies = (files.source_vocabulary.read_bytes(), files.target_vocabulary.read_bytes())
            _check_vocabularies(weights, vocabularies)
            worker = ThreadPoolExecutor(1, f"kiosk-firefox-{package.pair}")
            leg = cls(worker)
            worker.submit(_make, weights, vocabularies).result()
            if not any(character.isdigit() for character in leg.translate([_PROBE])[0]):
                raise ValueError("the probe was not translated")  # noqa: TRY301 - one answer to all damage
        except (OSError, RuntimeError, ValueError, ModelError) as error:
            raise ModelDamaged(
                f"Le paquet Firefox {package.path} est abîmé ou incomplet : {files.model.name} et son vocabulaire ne "
                "se lisent pas ensemble.",
                f"Réinstallez le paquet : {reinstall(package)}.",
            ) from error
        return leg

    def translate(self, sentences: Sequence[str], *, shown: str = "", beam: int = 0) -> list[str]:
        """A translation for each sentence. The engine knows neither a beginning to go on from nor a beam.

        Raises ModelError.
        """
        try:
            return [made.strip() for made in self._worker.map(_translate, sentences)]
        except RuntimeError:
            raise ModelError(
                "Le moteur de traduction Firefox s'est arrêté sur une erreur.",
                "Réessayez ; si cela se répète, prévenez le service informatique.",
            ) from None

    def close(self) -> None:
        """Give the memory back."""
        self._worker.shutdown()


def _make(weights: bytes, vocabularies: tuple[bytes, bytes]) -> None:
    """Give this thread its translator. Raises ValueError, RuntimeError."""
    with _no_panic():
        _own.translator = fxtranslate.Translator(weights, *vocabularies)


def _translate(sentence: str) -> str:
    with _no_panic():
        made: str = _own.translator.translate(sentence)
    return made


@contextmanager
def _no_panic() -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if isinstance(error, Exception):
            raise
        raise RuntimeError("fxtranslate panicked") from None


def _check_vocabularies(weights: bytes, vocabularies: tuple[bytes, bytes]) -> None:
    """fxtranslate takes any vocabulary, even an empty one, and then translates to nothing: count its pieces.

    Raises ValueError, or RuntimeError where it is no vocabulary.
    """
    sizes = _VOCABULARY_SIZES.search(weights)
    if sizes is None:
        raise ValueError("the weights do not say how large their vocabularies are")
    for size, vocabulary in zip(sizes.groups(), vocabularies, strict=True):
        if SentencePieceProcessor(model_proto=vocabulary).get_piece_size() != int(size):
            raise ValueError("a vocabulary of another size than the weights")
