"""Which decoded answers are believed."""

from __future__ import annotations

from kiosk.hypothesis import Doubt, Hypothesis, most_tokens


def doubt(
    text: str, *, tokens: int, seconds: float, sure: float = -0.2, no_speech: float = 0.0, unheard: float = 0.2
) -> Doubt | None:
    return Hypothesis(text, tokens, seconds, no_speech, sure, unheard).doubt("fr")


def test_what_people_say_is_believed() -> None:
    assert doubt("Est-ce que vous avez pris sa température ?", tokens=14, seconds=2.6) is None
    assert doubt("Non, non, non.", tokens=6, seconds=1.4) is None


def test_a_loop_is_told_however_sure_the_model_is() -> None:
    assert doubt("il mange il mange il mange il mange", tokens=12, seconds=3, sure=-0.05) is Doubt.LOOP


def test_a_sentence_said_twice_on_end_is_the_decoders_doing() -> None:
    text = "Mam problem ze zmiękczaczem wody. Mam problem ze zmiękczaczem wody."
    assert doubt(text, tokens=26, seconds=2.4) is Doubt.LOOP


def test_one_word_said_twice_is_doubted_though_people_do_say_it() -> None:
    assert doubt("5 5", tokens=2, seconds=1.1) is Doubt.DOUBLED
    assert doubt("Non, non.", tokens=4, seconds=1.1) is Doubt.DOUBLED
    assert doubt("Non, non, non.", tokens=6, seconds=1.4) is None


def test_an_answer_that_begins_again_is_doubted_wherever_it_stops() -> None:
    text = "Selbst ein großer Dinosaurier wie der T-Rex war ihm nicht gewachsen. Selbst ein großer Dinosaurier"
    assert doubt(text, tokens=26, seconds=3.6) is Doubt.DOUBLED
    assert doubt(text + " wie d", tokens=28, seconds=3.6) is Doubt.DOUBLED
    assert doubt("Il a de la fièvre depuis hier, et il a toussé.", tokens=16, seconds=3.6) is None


def test_punctuation_alone_may_loop_too() -> None:
    assert doubt("Спасибо, — — — — — —", tokens=8, seconds=3) is Doubt.LOOP


def test_an_answer_that_fills_its_budget_is_endless() -> None:
    words = "Alors hier soir elle toussait beaucoup, puis vers minuit son petit frère a vomi deux fois"
    assert doubt(words, tokens=most_tokens(2.0, "fr"), seconds=2.0) is Doubt.ENDLESS


def test_speech_after_the_last_word_tells_that_words_were_lost() -> None:
    assert doubt("Bienvenido al directorio.", tokens=6, seconds=12, unheard=10.5) is Doubt.CUT_SHORT


def test_the_silence_after_a_short_answer_is_no_loss() -> None:
    assert doubt("Oui.", tokens=2, seconds=1.0, sure=-0.7, unheard=0.4) is None


def test_few_words_for_what_may_be_no_speech_are_no_loss() -> None:
    assert doubt("Hm.", tokens=2, seconds=4.0, no_speech=0.8, unheard=3.5) is None


def test_an_improbable_answer_is_doubted_unless_it_is_one_to_silence() -> None:
    assert doubt("Le chat est bleu.", tokens=8, seconds=2, sure=-1.2) is Doubt.IMPROBABLE
    assert doubt("Le chat est bleu.", tokens=8, seconds=2, sure=-1.2, no_speech=0.8) is None


def test_scripts_that_whisper_spells_out_may_take_more_tokens() -> None:
    assert most_tokens(10, "bn") > 2 * most_tokens(10, "fr")


def test_what_was_left_unheard_is_added() -> None:
    first = Hypothesis("Bienvenue.", 3, 12.0, 0.1, -0.1, unheard=10.0)
    whole = first.followed_by(Hypothesis("Tapez les trois lettres.", 9, 10.0, 0.0, -0.5, unheard=0.3))
    assert (whole.text, whole.tokens, whole.seconds) == ("Bienvenue. Tapez les trois lettres.", 12, 12.0)
    assert round(whole.log_probability, 6) == -0.4
    assert whole.doubt("fr") is None
    assert first.doubt("fr") is Doubt.CUT_SHORT


def test_nothing_heard_is_not_doubted() -> None:
    assert doubt("", tokens=0, seconds=1.0) is None
