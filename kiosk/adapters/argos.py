"""An Argos package read by CTranslate2 and Argos' own tokenizers. The only argostranslate import, and CTranslate2's
translator.

argostranslate's `translate` module is never imported: it brings stanza, hence torch, and downloads sentence models. Nor
is its `package` module, which makes folders in the user's home. The weights, the tokenizers and the call are the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import ctranslate2
from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

from kiosk.errors import ModelDamaged
from kiosk.models.ct2 import known_words
from kiosk.models.store import Package, reinstall

_SENTENCEPIECE: Final = "sentencepiece.model"
_BPE: Final = "bpe.model"

_BATCH_TOKENS: Final = 32
"""argostranslate's own, as is `replace_unknowns`."""

_MOST_TOKENS: Final = 200
"""Tokens of a sentence that are translated at once; a longer one is translated in parts.

A model knows no more positions than it was converted with: 256 for the demonstration packages, and beyond them
CTranslate2 gives up. A sentence of 40 words has about 60 tokens.
"""

_DECODING: Final = (3, 30, 255)
"""Tokens that a translation may have: so many times those of its source, and so many more; never more than the last."""

_OWN_WORDS: Final = 0.7
"""Share of a sample of the vocabulary's whole words that the tokenizer must know as such.

It is 1.0 where both belong together; 0.5 and 0.1 between two packages trained on different text.
"""


@dataclass(frozen=True, slots=True)
class Search:
    """How a translation is searched for. `beam`: hypotheses kept; `length_penalty`: above 0 favours longer ones."""

    beam: int = 4
    length_penalty: float = 1.0
    threads: int = 2


ARGOS_OWN: Final = Search(beam=4, length_penalty=0.2)
"""As argostranslate searches."""


class ArgosLeg:
    """Sentences in the language that a package translates from, to sentences in its other one."""

    continues: Final = True

    def __init__(self, translator: Any, tokenizer: Any, prefix: str, search: Search) -> None:
        self._translator = translator
        self._tokenizer = tokenizer
        self._prefix = [prefix] if prefix else []
        self._search = search

    @classmethod
    def open(cls, package: Package, search: Search) -> ArgosLeg:
        """Read a package, and have it translate a word so that what is wrong shows now. Raises ModelDamaged."""
        with _damage(package, "metadata.json"):
            metadata = json.loads((package.path / "metadata.json").read_text(encoding="utf-8"))
            prefix = str(metadata.get("target_prefix", ""))
        tokenizer = _read_tokenizer(package)
        with _damage(package, "model/model.bin"):
            translator = ctranslate2.Translator(
                str(package.path / "model"), device="cpu", compute_type="int8", intra_threads=search.threads
            )
            leg = cls(translator, tokenizer, prefix, search)
            leg.translate(["OK"])
        return leg

    def translate(self, sentences: Sequence[str], *, shown: str = "", beam: int = 0) -> list[str]:
        """A translation for each sentence. `shown`: how that of the first must begin; `beam`: 0 for the usual one."""
        parts = [self._parts(sentence) for sentence in sentences]
        tokens = [part for sentence in parts for part in sentence]
        if not tokens:
            return [""] * len(sentences)
        results = iter(self._translate(tokens, shown, beam or self._search.beam))
        return [self._decode([token for _ in sentence for token in next(results)]) for sentence in parts]

    def close(self) -> None:
        """Give the memory back."""
        self._translator.unload_model()

    def _parts(self, sentence: str) -> list[list[str]]:
        tokens: list[str] = self._tokenizer.encode(sentence)
        return [tokens[start : start + _MOST_TOKENS] for start in range(0, len(tokens), _MOST_TOKENS)]

    def _translate(self, tokens: list[list[str]], shown: str, beam: int) -> Iterator[list[str]]:
        prefixes = [list(self._prefix) for _ in tokens]
        if shown:
            prefixes[0] += self._tokenizer.encode(shown)[:_MOST_TOKENS]
        factor, more, most = _DECODING
        results = self._translator.translate_batch(
            tokens,
            target_prefix=prefixes if any(prefixes) else None,
            beam_size=beam,
            length_penalty=self._search.length_penalty,
            max_decoding_length=min(most, factor * max(map(len, tokens)) + more + len(prefixes[0])),
            replace_unknowns=True,
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
        )
        for result in results:
            yield result.hypotheses[0]

    def _decode(self, tokens: list[str]) -> str:
        made: str = self._tokenizer.decode([token for token in tokens if token not in self._prefix])
        return made.strip()


