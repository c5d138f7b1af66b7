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

_BATCH_TOKENS: Final = 512
"""Tokens translated together. argostranslate takes 32, one sentence or two; four together give the same text in 0.85 of
the time."""

_MOST_TOKENS: Final = 200
"""Tokens of a sentence that are translated at once; a longer one is translated in parts.

A model knows no more positions than it was converted with: 256 for the demonstration packages, and beyond them
CTranslate2 gives up. A sentence of 40 words has about 60 tokens.
"""

_DECODING: Final = (3, 30, 255)
"""Tokens that a translation may have: so many times those of its source, and so many more; never more than the last.

Of 2,000 translations 16 were longer, every one a loop of words or of letters.
"""

_OWN_WORDS: Final = 0.7
"""Share of a sample of the vocabulary's whole words that the tokenizer must know as such.

All of them where both belong together, 0.48 and 0.09 between packages trained on different text.
"""


@dataclass(frozen=True, slots=True)
class Search:
    """How a translation is searched for.

    `beam`: hypotheses kept; of those that end, the best log-probability / (tokens ** `length_penalty`) wins.

    With the demonstration packages, 1,000 sentences a way; BLEU of everyday talk, dialogue, health and news, then how
    many translations have less than 0.6 of the words of the reference, and how many loop:

                              French to English           English to French
        beam 4, penalty 0.2   51.0 16.8 5.5 6.6 138  57   40.0 14.7 5.1 6.2 205  41
        beam 4, penalty 1.0   51.5 17.0 5.6 6.9 119  66   40.0 14.8 5.5 6.4 167  51
        beam 4, penalty 1.3   51.6 16.7 6.0 6.2  76  99   39.6 14.0 5.8 7.0 107  75
        beam 2, penalty 1.0   50.8 17.3 5.8 6.9  94 107   39.6 12.8 5.5 6.1 133  58   in 0.6 of the time
        beam 1                50.3 15.7 4.4 5.2  94 139   39.1 13.6 6.1 6.4 102  77   in 0.4

    Forbidding four tokens to come again ends most loops (18 and 14 are left) and costs no BLEU; but "two drops in the
    morning, two drops in the evening" is no loop, so it is not forbidden. `threads`: a second one doubles the
    processor's time (131 and 230 ms for 18 tokens and a package of 61 MB) and saved nothing on two busy cores.
    """

    beam: int = 4
    length_penalty: float = 1.0
    threads: int = 1


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
