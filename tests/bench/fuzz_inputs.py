"""What a parser may be given: files more or less damaged, tables of the right keys and wrong values, hostile text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

_FRAGMENTS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\x1b[2J", b"\xe2\x80\xae", b'"', b"'''", b"[", b"]", b"[[",
    b"=", b"{", b"}", b"#", b";", b",", b"../", b"\\u0000", b"\\uD800", b"1e999", b"nan", b"-1",
    b"99999999999999999999", b"\x80",
)  # fmt: skip

_HOSTILE = (
    "\x1b[2J\x1b]0;titre\x07", "\x9b31m", "\u202e2,5 ml\u202c", "\u2066", "\ud800", "\x00", "\u200d" * 9, "\u0301" * 40,
    "٢٫٥", "۳ قطره", "2,5 ml", "2.5 mL", "18.30", "1 000,5 kg", "trois fois par jour", "quatre-vingt-dix-neuf", "½",
    "le 31/02/2026", "24:61", "١٢/٣", "twenty-one", "otuz iki", "двадцать", "(", ")", "«", "»", "ﷺ", "ﬁ", "İ", "ß", "²",
    "Ⅻ",
    "𝟚", "一二三", "%s{}[0]", "999999999999999999999999999999", "1/0", "0,", ",0", "..", "٫٫", "h", "à", "/", "-",
    "−5 °C",
)  # fmt: skip


def hostile_text(longest: int = 400) -> SearchStrategy[str]:
    """Text as a recogniser, a file name or an attacker may give it: any Unicode, surrogates and controls included."""
    anything = st.text(alphabet=st.characters(), max_size=40)
    pieces = st.one_of(st.sampled_from(_HOSTILE), anything, st.sampled_from((" ", "\n", "\t", ". ", ", ")))
    return st.lists(pieces, max_size=24).map(lambda parts: "".join(parts)[:longest])


@st.composite
def edited(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """One of `seeds` with up to eight edits: cut, doubled, overwritten, or with something put in between."""
    content = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, max(len(content) - 1, 0)))
        end = min(len(content), start + draw(st.integers(0, 64)))
        piece = draw(st.one_of(st.sampled_from(_FRAGMENTS), st.binary(max_size=8)))
        match draw(st.sampled_from(("insert", "replace", "delete", "double", "truncate"))):
            case "insert":
                content[start:start] = piece
            case "replace":
                content[start : start + len(piece)] = piece
            case "delete":
                del content[start:end]
            case "double":
                content[start:start] = content[start:end] * draw(st.integers(1, 3))
            case "truncate":
                del content[start:]
    return bytes(content)


def values() -> SearchStrategy[Any]:
    """Whatever TOML or JSON can hold."""
    plain = st.one_of(
        st.booleans(),
        st.integers(-(2**63), 2**63 - 1),
        st.sampled_from((0, 1, -1, 10**18)),
        st.floats(),
        st.text(max_size=20),
        st.sampled_from(_HOSTILE),
    )
    return st.recursive(
        plain,
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
        max_leaves=6,
    )


def tables(keys: Sequence[str], inner: SearchStrategy[Any] | None = None) -> SearchStrategy[dict[str, Any]]:
    """Tables with mostly known keys."""
    names = st.one_of(st.sampled_from(tuple(keys)), st.text(max_size=8))
    return st.dictionaries(names, values() if inner is None else inner, max_size=5)


def toml(table: Mapping[str, Any]) -> str:
    """`table` as TOML, inline below its first level; surrogates, which no file can hold, become question marks."""
    lines = [f"{_key(name)} = {_inline(value)}" for name, value in table.items() if not isinstance(value, dict)]
    for name, value in table.items():
        if isinstance(value, dict):
            lines += [f"[{_key(name)}]", *(f"{_key(key)} = {_inline(inner)}" for key, inner in value.items())]
    return "\n".join(lines).encode(errors="replace").decode() + "\n"


def _key(name: str) -> str:
    return _string(name)


def _string(text: str) -> str:
    """Every escape of JSON is one of TOML's, but for DEL, which TOML wants escaped."""
    return json.dumps(text.encode(errors="replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007F")


def _inline(value: object) -> str:
    match value:
        case bool() | int() | float():
            return repr(value).lower()
        case dict():
            return "{" + ", ".join(f"{_key(str(key))} = {_inline(inner)}" for key, inner in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_inline, value)) + "]"
        case _:
            return _string(str(value))
