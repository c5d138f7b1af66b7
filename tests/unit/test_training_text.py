"""What the starter packages are trained on: chosen, kept apart from the tests, multiplied with other numbers."""

import random
from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.quantities import find
from training.batches import batches, padded
from training.figures import figures, with_other_figures
from training.numberwords import spelled, with_other_words
from training.split import held_out, without_near
from training.text import key, read_pairs

ROOT = Path(__file__).parents[2]


def numbers_read(text: str, language: str) -> list[Decimal]:
    """The numbers that kiosk reads in a text, in order."""
    return [quantity.value for quantity in find(text, language)]


@pytest.fixture
def rng() -> random.Random:
    return random.Random(7)  # noqa: S311


def test_pairs_are_read_in_either_order_and_incomplete_lines_left_out(tmp_path: Path) -> None:
    file = tmp_path / "en-fr.x.tsv"
    file.write_text("Hello.\tBonjour.\nonly one\n\tempty\nBye.\tAu revoir.\tnote\n", encoding="utf-8")
    assert read_pairs(file) == [("Hello.", "Bonjour."), ("Bye.", "Au revoir.")]
    assert read_pairs(file, swapped=True)[0] == ("Bonjour.", "Hello.")


def test_a_key_ignores_case_punctuation_and_spacing_but_not_figures() -> None:
    assert key("  Il a 38,5 °C !") == key("il a 38.5°c")
    assert key("Il a 38 ans.") != key("Il a 39 ans.")


def test_figures_change_alike_on_both_sides(rng: random.Random) -> None:
    pair = ("Give 2.5 ml at 14:30, then 120 ml.", "Donnez 2,5 ml à 14 h 30, puis 120 ml.")
    for _ in range(50):
        other = with_other_figures(pair, rng)
        assert other is not None
        assert other != pair
        assert figures(other[0]) == figures(other[1])
        hour = int(other[1].split(" à ")[1].split(" h ")[0])
        assert 13 <= hour <= 23


@pytest.mark.parametrize(
    "pair",
    [
        ("Come at 3 p.m.", "Venez à 15 h."),  # not the same figures
        ("On the 22nd.", "Le 22nd."),  # an ordinal would become 25nd
        ("It is 1 drop.", "C'est 1 goutte."),  # a singular
        ("No figure.", "Aucun chiffre."),
    ],
)
def test_figures_stay_where_changing_them_could_make_a_wrong_pair(pair: tuple[str, str], rng: random.Random) -> None:
    assert with_other_figures(pair, rng) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_number_word_is_read_back_by_kiosk(language: str) -> None:
    for value in range(2, 100):
        assert numbers_read(spelled(value, language), language) == [value], spelled(value, language)


def test_number_words_change_alike_on_both_sides(rng: random.Random) -> None:
    pair = ("Soixante-douze heures, puis sept jours.", "Seventy-two hours, then seven days.")
    for _ in range(50):
        other = with_other_words(pair, ("fr", "en"), rng)
        assert other is not None
        assert other[0][0].isupper()
        french, english = (numbers_read(side, lang) for side, lang in zip(other, ("fr", "en"), strict=True))
        assert french == english != [72, 7]


@pytest.mark.parametrize(
    "pair",
    [
        ("Un bonnet neuf.", "A new hat."),  # neuf is not nine here
        ("Dans quinze jours.", "In two weeks."),
        ("Deux cents grammes.", "Two hundred grams."),  # part of a larger number
        ("Trente-huit virgule cinq.", "Thirty-eight point five."),
    ],
)
def test_number_words_stay_where_they_are_not_the_same(pair: tuple[str, str], rng: random.Random) -> None:
    assert with_other_words(pair, ("fr", "en"), rng) is None


def test_the_held_out_pairs_do_not_depend_on_the_order_of_the_corpus() -> None:
    corpus = [(f"Phrase {number}", f"Sentence {number}") for number in range(50)]
    assert held_out(corpus, 5) == held_out(corpus[::-1], 5)
    assert len(held_out(corpus, 5)) == 5


def test_what_differs_from_a_held_out_pair_by_a_figure_or_a_word_is_not_trained_on() -> None:
    away = [("Donnez 5 ml de sirop le matin.", "Give 5 ml of syrup in the morning.")]
    like = [
        ("Donnez 8 ml de sirop le matin !", "Something else entirely."),
        ("Rien à voir.", "Give 5 ml of the syrup in the morning."),
    ]
    unlike = [("Il dort sur le dos.", "He sleeps on his back.")]
    assert without_near([*like, *unlike], away) == unlike


def test_no_held_out_pair_of_the_repository_is_near_one_of_another_topic() -> None:
    pairs = read_pairs(ROOT / "training" / "heldout.tsv")
    assert len(pairs) == 200
    assert len({key(french) for french, _ in pairs}) == 200


def test_a_batch_counts_its_padding(rng: random.Random) -> None:
    examples = [([1] * length, [1] * (length + 2)) for length in range(1, 40)]
    made = list(batches(examples, 100, rng))
    assert sorted(len(source) for batch in made for source, _ in batch) == list(range(1, 40))
    assert all(len(batch) * max(len(target) for _, target in batch) <= 100 for batch in made)


def test_rows_are_padded_to_the_longest() -> None:
    assert padded([[5], [5, 6, 7]], pad=3) == [[5, 3, 3], [5, 6, 7]]
