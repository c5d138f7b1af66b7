"""The models that are really installed: carried to another machine in a bundle, and read there by Argos itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.cli import main
from kiosk.models import Manifest, ModelStore, find_route
from kiosk.quality import EngineName

pytestmark = pytest.mark.real

# Argos reads its folder from the environment when it is imported, hence a process of its own.
_TOKENIZE = """
import sys
from argostranslate.package import get_installed_packages
for package in get_installed_packages():
    print(package.from_code, package.to_code, *package.tokenizer.encode("Bonjour."), sep="|")
assert "torch" not in sys.modules
"""


@pytest.fixture(scope="module")
def other_machine(models: None, tmp_path_factory: pytest.TempPathFactory) -> ModelStore:
    """A store that was filled from a bundle of this machine's models."""
    folder = tmp_path_factory.mktemp("other")
    assert main(["models", "bundle", str(folder / "lot")]) == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIOSK_MODELS_DIR", str(folder / "models"))
        assert main(["models", "pull", "--from", str(folder / "lot")]) == 0
        assert main(["models", "verify"]) == 0
    return ModelStore(folder / "models", Manifest.load(paths.MANIFEST))


def test_everything_needed_for_french_and_english_travels(other_machine: ModelStore) -> None:
    other_machine.whisper("base")
    for source, target in (("fr", "en"), ("en", "fr")):
        for package in find_route(other_machine.packages(), source, target).steps:
            other_machine.verify_package(package)


def test_argos_itself_finds_the_packages_and_their_tokenizers(other_machine: ModelStore, tmp_path: Path) -> None:
    environment = {**os.environ, "ARGOS_PACKAGES_DIR": str(other_machine.argos), "HOME": str(tmp_path)}
    listing = subprocess.run(
        [sys.executable, "-c", _TOKENIZE], env=environment, capture_output=True, text=True, check=True
    ).stdout
    found = {tuple(line.split("|")[:2]) for line in listing.splitlines()}
    argos = [package for package in other_machine.packages() if package.engine is EngineName.ARGOS]
    assert found == {(package.source, package.target) for package in argos}
    assert all(len(line.split("|")) > 2 for line in listing.splitlines())
