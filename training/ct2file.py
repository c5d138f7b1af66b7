"""Reads `model.bin` of a CTranslate2 model back into arrays, so that training can go on from a package."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)  # by CTranslate2's own numbers
KNOWN_VERSION = 6


class ModelFileError(ValueError):
    """The file is not a CTranslate2 model that this reader knows."""


@dataclass(slots=True)
class _Reader:
    data: bytes
    at: int = 0

    def number(self, kind: str) -> int:
        value: int = struct.unpack_from(f"<{kind}", self.data, self.at)[0]
        self.at += struct.calcsize(f"<{kind}")
        return value

    def name(self) -> str:
        length = self.number("H")
        self.at += length
        return self.data[self.at - length : self.at - 1].decode()  # a zero byte ends every name

    def array(self) -> NDArray[Any]:
        sizes = [self.number("I") for _ in range(self.number("B"))]
        kind = self.number("B")
        if kind >= len(TYPES):
            raise ModelFileError(f"unknown type of numbers: {kind}")
        length = self.number("I")
        values = np.frombuffer(self.data, TYPES[kind], length // np.dtype(TYPES[kind]).itemsize, self.at)
        self.at += length
        return values.reshape(sizes)


def read_variables(path: Path) -> dict[str, NDArray[Any]]:
    """Every array by its path in the model, int8 weights made float32 again, tied weights under each of their names.

    Raises ModelFileError if the version is unknown or the file does not end where it should.
    """
    reader = _Reader(path.read_bytes())
    try:
        variables = _read(reader)
    except (struct.error, UnicodeDecodeError, ValueError) as error:
        raise ModelFileError(f"{path.name}: {error}") from error
    if reader.at != len(reader.data):
        raise ModelFileError(f"{path.name}: bytes are left over")
    return {name: _dequantised(name, variables) for name in variables if not name.endswith("_scale")}


def _read(reader: _Reader) -> dict[str, NDArray[Any]]:
    if (version := reader.number("I")) != KNOWN_VERSION:
        raise ModelFileError(f"version {version}, not {KNOWN_VERSION}")
    reader.name()  # the kind of model
    reader.number("I")  # and its revision
    variables = {}
    for _ in range(reader.number("I")):
        name = reader.name()
        variables[name] = reader.array()
    for _ in range(reader.number("I")):
        alias, name = reader.name(), reader.name()
        variables[alias] = variables[name]
        if (scale := f"{name}_scale") in variables:
            variables[f"{alias}_scale"] = variables[scale]
    return variables


def _dequantised(name: str, variables: dict[str, NDArray[Any]]) -> NDArray[Any]:
    scale = variables.get(f"{name}_scale")
    if scale is None:
        return variables[name]
    whole: NDArray[np.float32] = variables[name].astype(np.float32) / scale[:, None]
    return whole
