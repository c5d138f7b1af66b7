"""BLEU, chrF and numbers kept, of Argos packages on test files, as rows of a Markdown table.

    python -m training.evaluate PACKAGE... --tests parallel/test --held-out training/heldout.tsv

A test file is `PAIR.NAME.tsv`; every one whose pair a package translates is used, both ways.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import ctranslate2
import sacrebleu
import sentencepiece

from kiosk.quantities import find, same_quantities
from training.start import unpack
from training.text import Pair, read_pairs

BEAM, LENGTH_PENALTY = 4, 1.0  # kiosk.adapters.argos.Search


@dataclass(frozen=True, slots=True)
class Scores:
    """`numbers`: share, of the `with_numbers` sentences whose reference keeps them, whose translation does; percent."""

    bleu: float
    chrf: float
    numbers: float
    with_numbers: int


class Package:
    """An .argosmodel, or a folder of one, ready to translate."""

    def __init__(self, folder: Path, threads: int) -> None:
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        self.languages = (metadata["from_code"], metadata["to_code"])
        self.name = f"{self.languages[0]}-{self.languages[1]} {metadata['package_version']}"
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
        self._translator = ctranslate2.Translator(str(folder / "model"), intra_threads=threads)

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """One translation a sentence, by the beam search that kiosk uses."""
        pieces = self._pieces.encode(list(sentences), out_type=str)
        results = self._translator.translate_batch(
            pieces, beam_size=BEAM, length_penalty=LENGTH_PENALTY, max_batch_size=32, replace_unknowns=True
        )
        return [self._pieces.decode(result.hypotheses[0]) for result in results]


def keeps_numbers(source: str, target: str, languages: tuple[str, str]) -> bool | None:
    """Whether both sides hold the same quantities, as kiosk reads and compares them; None without any for sure."""
    if not any(quantity.sure for quantity in find(source, languages[0])):
        return None
    return not same_quantities(source, target, languages)


def score(pairs: Sequence[Pair], translations: Sequence[str], languages: tuple[str, str]) -> Scores:
    """Scores of translations against their references."""
    references = [reference for _, reference in pairs]
    fair = [
        keeps_numbers(source, made, languages)
        for (source, reference), made in zip(pairs, translations, strict=True)
        if keeps_numbers(source, reference, languages)
    ]
    return Scores(
        bleu=sacrebleu.corpus_bleu(translations, [references]).score,
        chrf=sacrebleu.corpus_chrf(translations, [references]).score,
        numbers=100 * sum(map(bool, fair)) / len(fair) if fair else 100.0,
        with_numbers=len(fair),
    )


def tests_for(languages: tuple[str, str], folder: Path, held_out: Path | None) -> dict[str, list[Pair]]:
    """Pairs, source first, of every test of these languages."""
    pair = "-".join(sorted(languages))
    swapped = languages[0] > languages[1]
    files = {path.name.split(".")[1]: path for path in sorted(folder.glob(f"{pair}.*.tsv"))}
    tests = {name: read_pairs(path, swapped) for name, path in files.items()}
    if held_out and set(languages) == {"en", "fr"}:
        tests["PMI held out"] = read_pairs(held_out, swapped=languages[0] == "en")
    return tests


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="+", type=Path)
    parser.add_argument("--tests", type=Path, required=True)
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N translations of each test")
    return parser.parse_args()


def main() -> None:
    options = _arguments()
    print("| package | test | sentences | BLEU | chrF | numbers kept |\n|---|---|---:|---:|---:|---:|")
    for path in options.packages:
        with TemporaryDirectory() as folder:
            package = Package(path if path.is_dir() else unpack(path, Path(folder)), options.threads)
            for name, pairs in tests_for(package.languages, options.tests, options.held_out).items():
                made = package.translate([source for source, _ in pairs])
                row = score(pairs, made, package.languages)
                print(
                    f"| {package.name} | {name} | {len(pairs)} | {row.bleu:.1f} | {row.chrf:.1f} "
                    f"| {row.numbers:.1f} % of {row.with_numbers} |",
                    flush=True,
                )
                for (source, reference), translation in list(zip(pairs, made, strict=True))[: options.show]:
                    print(f"  {source} => {translation} (reference: {reference})")


if __name__ == "__main__":
    main()
