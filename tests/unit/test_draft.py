"""What is shown of an utterance that is still open."""

from __future__ import annotations

import numpy as np

from kiosk.draft import Candidate, Draft, RunningTranslation
from kiosk.types import SAMPLE_RATE, Flag, Stage, Transcript, Translation, Utterance
from tests.fakes import FakeTranslator


class WordByWord(FakeTranslator):
    """Translates a word to itself in capitals, goes on from what is shown, and remembers what it was asked."""

    def __init__(self, flags: tuple[Flag, ...] = ()) -> None:
        self.asked: list[tuple[str, str]] = []
        self.flags = flags

    def follow(self, sentence: str, source: str, target: str, shown: str) -> Translation:
        self.asked.append((sentence, shown))
        return Translation(shown + sentence.upper()[len(shown) :], source, target, "fake", self.flags)


def said(seconds: float) -> Utterance:
    samples = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    return Utterance(1, samples, 0, samples.size, samples.size, 0.9, Stage.GROWING)


def heard(text: str, language: str = "fr", probability: float = 0.99) -> Transcript:
    return Transcript(text, language, probability, 0.0, -0.2)


def test_a_translation_waits_for_a_whole_clause() -> None:
    translator = WordByWord()
    running = RunningTranslation(translator, "fr", "en")
    running.follow("Elle va mieux")
    assert running.shown.text == ""
    running.follow("Elle va mieux, merci")
    assert running.shown.text == "ELLE VA MIEUX,"


def test_it_goes_on_from_what_is_shown() -> None:
    translator = WordByWord()
    running = RunningTranslation(translator, "fr", "en")
    running.follow("Elle va mieux, merci")
    running.follow("Elle va mieux, merci, mais elle")
    assert translator.asked == [("Elle va mieux,", ""), ("Elle va mieux, merci,", "ELLE VA MIEUX,")]
    assert running.shown.text == "ELLE VA MIEUX, MERCI,"


def test_a_finished_sentence_is_not_translated_again() -> None:
    translator = WordByWord()
    running = RunningTranslation(translator, "fr", "en")
    running.follow("Bonjour. Comment")
    running.follow("Bonjour. Comment va-t-elle, dites")
    assert [text for text, _ in translator.asked] == ["Bonjour.", "Comment va-t-elle,"]
    assert running.shown.text == "BONJOUR. COMMENT VA-T-ELLE,"


def test_nothing_new_costs_nothing() -> None:
    translator = WordByWord()
    running = RunningTranslation(translator, "fr", "en")
    for _ in range(3):
        running.follow("Bonjour. Comment")
    assert len(translator.asked) == 1


def test_a_doubtful_translation_waits_for_the_final() -> None:
    running = RunningTranslation(WordByWord((Flag.NUMBERS,)), "fr", "en")
    running.follow("Deux doses, puis")
    assert running.shown.text == ""


def test_a_demonstration_package_is_no_doubt_of_that_kind() -> None:
    running = RunningTranslation(WordByWord((Flag.STARTER,)), "fr", "en")
    running.follow("Deux doses, puis")
    assert running.shown.flags == (Flag.STARTER,)


def test_nothing_is_settled_before_the_language_is_sure() -> None:
    draft = Draft(1, FakeTranslator())
    for _ in range(2):
        assert draft.hear(heard("Bonjour comment"), said(0.8))
    assert (draft.text, draft.settled, draft.language) == ("Bonjour comment", "", None)


def test_once_the_language_is_sure_agreed_words_are_settled() -> None:
    draft = Draft(1, FakeTranslator())
    draft.hear(heard("Bonjour comment"), said(0.8))
    draft.hear(heard("Bonjour comment va"), said(2.0))
    assert (draft.settled, draft.language) == ("Bonjour comment", "fr")


def test_a_hypothesis_in_another_language_starts_afresh_while_unsure_and_is_refused_later() -> None:
    draft = Draft(1, FakeTranslator())
    draft.hear(heard("Bonjour", probability=0.86), said(0.8))
    assert draft.hear(heard("Hello there", "en"), said(2.0))
    assert draft.language == "en"
    assert not draft.hear(heard("Bonjour", "fr"), said(2.5))
    assert draft.text == "Hello there"


def test_a_brief_hypothesis_of_uncertain_language_is_not_shown() -> None:
    assert not Draft(1, FakeTranslator()).hear(heard("It's good.", "en", 0.7), said(0.8))


def paused(text: str, end: int) -> Candidate:
    return Candidate(end, heard(text), Translation("…", "fr", "en", "fake"), 0.1, 0.1)


def test_after_a_pause_only_what_is_said_since_is_recognised() -> None:
    draft = Draft(1, FakeTranslator())
    before = said(2.0)
    assert draft.hear_pause(paused("Elle va mieux.", before.end), before)
    samples, settled = draft.since_pause(said(3.0))
    assert samples.size == SAMPLE_RATE
    assert settled == ""
    assert draft.hear(heard("Elle mange"), said(3.0))
    assert draft.hear(heard("Elle mange bien"), said(3.5))
    assert (draft.text, draft.settled) == ("Elle va mieux. Elle mange bien", "Elle va mieux. Elle mange")
    assert draft.since_pause(said(4.0))[1] == "Elle mange"


def test_a_pause_after_a_figure_or_badly_heard_words_settles_nothing() -> None:
    before = said(2.0)
    for transcript in (heard("Elle a 38."), Transcript("Elle va", "fr", 0.99, 0.0, -0.9, (Flag.UNSURE_WORDS,))):
        draft = Draft(1, FakeTranslator())
        assert draft.hear_pause(Candidate(before.end, transcript, None, 0.1, 0.1), before)
        assert draft.settled == ""
        assert draft.since_pause(said(3.0))[0].size == 3 * SAMPLE_RATE


def test_a_pause_before_the_language_is_sure_settles_nothing() -> None:
    draft = Draft(1, FakeTranslator())
    before = said(0.7)
    draft.hear_pause(paused("Oui.", before.end), before)
    assert (draft.since_pause(before)[0].size, draft.settled) == (before.samples.size, "")


def test_a_pause_that_contradicts_what_is_settled_is_kept_for_the_final_and_not_shown() -> None:
    draft = Draft(1, FakeTranslator())
    draft.hear(heard("Elle va mieux"), said(2.0))
    draft.hear(heard("Elle va mieux"), said(2.5))
    before = said(3.0)
    assert not draft.hear_pause(paused("Il va mieux.", before.end), before)
    assert draft.candidate is not None
    assert draft.settled == "Elle va mieux"
