"""The status line: events in, words out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.events import (
    Behind,
    DeviceBack,
    DeviceLost,
    Discarded,
    Event,
    Failure,
    Finished,
    Loading,
    Mute,
    Overflow,
    Ready,
    SpeechStarted,
    Warned,
)
from kiosk.ui.status import Progress
from kiosk.ui.strings import Hearing
from kiosk.ui.widgets.level_meter import blocks
from tests.ui.fakes import caption


def after(*events: Event) -> Progress:
    progress = Progress()
    for event in events:
        progress = progress.after(event)
    return progress


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], "Chargement…"),
        ([Loading("Whisper base")], "Chargement : Whisper base…"),
        ([Ready("Micro USB")], "Écoute : Micro USB"),
        ([Ready("Micro USB"), SpeechStarted(1)], "Transcription en cours"),
        ([Ready("Micro USB"), SpeechStarted(1), Discarded(1)], "Écoute : Micro USB"),
        ([Ready("Micro USB"), SpeechStarted(1), caption("Bonjour", "Hello", final=False)], "Transcription en cours"),
        ([Ready("Micro USB"), SpeechStarted(1), caption("Bonjour", "Hello")], "Écoute : Micro USB"),
        ([Ready("Micro USB"), Behind(12.4)], "En retard de 12 s"),
        ([Ready("Micro USB"), Behind(12.4), Behind(0.0)], "Écoute : Micro USB"),
        ([Ready("Micro USB"), DeviceLost("Débranché.")], "Micro absent"),
        ([Ready("Micro USB"), DeviceLost("Débranché."), DeviceBack("Micro USB")], "Écoute : Micro USB"),
        ([DeviceLost("Aucun micro.")], "Micro absent"),
        ([Ready("Micro USB"), Mute(True)], "Micro muet ?"),
        ([Ready("Micro USB"), Mute(True), Mute(False)], "Écoute : Micro USB"),
        ([Ready("Micro USB"), Mute(True), DeviceLost("Débranché.")], "Micro absent"),
        ([Ready("demo.flac"), SpeechStarted(1), Finished()], "Enregistrement terminé"),
        ([Loading("Whisper base"), Failure("Disque plein.", "Faites de la place.")], "Arrêt sur erreur"),
    ],
)
def test_each_state_is_said_in_words(events: list[Event], words: str) -> None:
    assert after(*events).status.words == words


@pytest.mark.parametrize(
    ("progress", "hearing"),
    [
        (after(Loading("Whisper base")), Hearing.SOON),
        (replace(after(Loading("Whisper base")), paused=True), Hearing.CLOSED),
        (after(Ready("Micro USB"), SpeechStarted(1)), Hearing.OPEN),
        (replace(after(Ready("Micro USB")), paused=True), Hearing.CLOSED),
        (after(Ready("Micro USB"), DeviceLost("Débranché.")), Hearing.CLOSED),
        (after(DeviceLost("Aucun micro.")), Hearing.CLOSED),
        (after(Loading("Whisper base"), Failure("Disque plein.", "")), Hearing.CLOSED),
        (after(Ready("demo.flac"), Finished()), Hearing.CLOSED),
    ],
)
def test_the_family_is_told_whether_the_microphone_is_open(progress: Progress, hearing: Hearing) -> None:
    assert progress.hearing is hearing


def test_a_pause_is_said_and_says_how_to_end_it() -> None:
    status = replace(after(Ready("Micro USB")), paused=True).status

    assert (status.words, status.detail) == ("En pause, micro fermé", "Espace : reprendre l'écoute")


def test_a_microphone_that_is_away_says_why_and_what_to_do() -> None:
    status = after(Ready("Micro USB"), DeviceLost("Le micro ne répond plus.", "Rebranchez-le.")).status

    assert status.detail == "Le micro ne répond plus. Rebranchez-le.\nL'écoute reprendra seule."


def test_sound_that_was_lost_stays_said() -> None:
    assert after(Ready("Micro USB"), Overflow(0.5), Overflow(0.7)).status.detail == "⚠ 1,2 s de son perdues"


@pytest.mark.parametrize(
    "progress",
    [
        replace(after(Ready("Micro USB")), paused=True),
        after(Ready("Micro USB"), Mute(True)),
        after(Ready("Micro USB"), DeviceLost("Débranché.")),
        after(Ready("Micro USB"), Behind(7.0)),
    ],
    ids=["paused", "mute", "away", "behind"],
)
def test_what_was_lost_and_what_was_warned_of_is_said_in_every_state(progress: Progress) -> None:
    nothing = Warned("Rien n'a été compris dans cette langue.", "Faites répéter la phrase.")

    *before, lost, warned = progress.after(Overflow(12.0)).after(nothing).status.detail.splitlines()

    assert before == progress.status.detail.splitlines()
    assert lost == "⚠ 12,0 s de son perdues"
    assert warned == "Rien n'a été compris dans cette langue. Faites répéter la phrase."


@pytest.mark.parametrize("paused_first", [True, False])
def test_a_pause_while_the_microphone_is_away_says_both_and_that_nothing_comes_back_alone(paused_first: bool) -> None:
    lost = DeviceLost("Le micro ne répond plus.", "Rebranchez-le.")
    if paused_first:
        status = replace(after(Ready("Micro USB")), paused=True).after(lost).status
    else:
        status = replace(after(Ready("Micro USB"), lost), paused=True).status

    assert status.words == "En pause, micro absent"
    assert status.detail == "Le micro ne répond plus. Rebranchez-le.\nEspace : reprendre l'écoute"


def test_a_warning_about_a_sentence_goes_with_the_next_one() -> None:
    gone = Warned("Cette phrase n'est plus en mémoire.", "Faites-la redire.")
    warned = after(Ready("Micro USB"), gone, SpeechStarted(2), caption("Bon", "Good", final=False, utterance_id=2))

    assert warned.status.detail == "Cette phrase n'est plus en mémoire. Faites-la redire."
    assert warned.after(caption("Bonjour", "Hello", utterance_id=2)).status.detail == ""


def test_a_warning_about_the_whole_recording_stays_said() -> None:
    cut = Warned("Enregistrement coupé.", "Refaites-le.", lasting=True)
    gone = Warned("Cette phrase n'est plus en mémoire.", "Faites-la redire.")
    warned = after(Ready("a.wav"), cut, gone, caption("Bonjour", "Hello"), Finished())

    assert warned.status.detail == "Enregistrement coupé. Refaites-le."


@pytest.mark.parametrize(("rms", "filled"), [(0.0, 0), (0.001, 0), (0.01, 4), (0.1, 8), (1.0, 10)])
def test_the_level_is_shown_in_decibels(rms: float, filled: int) -> None:
    assert blocks(rms) == filled
