"""Reads the network of an Argos package, so that a short run goes on from what a long one learnt. No torch."""

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import sentencepiece
from numpy.typing import NDArray

from training.ct2file import read_variables
from training.layout import EMBEDDING, TIED_EMBEDDINGS, Shape, parameters

Array = NDArray[np.float32]


def unpack(package: Path, folder: Path) -> Path:
    """Unpacks an .argosmodel and returns the one folder that it holds."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    (inside,) = [path for path in folder.iterdir() if path.is_dir()]
    return inside


def start_from(package: Path, pieces: sentencepiece.SentencePieceProcessor) -> tuple[Shape, dict[str, Array]]:
    """The package's shape, and its arrays by their names in torch, the embeddings rearranged for `pieces`.

    A piece that the package lacks starts as the mean of the package's own pieces of the same text: trained from there,
    Spanish to English learns from French to English in half an hour what it would not from nothing.
    """
    with TemporaryDirectory() as folder:
        inside = unpack(package, Path(folder))
        variables = read_variables(inside / "model" / "model.bin")
        own = sentencepiece.SentencePieceProcessor(model_file=str(inside / "sentencepiece.model"))
    shape = _shape(variables, pieces.vocab_size())
    state = {ours: variables[path] for ours, path in parameters(shape).items()}
    state[EMBEDDING], state["output_bias"] = _rearranged(
        variables[TIED_EMBEDDINGS[0]], state["output_bias"], own, pieces
    )
    return shape, state


def _shape(variables: dict[str, Array], pieces: int) -> Shape:
    layers = {
        side: sum(f"{side}/layer_{number}/ffn/linear_0/bias" in variables for number in range(100))
        for side in ("encoder", "decoder")
    }
    positions, width = variables["encoder/position_encodings/encodings"].shape
    return Shape(
        pieces=pieces,
        width=width,
        inner=len(variables["encoder/layer_0/ffn/linear_0/bias"]),
        heads=int(variables["encoder/num_heads"]),
        encoder_layers=layers["encoder"],
        decoder_layers=layers["decoder"],
        positions=positions,
    )


def _rearranged(
    embedding: Array,
    bias: Array,
    own: sentencepiece.SentencePieceProcessor,
    pieces: sentencepiece.SentencePieceProcessor,
) -> tuple[Array, Array]:
    rows = []
    for number in range(pieces.vocab_size()):
        piece = pieces.id_to_piece(number)
        same = own.piece_to_id(piece)
        known = same != own.unk_id() or number == pieces.unk_id()
        rows.append([same] if known else own.encode(piece.replace("▁", " ").strip()) or [own.unk_id()])
    means = np.stack([embedding[row].mean(0) for row in rows]).astype(np.float32)
    biases = np.array([bias[row].mean() for row in rows], np.float32)
    return means, biases
