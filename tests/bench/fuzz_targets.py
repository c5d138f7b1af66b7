"""Every parser of something that comes from outside, and what it may be given. Each gives a value or a KioskError.

A target's `run` gets an input and a folder of its own; what it writes there last is what a crash was about.
"""

from __future__ import annotations

import dataclasses
import io
import json
import os
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from kiosk import build, gate, machine, paths, quality, sentences, terminals, textrules, vocabulary
from kiosk.config import _SECTIONS
from kiosk.errors import EndOfAudio
from kiosk.gate import tables as gate_tables
from kiosk.glossary import Glossary, with_wanted
from kiosk.guide import staff_guide
from kiosk.languages import LANGUAGES, parse_room
from kiosk.models import Manifest, ModelStore
from kiosk.models.archive import unpack
from kiosk.models.bundle import Bundle
from kiosk.models.ct2 import known_words
from kiosk.models.firefox import FirefoxFiles, firefox_folders
from kiosk.models.record import RECORD
from kiosk.phrasebook import Phrasebook
from kiosk.phrasebook.review import agreed
from kiosk.phrasebook.sheet import read_sheet, write_sheet
from kiosk.quantities import find, same_quantities
from kiosk.quantities import tables as quantity_tables
from kiosk.quantities.plausible import Plausible
from kiosk.quantities.showing import as_figures
from kiosk.settings import load_config
from kiosk.ui import bidi
from kiosk.ui.text import clean, fold
from kiosk.usage import Month, keeping
from tests.bench.fuzz_inputs import edited, hostile_text, tables, toml, values

CODES: Final = tuple(LANGUAGES)


@dataclass(frozen=True, slots=True)
class Target:
    """A parser. `errors`: what it may raise beside KioskError, because its docstring says so."""

    name: str
    inputs: Callable[[], SearchStrategy[Any]]
    run: Callable[[Any, Path], object]
    errors: tuple[type[Exception], ...] = ()


def _seed(file: Path, most: int = 6_000) -> bytes:
    """The beginning of a file of the program, in whole lines."""
    content = file.read_bytes()
    return content if len(content) <= most else content[: content.rindex(b"\n", 0, most) + 1]


def _written(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode(errors="replace") if isinstance(content, str) else content)
    return file


# -- settings and tables --------------------------------------------------------------------------------------------


def _settings() -> SearchStrategy[str | bytes]:
    keys = sorted({option.name for section in _SECTIONS.values() for option in dataclasses.fields(section)})
    return st.one_of(
        edited((_seed(paths.ROOT / "kiosk.example.toml"),)), tables(tuple(_SECTIONS), tables(keys)).map(toml)
    )


def _run_settings(content: str | bytes, folder: Path) -> None:
    config = load_config(_written(folder, "kiosk.toml", content))
    _ = config.languages, config.translation.preferred, config.interpreter.listed, config.models.path


def _environment() -> SearchStrategy[dict[str, str]]:
    names = [
        f"KIOSK_{section}_{option.name}".upper()
        for section, kind in _SECTIONS.items()
        for option in dataclasses.fields(kind)
    ]
    likely = ("0.5", "1", "5", "60", "-1", "nan", "inf", "1_0", "٣", "on", "off", "true", "auto", "fr", "en-ar:argos")
    said = st.one_of(st.sampled_from(likely), hostile_text(40))
    return st.dictionaries(st.sampled_from(names), said, min_size=1, max_size=3)


def _run_environment(environment: dict[str, str], folder: Path) -> None:
    config = load_config(_written(folder, "empty.toml", ""), environment)
    _ = config.languages, config.translation.preferred, config.interpreter.listed, config.models.path


def _run_room(text: str, _: Path) -> None:
    parse_room(text)


def _run_glossary(content: str | bytes, folder: Path) -> None:
    glossary = Glossary.load(_written(folder, "glossary.toml", content))
    text = "La PMI de Nadia, le carnet de santé et l'ibuprofène : ﬁn İ."
    with_wanted(text, glossary.find(text, "fr", "en"))


def _run_plausible(content: str | bytes, folder: Path) -> None:
    table = Plausible.load(_written(folder, "plausible.toml", content))
    table.implausible("3000 litres de sirop, de la fièvre, environ 385, 40 °C", "fr")


def _run_quantities(content: str | bytes, folder: Path) -> None:
    _written(folder, "common.toml", _seed(quantity_tables.FOLDER / "common.toml"))
    quantity_tables.read("fr", _written(folder, "fr.toml", content).parent)