def _read_tokenizer(package: Package) -> Any:
    """The package's tokenizer, once the vocabulary fits it and the weights. Raises ModelDamaged."""
    if (package.path / _SENTENCEPIECE).is_file():
        name, tokenizer = _SENTENCEPIECE, SentencePieceTokenizer(package.path / _SENTENCEPIECE)
    else:
        name, tokenizer = _BPE, BPETokenizer(package.path / _BPE, package.source, package.target)
    with _damage(package, name):
        tokenizer.encode("OK")  # read at its first use
    with _damage(package, "model/model.bin"):
        sizes = known_words(package.path / "model" / "model.bin")
    vocabularies = [_read_vocabulary(package, kind) for kind in ("source", "target")]
    for (file, tokens), size in zip(vocabularies, sizes, strict=True):
        if size not in (None, len(tokens)):
            raise _unfit(package, f"model/{file} a {len(tokens)} lignes pour {size} mots que connaît model/model.bin")
    file, tokens = vocabularies[0]
    own = _own_words(tokens, tokenizer)
    if own < _OWN_WORDS:
        raise _unfit(package, f"{name} n'est pas le découpage en mots de model/{file} ({own:.0%} de mots en commun)")
    return tokenizer


def _read_vocabulary(package: Package, kind: str) -> tuple[str, list[str]]:
    """The name of its file, which both languages may share, and its tokens in order. Raises ModelDamaged."""
    for name in (
        f"{kind}_vocabulary.json",
        f"{kind}_vocabulary.txt",
        "shared_vocabulary.json",
        "shared_vocabulary.txt",
    ):
        file = package.path / "model" / name
        if file.is_file():
            with _damage(package, f"model/{name}"):
                text = file.read_text(encoding="utf-8")
                tokens = json.loads(text) if name.endswith(".json") else text.removesuffix("\n").split("\n")
                if not isinstance(tokens, list) or not all(isinstance(token, str) for token in tokens):
                    raise ValueError("a list of tokens is expected")
                return name, tokens
    raise ModelDamaged(f"Il manque à {package.path / 'model'} un vocabulaire.", _remedy(package))


def _own_words(tokens: list[str], tokenizer: Any) -> float:
    """Of a sample of the whole words in a vocabulary, the share that `tokenizer` takes as one; 1.0 of too few."""
    sentencepiece = isinstance(tokenizer, SentencePieceTokenizer)
    marked = [token for token in tokens if token.startswith("▁") == sentencepiece and not token.endswith("@@")]
    words = [token for token in marked if len(token) > 3 and token.removeprefix("▁").isalpha()]
    sample = words[:: max(1, len(words) // 200)]
    if len(sample) < 20:
        return 1.0
    if sentencepiece:
        processor = tokenizer.lazy_processor()
        return sum(bool(processor.piece_to_id(word) != processor.unk_id()) for word in sample) / len(sample)
    return sum(bool(tokenizer.encode(word) == [word]) for word in sample) / len(sample)


def _unfit(package: Package, because: str) -> ModelDamaged:
    return ModelDamaged(f"Les fichiers du paquet {package.path} ne vont pas ensemble : {because}.", _remedy(package))


@contextmanager
def _damage(package: Package, name: str) -> Iterator[None]:
    """Whatever the libraries raise on a damaged file, as an error that names it."""
    try:
        yield
    except (OSError, RuntimeError, ValueError, AttributeError, TypeError, IndexError) as error:
        raise ModelDamaged(f"Le fichier {package.path / name} est abîmé ou incomplet.", _remedy(package)) from error


def _remedy(package: Package) -> str:
    return f"Réinstallez le paquet : {reinstall(package)}."
