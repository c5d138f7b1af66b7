"""Writes a trained network as a CTranslate2 int8 model, and zips it as an Argos package. No torch."""

import json
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec, common_spec
from numpy.typing import NDArray

from training.layout import EMBEDDING, TIED_EMBEDDINGS, Shape, parameters, sinusoids

State = Mapping[str, NDArray[np.float32]]

NAMES = {"en": "English", "es": "Spanish", "fr": "French", "tr": "Turkish"}
ATTRIBUTION = "Tatoeba (https://tatoeba.org) and others: README.md of the package"
LICENCES = {  # of the text of each pair: see packages/
    frozenset(("en", "fr")): "CC-BY-2.0-FR AND CC-BY-SA-4.0 AND CC-BY-4.0",
    frozenset(("en", "es")): "CC-BY-2.0-FR",
    frozenset(("en", "tr")): "CC-BY-2.0-FR",
}
STAMP = (2026, 1, 1, 0, 0, 0)  # of every file in the archive: the same files make the same bytes


def convert(state: State, shape: Shape, vocabulary: list[str], folder: Path) -> None:
    """Writes the network whose arrays are `state`, by their names in torch, weights rounded to int8."""
    spec = TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers),
        shape.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
    )
    for ours, path in parameters(shape).items():
        _set(spec, path, np.array(state[ours]))  # a copy: CTranslate2 rounds in place
    embedding = np.array(state[EMBEDDING])
    for path in TIED_EMBEDDINGS:
        _set(spec, path, embedding)
    for side in ("encoder", "decoder"):
        _set(spec, f"{side}/position_encodings/encodings", sinusoids(shape.positions, shape.width))
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def _set(spec: Any, path: str, values: NDArray[np.float32]) -> None:
    """Sets the value at a path of CTranslate2: `layer_0` is `.layer[0]` unless it is an attribute of that name."""
    *parents, last = path.split("/")
    for part in parents:
        if hasattr(spec, part):
            spec = getattr(spec, part)
        else:
            name, number = part.rsplit("_", 1)
            spec = getattr(spec, name)[int(number)]
    setattr(spec, last, values)


def write_package(
    state: State, shape: Shape, pieces: Path, languages: tuple[str, str], version: str, readme: Path, folder: Path
) -> Path:
    """Writes and returns `folder`/translate-SOURCE_TARGET-VERSION.argosmodel, with its README (origin, licences)."""
    source, target = languages
    name = f"translate-{source}_{target}-{version.replace('.', '_')}"
    inside = folder / name
    shutil.rmtree(inside, ignore_errors=True)
    (inside / "model").mkdir(parents=True)
    reader = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
    convert(state, shape, [reader.id_to_piece(number) for number in range(shape.pieces)], inside / "model")
    shutil.copyfile(pieces, inside / "sentencepiece.model")
    shutil.copyfile(readme, inside / "README.md")
    metadata = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "starter": True,
        "licence": LICENCES[frozenset(languages)],
        "attribution": ATTRIBUTION,
    }
    (inside / "metadata.json").write_text(json.dumps(metadata, indent=2), encoding="utf-8")
    return zipped(inside)


def zipped(inside: Path) -> Path:
    """The folder as an .argosmodel beside it."""
    package = inside.with_name(f"{inside.name}.argosmodel")
    with zipfile.ZipFile(package, "w") as archive:
        for path in sorted(path for path in inside.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(inside.parent)), STAMP)
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return package
