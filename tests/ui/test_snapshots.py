"""What a person sees, kept as pictures: fixed size, nothing that blinks, no clock.

`pytest tests/ui --snapshot-update` accepts a change; look at the pictures first.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from kiosk.types import Caption, Flag, Level, Ready, Room, SpeechStarted
from tests.ui.fakes import FR_AR, FR_EN, FakeOpener, caption, conversation, kiosk

Compare = Callable[..., bool]

ENGLISH = (
    caption("Bonjour, asseyez-vous. Comment va votre bébé ?", "Hello, sit down. How is your baby?"),
    caption("He had a fever last night.", "Il avait de la fièvre hier soir.", utterance_id=2, language="en"),
    caption(
        "Donnez-lui 2,5 ml toutes les six heures.",
        "Give him 25 ml every six hours.",
        utterance_id=3,
        flags=(Flag.NUMBERS, Flag.STARTER),
    ),
    caption("I see, and", "Je vois, et", utterance_id=4, language="en", final=False, settled=5),
)

ARABIC = (
    caption("Bonjour, comment va votre bébé ?", "مرحبا، كيف حال طفلكم؟", room=FR_AR),
    caption(
        "كانت حرارته مرتفعة الليلة الماضية.",
        "Il avait de la fièvre la nuit dernière.",
        utterance_id=2,
        language="ar",
        room=FR_AR,
        flags=(Flag.UNSURE_LANGUAGE,),
    ),
)


def test_choosing_a_language(snap_compare: Compare) -> None:
    assert snap_compare(kiosk(FakeOpener(), None, starter="en"), terminal_size=(80, 24))


@pytest.mark.parametrize(("room", "captions"), [(FR_EN, ENGLISH), (FR_AR, ARABIC)], ids=["english", "arabic"])
def test_a_conversation(snap_compare: Compare, room: Room, captions: tuple[Caption, ...]) -> None:
    opener = FakeOpener()

    async def speak(pilot: Pilot[None]) -> None:
        opener.emit(Ready("Micro USB"), *captions, SpeechStarted(9), Level(0.05, speech=True))
        await pilot.pause()

    assert snap_compare(conversation(opener, room), terminal_size=(80, 24), run_before=speak)
