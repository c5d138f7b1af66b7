"""A small Transformer that CTranslate2 can run: pre-norm, ReLU, sinusoids, one embedding for all three uses."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.layout import Shape, sinusoids

DROPOUT = 0.1


def _attend(query: Tensor, key: Tensor, value: Tensor, heads: int, mask: Tensor | None, causal: bool) -> Tensor:
    def split(x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)

    mixed = functional.scaled_dot_product_attention(
        split(query), split(key), split(value), attn_mask=mask, is_causal=causal
    )
    return mixed.transpose(1, 2).flatten(2)


class SelfAttention(nn.Module):
    """Attention to the sentence itself; `causal` hides what follows."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.norm = nn.LayerNorm(shape.width)
        self.project = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)

    def forward(self, x: Tensor, mask: Tensor | None = None, causal: bool = False) -> Tensor:
        query, key, value = self.project(self.norm(x)).chunk(3, -1)
        mixed = self.out(_attend(query, key, value, self.heads, mask, causal))
        return x + functional.dropout(mixed, DROPOUT, self.training)


class CrossAttention(nn.Module):
    """Attention of the translation to the encoded source."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.norm = nn.LayerNorm(shape.width)
        self.query = nn.Linear(shape.width, shape.width)
        self.memory = nn.Linear(shape.width, 2 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)

    def forward(self, x: Tensor, encoded: Tensor, mask: Tensor) -> Tensor:
        key, value = self.memory(encoded).chunk(2, -1)
        mixed = self.out(_attend(self.query(self.norm(x)), key, value, self.heads, mask, causal=False))
        return x + functional.dropout(mixed, DROPOUT, self.training)


class Feed(nn.Module):
    """The feed-forward half of a layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(shape.width)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)

    def forward(self, x: Tensor) -> Tensor:
        inner = functional.dropout(functional.relu(self.widen(self.norm(x))), DROPOUT, self.training)
        return x + functional.dropout(self.narrow(inner), DROPOUT, self.training)


class EncoderLayer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention, self.feed = SelfAttention(shape), Feed(shape)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        fed: Tensor = self.feed(self.attention(x, mask=mask))
        return fed


class DecoderLayer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention, self.crossing, self.feed = SelfAttention(shape), CrossAttention(shape), Feed(shape)

    def forward(self, x: Tensor, encoded: Tensor, mask: Tensor) -> Tensor:
        fed: Tensor = self.feed(self.crossing(self.attention(x, causal=True), encoded, mask))
        return fed


class Translator(nn.Module):
    """Scores, for (batch, length) piece numbers of a source and of the target so far, each next piece of the target."""

    def __init__(self, shape: Shape, pad: int) -> None:
        super().__init__()
        self.shape, self.pad = shape, pad
        self.embedding = nn.Embedding(shape.pieces, shape.width)
        nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)
        self.output_bias = nn.Parameter(torch.zeros(shape.pieces))
        self.encoder = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.decoder_layers))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.register_buffer("positions", torch.from_numpy(sinusoids(shape.positions, shape.width)), persistent=False)

    def _embed(self, pieces: Tensor) -> Tensor:
        positions: Tensor = self.get_buffer("positions")[: pieces.shape[1]]
        return functional.dropout(self.embedding(pieces) * self.shape.width**0.5 + positions, DROPOUT, self.training)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        mask = (source != self.pad)[:, None, None, :]
        encoded = self._embed(source)
        for layer in self.encoder:
            encoded = layer(encoded, mask)
        encoded = self.encoder_norm(encoded)
        decoded = self._embed(target)
        for layer in self.decoder:
            decoded = layer(decoded, encoded, mask)
        return functional.linear(self.decoder_norm(decoded), self.embedding.weight, self.output_bias)