def _run_quality(content: str | bytes, folder: Path) -> None:
    table = quality.Quality.load(_written(folder, "quality.toml", content))
    quality.Preference(quality=table).rank(quality.EngineName.ARGOS, "fr-en", "fr-en")


def _gate_files() -> SearchStrategy[tuple[str, bytes]]:
    folder = gate_tables.GATE
    names = ("lengths.toml", "kept.txt", "negation/fr.toml", "letters/fr.txt", "words/fr.txt")
    seeds = {name: _seed(folder / name, 1_500) for name in names}
    return st.sampled_from(names).flatmap(lambda name: st.tuples(st.just(name), edited((seeds[name],))))


def _run_gate_tables(given: tuple[str, bytes], folder: Path) -> None:
    for name in ("lengths.toml", "kept.txt", "negation/fr.toml", "letters/fr.txt", "words/fr.txt"):
        _written(folder, name, _seed(gate_tables.GATE / name, 1_500))
    _written(folder, *given)
    gate_tables.load.__wrapped__(folder)


def _run_vocabulary(content: bytes, folder: Path) -> None:
    vocabulary.prompt(_written(folder, "fr.txt", content).parent, "fr")


# -- phrases --------------------------------------------------------------------------------------------------------


_FRENCH: Final = b"""language = "fr"
[groups]
welcome = "Accueil"
answer = "R\xc3\xa9ponses"
[answer-sets]
yes-no = ["yes", "no"]
[welcome.hello]
text = "Bonjour, entrez, je vous en prie."
also = ["Entrez donc."]
[welcome.eggs]
text = "Mange-t-il 2 \xc5\x93ufs ?"
answers = "yes-no"
[answer.yes]
text = "Oui"
[answer.no]
text = "Non"
"""
_ARABIC: Final = """language = "ar"
[welcome.hello]
text = "مرحبًا، تفضلوا."
status = "draft"
[welcome.eggs]
text = "هل يأكل 2 بيض؟"
also = ["بيض؟"]
status = "draft"
""".encode()


def _phrase_files() -> SearchStrategy[tuple[bytes, bytes, bytes]]:
    signature = b'status = "verified"\nby = "N B"\non = 2026-05-31\nfrench = "x"\nseal = "y"'
    french, arabic, signed = _FRENCH, _ARABIC, _ARABIC.replace(b'status = "draft"', signature)
    whole = st.sampled_from
    return st.one_of(
        st.tuples(edited((french,)), whole((arabic,)), whole((signed,))),
        st.tuples(whole((french,)), edited((arabic,)), whole((signed,))),
        st.tuples(whole((french,)), whole((arabic,)), edited((arabic, signed))),
    )


def _run_phrasebook(given: tuple[bytes, bytes, bytes], folder: Path) -> None:
    french, shipped, own = given
    _written(folder, "shipped/fr.toml", french)
    _written(folder, "shipped/ar.toml", shipped)
    _written(folder, "local/ar.toml", own)
    book = Phrasebook.load(folder / "shipped", folder / "local")
    book.problems("ar")
    book.match("Bonjour, entrez, je vous en prie.", "fr", "ar")
    write_sheet(book, "ar")


def _sheets() -> SearchStrategy[bytes]:
    sheet = "".join(write_sheet(build.phrasebook(), "ar").splitlines(keepends=True)[:12])
    filled = sheet.replace(";\n", ";oui\n")
    return edited((sheet.encode(), filled.encode(), filled.replace(";", ",").encode("utf-8-sig")))


def _run_sheet(content: bytes, folder: Path) -> None:
    agreed(build.phrasebook(), read_sheet(_written(folder, "ar.csv", content)))


# -- models ---------------------------------------------------------------------------------------------------------


def _run_manifest(content: bytes, folder: Path) -> None:
    manifest = Manifest.load(_written(folder, "manifest.toml", content))
    _ = [pin.size for pin in (*manifest.whispers, *manifest.firefox)]
    store = ModelStore(folder / "models", manifest)
    _ = [store.whisper_folder(pin.name) for pin in manifest.whispers], manifest.official("fr", "en")


_RECORD_SEED: Final[dict[str, Any]] = {
    "source": "fr", "target": "en", "version": "1.9", "starter": False, "licence": "MIT", "origin": "official",
    "archive": {"name": "a.argosmodel", "size": 4, "sha256": "ab"}, "engine": "argos",
    "files": [{"name": "model/model.bin", "size": 4, "sha256": "ab"}],
}  # fmt: skip


