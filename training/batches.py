"""Batches of sentences of like length, bounded by their number of pieces. Pure: no torch."""

import random
from collections.abc import Iterator, Sequence

Example = tuple[list[int], list[int]]  # piece numbers of a source, and of its target with its begin and end marks
POOL = 20_000  # examples sorted together: wide enough for little padding, narrow enough for varied batches


def batches(examples: Sequence[Example], most: int, rng: random.Random) -> Iterator[list[Example]]:
    """Every example once, shuffled, in batches of at most `most` pieces a side, padding counted."""
    order = list(examples)
    rng.shuffle(order)
    for start in range(0, len(order), POOL):
        pool = sorted(order[start : start + POOL], key=lambda example: (len(example[1]), len(example[0])))
        cut = list(_cut(pool, most))
        rng.shuffle(cut)
        yield from cut


def _cut(pool: Sequence[Example], most: int) -> Iterator[list[Example]]:
    batch: list[Example] = []
    longest = 0
    for example in pool:
        length = max(map(len, example))
        if batch and max(longest, length) * (len(batch) + 1) > most:
            yield batch
            batch, longest = [], 0
        batch.append(example)
        longest = max(longest, length)
    if batch:
        yield batch


def padded(rows: Sequence[list[int]], pad: int) -> list[list[int]]:
    """The rows made as long as the longest."""
    longest = max(map(len, rows))
    return [row + [pad] * (longest - len(row)) for row in rows]
