"""Both translation engines with real weights: the demonstration packages, and Firefox's English <-> Portuguese ones."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk import build, installed
from kiosk.adapters.firefox import FirefoxLeg
from kiosk.cli import main
from kiosk.config import Config
from kiosk.errors import ModelDamaged
from kiosk.models.firefox import FirefoxFiles
from kiosk.models.store import Package
from kiosk.ports import Engine
from kiosk.quality import EngineName
from tests.real.command import KIOSK, environment
from tests.real.conftest import INSTALL
from tests.real.test_offline import without_network

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def packages(models: None) -> dict[str, Package]:
    """The Firefox packages of this machine, by direction."""
    found = installed.model_store(Config()).packages()
    there = {package.pair: package for package in found if package.engine is EngineName.FIREFOX}
    if missing := {"en-pt", "pt-en"} - there.keys():
        pytest.fail(f"missing: Firefox models {', '.join(missing)} ({INSTALL})", pytrace=False)
    return there


@pytest.fixture(scope="module")
def engine(packages: dict[str, Package]) -> Engine:
    """Whatever this machine's settings would translate with."""
    return build.engines(Config())[0]


@pytest.fixture
def copy(packages: dict[str, Package], tmp_path: Path) -> Package:
    """The English-Portuguese package, to be damaged."""
    shutil.copytree(packages["en-pt"].path, tmp_path / "copy")
    return Package(tmp_path / "copy", packages["en-pt"].record)


def test_firefox_translates_both_ways(engine: Engine) -> None:
    assert engine.via("en", "pt").engine == "firefox"
    there = engine.translate(["Does he have a fever?", "Give him 2.5 ml three times a day."], "en", "pt")
    assert there == ["Ele tem febre?", "Dê-lhe 2,5 ml três vezes ao dia."]
    (back,) = engine.translate(["Ele tem febre?"], "pt", "en")
    assert back == "Does he have a fever?"


def test_a_route_changes_engine_in_english(engine: Engine) -> None:
    assert engine.via("fr", "pt").engine == "argos+en+firefox"
    assert engine.translate(["Bonjour.", "38,5"], "fr", "pt") == ["Olá.", "38,5"]
    assert engine.via("pt", "fr").engine == "firefox+en+argos"
    (made,) = engine.translate(["Ele tem febre?"], "pt", "fr")
    assert "fièvre" in made


def test_any_thread_may_read_use_and_drop_a_firefox_package(packages: dict[str, Package]) -> None:
    """fxtranslate would panic; an error while it is dropped would fail this test as a warning."""
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        leg = one.submit(FirefoxLeg.open, packages["en-pt"]).result()
        assert other.submit(leg.translate, ["Hello."]).result() == leg.translate(["Hello."]) == ["Olá."]
        one.submit(leg.close).result()


def test_a_firefox_leg_that_is_forgotten_ends_with_its_thread(packages: dict[str, Package]) -> None:
    assert FirefoxLeg.open(packages["en-pt"]).translate(["Hello."]) == ["Olá."]


def test_firefox_looks_nowhere_but_in_its_files(packages: dict[str, Package], tmp_path: Path) -> None:
    """fxtranslate could fetch models into the user's cache: without network and in an empty home it has no need to."""
    line = [*without_network(), *KIOSK, "translate", "--from", "en", "--to", "pt", "Hello."]
    done = subprocess.run(line, env=environment(HOME=str(tmp_path)), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Olá.\n", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["", "♪ la la ♪", "A", "https://example.org/a?b=c&d", "Oi 👩‍👩‍👧 \u202eabc", "\x00\x01 a", "ещё раз"]
)
def test_whatever_is_said_is_answered(engine: Engine, text: str) -> None:
    for source, target in (("en", "pt"), ("fr", "en"), ("pt", "fr")):
        assert len(engine.translate([text, "OK"], source, target)) == 2


def test_ten_thousand_characters_without_a_full_stop_are_translated_to_their_end(engine: Engine) -> None:
    (made,) = engine.translate(["she is well and " * 600 + "the doctor comes on Monday"], "en", "pt")
    assert "segunda-feira" in made[-40:]
    (made,) = engine.translate(["bonjour " * 1200 + "merci"], "fr", "en")
    assert made


@pytest.mark.parametrize("content", [b"", b"no vocabulary", "half", "other"])
def test_a_vocabulary_that_does_not_fit_is_noticed(
    copy: Package, packages: dict[str, Package], content: bytes | str
) -> None:
    file = FirefoxFiles.installed(copy).source_vocabulary
    match content:
        case "half":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        case "other":
            shutil.copy(next(installed.model_store(Config()).argos.glob("*/sentencepiece.model")), file)
        case bytes():
            file.write_bytes(content)
    with pytest.raises(ModelDamaged, match=r"model\.enpt\.intgemm\.alphas\.bin") as damaged:
        FirefoxLeg.open(copy)
    assert "kiosk models pull firefox:en-pt" in damaged.value.remedy


@pytest.mark.parametrize("size", [0, 1_000, 17_000_000])
def test_weights_that_break_off_are_noticed(copy: Package, size: int) -> None:
    file = FirefoxFiles.installed(copy).model
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(ModelDamaged, match=r"model\.enpt\.intgemm\.alphas\.bin"):
        FirefoxLeg.open(copy)


def test_added_files_are_tried_and_then_translate(
    packages: dict[str, Package], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As they are published: gzipped, both directions side by side."""
    for pair, package in packages.items():
        (tmp_path / "given" / pair).mkdir(parents=True)
        for file in package.record.files:
            zipped = gzip.compress((package.path / file.name).read_bytes(), 1)
            (tmp_path / "given" / pair / f"{file.name}.gz").write_bytes(zipped)
    monkeypatch.setenv("KIOSK_MODELS_DIR", str(tmp_path / "models"))
    assert main(["models", "add", str(tmp_path / "given")]) == 0
    # The manifest pins what is in them, so they are official wherever they came from.
    assert "Firefox en-pt, officiel" in capsys.readouterr().out
    assert main(["models", "verify"]) == 0
    assert main(["translate", "--from", "en", "--to", "pt", "Hello."]) == 0
    assert capsys.readouterr().out.endswith("Olá.\n")