def _changed(seed: dict[str, Any]) -> SearchStrategy[bytes]:
    """`seed` as JSON with wrong values in it, at any depth, or damaged."""
    whole = json.dumps(seed).encode()
    odd = st.one_of(
        values(), st.lists(tables(("name", "size", "sha256")), max_size=2), tables(("name", "size", "sha256"))
    )
    wrong = st.dictionaries(st.sampled_from(tuple(seed)), odd, max_size=3).map(
        lambda other: json.dumps(seed | other).encode(errors="replace")
    )
    pins = st.fixed_dictionaries({"name": hostile_text(30), "size": values(), "sha256": values()})
    pinned = pins.map(lambda pin: json.dumps(seed | {"files": [pin]}).encode(errors="replace"))
    return st.one_of(edited((whole,)), wrong, pinned)


def _run_record(content: bytes, folder: Path) -> None:
    _written(folder, f"argos/translate-fr_en-1_9/{RECORD}", content)
    store = ModelStore(folder, Manifest.load(paths.MANIFEST))
    for package in store.scan().packages:
        _ = package.size, package.version_key, package.label, package.record.folder_name
        store.verify_package(package)


def _bundle() -> SearchStrategy[bytes]:
    return _changed({"format": 1, "files": [{**_RECORD_SEED["archive"], "name": "argos/x/kiosk.json"}]})


def _run_bundle(content: bytes, folder: Path) -> None:
    bundle = Bundle.load(_written(folder, "bundle.json", content).parent)
    _ = bundle.size
    for kind in ("whisper", "argos", "firefox"):
        for name, files in bundle.group(kind).items():
            _ = [file.difference(folder / kind / name / file.name) for file in files]


