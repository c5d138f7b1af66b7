"""Every check of a translation, in the order of how grave a failure is."""

from __future__ import annotations

from kiosk.gate import leftovers, negation, shape, tongues
from kiosk.gate.tables import Tables, load
from kiosk.gate.words import Text
from kiosk.quantities import same_quantities
from kiosk.types import Flag


def check(source: str, translated: str, languages: tuple[str, str]) -> tuple[Flag, ...]:
    """What a reader should doubt in `translated`, which stands for `source`; the gravest first. No doubt is no proof.

    `languages`: of the one and of the other. Where a language has no table, the checks that need one find nothing.
    A text that is not in its language is not asked for its negations. Raises AssetError where a table cannot be read.
    """
    if not _says(source):
        return ()
    if not _says(translated):
        return (Flag.EMPTY,)
    given, made = Text(source, languages[0]), Text(translated, languages[1])
    tables = load()
    looped = shape.looped(given, made)
    strange, left = _tongue(given, made, tables)
    short, long = tables.lengths.compare(given, made)
    figures = () if strange is Flag.UNTRANSLATED else _figures(source, translated, languages)
    found = (
        (Flag.NUMBERS in figures, Flag.NUMBERS),
        (Flag.UNITS in figures, Flag.UNITS),
        (strange is None and negation.changed(given, made, tables.negation), Flag.NEGATION),
        (strange is Flag.UNTRANSLATED, Flag.UNTRANSLATED),
        (strange is Flag.SCRIPT, Flag.SCRIPT),
        (strange is Flag.LANGUAGE and not looped, Flag.LANGUAGE),
        (looped, Flag.LOOP),
        (strange is None and left, Flag.LEFTOVER),
        (short, Flag.TOO_SHORT),
        (long and not looped, Flag.TOO_LONG),
    )
    return tuple(flag for failed, flag in found if failed)


def _says(text: str) -> bool:
    """Whether there is a letter or a figure in it."""
    return any(character.isalnum() for character in text)


def _tongue(given: Text, made: Text, tables: Tables) -> tuple[Flag | None, bool]:
    """What says best that the answer is in another tongue than asked for, and whether words of the source are in it.

    An answer that would be in its language but for those words is.
    """
    if leftovers.untranslated(given, made, tables.vocabulary):
        return Flag.UNTRANSLATED, True
    if tongues.wrong_script(made, given):
        return Flag.SCRIPT, False
    left = leftovers.left_over(given, made, tables.vocabulary)
    if all(tongues.wrong_language(made, given, tables.letters, but) for but in ((), left)):
        return Flag.LANGUAGE, bool(left)
    return None, bool(left)


def _figures(source: str, translated: str, languages: tuple[str, str]) -> tuple[Flag, ...]:
    """What became of quantities, telephone numbers and addresses."""
    doubts = same_quantities(source, translated, languages)
    return doubts if shape.exact_parts_kept(source, translated) else (Flag.NUMBERS, *doubts)
