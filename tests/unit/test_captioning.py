"""What a caption doubts before and after it is translated."""

from __future__ import annotations

from collections.abc import Callable
from decimal import InvalidOperation

from kiosk.backlog import Backlog
from kiosk.captioning import Captioner, CaptionerConfig
from kiosk.recent import Recent
from kiosk.signals import Signals
from kiosk.types import Flag, Room, Transcript, Translation
from tests.fakes import FakeTranscriber, FakeTranslator

SAID = Transcript("Donnez 3000 litres de sirop.", "fr", 0.99, 0.0, -0.2)


class WithFigures(FakeTranslator):
    def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation("Give 3 litres.", source, target, "fake", (Flag.NUMBERS,), ("3000 l",))


def captioner(implausible: Callable[[str, str], bool]) -> Captioner:
    config, room = CaptionerConfig(implausible), Room("fr", "en")
    models = FakeTranscriber(), WithFigures()
    return Captioner(models, config, room, Backlog(60), Recent(60), Signals(), lambda event: None)


def test_a_quantity_that_cannot_be_is_not_repeated_in_figures() -> None:
    wrong, right = captioner(lambda text, language: True), captioner(lambda text, language: False)
    assert wrong.translate(wrong.screened(SAID)).figures == ()
    assert right.translate(right.screened(SAID)).figures == ("3000 l",)


def test_a_quantity_that_cannot_be_read_is_marked_and_ends_no_consultation() -> None:
    def fails(text: str, language: str) -> bool:
        raise InvalidOperation

    assert captioner(fails).screened(SAID).flags == (Flag.IMPLAUSIBLE,)
