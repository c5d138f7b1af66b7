"""The app ends cleanly at any moment, and says why when a session could not go on."""

from __future__ import annotations

import os
import signal

import pytest
from textual.widgets import Input

from kiosk.errors import DeviceError
from kiosk.events import Behind, DeviceLost, Event, Failure, Finished, Loading, Ready, SpeechStarted
from kiosk.ui.messages import PipelineEvent
from kiosk.ui.screens.consultation import ConsultationScreen
from kiosk.ui.screens.failure import FailureScreen
from kiosk.ui.widgets.caption_list import CaptionList
from tests.ui.fakes import FakeOpener, caption, conversation, kiosk, seen

_STATES: dict[str, list[Event]] = {
    "before anything": [],
    "loading": [Loading("Whisper base")],
    "listening": [Ready("Micro")],
    "someone speaking": [Ready("Micro"), SpeechStarted(1), caption("Bon", "", final=False)],
    "late": [Ready("Micro"), Behind(9.0)],
    "microphone lost": [Ready("Micro"), DeviceLost("Débranché.")],
    "finished": [Ready("demo.flac"), Finished()],
}


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
@pytest.mark.parametrize("state", _STATES)
async def test_leaving_stops_the_session_whatever_is_under_way(state: str, key: str) -> None:
    opener = FakeOpener()
    app = conversation(opener)
    async with app.run_test() as pilot:
        opener.emit(*_STATES[state])
        await pilot.press(key)

    assert opener.log[-1] == "stop"
    assert app.return_code == 0


@pytest.mark.parametrize("keys", [["l"], ["question_mark"], ["l", "f1"]])
async def test_leaving_from_any_screen_stops_the_session(keys: list[str]) -> None:
    opener = FakeOpener()
    app = conversation(opener)
    async with app.run_test() as pilot:
        await pilot.press(*keys, "ctrl+c")

    assert opener.log == ["open fr,en", "start", "stop"]
    assert app.return_code == 0


async def test_leaving_before_a_language_is_chosen() -> None:
    opener = FakeOpener()
    app = kiosk(opener, None)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q")

    assert opener.log == []
    assert app.return_code == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_the_session_too(number: signal.Signals) -> None:
    opener = FakeOpener()
    app = conversation(opener)
    async with app.run_test() as pilot:
        await pilot.pause()
        os.kill(os.getpid(), number)
        await pilot.pause()

    assert opener.log[-1] == "stop"
    assert app.return_code == 128 + number


async def test_an_event_after_the_end_is_dropped_quietly() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        await pilot.press("ctrl+q")

    opener.emit(caption("Trop tard.", "Too late."))


async def test_a_failure_names_cause_and_remedy_and_a_key_tries_again() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(
            caption("Bonjour.", "Hello."), Failure("Le micro est occupé.", "Fermez l'autre programme, puis réessayez.")
        )
        await pilot.pause()
        assert isinstance(pilot.app.screen, FailureScreen)
        assert "Le micro est occupé." in seen(pilot.app)
        assert "Fermez l'autre programme" in seen(pilot.app)

        await pilot.press("r")
        opener.emit(Ready("Micro"), caption("Encore là.", "Still here."))
        await pilot.pause()

        assert opener.log == ["open fr,en", "start", "stop", "open fr,en", "start"]
        # The new session numbers its utterances from the start again: nothing of the first is overwritten.
        assert "Bonjour." in seen(pilot.app)
        assert "Encore là." in seen(pilot.app)
        assert "Écoute : Micro" in seen(pilot.app)


async def test_what_an_earlier_session_still_had_under_way_is_not_shown() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Failure("Le micro est occupé.", ""))
        await pilot.pause()
        await pilot.press("r")
        opener.sessions[0].emit(caption("Ancienne.", "Old."))
        opener.sessions[1].emit(caption("Nouvelle.", "New."))
        await pilot.pause()

        assert "Ancienne." not in seen(pilot.app)
        assert "Nouvelle." in seen(pilot.app)


async def test_after_a_failure_the_conversation_can_still_be_read_and_leaving_says_it_failed() -> None:
    opener = FakeOpener()
    app = conversation(opener)
    async with app.run_test() as pilot:
        opener.emit(caption("Bonjour.", "Hello."), Failure("Le micro est occupé.", ""))
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert "Bonjour." in seen(app)
        assert "Arrêt sur erreur" in seen(app)
        assert "r Réessayer" in seen(app)

        await pilot.press("ctrl+q")

    assert app.return_code == 1


async def test_a_failure_can_be_left_at_once() -> None:
    opener = FakeOpener()
    app = conversation(opener)
    async with app.run_test() as pilot:
        opener.emit(Failure("Le micro est occupé.", ""))
        await pilot.pause()
        await pilot.press("ctrl+q")

    assert app.return_code == 1
    assert opener.log[-1] == "stop"


async def test_a_session_that_cannot_be_opened_says_why_and_can_be_tried_again() -> None:
    opener = FakeOpener(DeviceError("Aucun microphone.", "Branchez-en un, puis réessayez."))
    async with conversation(opener).run_test() as pilot:
        await pilot.pause()
        assert "Aucun microphone." in seen(pilot.app)
        assert "Branchez-en un" in seen(pilot.app)

        opener.error = None
        await pilot.press("r")
        await pilot.pause()

        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert opener.log == ["open fr,en", "open fr,en", "start"]


async def test_a_crash_report_holds_no_word_of_the_conversation(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opener = FakeOpener()
    app = conversation(opener)

    def broken(self: CaptionList, spoken: object) -> None:
        raise ValueError(spoken)

    monkeypatch.setattr(CaptionList, "put", broken)
    with pytest.raises(ValueError, match="Secret"):
        async with app.run_test() as pilot:
            opener.emit(caption("Secret.", "Secret."))
            await pilot.pause()

    report = capsys.readouterr()
    assert "erreur imprévue (ValueError)" in report.err
    assert "Secret" not in report.out + report.err
    assert app.return_code == 1
    assert opener.log[-1] == "stop"


def test_a_message_that_is_logged_does_not_tell_what_was_said() -> None:
    assert "Secret" not in repr(PipelineEvent(caption("Secret.", "Secret."), 1))


@pytest.mark.parametrize("key", ["ctrl+x", "super+c"])
async def test_what_is_typed_is_neither_copied_nor_cut(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = conversation(FakeOpener())
    async with app.run_test() as pilot:
        sent: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", sent.append)
        await pilot.press("s", *"Secret", "shift+home", key, "end", "ctrl+v")
        await pilot.pause()
        line = app.screen.query_one(Input)
        assert line.value == "Secret"
        assert app.clipboard == ""
        assert "\x1b]52" not in "".join(sent)


async def test_the_screen_cannot_be_copied_or_saved() -> None:
    async with conversation(FakeOpener()).run_test() as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()

        assert isinstance(pilot.app.screen, ConsultationScreen)
        assert not pilot.app.ALLOW_SELECT
