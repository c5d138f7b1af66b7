"""Argos packages that really translate, word for word, with weights set by hand and read by CTranslate2 at once.

A word of the source stands at the same place of its vocabulary as its translation in the other one. The one attention
layer looks at the word of the same position and copies its place; everything else is switched off.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec
from numpy.typing import NDArray

from kiosk.models.files import FilePin
from kiosk.models.record import Origin, PackageRecord, pins_of
from kiosk.models.store import Package

FRENCH_ENGLISH = {"bonjour": "hello", "oui": "yes", "non": "no", "enfant": "child", "fièvre": "fever", "trois": "three"}
SPECIAL = ("<unk>", "<s>", "</s>")
POSITIONS = 256
"""As many as the demonstration packages know."""

_SHARP = 30.0


def write_package(
    folder: Path,
    words: Mapping[str, str],
    pair: tuple[str, str] = ("fr", "en"),
    *,
    bpe: bool = False,
    origin: Origin = Origin.LOCAL,
) -> Package:
    """Write a package that translates these words into a new folder; with bpe.model rather than SentencePiece."""
    folder.mkdir(parents=True)
    (folder / "metadata.json").write_text(
        json.dumps({"package_version": "1.0", "from_code": pair[0], "to_code": pair[1]}), encoding="utf-8"
    )
    source, target = [*SPECIAL, *_pieces(words, bpe)], [*SPECIAL, *_pieces(words.values(), bpe)]
    if bpe:
        (folder / "bpe.model").write_text(_merges({*words, *words.values()}), encoding="utf-8")
    else:
        (folder / "sentencepiece.model").write_bytes(_sentencepiece([*words, *words.values()]))
    write_model(folder / "model", source, target)
    return package_at(folder, pair, origin)


def package_at(folder: Path, pair: tuple[str, str] = ("fr", "en"), origin: Origin = Origin.LOCAL) -> Package:
    """What the store would say of the package that lies in `folder`."""
    files = pins_of(folder)
    starter = origin is Origin.STARTER
    return Package(folder, PackageRecord(*pair, "1.0", starter, "", origin, FilePin("a", 1, "0" * 64), files))


def archive_of(folder: Path) -> bytes:
    """The package in `folder` as an .argosmodel archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(file, f"package/{file.relative_to(folder).as_posix()}")
    return buffer.getvalue()


def write_model(folder: Path, source: list[str], target: list[str]) -> None:
    """A CTranslate2 model from each token of `source` to the one at its place in `target`."""
    size = len(source)
    width = size + POSITIONS
    tokens = np.eye(size, width, dtype=np.float32)
    places = np.eye(POSITIONS, width, size, dtype=np.float32)
    spec = TransformerSpec.from_config(1, 1)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = False
        side.position_encodings.encodings = places
        _set_norm(side.layer_norm, width)
        for layer in side.layer:
            _switch_off(layer.self_attention, width)
            _set_norm(layer.ffn.layer_norm, width)
            _set_linear(layer.ffn.linear_0, np.zeros((8, width)))
            _set_linear(layer.ffn.linear_1, np.zeros((width, 8)))
    spec.encoder.embeddings[0].weight = tokens
    spec.decoder.embeddings.weight = tokens
    of_token, of_place = np.diag([1.0] * size + [0.0] * POSITIONS), np.diag([0.0] * size + [1.0] * POSITIONS)
    across = spec.decoder.layer[0].attention
    _set_norm(across.layer_norm, width)
    _set_linear(across.linear[0], _SHARP * of_place)
    _set_linear(across.linear[1], np.concatenate([of_place, of_token]))
    _set_linear(across.linear[2], _SHARP * of_token)
    _set_linear(spec.decoder.projection, 10 * tokens)
    spec.register_source_vocabulary(source)
    spec.register_target_vocabulary(target)
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize()
    folder.mkdir()
    spec.save(str(folder))


def _pieces(words: Mapping[str, str] | list[str], bpe: bool) -> list[str]:
    return [word if bpe else f"▁{word}" for word in words]


def _sentencepiece(words: list[str]) -> bytes:
    """A SentencePiece model that knows whole words and nothing else."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(words)]),
        model_writer=model,
        model_type="word",
        vocab_size=len({*words}) + len(SPECIAL),
        minloglevel=2,
    )
    return model.getvalue()


def _merges(words: set[str]) -> str:
    """Byte pair merges that put each word together from its left, in the format of subword-nmt."""
    merges = dict.fromkeys(
        (word[:end], word[end] + ("</w>" if end == len(word) - 1 else ""))
        for word in sorted(words)
        for end in range(1, len(word))
    )
    return "#version: 0.2\n" + "".join(f"{left} {right}\n" for left, right in merges)


def _switch_off(attention: object, width: int) -> None:
    _set_norm(attention.layer_norm, width)  # type: ignore[attr-defined]
    _set_linear(attention.linear[0], np.zeros((3 * width, width)))  # type: ignore[attr-defined]
    _set_linear(attention.linear[1], np.zeros((width, width)))  # type: ignore[attr-defined]


def _set_norm(norm: object, width: int) -> None:
    norm.gamma = np.ones(width, np.float32)  # type: ignore[attr-defined]
    norm.beta = np.zeros(width, np.float32)  # type: ignore[attr-defined]


def _set_linear(linear: object, weight: NDArray[np.floating]) -> None:
    linear.weight = weight.astype(np.float32)  # type: ignore[attr-defined]
    linear.bias = np.zeros(weight.shape[0], np.float32)  # type: ignore[attr-defined]
