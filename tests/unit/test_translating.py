"""What becomes of a sentence: the phrasebook first, then engines, the gate, and other attempts where it doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import InvalidOperation

import pytest

from kiosk.errors import ModelMissing
from kiosk.glossary import Glossary, Term
from kiosk.translating import OTHER_BEAMS, GatedTranslator
from kiosk.types import Flag, Translation, Via

SAID = "Donnez 2,5 ml de sirop."
RIGHT = "Give 2.5 ml of syrup."
WRONG = "Give 25 ml of syrup."


class ScriptedEngine:
    """Answers what it is told to, by what it is asked and the beam; remembers what it was asked."""

    def __init__(
        self, answers: Mapping[tuple[str, int] | str, str], *, name: str = "argos", starter: bool = False
    ) -> None:
        self.asked: list[tuple[str, int]] = []
        self._answers = answers
        self._via = Via(name, starter)

    def serves(self, source: str, target: str) -> bool:
        return True

    def load(self, source: str, target: str) -> None:
        pass

    def via(self, source: str, target: str) -> Via:
        return self._via

    def translate(
        self, sentences: Sequence[str], source: str, target: str, *, shown: str = "", beam: int = 0
    ) -> list[str]:
        self.asked += [(sentence, beam) for sentence in sentences]
        return [shown + self._answers.get((sentence, beam), self._answers.get(sentence, "")) for sentence in sentences]


@dataclass(frozen=True)
class Said:
    translation: str
    verified: bool


class OnePhrase:
    """A phrasebook of one sentence."""

    def __init__(self, *, verified: bool) -> None:
        self._verified = verified

    def match(self, text: str, source: str, target: str) -> Said | None:
        return Said("Hello, come in.", self._verified) if text == "Bonjour, entrez." else None


def translated(text: str, *engines: ScriptedEngine, **more: object) -> Translation:
    return GatedTranslator(engines, **more).translate(text, "fr", "en")  # type: ignore[arg-type]


def test_a_right_answer_is_asked_for_once() -> None:
    engine = ScriptedEngine({SAID: RIGHT})
    made = translated(SAID, engine)
    assert (made.text, made.engine, made.flags, made.figures) == (RIGHT, "argos", (), ())
    assert engine.asked == [(SAID, 0)]


def test_a_doubtful_answer_is_asked_for_again_with_another_beam() -> None:
    engine = ScriptedEngine({(SAID, 0): WRONG, (SAID, OTHER_BEAMS[0]): RIGHT})
    made = translated(SAID, engine)
    assert (made.text, made.flags) == (RIGHT, ())
    assert engine.asked == [(SAID, 0), (SAID, OTHER_BEAMS[0])]


def test_then_clause_by_clause() -> None:
    said = "Il a bien mangé, donnez 2,5 ml."
    engine = ScriptedEngine({said: "Give 25 ml.", "Il a bien mangé,": "He ate well,", "donnez 2,5 ml.": "give 2.5 ml."})
    assert translated(said, engine).text == "He ate well, give 2.5 ml."


def test_then_the_other_engine_is_asked() -> None:
    made = translated(SAID, ScriptedEngine({SAID: WRONG}), ScriptedEngine({SAID: RIGHT}, name="firefox"))
    assert (made.text, made.engine, made.flags) == (RIGHT, "firefox", ())


def test_an_engine_whose_files_are_gone_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(self: ScriptedEngine, source: str, target: str) -> None:
        raise ModelMissing("gone", "install it")

    other = ScriptedEngine({SAID: RIGHT}, name="firefox")
    monkeypatch.setattr(ScriptedEngine, "load", gone)
    made = translated(SAID, ScriptedEngine({SAID: WRONG}), other)
    assert (made.text, made.engine, other.asked) == (WRONG, "argos", [])
    assert Flag.NUMBERS in made.flags


def test_a_dose_that_stays_wrong_is_shown_with_its_doubt_and_the_figures_as_they_were_said() -> None:
    made = translated(SAID, ScriptedEngine({SAID: WRONG}))
    assert (made.text, made.flags, made.figures) == (WRONG, (Flag.NUMBERS,), ("2,5 ml",))


def test_of_doubtful_answers_the_least_grave_one_is_shown() -> None:
    copied = ScriptedEngine({(SAID, 0): SAID, SAID: WRONG})
    assert translated(SAID, copied).text == WRONG


def test_only_the_sentence_in_doubt_is_asked_for_again() -> None:
    engine = ScriptedEngine({"Il dort bien.": "He sleeps well.", SAID: WRONG})
    made = translated(f"Il dort bien. {SAID}", engine)
    assert made.text == f"He sleeps well. {WRONG}"
    assert engine.asked.count(("Il dort bien.", 0)) == 1


@pytest.mark.parametrize(("verified", "fact"), [(False, Flag.PHRASE), (True, Flag.VERIFIED)])
def test_a_sentence_of_the_phrasebook_needs_no_engine_and_says_whether_it_is_verified(
    verified: bool, fact: Flag
) -> None:
    engine = ScriptedEngine({})
    made = translated("Bonjour, entrez.", engine, phrases=OnePhrase(verified=verified))
    assert (made.text, made.engine, made.flags) == ("Hello, come in.", "phrasebook", (fact,))
    assert engine.asked == []


def test_what_is_half_the_phrasebooks_is_not_called_a_phrase() -> None:
    engine = ScriptedEngine({SAID: RIGHT})
    made = translated(f"Bonjour, entrez. {SAID}", engine, phrases=OnePhrase(verified=True))
    assert (made.text, made.engine, made.flags) == (f"Hello, come in. {RIGHT}", "phrasebook+argos", ())


def test_a_demonstration_package_is_told() -> None:
    assert translated(SAID, ScriptedEngine({SAID: RIGHT}, starter=True)).flags == (Flag.STARTER,)


def test_a_term_that_is_lost_is_written_into_the_sentence_and_asked_for_again() -> None:
    said = "Apportez le carnet de santé demain matin."
    engine = ScriptedEngine(
        {
            said: "Bring the notebook tomorrow morning.",
            "Apportez le health record book demain matin.": "Bring the health record book tomorrow morning.",
        }
    )
    glossary = Glossary([Term({"fr": ("carnet de santé",), "en": ("health record book",)})])
    made = translated(said, engine, glossary=glossary)
    assert (made.text, made.flags) == ("Bring the health record book tomorrow morning.", ())


def test_a_term_that_stays_lost_is_told() -> None:
    said = "Apportez le carnet de santé demain matin."
    engine = ScriptedEngine({said: "Bring the notebook tomorrow morning."})
    glossary = Glossary([Term({"fr": ("carnet de santé",), "en": ("health record book",)})])
    assert translated(said, engine, glossary=glossary).flags == (Flag.TERM,)


def test_what_has_no_word_is_its_own_translation() -> None:
    engine = ScriptedEngine({})
    assert translated("38,5", engine).text == "38,5"
    assert engine.asked == []


def test_figures_alone_are_doubted_where_the_other_language_reads_them_otherwise() -> None:
    made = GatedTranslator([ScriptedEngine({})]).translate("1,500.", "en", "fr")
    assert (made.flags, made.figures) == ((Flag.NUMBERS,), ("1500",))


def test_figures_alone_are_written_in_digits_that_the_other_side_reads() -> None:
    assert GatedTranslator([ScriptedEngine({})]).translate("۲٫۵", "fa", "fr").text == "2.5"


def test_what_was_translated_is_remembered_until_it_is_forgotten() -> None:
    engine = ScriptedEngine({SAID: RIGHT})
    translator = GatedTranslator([engine])
    for _ in range(3):
        translator.translate(SAID, "fr", "en")
    assert len(engine.asked) == 1
    translator.forget()
    translator.translate(SAID, "fr", "en")
    assert len(engine.asked) == 2


def test_a_growing_sentence_is_asked_for_once_and_goes_on_from_what_is_shown() -> None:
    engine = ScriptedEngine({SAID: "25 ml"})
    made = GatedTranslator([engine]).follow(SAID, "fr", "en", "Give ")
    assert (made.text, made.flags) == ("Give 25 ml", (Flag.NUMBERS,))
    assert len(engine.asked) == 1


def test_a_back_translation_that_says_the_same_is_not_doubted_and_another_is() -> None:
    engine = ScriptedEngine({RIGHT: SAID, "The weather is fine.": "Il fait beau."})
    translator = GatedTranslator([engine])
    near = translator.back_translate(SAID, Translation(RIGHT, "fr", "en", "argos"))
    far = translator.back_translate(SAID, Translation("The weather is fine.", "fr", "en", "argos"))
    assert (near.text, near.doubtful) == (SAID, False)
    assert (far.text, far.doubtful) == ("Il fait beau.", True)


def test_without_any_engine_the_remedy_is_told() -> None:
    with pytest.raises(ModelMissing):
        GatedTranslator([]).translate(SAID, "fr", "en")


@pytest.mark.parametrize("text", ["", "   ", "😀 ♪", "a", "http://exemple.fr", "абв ABC مرحبا 12", "mot " * 2500])
def test_no_text_is_too_strange(text: str) -> None:
    made = translated(text, ScriptedEngine({}))
    assert isinstance(made, Translation)


def test_a_gate_that_fails_leaves_a_caption_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise InvalidOperation

    monkeypatch.setattr("kiosk.gate.check", fails)
    monkeypatch.setattr("kiosk.translating.as_figures", fails)
    made = translated(SAID, ScriptedEngine({SAID: RIGHT}))
    assert (made.text, made.flags, made.figures) == (RIGHT, (Flag.NUMBERS,), ())
