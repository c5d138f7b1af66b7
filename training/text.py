"""Files of sentence pairs. Pure, but for reading them."""

import re
import unicodedata
from pathlib import Path

Pair = tuple[str, str]


def read_pairs(path: Path, swapped: bool = False) -> list[Pair]:
    """The two first columns of a TSV file, UTF-8; lines with fewer, or with an empty one, are left out."""
    pairs = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        first, _, rest = line.partition("\t")
        second = rest.split("\t")[0]
        if first.strip() and second.strip():
            pairs.append((second, first) if swapped else (first, second))
    return pairs


def pair_file(folder: Path, pair: str, part: str) -> Path:
    """Where training.prepare writes a part (`train`, `dev`…) of the pairs of two languages."""
    return folder / f"{pair}.{part}.tsv"


def key(text: str) -> str:
    """The same for two sentences that differ by case, punctuation or spacing only."""
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
