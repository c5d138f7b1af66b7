"""What was said, erased, brought back and kept through a failure: nothing comes back by itself, nothing is mixed up."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from kiosk.events import BackTranslated, Discarded, Event, Failure, Ready, SpeechStarted
from kiosk.types import BackTranslation
from kiosk.ui import conversation as kept
from kiosk.ui.conversation import Conversation
from kiosk.ui.screens import failure
from kiosk.ui.screens.wording import WordingScreen
from tests.ui.fakes import FakeOpener, caption, conversation, seen

FAILED = Failure("Le micro est occupé.", "Fermez l'autre programme.")
SAID = caption("Donnez douze gouttes.", "Give twelve drops.")
CORRECTED = caption("Donnez deux gouttes.", "Give two drops.")


def after(*events: Event) -> Conversation:
    said = Conversation()
    for event in events:
        said.hear(event)
    return said


def texts(said: Conversation) -> list[str]:
    return [one.caption.transcript.text for one in said.said]


async def told(pilot: Pilot[None], opener: FakeOpener, *events: Event) -> str:
    """The screen, once these events have come."""
    opener.emit(*events)
    await pilot.pause()
    return seen(pilot.app)


# -- erased -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "late"),
    [
        (("o",), caption("I am ill.", "Je suis malade.", language="en")),
        (("c", "!", "enter"), CORRECTED),
        (("s", *"Bonjour", "enter"), caption("Bonjour", "Hello", utterance_id=-1)),
        ((), BackTranslated(1, BackTranslation("Donnez douze coups.", 0.2, doubtful=True))),
    ],
    ids=["other language", "other words", "typed", "back-translation"],
)
async def test_what_was_asked_for_before_all_was_erased_shows_no_more(keys: tuple[str, ...], late: Event) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 24)) as pilot:
        await told(pilot, opener, Ready("Micro"), SpeechStarted(1), SAID)
        await pilot.press(*keys, "e", "e")
        text = await told(pilot, opener, late)

        assert "Parlez l'un après l'autre" in text
        await pilot.press("q")
        await pilot.pause()
        assert "Il n'y a rien en mémoire." in seen(pilot.app)


async def test_the_end_says_what_is_in_memory_and_so_makes_an_erasure_final() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 24)) as pilot:
        await told(pilot, opener, Ready("Micro"), SAID)
        await pilot.press("e", "e", "q")
        await pilot.pause()
        assert "Il n'y a rien en mémoire." in seen(pilot.app)
        assert opener.log[-1] == "forget"
        await pilot.press("escape", "u")
        await pilot.pause()
        assert SAID.transcript.text not in seen(pilot.app)


async def test_what_comes_late_is_brought_back_with_the_rest_in_its_place() -> None:
    opener = FakeOpener()
    begun = caption("Deux millilitres", "Two", utterance_id=2, final=False)
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        await told(pilot, opener, Ready("Micro"), SAID, SpeechStarted(2), begun, SpeechStarted(3))
        await pilot.press("e", "e")
        text = await told(
            pilot,
            opener,
            caption("Deux millilitres et demi.", "Two and a half.", utterance_id=2),
            caption("Matin et soir.", "Morning and evening.", utterance_id=3),
            caption("Au revoir.", "Goodbye.", utterance_id=4),
        )
        assert "millilitres" not in text
        await pilot.press("u")
        await pilot.pause()
        text = seen(pilot.app)

    places = [text.index(words) for words in ("douze", "Deux millilitres et demi.", "Matin et soir.", "Au revoir.")]
    assert places == sorted(places)
    assert "Deux millilitres…" not in text


def test_what_held_no_words_is_not_brought_back() -> None:
    said = after(SAID, caption("Euh", "Er", utterance_id=2, final=False))
    said.erase()
    said.hear(Discarded(2))
    said.restore()

    assert len(said.shown) == 1


def test_what_was_forgotten_stays_so_when_a_later_erasure_is_taken_back() -> None:
    said = after(SpeechStarted(1))
    said.erase()
    said.forget()
    said.hear(caption("Au revoir.", "Goodbye.", utterance_id=2))
    said.erase()
    said.restore()

    assert not said.hear(SAID)
    assert texts(said) == ["Au revoir."]


def test_a_caption_brought_back_has_what_it_reads_like() -> None:
    said = after(SAID)
    said.erase()
    said.hear(BackTranslated(1, BackTranslation("Donnez douze coups.", 0.2, doubtful=True)))
    said.restore()

    assert [one.printable for one in said.said] == [False]


def test_the_oldest_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    said = after(*(caption(f"Phrase {n}.", "Sentence.", utterance_id=n) for n in (1, 2)))
    said.erase()
    said.hear(caption("Phrase 3.", "Sentence.", utterance_id=3))
    said.restore()

    assert texts(said) == ["Phrase 2.", "Phrase 3."]


# -- through a failure ------------------------------------------------------------------------------------------------


async def test_a_caption_of_before_a_failure_is_corrected_in_its_place_and_no_other_takes_it() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        await told(pilot, opener, Ready("Micro"), SpeechStarted(1), SAID, FAILED)
        await pilot.press("r")
        await told(pilot, opener, Ready("Micro"))
        await pilot.press("c", "!", "enter")
        _, number, *_ = opener.log[-1].split()
        again = caption("Donnez deux gouttes.", "Give two drops.", utterance_id=int(number))
        text = await told(pilot, opener, again, SpeechStarted(1), caption("Au revoir.", "Goodbye."))

    assert "douze" not in text
    assert text.index("Donnez deux gouttes.") < text.index("Au revoir.")


async def test_words_typed_across_a_failure_stand_where_they_were_meant_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failure, "LULL", 0.0)
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        await told(pilot, opener, Ready("Micro"), SAID)
        await pilot.press("c", "!")
        await told(pilot, opener, FAILED)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WordingScreen)
        await told(pilot, opener, caption("Au revoir.", "Goodbye."))
        await pilot.press("enter")
        _, number, *_ = opener.log[-1].split()
        text = await told(pilot, opener, caption("Deux gouttes.", "Two drops.", utterance_id=int(number)))

    assert "douze" not in text
    assert text.index("Deux gouttes.") < text.index("Au revoir.")


async def test_what_was_erased_before_a_failure_is_brought_back_beside_what_was_said_after() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        await told(pilot, opener, Ready("Micro"), SAID)
        await pilot.press("e", "e")
        await told(pilot, opener, caption("Entre deux.", "Between.", utterance_id=2), FAILED)
        await pilot.press("r")
        await told(pilot, opener, Ready("Micro"), caption("Après.", "After."))
        await pilot.press("u")
        text = await told(pilot, opener, caption("Encore après.", "Later.", utterance_id=2))
        await pilot.press("q")
        await pilot.pause()
        assert "4 paroles" in seen(pilot.app)

    places = [text.index(words) for words in ("douze", "Entre deux.", "Après.", "Encore après.")]
    assert places == sorted(places)
