"""How often the gate is right: on the hand-made set, on human translations, and on the same ones damaged by rule.

    .venv/bin/python -m tests.bench.gate [--parallel FOLDER] [--pairs fr-en,fr-ar] [--limit 2000] [--show negation]

Without FOLDER, the hand-made set alone. See tests/bench/README.md for what is counted.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from kiosk.gate import SIMILAR_ENOUGH, check, load, similarity
from kiosk.gate.words import Text
from kiosk.types import Flag
from tests.bench.gate_tables import held_out, read_pairs

DATA = Path(__file__).parents[1] / "data" / "gate"
PAIRS = ("en", "es", "pt", "it", "de", "tr", "ru", "uk", "ro", "sq", "pl", "ar", "fa", "ur", "bn")
SIBLINGS = {
    "fr": "en", "en": "de", "es": "pt", "pt": "es", "it": "es", "de": "en", "tr": "en", "ru": "uk", "uk": "ru",
    "ro": "it", "sq": "it", "pl": "en", "ar": "fa", "fa": "ar", "ur": "fa",
}  # fmt: skip
SEED = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A translation and the doubts that it deserves."""

    languages: tuple[str, str]
    source: str
    translation: str
    flags: frozenset[str]


def hand_made() -> list[Row]:
    """The good and the damaged translations of tests/data/gate."""
    rows = []
    for name in ("good", "damaged"):
        for line in (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            one, other, source, translation, *flags = line.split("\t")
            rows.append(Row((one, other), source, translation, frozenset(",".join(flags).split(",")) - {""}))
    return rows


def score(rows: Iterable[Row]) -> dict[str, tuple[int, int, int]]:
    """For each flag: rightly raised, missed, raised without reason."""
    right, missed, wrong = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        raised = {str(flag) for flag in check(row.source, row.translation, row.languages)}
        right.update(raised & row.flags)
        missed.update(row.flags - raised)
        wrong.update(raised - row.flags)
    return {flag: (right[flag], missed[flag], wrong[flag]) for flag in Flag if right[flag] + missed[flag] + wrong[flag]}


def backs() -> list[tuple[str, str, str, bool]]:
    """Language, source, back-translation, and whether the translation in between kept the meaning, by reading it."""
    lines = (DATA / "back.tsv").read_text(encoding="utf-8").splitlines()[1:]
    columns = (line.split("\t") for line in lines)
    return [(language, source, back, meaning == "kept") for language, source, _, back, meaning in columns]


def caught(language: str) -> tuple[float, float]:
    """Shares of the translations that lost and of those that kept the meaning which the similarity doubts."""
    doubted: dict[bool, list[bool]] = defaultdict(list)
    for code, source, back, kept in backs():
        if code == language:
            doubted[kept].append(similarity(source, back, language) < SIMILAR_ENOUGH)
    lost, kept_ones = doubted[False], doubted[True]
    return sum(lost) / len(lost), sum(kept_ones) / len(kept_ones)


# Damages by rule, each of a human translation that the gate has nothing to say against.

Damage = Callable[[Row, random.Random], Row | None]


def other_number(row: Row, rng: random.Random) -> Row | None:
    """One number in digits becomes another."""
    numbers = list(re.finditer(r"(?<![\w-])\d+(?!\w)", row.translation))
    if not numbers:
        return None
    found = rng.choice(numbers)
    made = str(int(found[0]) + rng.choice((1, 2, 10, 20)))
    return _with(row, row.translation[: found.start()] + made + row.translation[found.end() :], Flag.NUMBERS)


def lost_number(row: Row, rng: random.Random) -> Row | None:
    """One number in digits goes."""
    numbers = list(re.finditer(r"(?<![\w-])\d+(?:[.,]\d+)*(?!\w)\s*", row.translation))
    if not numbers:
        return None
    found = rng.choice(numbers)
    return _with(row, row.translation[: found.start()] + row.translation[found.end() :], Flag.NUMBERS)


def copied(row: Row, rng: random.Random) -> Row | None:
    """The source again, of three words or more."""
    return _with(row, row.source, Flag.UNTRANSLATED) if len(row.source.split()) > 2 else None


def words_left(row: Row, rng: random.Random) -> Row | None:
    """One word of the source, of five letters or more and in lower case, for one of the translation."""
    target = row.languages[1]
    words = [w for w in re.findall(r"(?<!\w)[^\W\d_]{5,}(?!\w)", row.source) if w.islower()]
    made = row.translation.split()
    if not words or len(made) < 4:
        return None
    word = rng.choice(words)
    if load().vocabulary.knows(word, row.languages[0], target) or word in row.translation:
        return None
    made[rng.randrange(1, len(made))] = word
    return _with(row, " ".join(made), Flag.LEFTOVER)


def looped(row: Row, rng: random.Random) -> Row | None:
    """The last three words four times."""
    words = row.translation.split()
    return _with(row, " ".join(words + words[-3:] * 3), Flag.LOOP) if len(words) > 3 else None


def cut(row: Row, rng: random.Random) -> Row | None:
    """The first quarter of a translation of twelve words or more."""
    words = row.translation.split()
    return _with(row, " ".join(words[: len(words) // 4]), Flag.TOO_SHORT) if len(words) >= 12 else None


def swollen(row: Row, rng: random.Random) -> Row | None:
    """Three times as many words, every other one from elsewhere in the sentence."""
    words = row.translation.split()
    if len(words) < 4:
        return None
    more = [rng.choice(words) for _ in range(2 * len(words))]
    return _with(row, " ".join(words + more), Flag.TOO_LONG)


def emptied(row: Row, rng: random.Random) -> Row | None:
    """Nothing but a full stop."""
    return _with(row, " .", Flag.EMPTY)


_DENYING: dict[str, re.Pattern[str]] = {
    "bn": re.compile(r"(?<!\S)(?:না|নেই|নি|ন(?:\u09df|\u09af\u09bc)|ছাড়া)(?=[\s।.,!?]|$)"),
    "ur": re.compile(r"(?<!\S)(?:نہیں|نہ|مت|بغیر)(?=[\s۔.،!؟]|$)"),
}
"""Words that deny by themselves, of languages that have too few sentences for `opposites`."""


def lost_denial(row: Row, rng: random.Random) -> Row | None:
    """The only word that denies goes, where the source denies too."""
    source, target = row.languages
    made = _DENYING[target].split(row.translation) if target in _DENYING else []
    denied = len(made) == 2 and load().negation[source].read(Text(row.source, source).tokens).denies
    return _with(row, "".join(made), Flag.NEGATION) if denied else None


RULES: tuple[Damage, ...] = (other_number, lost_number, copied, words_left, looped, cut, swollen, emptied, lost_denial)


def _with(row: Row, translation: str, flag: Flag) -> Row:
    return Row(row.languages, row.source, translation, frozenset({flag.value}))


_DENIAL = re.compile(r"\b(ne |n['’])([^\W\d_]+(?:-[^\W\d_]+)?) (?:pas|jamais|plus|rien)\b( de | d['’])?", re.IGNORECASE)
_OTHER_DENIALS = re.compile(r"\b(?:ne|n['’]|pas|jamais|rien|aucune?|personne|sans|non)\b", re.IGNORECASE)


def opposites(pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Held out French sentences that differ by one denial, each before its human translation; the denied one first."""
    by_french = defaultdict(list)
    for french, other in pairs:
        by_french[french].append(other)
    for french, others in by_french.items():
        found = _DENIAL.search(french)
        if found is None or not held_out(french) or len(_OTHER_DENIALS.findall(french)) != 2:
            continue
        articles = (" du ", " de la ", " des ", " un ", " une ", " de l'") if found[3] else ("",)
        for article in articles:
            made = french[: found.start()] + found[2] + article + french[found.end() :]
            made = re.sub(r"\b([Jj])e (?=[aeiouyhéêèà])", r"\1'", made)
            made = made[:1].upper() + made[1:]
            if made in by_french:
                yield french, others[0], made, by_french[made][0]
                break


def negations(pairs: list[tuple[str, str]], languages: tuple[str, str]) -> list[Row]:
    """Each sentence of an opposition with the other one's translation."""
    flag = frozenset({Flag.NEGATION.value})
    rows = []
    for denied, denial, affirmed, affirmation in opposites(pairs):
        for french, other in ((denied, affirmation), (affirmed, denial)):
            source, translation = (french, other) if languages[0] == "fr" else (other, french)
            rows.append(Row(languages, source, translation, flag))
    return rows


def in_another_language(folder: Path, languages: tuple[str, str], limit: int) -> list[Row]:
    """Human translations of the source's language into a language that is easily taken for the one asked for."""
    source, target = languages
    if target not in SIBLINGS:
        return []  # no other language here has its letters
    sibling = SIBLINGS[target] if SIBLINGS[target] != source else "es"
    flag = frozenset({Flag.LANGUAGE.value})
    found = [
        Row(languages, one, other, flag)
        for one, other in read_pairs(folder, source, sibling)
        if held_out(one) and held_out(other) and len(re.findall(r"[^\W\d_]+", other)) >= 5
    ]
    random.Random(SEED).shuffle(found)  # noqa: S311
    return found[:limit]


def measure(folder: Path, target: str, limit: int, show: str) -> None:
    """False alarms and damages caught of one pair, both ways."""
    for languages in (("fr", target), (target, "fr")):
        pairs = [p for p in read_pairs(folder, *languages) if held_out(p[0]) and held_out(p[1])]
        random.Random(SEED).shuffle(pairs)  # noqa: S311
        rows = [Row(languages, source, translation, frozenset()) for source, translation in pairs[:limit]]
        raised: Counter[str] = Counter()
        clean = []
        start = perf_counter()
        for row in rows:
            flags = check(row.source, row.translation, languages)
            raised.update(flags)
            if show in flags:
                sys.stderr.write(f"{'-'.join(languages)}\t{row.source}\t{row.translation}\n")
            if not flags:
                clean.append(row)
        each = (perf_counter() - start) / max(1, len(rows))
        alarms = " ".join(f"{flag} {100 * raised[flag] / len(rows):.2f}" for flag in Flag if raised[flag])
        print(f"{'-'.join(languages)} | {len(rows)} | {1000 * each:.1f} ms | {alarms}")
        rng = random.Random(SEED)  # noqa: S311
        for rule in RULES:
            report(rule.__name__, [damaged for row in clean if (damaged := rule(row, rng)) is not None])
        report("in_another_language", in_another_language(folder, languages, limit))
        report("opposite", negations(list(read_pairs(folder, "fr", target)), languages))


def report(name: str, rows: list[Row]) -> None:
    """How many of these damages are caught as what they are, and how many at all."""
    if rows:
        raised = [{str(flag) for flag in check(row.source, row.translation, row.languages)} for row in rows]
        named = sum(bool(flags & row.flags) for flags, row in zip(raised, rows, strict=True))
        print(
            f"    {name} | {len(rows)} | {100 * named / len(rows):.1f} | {100 * sum(map(bool, raised)) / len(rows):.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parallel", type=Path, help="folder of <a>-<b>.<corpus>.tsv")
    parser.add_argument("--pairs", default=",".join(f"fr-{code}" for code in PAIRS))
    parser.add_argument("--limit", type=int, default=2000, help="human translations of each pair")
    parser.add_argument("--show", default="", help="write to standard error what this flag says of human translations")
    chosen = parser.parse_args()
    print("flag | precision | recall | of")
    for flag, (right, missed, wrong) in score(hand_made()).items():
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        print(f"{flag} | {100 * precision:.1f} | {100 * recall:.1f} | {right + missed}")
    for language in ("fr", "en"):
        lost, kept = caught(language)
        print(f"similarity, {language}: {100 * lost:.0f} % of what was lost is doubted, {100 * kept:.0f} % of the rest")
    if chosen.parallel:
        for pair in chosen.pairs.split(","):
            measure(chosen.parallel, pair.removeprefix("fr-"), chosen.limit, chosen.show)


if __name__ == "__main__":
    main()
