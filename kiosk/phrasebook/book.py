"""The phrasebook: what the program brings, with what was reviewed on this machine laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.languages import LANGUAGES
from kiosk.phrasebook.checking import Problem, problems
from kiosk.phrasebook.entries import ANSWERS, MASTER, Entry, Group, Master, Phrase, Status
from kiosk.phrasebook.index import Index
from kiosk.phrasebook.reading import read_language, read_master


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A sentence of the phrasebook that stands for what was said.

    `source` is how the phrasebook says it in the language spoken, `translation` in the other one. `score` in [0, 1]: 1
    where the words are the same, less where one of them was heard a little differently.
    """

    id: str
    source: str
    translation: str
    status: Status
    score: float

    @property
    def verified(self) -> bool:
        """Whether a qualified person signed it, and nothing of it changed since."""
        return self.status is Status.VERIFIED


class Phrasebook:
    """Phrases by id, in the languages that were read; it changes only when it is read again."""

    def __init__(self, master: Master, languages: Mapping[str, Mapping[str, Entry]]) -> None:
        """`languages`: for each code but the master's, entries by the master's ids."""
        self._master = master
        own = {phrase.id: Entry(phrase.text, phrase.also, Status.VERIFIED) for phrase in master.phrases.values()}
        self._languages = {MASTER: own, **languages}
        self._indexes: dict[str, Index] = {}

    @classmethod
    def load(cls, folder: Path, local: Path, codes: Iterable[str] | None = None) -> Phrasebook:
        """The files of `folder` and, over them, those of `local`; of `codes` only, or of every language there is.

        A language without a file has no phrases. Raises AssetError, which names the file and the line.
        """
        master = read_master(folder)
        there = written_languages(folder, local)
        wanted = there if codes is None else [code for code in there if code in set(codes)]
        return cls(master, {code: _read(folder, local, code, master) for code in wanted})

    # -- what there is -----------------------------------------------------------------------------------------------

    @property
    def groups(self) -> tuple[Group, ...]:
        """The chapters, in the order in which they are shown; answers are none of them."""
        return tuple(group for group in self._master.groups if group.id != ANSWERS)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that were read, French among them."""
        return tuple(self._languages)

    @property
    def everything(self) -> tuple[Phrase, ...]:
        """Every phrase and every answer, in the order of the master."""
        return tuple(self._master.phrases.values())

    def phrases(self, group: str) -> tuple[Phrase, ...]:
        """The phrases of a group, in order; none where there is no such group."""
        return tuple(phrase for phrase in self._master.phrases.values() if phrase.group == group)

    def answers(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """What the family may point at, in order; empty for a phrase that asks nothing of the kind."""
        return tuple(self._master.phrases[answer] for answer in phrase.answers)

    def entry(self, phrase: str, code: str) -> Entry | None:
        """A phrase in a language, or None where it is absent or the language was not read."""
        return self._languages.get(code, {}).get(phrase)

    def problems(self, code: str) -> tuple[Problem, ...]:
        """What there is to look at in a language; everything is absent from one that was not read."""
        return tuple(problems(self._master, self._languages.get(code, {})))

    def status(self, phrase: str, *codes: str) -> Status | None:
        """How far a phrase can be trusted between these languages: the worst of them; None where one lacks it."""
        entries = [self.entry(phrase, code) for code in codes]
        statuses = [entry.status for entry in entries if entry is not None]
        if len(statuses) < len(entries):
            return None
        return next((status for status in statuses if status is not Status.VERIFIED), Status.VERIFIED)

    # -- what is said ------------------------------------------------------------------------------------------------

    def match(self, text: str, source: str, target: str) -> PhraseMatch | None:
        """The phrase that the sentence `text` is, with its translation; None where none is for certain.

        Anything may be given: an empty text, a language that was not read.
        """
        spoken, wanted = self._languages.get(source, {}), self._languages.get(target, {})
        if not spoken or not wanted or source == target:
            return None
        if source not in self._indexes:
            self._indexes[source] = Index(spoken, source)
        found = [hit for hit in self._indexes[source].find(text) if hit.phrase in wanted]
        best = [hit for hit in found if hit.score == found[0].score]
        if not best or len({wanted[hit.phrase].text for hit in best}) > 1:
            return None  # two phrases sound alike here and are told apart there
        hit = best[0]
        status = self.status(hit.phrase, source, target) or Status.DRAFT
        return PhraseMatch(hit.phrase, spoken[hit.phrase].text, wanted[hit.phrase].text, status, hit.score)


def written_languages(folder: Path, local: Path) -> list[str]:
    """The codes of the languages that have a file in one of the two, French left out, the most used first."""
    stems = {file.stem for place in (folder, local) for file in place.glob("*.toml")}
    return [code for code in LANGUAGES if code in stems and code != MASTER]


def _read(folder: Path, local: Path, code: str, master: Master) -> dict[str, Entry]:
    shipped_file, local_file = (place / f"{code}.toml" for place in (folder, local))
    shipped = read_language(shipped_file, code, master) if shipped_file.exists() else {}
    own = read_language(local_file, code, master, outdated=True) if local_file.exists() else {}
    merged = {
        phrase.id: _over(shipped.get(phrase.id), own.get(phrase.id), phrase.text) for phrase in master.phrases.values()
    }
    return {phrase: entry for phrase, entry in merged.items() if entry is not None}


def _over(shipped: Entry | None, own: Entry | None, french: str) -> Entry | None:
    """What was reviewed here stands over what the program brings, unless its French is not the same any more."""
    if own is None:
        return shipped
    outdated = own.signature is not None and own.signature.french != french
    if outdated and shipped is not None:
        return shipped if shipped.verified else replace(shipped, status=Status.REVIEW)
    return own
