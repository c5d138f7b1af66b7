"""The screen finds the text of every key that it asks for, and says nothing that is not in the catalogue."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import kiosk.ui
from kiosk import paths
from kiosk.interface import MASTER
from kiosk.phrasebook import Phrasebook

SOURCES = sorted(Path(kiosk.ui.__file__).parent.rglob("*.py"))
TEXTS = {
    f"{section}.{name}": text
    for section, table in tomllib.loads((paths.INTERFACE / f"{MASTER}.toml").read_text(encoding="utf-8")).items()
    for name, text in table.items()
}
SECTIONS = "|".join(sorted({key.partition(".")[0] for key in TEXTS}))
PHRASES = {phrase.id for phrase in Phrasebook.load(paths.PHRASEBOOK, Path("/nonexistent")).everything}
"""Of the phrasebook, which have names of the same form."""

SPOKEN = re.compile(r"[À-ÖØ-öø-ÿŒœ«»]|[^\W\d_]{2}[,;.:!?…']* +[^\W\d_]|^[A-Z][a-z]{2,}…?$")
"""What a person might be meant to read: an accent, two words, or one in capitals."""
UNSPOKEN = {
    "Kiosk": "the name of the program",
    "&é\"'(-è_çà": "what the keys of digits type on a French keyboard",
    "bold reverse": "a style",
    "-family -rtl": "classes",
    r"\s*(?:«\s(?=\S)|\S|\s(?=[:;!?»]))+\s*": "what a line is not broken in",
    "œ": "a letter",
    "æ": "a letter",
    "ARABIC LIGATURE ALLAH": "the name of a character",
    "الطبيب كتب 38,5 (Doliprane)؟": "to see whether Arabic reads well",
    "دکتر می\u200cگوید ۳۸٫۵ (Doliprane)؟": "to see whether Persian does",
}


def tree(source: Path) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"))


def literals(module: ast.Module) -> Iterator[str]:
    """Every string of a module, without its docstrings."""
    documents = {node.value for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documents:
            yield node.value


def named_by(node: ast.AST | None) -> list[str]:
    """The keys for which a string may stand: one; of an f-string, all that begin and end as it does; else none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value] if re.fullmatch(rf"({SECTIONS})\.[\w-]+", node.value) else []
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
        if re.match(rf"({SECTIONS})\\\.", parts[0]):
            return [key for key in TEXTS if re.fullmatch("".join(parts), key)] or ["".join(parts)]
    return []


def calls(module: ast.Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def asked_for(module: ast.Module) -> set[str]:
    """Every key that a module names, whatever it does with it."""
    counted = {key for call in calls(module, "counted") for key in named_by(call.args[0])}
    pieces = {part for node in ast.walk(module) if isinstance(node, ast.JoinedStr) for part in node.values}
    named = {key for node in ast.walk(module) if node not in pieces for key in named_by(node)}
    return (named - counted - (PHRASES - TEXTS.keys())) | {
        f"{key}_{number}" for key in counted for number in ("one", "many")
    }


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_key_that_is_asked_for_has_a_text(source: Path) -> None:
    assert asked_for(tree(source)) - TEXTS.keys() == set()


def test_every_text_is_asked_for() -> None:
    assert TEXTS.keys() - {key for source in SOURCES for key in asked_for(tree(source))} == set()


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_what_a_text_leaves_open_is_given_to_it(source: Path) -> None:
    for call in calls(tree(source), "tr"):
        given = {keyword.arg for keyword in call.keywords}
        for key in named_by(call.args[0]):
            assert given == set(re.findall(r"\{(\w+)\}", TEXTS[key])), key


def test_what_is_counted_shows_its_number() -> None:
    for key, text in TEXTS.items():
        if key.endswith(("_one", "_many")):
            assert re.findall(r"\{(\w+)\}", text) == ["number"], key


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_keys_are_described_by_the_key_of_a_text(source: Path) -> None:
    for call in calls(tree(source), "Binding"):
        described = [argument for argument in call.args[2:3] if ast.unparse(argument) != "''"]
        assert all(named_by(argument) for argument in described), ast.unparse(call)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_words_stand_in_the_code_of_the_screen(source: Path) -> None:
    assert {text for text in literals(tree(source)) if SPOKEN.search(text)} - UNSPOKEN.keys() == set()


def test_words_in_the_code_would_be_found() -> None:
    module = ast.parse('"""Un mot."""\nwords = [f"En retard de {n} s", "Échap", "Quitter", "Tout oublier"]\n"""Non."""')
    assert sum(bool(SPOKEN.search(text)) for text in literals(module)) == 4
