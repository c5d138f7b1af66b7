"""How many words the weights of a CTranslate2 model know, read from the shapes in model.bin and nothing else of it.

CTranslate2 does not compare them with its vocabulary: a vocabulary that lost a line would give other words, silently.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO, Final

_SOURCE: Final = ("encoder/embeddings_0/weight", "encoder/embeddings/weight")
_TARGET: Final = ("decoder/embeddings/weight",)

# From this version of the format on, each array tells its size in bytes; every converter since 2020 writes it.
_SELF_SIZED: Final = 4


def known_words(model: Path) -> tuple[int | None, int | None]:
    """Source and target words that `model` has weights for; None where it does not tell.

    Raises OSError, or ValueError when the file breaks off.
    """
    with model.open("rb") as stream:
        try:
            shapes = _shapes(stream)
        except (struct.error, UnicodeDecodeError) as error:
            raise ValueError("the file breaks off") from error
    return _rows(shapes, _SOURCE), _rows(shapes, _TARGET)


def _rows(shapes: dict[str, tuple[int, ...]], names: tuple[str, ...]) -> int | None:
    return next((shapes[name][0] for name in names if shapes.get(name)), None)


def _shapes(stream: BinaryIO) -> dict[str, tuple[int, ...]]:
    """The shape of every array by its name, tied ones under each of their names."""
    if _number(stream, "I") < _SELF_SIZED:
        return {}
    _name(stream)
    _number(stream, "I")
    shapes = {}
    for _ in range(_number(stream, "I")):
        name = _name(stream)
        shapes[name] = tuple(_number(stream, "I") for _ in range(_number(stream, "B")))
        _number(stream, "B")
        stream.seek(_number(stream, "I"), os.SEEK_CUR)
    for _ in range(_number(stream, "I")):
        alias, name = _name(stream), _name(stream)
        shapes[alias] = shapes.get(name, ())
    return shapes


def _number(stream: BinaryIO, kind: str) -> int:
    value: int = struct.unpack(f"<{kind}", stream.read(struct.calcsize(f"<{kind}")))[0]
    return value


def _name(stream: BinaryIO) -> str:
    return stream.read(_number(stream, "H")).rstrip(b"\0").decode()
