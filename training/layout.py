"""Where each parameter of `training.model.Translator` lies in a CTranslate2 Transformer. Pure: numpy alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of a pre-norm Transformer with one vocabulary and one embedding for both sides and the output."""

    pieces: int
    width: int = 256
    inner: int = 1024
    heads: int = 4
    encoder_layers: int = 3
    decoder_layers: int = 2
    positions: int = 256


EMBEDDING = "embedding.weight"
TIED_EMBEDDINGS = ("encoder/embeddings_0/weight", "decoder/embeddings/weight", "decoder/projection/weight")


def parameters(shape: Shape) -> dict[str, str]:
    """The name in torch of every parameter but the embedding, and its path in CTranslate2."""
    names = {"output_bias": "decoder/projection/bias"}
    for side, layers in (("encoder", shape.encoder_layers), ("decoder", shape.decoder_layers)):
        names |= _norm(f"{side}_norm", f"{side}/layer_norm")
        for number in range(layers):
            names |= _layer(f"{side}.{number}", f"{side}/layer_{number}", crosses=side == "decoder")
    return names


def _layer(torch_name: str, path: str, crosses: bool) -> dict[str, str]:
    names = _block(f"{torch_name}.attention", f"{path}/self_attention", {"project": "linear_0", "out": "linear_1"})
    if crosses:
        linears = {"query": "linear_0", "memory": "linear_1", "out": "linear_2"}
        names |= _block(f"{torch_name}.crossing", f"{path}/attention", linears)
    return names | _block(f"{torch_name}.feed", f"{path}/ffn", {"widen": "linear_0", "narrow": "linear_1"})


def _block(torch_name: str, path: str, linears: dict[str, str]) -> dict[str, str]:
    names = _norm(f"{torch_name}.norm", f"{path}/layer_norm")
    for ours, theirs in linears.items():
        names |= {f"{torch_name}.{ours}.{part}": f"{path}/{theirs}/{part}" for part in ("weight", "bias")}
    return names


def _norm(torch_name: str, path: str) -> dict[str, str]:
    return {f"{torch_name}.weight": f"{path}/gamma", f"{torch_name}.bias": f"{path}/beta"}


def sinusoids(positions: int, width: int) -> NDArray[np.float32]:
    """Positions as CTranslate2 expects them, (positions, width): sines in the first half, cosines in the second."""
    step = np.log(10_000) / (width / 2 - 1)
    rates = np.exp(np.arange(width // 2) * -step)
    angles = (np.arange(positions) + 1)[:, None] * rates[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], 1).astype(np.float32)
