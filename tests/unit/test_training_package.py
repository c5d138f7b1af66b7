"""Packages written by the recipe: read back, digits apart, embeddings moved to another vocabulary. No torch needed."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sentencepiece
from sentencepiece import sentencepiece_model_pb2

from training.ct2file import ModelFileError, read_variables
from training.export import convert, write_package
from training.layout import EMBEDDING, Shape, parameters
from training.pieces import digit_by_digit
from training.start import start_from

SMALL = {"width": 8, "inner": 16, "heads": 2, "encoder_layers": 2, "decoder_layers": 1, "positions": 32}
TEXT = "Il a pris 25 ml à 8 h.\nHe took 25 ml at 8.\nBonjour, comment allez-vous ?\nHello, how are you?\n" * 20


def vocabulary(path: Path, text: str, size: int) -> sentencepiece.SentencePieceProcessor:
    source = path.with_suffix(".txt")
    source.write_text(text, encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(source),
        model_prefix=str(path.with_suffix("")),
        vocab_size=size,
        pad_id=3,
        unk_id=0,
        bos_id=1,
        eos_id=2,
        byte_fallback=True,
        minloglevel=2,
    )
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def network(shape: Shape) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """Random arrays of the right sizes."""
    rng = np.random.default_rng(3)
    wide = {"project": 3 * shape.width, "memory": 2 * shape.width, "widen": shape.inner, "output_bias": shape.pieces}
    state = {EMBEDDING: rng.normal(size=(shape.pieces, shape.width))}
    for name in parameters(shape):
        part = name.split(".")[-2] if "." in name else name
        rows = wide.get(part, shape.width)
        columns = shape.inner if part == "narrow" else shape.width
        matrix = name.endswith("weight") and "norm" not in part
        state[name] = rng.normal(size=(rows, columns) if matrix else (rows,))
    return {name: values.astype(np.float32) for name, values in state.items()}


def test_a_written_network_is_read_back_within_the_rounding_of_int8(tmp_path: Path) -> None:
    shape = Shape(pieces=20, **SMALL)
    state = network(shape)
    convert(state, shape, [f"piece{number}" for number in range(20)], tmp_path)
    variables = read_variables(tmp_path / "model.bin")
    for ours, path in parameters(shape).items():
        step = np.abs(state[ours]).max(-1, keepdims=True) / 127
        assert np.all(np.abs(variables[path] - state[ours]) <= step * 0.51 + 1e-6), path
    assert np.array_equal(variables["decoder/projection/weight"], variables["encoder/embeddings_0/weight"])


def test_a_cut_model_is_refused(tmp_path: Path) -> None:
    shape = Shape(pieces=20, **SMALL)
    convert(network(shape), shape, [f"piece{number}" for number in range(20)], tmp_path)
    whole = (tmp_path / "model.bin").read_bytes()
    cut = tmp_path / "cut.bin"
    for damaged in (whole[: len(whole) // 2], whole + b"more", b"", b"\x09" + whole[1:]):
        cut.write_bytes(damaged)
        with pytest.raises(ModelFileError, match=r"cut\.bin"):
            read_variables(cut)


def test_a_vocabulary_read_digit_by_digit_keeps_the_numbers_of_its_pieces(tmp_path: Path) -> None:
    vocabulary(tmp_path / "v.model", TEXT, 296)
    model: Any = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined]
    model.ParseFromString((tmp_path / "v.model").read_bytes())
    model.pieces[270].piece, model.pieces[270].score = "▁25", 0.0
    before = sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())
    assert before.encode("25", out_type=str) == ["▁25"]

    after = sentencepiece.SentencePieceProcessor(model_proto=digit_by_digit(model.SerializeToString()))
    assert "▁25" not in after.encode("25 ml", out_type=str)
    assert after.decode(after.encode("25 ml")) == "25 ml"
    assert [after.id_to_piece(number) for number in range(296)] == [piece.piece for piece in model.pieces]


def test_a_package_says_what_it_is_and_training_goes_on_from_it(tmp_path: Path) -> None:
    pieces = vocabulary(tmp_path / "v.model", TEXT, 296)
    shape = Shape(pieces=296, **SMALL)
    state = network(shape)
    readme = tmp_path / "notes.md"
    readme.write_text("Licences.", encoding="utf-8")
    package = write_package(state, shape, tmp_path / "v.model", ("es", "en"), "0.2", readme, tmp_path / "out")
    assert package.name == "translate-es_en-0_2.argosmodel"
    with zipfile.ZipFile(package) as archive:
        metadata = json.loads(archive.read("translate-es_en-0_2/metadata.json"))
        assert archive.read("translate-es_en-0_2/README.md") == b"Licences."
    assert (metadata["from_code"], metadata["to_code"], metadata["starter"]) == ("es", "en", True)

    again, arrays = start_from(package, pieces)
    assert again == shape
    assert np.abs(arrays[EMBEDDING] - state[EMBEDDING]).max() < 0.05

    other = vocabulary(tmp_path / "w.model", TEXT.replace("Bonjour", "Salut"), 293)
    moved, arrays = start_from(package, other)
    assert moved.pieces == 293
    same = next(n for n in range(260, 293) if pieces.piece_to_id(other.id_to_piece(n)) != pieces.unk_id())
    theirs = pieces.piece_to_id(other.id_to_piece(same))
    assert np.abs(arrays[EMBEDDING][same] - state[EMBEDDING][theirs]).max() < 0.05
