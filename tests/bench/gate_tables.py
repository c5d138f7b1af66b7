"""Makes the measured tables of assets/gate (letters, words, lengths) from parallel text. See assets/gate/README.md.

    .venv/bin/python -m tests.bench.gate_tables --parallel FOLDER [--domain training/corpus]

`--domain`: a folder of <any>.tsv, French and English, whose words count beside the frequent ones.

Half of the sentences make the tables; the other half is left for tests.bench.gate, which measures on it.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kiosk.gate.tables import GATE
from kiosk.gate.tongues import trigrams
from kiosk.gate.words import LATIN, Text

LANGUAGES = ("fr", "en", "es", "pt", "it", "de", "tr", "ro", "sq", "pl", "ru", "uk", "ar", "fa", "ur", "bn")
LEFT_OUT = ("iso-names", "laser1k", "diabla")  # names alone; the same sentences again; a licence that asks for more
TRIGRAMS = 2000
WORDS = 2500
DOMAIN_WORDS = 800  # more of them, from the text of the domain
FEWEST = 3
NAMES = 20  # a word that stands in lower case more rarely than once in so many times is a name
SHORTEST_WORD = 4
MOST_SENTENCES = 60_000
ALSO = 30  # a word belongs to another language too if it is at most so many times rarer there
LONG_ENOUGH = 20  # letters: shorter sentences say little of a language's length


def held_out(sentence: str) -> bool:
    """Whether a sentence is left for measuring."""
    return hashlib.md5(sentence.encode(), usedforsecurity=False).digest()[0] % 2 == 1


def read_pairs(
    folder: Path, source: str, target: str, left_out: tuple[str, ...] = LEFT_OUT
) -> Iterator[tuple[str, str]]:
    """Every pair of sentences of two languages, in this order."""
    for one, other in ((source, target), (target, source)):
        for file in sorted(folder.glob(f"{one}-{other}.*.tsv")):
            if any(name in file.name for name in left_out):
                continue
            for line in file.read_text(encoding="utf-8").split("\n"):
                columns = line.split("\t")
                if len(columns) == 2:
                    yield (columns[0], columns[1]) if one == source else (columns[1], columns[0])


def sentences_of(folder: Path, language: str) -> list[str]:
    """The sentences of a language that make its tables, in an order that does not change."""
    found = {
        sentence
        for other in LANGUAGES
        if other != language
        for sentence, _ in read_pairs(folder, language, other)
        if not held_out(sentence)
    }
    return sorted(found, key=lambda s: hashlib.md5(s.encode(), usedforsecurity=False).digest())[:MOST_SENTENCES]


def letter_table(sentences: list[str]) -> list[str]:
    """Trigrams, the most frequent first, with how many in a million they are."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(trigrams(sentence))
    total = counts.total()
    return [f"{gram.replace(' ', '_')} {round(1e6 * count / total)}" for gram, count in counts.most_common(TRIGRAMS)]


def lower_words(sentences: list[str], language: str) -> Counter[str]:
    """Words that are no names, counted wherever they stand."""
    lower: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for sentence in sentences:
        text = Text(sentence, language)
        lower.update(word for word in text.lowered if len(word) >= SHORTEST_WORD)
        every.update(text.words)
    return Counter({word: every[word] for word, count in lower.items() if count * NAMES >= every[word]})


def word_table(counts: dict[str, Counter[str]], language: str, domain: Counter[str]) -> list[str]:
    """Frequent words, then those of the domain, each with the other languages that have it too."""
    general = [word for word, count in islice(counts[language].most_common(), WORDS) if count >= FEWEST]
    special = [word for word, count in domain.most_common() if count >= FEWEST and word not in set(general)]
    return [" ".join([word, *also_in(counts, language, word)]) for word in general + special[:DOMAIN_WORDS]]


def also_in(counts: dict[str, Counter[str]], language: str, word: str) -> list[str]:
    """Other languages where a word is not much rarer."""
    share = counts[language][word] / counts[language].total()
    return [
        other
        for other, words in counts.items()
        if other != language and words[word] and words[word] / words.total() > share / ALSO
    ]


def read_domain(folder: Path | None) -> dict[str, list[str]]:
    """The sentences of the domain, by language."""
    files = sorted(folder.glob("*.tsv")) if folder else []
    lines = [line.split("\t") for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return {language: [columns[place] for columns in lines] for place, language in enumerate(("fr", "en"))}


def relative_length(folder: Path, language: str) -> int:
    """Letters in this language for 100 in French: the median of sentences."""
    ratios = [
        math.log(Text(other, language).letters / Text(french, "fr").letters)
        for french, other in read_pairs(folder, "fr", language)
        if not held_out(other) and Text(french, "fr").letters >= LONG_ENOUGH and Text(other, language).letters
    ]
    return round(100 * math.exp(statistics.median(ratios)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parallel", type=Path, required=True, help="folder of <a>-<b>.<corpus>.tsv")
    parser.add_argument("--domain", type=Path, help="folder of <any>.tsv, French and English")
    chosen = parser.parse_args()
    folder = chosen.parallel
    texts = {language: sentences_of(folder, language) for language in LANGUAGES}
    for language, sentences in texts.items():
        write(GATE / "letters" / f"{language}.txt", letter_table(sentences))
    counts = {language: lower_words(texts[language], language) for language in LANGUAGES if language in LATIN}
    domain = {code: lower_words(sentences, code) for code, sentences in read_domain(chosen.domain).items()}
    for code, words in domain.items():
        counts[code] += words
    for language in counts:
        write(GATE / "words" / f"{language}.txt", word_table(counts, language, domain.get(language, Counter())))
    for language in LANGUAGES[1:]:
        sys.stdout.write(f"{language} = {relative_length(folder, language)}\n")


def write(file: Path, lines: list[str]) -> None:
    """One entry a line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
