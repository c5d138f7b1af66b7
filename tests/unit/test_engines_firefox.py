"""What a Firefox package does when the library that reads it panics. With real weights: tests/real."""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.adapters import firefox
from kiosk.adapters.firefox import FirefoxLeg
from kiosk.errors import ModelDamaged, ModelError
from kiosk.models.firefox import FirefoxFiles
from kiosk.models.installer import Installer
from tests.model_kit import ModelWorld

ENDLESS = struct.pack("<QQ", 1, 2**60) * 3
"""Weights of which fxtranslate believes that they hold 2**60 items: it asks for the memory, and panics."""


def test_weights_on_which_the_library_panics_are_damaged_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "model.enar.intgemm.alphas.bin").write_bytes(ENDLESS)
    (given / "vocab.enar.spm").write_bytes(b"pieces")
    monkeypatch.setattr(firefox, "_check_vocabularies", lambda weights, vocabularies: None)
    with Installer(ModelWorld(tmp_path).store) as installer:
        package = installer.install_firefox(FirefoxFiles.in_folder(given))
    with pytest.raises(ModelDamaged, match="abîmé ou incomplet"):
        FirefoxLeg.open(package)


def test_a_panic_over_a_sentence_is_an_error_that_does_not_quote_it() -> None:
    class PanicException(BaseException):
        """As pyo3's, which is no Exception."""

    class Translator:
        def translate(self, sentence: str) -> str:
            raise PanicException(f"byte index 1 is not a char boundary of `{sentence}`")

    with ThreadPoolExecutor(1) as worker:
        worker.submit(setattr, firefox._own, "translator", Translator()).result()
        with pytest.raises(ModelError) as told:
            FirefoxLeg(worker).translate(["Elle pèse cinq kilos."])
    assert "Firefox" in told.value.message
    assert told.value.__cause__ is None or "pèse" not in str(told.value.__cause__)
