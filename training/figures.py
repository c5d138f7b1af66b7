"""Figures of sentence pairs, changed alike on both sides. Pure."""

import random
import re
from collections import Counter

from training.text import Pair

FIGURE = re.compile(r"\d+")
# One stays what it is, for its singular; the others change within their range, which keeps dates and hours possible.
RANGES = ((0, 1), (2, 9), (10, 12), (13, 23), (24, 28), (29, 31), (32, 59), (60, 99), (100, 999))
YEARS = (1950, 2029)


def figures(text: str) -> Counter[str]:
    """How often each run of digits stands in the text."""
    return Counter(FIGURE.findall(text))


def with_other_figures(pair: Pair, rng: random.Random) -> Pair | None:
    """The pair with its figures changed alike on both sides, or None where that might make a wrong pair.

    Only where both sides hold the same figures, each apart from letters (`2nd`, `5th`, `3pm` would go wrong).
    """
    first, second = pair
    found = figures(first)
    if not found or found != figures(second) or any(re.search(r"\d[^\W\d_]|[^\W\d_]\d", side) for side in pair):
        return None
    new: dict[str, str] = {}
    for figure in found:
        choices = [choice for choice in _alike(figure) if choice not in new.values()]
        new[figure] = rng.choice(choices) if choices else figure
    if len(set(new.values())) < len(new) or all(figure == other for figure, other in new.items()):
        return None

    def changed(side: str) -> str:
        return FIGURE.sub(lambda match: new[match[0]], side)

    return changed(first), changed(second)


def _alike(figure: str) -> list[str]:
    if figure.startswith("0") or not figure.isascii():
        return [figure]
    value = int(figure)
    if value <= RANGES[0][1]:
        return [figure]
    low, high = next((bounds for bounds in (*RANGES, YEARS) if bounds[0] <= value <= bounds[1]), (value, value))
    step = 10 if low == RANGES[-1][0] and value % 10 == 0 else 1  # 120 ml becomes 150 ml, not 137 ml
    return [str(other) for other in range(low, high + 1, step)]
