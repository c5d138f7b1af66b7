"""Small models that look like real ones from outside: archives, wheels and a manifest that pins them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.models import Manifest, ModelStore

WHISPER_FILES = {
    "config.json": b"{}",
    "model.bin": bytes(range(256)) * 400,
    "tokenizer.json": b'{"t": 1}',
    "vocabulary.txt": b"<unk>\n",
}


def zip_of(entries: Mapping[str, bytes]) -> bytes:
    """A zip archive of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def package_entries(
    source: str = "fr", target: str = "en", version: str = "1.9", **metadata: object
) -> dict[str, bytes]:
    """The entries of an honest Argos package; `metadata` adds to metadata.json, or replaces what is there."""
    root = f"translate-{source}_{target}-{version.replace('.', '_')}"
    described = {"package_version": version, "from_code": source, "to_code": target} | metadata
    return {
        f"{root}/metadata.json": json.dumps(described).encode(),
        f"{root}/model/model.bin": hashlib.sha256(root.encode()).digest() * 40,
        f"{root}/sentencepiece.model": b"pieces",
    }


def package(source: str = "fr", target: str = "en", version: str = "1.9", **metadata: object) -> bytes:
    """An honest Argos package."""
    return zip_of(package_entries(source, target, version, **metadata))


def wheel(name: str, members: Mapping[str, bytes], tag: str = "py3-none-any") -> bytes:
    """A wheel that pip accepts, version 1.0.0, for any machine or for that of `tag`."""
    info = f"{name}-1.0.0.dist-info"
    return zip_of(
        {
            **{f"{name}/data/{member}": content for member, content in members.items()},
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n".encode(),
            f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n".encode(),
            f"{info}/RECORD": b"",
        }
    )


def pinned(name: str, content: bytes) -> str:
    """The keys of one file in the manifest."""
    return f'file = "{name}"\nsize = {len(content)}\nsha256 = "{hashlib.sha256(content).hexdigest()}"\n'


@dataclass
class ModelWorld:
    """A manifest under construction, the bytes that a server would serve for it, and a store that it governs."""

    folder: Path
    hub: str = "http://127.0.0.1:9/"
    argos: str = "http://127.0.0.1:9/"
    index: str = "http://127.0.0.1:9/index.json"
    tables: list[str] = field(default_factory=list)

    def pin_whisper(self, name: str = "base", files: Mapping[str, bytes] = WHISPER_FILES) -> None:
        """Pin a Whisper, revision "r1" of repository "hub/<name>"."""
        inline = ", ".join(
            "{ " + pinned(file, content).strip().replace("\n", ", ") + " }" for file, content in files.items()
        )
        self.tables.append(
            f'[whisper.{name}]\nrepository = "hub/{name}"\nrevision = "r1"\nlicence = "MIT"\nfiles = [{inline}]\n'
        )

    def pin_mirror(self, package: str, content: bytes, parts: Mapping[str, str], whisper: str = "base") -> None:
        """Pin a wheel as a mirror; `parts`: name in its data folder -> file of the model. After `pin_whisper`."""
        inline = ", ".join(
            f'{{ member = "{package}/data/{member}", file = "{file}" }}' for member, file in parts.items()
        )
        self.tables.append(
            f'[[whisper.{whisper}.mirror]]\npackage = "{package}"\nversion = "1.0.0"\n'
            + pinned(f"{package}-1.0.0-py3-none-any.whl", content)
            + f"parts = [{inline}]\n"
        )

    def pin_package(self, source: str, target: str, content: bytes, *, starter: bool = False) -> str:
        """Pin an Argos package and return its file name; a starter's archive is put where it belongs."""
        version = "0.1" if starter else "1.9"
        name = f"translate-{source}_{target}-{version.replace('.', '_')}.argosmodel"
        table = "starter" if starter else "argos"
        self.tables.append(
            f'[[{table}]]\nfrom = "{source}"\nto = "{target}"\nversion = "{version}"\n' + pinned(name, content)
        )
        if starter:
            (self.folder / "starter").mkdir(exist_ok=True)
            (self.folder / "starter" / name).write_bytes(content)
        return name

    def pin_firefox(self, pair: str, package: str, tag: str, content: bytes, files: Mapping[str, bytes]) -> None:
        """Pin Firefox models and the wheel that carries them in its data folder; `files` by folder and name."""
        inline = ", ".join(
            "{ " + pinned(file, content).strip().replace("\n", ", ") + " }" for file, content in files.items()
        )
        parts = ", ".join(f'{{ member = "{package}/data/{file}", file = "{file}" }}' for file in files)
        self.tables.append(
            f'[firefox.{pair}]\nlicence = "MPL-2.0"\nfiles = [{inline}]\n'
            f'[[firefox.{pair}.mirror]]\npackage = "{package}"\nversion = "1.0.0"\n'
            + pinned(f"{package}-1.0.0-{tag}.whl", content)
            + f"parts = [{parts}]\n"
        )

    def pin_starters(self) -> None:
        """Pin demonstration packages for both directions between French and English."""
        for source, target in (("fr", "en"), ("en", "fr")):
            self.pin_package(source, target, package(source, target, "0.1", starter=True), starter=True)

    @property
    def manifest_file(self) -> Path:
        """The manifest, written anew."""
        sources = f'[sources]\nhub = "{self.hub}"\nargos = "{self.argos}"\nindex = "{self.index}"\n'
        tables = list(self.tables)
        for missing in ("whisper", "argos", "starter"):
            if not any(table.startswith((f"[{missing}.", f"[[{missing}]]")) for table in tables):
                sources = (f"{missing} = []\n" if missing != "whisper" else "whisper = {}\n") + sources
        path = self.folder / "manifest.toml"
        path.write_text("\n".join([sources, *tables]), encoding="utf-8")
        return path

    @property
    def store(self) -> ModelStore:
        """The store, in a folder that need not exist yet."""
        return ModelStore(self.folder / "models", Manifest.load(self.manifest_file))


class Quiet:
    """A report that remembers what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def progress(self, what: str):
        return lambda done, total: None


def contents(folder: Path) -> set[str]:
    """Every file below a folder, by its relative path, except the lock that stays in a store."""
    files = (path for path in folder.rglob("*") if not path.is_dir() and path.parts[-2:] != ("downloads", "lock"))
    return {path.relative_to(folder).as_posix() for path in files}
