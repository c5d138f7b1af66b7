"""Puts together what one pair of languages is trained on, and its pieces.

    python -m training.prepare en-fr --general parallel --tests parallel/test --corpus training/corpus \\
        --held-out training/heldout.tsv --pieces-of translate-fr_en-0_1.argosmodel --out prepared

Reads the files `PAIR.*.tsv` of --general, two columns in the order of the name. Nothing that a file of --tests holds,
and nothing like a pair of --held-out, is kept.
"""

import argparse
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import sentencepiece

from training.figures import with_other_figures
from training.numberwords import with_other_words
from training.pieces import digit_by_digit
from training.split import read_corpus, without_near
from training.start import unpack
from training.text import Pair, key, pair_file, read_pairs

CLOSE_TO_THE_ROOM = ("refugee-phrasebook", "tico19", "diabla")  # help, health, conversation
PIECES = 6000


def general_pairs(folder: Path, pair: str, weight: int) -> list[tuple[Pair, int]]:
    """Every pair of the languages once, with how often it is to be seen: `weight` for what is close to the room."""
    seen: dict[tuple[str, str], tuple[Pair, int]] = {}
    for path in sorted(folder.glob(f"{pair}.*.tsv")):
        often = weight if any(name in path.name for name in CLOSE_TO_THE_ROOM) else 1
        for found in read_pairs(path):
            seen.setdefault((key(found[0]), key(found[1])), (found, often))
    return list(seen.values())


def keys_of(paths: Iterable[Path]) -> set[str]:
    """The keys of every sentence in these files."""
    return {key(side) for path in paths for pair in read_pairs(path) for side in pair}


def untested(pairs: Iterable[Pair], tested: set[str]) -> list[Pair]:
    """The pairs of which no side is in a test."""
    return [pair for pair in pairs if key(pair[0]) not in tested and key(pair[1]) not in tested]


def repeated(pair: Pair, languages: tuple[str, str], often: int, rng: random.Random) -> list[Pair]:
    """The pair `often` times; every second time with other numbers, where it has any that can be changed."""
    copies = []
    for number in range(often):
        other = None
        if number % 2:
            other = with_other_figures(pair, rng) or with_other_words(pair, languages, rng)
        copies.append(other or pair)
    return copies


def mixed(
    general: Sequence[tuple[Pair, int]], corpus: Sequence[Pair], languages: tuple[str, str], weight: int
) -> list[Pair]:
    """Each general pair as often as it says, and once more with other figures; the corpus `weight` times."""
    rng = random.Random(1)  # noqa: S311 (other numbers are no secret)
    rows = [copy for pair, often in general for copy in repeated(pair, languages, often, rng)]
    rows += [other for pair, _ in general if (other := with_other_figures(pair, rng))]
    rows += [copy for pair in corpus for copy in repeated(pair, languages, weight, rng)]
    return rows


def train_pieces(rows: Iterable[Pair], out: Path) -> None:
    """A joint unigram vocabulary of the two languages; digits apart, so that any number can be copied."""
    with TemporaryDirectory() as folder:
        text = Path(folder) / "text"
        text.write_text("".join(f"{first}\n{second}\n" for first, second in rows), encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=str(text),
            model_prefix=str(out.with_suffix("")),
            vocab_size=PIECES,
            model_type="unigram",
            character_coverage=0.9999,
            byte_fallback=True,
            split_digits=True,
            unk_id=0,
            bos_id=1,
            eos_id=2,
            pad_id=3,
            normalization_rule_name="nmt_nfkc",
            input_sentence_size=300_000,
            minloglevel=1,
        )


def write_pairs(path: Path, pairs: Iterable[Pair]) -> None:
    path.write_text("".join(f"{first}\t{second}\n" for first, second in pairs), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pair", help="two languages in the order of the alphabet, such as en-fr")
    parser.add_argument("--general", type=Path, required=True)
    parser.add_argument("--tests", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, help="French-English only")
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--weight", type=int, default=8, help="how often a pair of --corpus is seen")
    parser.add_argument("--close-weight", type=int, default=3, help="the same for general text close to the room")
    parser.add_argument("--pieces-of", type=Path, metavar="PACKAGE", help="keep this package's vocabulary")
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


def main() -> None:
    options = _arguments()
    first, second = options.pair.split("-")
    options.out.mkdir(parents=True, exist_ok=True)
    tested = keys_of(options.tests.glob("*.tsv"))
    away = [pair[::-1] for pair in read_pairs(options.held_out)] if options.held_out else []
    general = general_pairs(options.general, options.pair, options.close_weight)
    often = dict(general)
    kept = without_near(untested(often, tested), away)
    corpus = [pair[::-1] for pair in read_corpus(options.corpus)] if options.corpus else []
    corpus = without_near(untested(corpus, tested), away)
    rows = mixed([(pair, often[pair]) for pair in kept], corpus, (first, second), options.weight)
    write_pairs(pair_file(options.out, options.pair, "train"), rows)
    pieces = options.out / f"{options.pair}.pieces.model"
    if options.pieces_of:
        with TemporaryDirectory() as folder:
            inside = unpack(options.pieces_of, Path(folder))
            pieces.write_bytes(digit_by_digit((inside / "sentencepiece.model").read_bytes()))
    else:
        train_pieces(rows, pieces)
    print(f"{len(often)} pairs, {len(kept)} kept; corpus {len(corpus)}; {len(rows)} lines")


if __name__ == "__main__":
    main()
