"""Chooses the pairs of the PMI corpus that are never trained on, by a rule that has no taste.

    python -m training.split training/corpus > training/heldout.tsv

Run once: a corpus that grows keeps the file, or packages trained earlier would be measured on what they have seen.
"""

import hashlib
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from training.text import Pair, key, read_pairs

HELD_OUT = 200
NEAR = 85  # rapidfuzz ratio, 0 to 100: above it two sentences differ by a word or a figure


def read_corpus(folder: Path) -> list[Pair]:
    """The pairs of every topic, French first, each French sentence once."""
    pairs: dict[str, Pair] = {}
    for path in sorted(folder.glob("*.tsv")):
        for pair in read_pairs(path):
            pairs.setdefault(key(pair[0]), pair)
    return list(pairs.values())


def held_out(corpus: Iterable[Pair], count: int = HELD_OUT) -> list[Pair]:
    """The `count` pairs whose French sides have the lowest SHA-256."""
    return sorted(corpus, key=lambda pair: hashlib.sha256(key(pair[0]).encode()).hexdigest())[:count]


def bare(text: str) -> str:
    """The text without digits, case or punctuation: two doses of one medicine are near each other."""
    return " ".join(re.sub(r"\d", "", key(text)).split())


def without_near(pairs: Sequence[Pair], kept_away: Sequence[Pair], near: float = NEAR) -> list[Pair]:
    """The pairs of which neither side is like the same side of a pair of `kept_away`."""
    far = np.ones(len(pairs), bool)
    for side in (0, 1):
        ours, theirs = ([bare(pair[side]) for pair in some] for some in (pairs, kept_away))
        scores = process.cdist(ours, theirs, scorer=fuzz.ratio, score_cutoff=near, dtype=np.uint8)
        far &= scores.max(axis=1, initial=0) <= near
    return [pair for pair, keep in zip(pairs, far, strict=True) if keep]


def main() -> None:
    for first, second in held_out(read_corpus(Path(sys.argv[1]))):
        sys.stdout.write(f"{first}\t{second}\n")


if __name__ == "__main__":
    main()