def _archive(entries: list[tuple[str, bytes, int]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, mode in entries:
            info = zipfile.ZipInfo(name or "x")
            info.external_attr = mode << 16
            archive.writestr(info, content)
    return buffer.getvalue()


_GOOD: Final = [
    ("p/metadata.json", b'{"from_code": "fr", "to_code": "en", "package_version": "1.9"}', 0o100644),
    ("p/model/model.bin", b"weights" * 50, 0o100644),
    ("p/sentencepiece.model", b"pieces", 0o100644),
]


def _archives() -> SearchStrategy[bytes]:
    names = st.one_of(
        hostile_text(30).map(lambda name: name.encode(errors="replace").decode().replace("\x00", "")),
        st.sampled_from(("../x", "/etc/x", "p/", "p/model", "P/METADATA.JSON", "a/metadata.json", "p/../../x", "C:x")),
    )
    entry = st.tuples(names, st.binary(max_size=60), st.sampled_from((0, 0o100644, 0o120777, 0o010644, 0o040755)))
    more = st.lists(entry, max_size=4).map(lambda extra: _archive(_GOOD + extra))
    metadata = _changed({"from_code": "fr", "to_code": "en", "package_version": "1.9", "type": "translate"}).map(
        lambda content: _archive([("p/metadata.json", content, 0o100644), *_GOOD[1:]])
    )
    return st.one_of(edited((_archive(_GOOD),)), more, metadata)


def _run_archive(content: bytes, folder: Path) -> None:
    archive = _written(folder, "p.argosmodel", content)
    try:
        unpack(archive, folder / "out" / "package")
    finally:
        outside = {path for path in folder.iterdir() if path.name not in ("p.argosmodel", "out")}
        assert not outside, f"written outside: {outside}"


def _firefox() -> SearchStrategy[dict[str, bytes]]:
    names = ("model.enar.intgemm.alphas.bin", "vocab.enar.spm", "model.enar.intgemm.alphas.bin.gz", "vocab.enar.spm.gz",
             "srcvocab.enar.spm", "trgvocab.enar.spm", "model.fren.intgemm8.bin", "metadata.json")  # fmt: skip
    described = _changed({"sourceLanguage": "en", "targetLanguage": "ar", "version": "1.0"})
    return st.dictionaries(st.sampled_from(names), st.one_of(st.binary(max_size=40), described), max_size=6)


def _run_firefox(files: dict[str, bytes], folder: Path) -> None:
    (folder / "given").mkdir()
    for name, content in files.items():
        _written(folder, f"given/{name}", content)
    firefox_folders(folder / "given")
    FirefoxFiles.in_folder(folder / "given").copy_to(folder / "copied")


def _weights() -> SearchStrategy[bytes]:
    def name(text: bytes) -> bytes:
        return struct.pack("<H", len(text) + 1) + text + b"\0"

    header = struct.pack("<I", 6) + name(b"TransformerSpec") + struct.pack("<II", 7, 1)
    array = name(b"decoder/embeddings/weight") + struct.pack("<BII", 2, 100, 8) + struct.pack("<BI", 4, 16) + b"w" * 16
    alias = struct.pack("<I", 1) + name(b"encoder/embeddings_0/weight") + name(b"decoder/embeddings/weight")
    return edited((header + array + alias,))


def _run_weights(content: bytes, folder: Path) -> None:
    known_words(_written(folder, "model.bin", content))


# -- states, guide, demonstration -----------------------------------------------------------------------------------


def _run_states(content: bytes, folder: Path) -> None:
    file = _written(folder, "state.json", content)
    with patch.multiple(paths, machine_file=lambda: file, terminals_file=lambda: file, usage_file=lambda: file):
        machine.read_answer()
        for way in terminals.read_answers().values():
            assert isinstance(way, str)
        keeping.add_to_file(Month(consultations=1), date(2026, 11, 25))
        assert all(keeping.is_month(name) for name in keeping.read_file().months)


def _run_guide(content: bytes, folder: Path) -> None:
    from rich.console import Console  # noqa: PLC0415 - only this target draws
    from rich.markdown import Markdown  # noqa: PLC0415

    guide = staff_guide(_written(folder, "guide.md", content))
    Console(file=io.StringIO(), width=80).print(Markdown(guide, hyperlinks=False))


def _run_demo(content: bytes, folder: Path) -> None:
    with patch.multiple(
        paths, DEMO_TURNS=_written(folder, "turns.json", content), DEMO=_written(folder, "d.wav", _wav())
    ):
        build.demonstration()


# -- sound ----------------------------------------------------------------------------------------------------------


def _wav(seconds: float = 0.2) -> bytes:
    import wave  # noqa: PLC0415

    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        out.writeframes((np.sin(np.arange(int(seconds * 16_000)) / 9) * 9_000).astype("<i2").tobytes())
    return buffer.getvalue()


def _promising(form: bytes) -> bytes:
    """A WAV of this form whose header promises far more than there is."""
    return b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0" + form + b"data\xff\xff\xff\x7f" + b"\1\2" * 400


def _recordings() -> SearchStrategy[tuple[str, bytes]]:
    flac = paths.DEMO.read_bytes()[:20_000]
    names = st.sampled_from(("a.wav", "a.flac", "a.ogg", "a.mp3", "a"))
    fields = st.tuples(
        st.integers(0, 65_535), st.integers(0, 65_535), st.integers(0, 2**32 - 1), st.integers(0, 65_535)
    )
    header = fields.map(lambda found: _promising(struct.pack("<HHIIHH", *found[:3], 32_000, found[3], 16)))
    return st.tuples(names, st.one_of(edited((_wav(), flac)), header, st.binary(max_size=200)))


def _run_recording(given: tuple[str, bytes], folder: Path) -> None:
    source = build.open_recording(_written(folder, *given), real_pace=False)
    try:
        # Two hours: nothing this small holds more, but a header may promise it.
        for _ in range(2 * 3_600 * 16_000 // 512):
            frame = source.read(0.0)
            assert frame is not None
            assert frame.samples.shape == (512,)
    except EndOfAudio:
        return
    finally:
        source.close()
    raise AssertionError("it does not end")


def _run_pipe(content: bytes, folder: Path) -> None:
    reading = os.open(_written(folder, "pcm", content), os.O_RDONLY)
    source = build.pcm_pipe(reading)
    try:
        while (frame := source.read(0.0)) is None or np.abs(frame.samples).max() <= 1.0:
            pass
    except EndOfAudio:
        return
    finally:
        os.close(reading)
    raise AssertionError("louder than can be")


# -- text -----------------------------------------------------------------------------------------------------------


def _texts() -> SearchStrategy[tuple[str, str, str, str]]:
    codes = st.sampled_from(CODES)
    return st.tuples(hostile_text(), hostile_text(), codes, codes)


def _run_text(given: tuple[str, str, str, str], _: Path) -> None:
    said, made, source, target = given
    for quantity in find(said, source):
        assert 0 <= quantity.start <= quantity.end <= len(said)
    as_figures(said, source)
    same_quantities(said, made, (source, target))
    gate.check(said, made, (source, target))
    assert 0.0 <= gate.similarity(said, made, source) <= 1.0
    build.phrasebook().match(said, source, target)


_PLAUSIBLE: Final = Plausible.load(paths.PLAUSIBLE)
_GLOSSARY: Final = Glossary.load(paths.GLOSSARY)


def _run_rules(given: tuple[str, str, str, str], _: Path) -> None:
    said, _made, source, target = given
    _PLAUSIBLE.implausible(said, source)
    with_wanted(said, _GLOSSARY.find(said, source, target))
    textrules.without_loops(said)
    textrules.longest_repeat(said)
    textrules.is_doubled(said)
    textrules.begins_again(said)
    for sentence in sentences.split_sentences(said):
        sentences.clauses(sentence)


def _run_screen(given: tuple[str, str, str, str], _: Path) -> None:
    """What is shown drives no terminal, fits its width, and loses no letter."""
    said, _made, code, _other = given
    shown = clean(said)
    assert "\x1b" not in shown
    assert shown.isprintable() or not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)
    fold(said)
    for way in bidi.Way:
        bidi.draw_for(way, latin_digits=way is bidi.Way.APP)
        for width in (2, 7, 40):
            for line in bidi.visual_lines(shown, width, code):
                assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in line), line
                assert not set(line) & set("\u202d\u202e\u2066\u2067\u2068\u2069"), line
    bidi.draw_for(bidi.Way.APP)


def _table(file: Path, *keys: str) -> Callable[[], SearchStrategy[str | bytes]]:
    return lambda: st.one_of(
        edited((_seed(file, 3_000),)), tables(keys, tables(keys)).map(toml), tables(keys).map(toml)
    )


def _state() -> SearchStrategy[bytes]:
    bench = _changed({"model": "base", "processor": machine.processor(), "date": "2026-11-25", "vte": "app"})
    month = Month(9, 1, 1, 90, 400, 20, 9, 3, 1, {"ar": 9}, {"numbers": 4}, {"model": 1}).as_json()
    counts = _changed(month).map(lambda content: b'{"format": 1, "months": {"2026-10": %b}}' % content)
    return st.one_of(bench, counts)


TARGETS: Final = (
    Target("settings file", _settings, _run_settings),
    Target("settings environment", _environment, _run_environment),
    Target("languages option", lambda: st.one_of(hostile_text(20), st.from_regex(r"[ft][rt]?,\s?[ae][rn]")), _run_room),
    Target("phrasebook", _phrase_files, _run_phrasebook),
    Target("review sheet", _sheets, _run_sheet),
    Target("glossary", _table(paths.GLOSSARY, "term", "keep", "fr", "en"), _run_glossary),
    Target("plausible quantities", _table(paths.PLAUSIBLE, "units", "context", "words", "fr", "ml"), _run_plausible),
    Target(
        "quantity words",
        _table(quantity_tables.FOLDER / "fr.toml", *quantity_tables._SECTIONS, "2", "ml", "months", "joins"),
        _run_quantities,
    ),
    Target("quality table", _table(paths.QUALITY, "fr-en", "argos", "firefox", "bleu", "comet"), _run_quality),
    Target("gate tables", _gate_files, _run_gate_tables),
    Target("vocabulary", lambda: edited((_seed(paths.VOCABULARY / "fr.txt"),)), _run_vocabulary),
    Target("model manifest", lambda: edited((_seed(paths.MANIFEST, 20_000),)), _run_manifest),
    Target("package record", lambda: _changed(_RECORD_SEED), _run_record),
    Target("bundle inventory", _bundle, _run_bundle),
    Target("Argos archive", _archives, _run_archive, (OSError,)),
    Target("Firefox folder", _firefox, _run_firefox, (OSError,)),
    Target("CTranslate2 weights", _weights, _run_weights, (OSError, ValueError)),
    Target("state files", _state, _run_states),
    Target("guide", lambda: edited((_seed(paths.GUIDE),)), _run_guide),
    Target("demonstration", lambda: _changed({"start": 0.0, "end": 0.1}).map(b"[%b]".__mod__), _run_demo),
    Target("recording", _recordings, _run_recording),
    Target("raw sound", lambda: st.binary(max_size=4_000), _run_pipe),
    Target("quantities and checks", _texts, _run_text),
    Target("rules on text", _texts, _run_rules),
    Target("screen text", _texts, _run_screen),
)
