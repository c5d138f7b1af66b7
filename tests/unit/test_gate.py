"""What the gate doubts in a translation, check by check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.gate import check
from kiosk.languages import LANGUAGES
from kiosk.types import Flag

FRENCH_ENGLISH = ("fr", "en")


@pytest.mark.parametrize("translated", ["", " … ", "♪", "- -"])
def test_an_empty_translation_is_doubted_and_nothing_else_is_said_of_it(translated: str) -> None:
    assert check("Donnez 2,5 ml.", translated, FRENCH_ENGLISH) == (Flag.EMPTY,)


@pytest.mark.parametrize("source", ["", "…", "♪ ♪", "🙂"])
def test_what_says_nothing_needs_no_translation(source: str) -> None:
    assert check(source, "", FRENCH_ENGLISH) == ()


def test_doubts_come_once_each_and_the_gravest_first() -> None:
    doubts = check("Ne donnez pas plus de 5 ml.", "Give beaucoup of 50 ml, 50 ml, 50 ml.", FRENCH_ENGLISH)
    assert doubts == (Flag.NUMBERS, Flag.NEGATION, Flag.LOOP)


@pytest.mark.parametrize(
    ("source", "translated", "languages"),
    [
        ("Ne lui donnez jamais de miel.", "Give him honey.", FRENCH_ENGLISH),
        ("Il a de la fièvre.", "He doesn't have a fever.", FRENCH_ENGLISH),
        ("Il mange pas.", "He eats.", FRENCH_ENGLISH),
        ("Il dort sans oreiller.", "He sleeps with a pillow.", FRENCH_ENGLISH),
        ("Aucun enfant ne reste seul.", "A child stays alone.", FRENCH_ENGLISH),
        ("Ça ne fait pas mal.", "It hurts.", FRENCH_ENGLISH),
        ("N'oubliez pas le carnet.", "Forget the record.", FRENCH_ENGLISH),
        ("Pas plus de quatre fois par jour.", "More than four times a day.", FRENCH_ENGLISH),
        ("Donnez au maximum quatre doses.", "Give at least four doses.", FRENCH_ENGLISH),
        ("Attendez au moins six heures.", "Wait at most six hours.", FRENCH_ENGLISH),
        ("Il ne mange pas. Il boit.", "He eats. He doesn't drink.", FRENCH_ENGLISH),
        ("Ne lui donnez rien.", "Ona verin.", ("fr", "tr")),
        ("Il prend le sein.", "Meme emmiyor.", ("fr", "tr")),
        ("Je ne dors pas.", "أنا أنام.", ("fr", "ar")),
        ("Нельзя его трясти.", "On peut le secouer.", ("ru", "fr")),
        ("به او عسل ندهید.", "Donnez-lui du miel.", ("fa", "fr")),
        ("Ne lui donnez pas de miel.", "اسے شہد دیں۔", ("fr", "ur")),
        ("Attendez au moins six heures.", "زیادہ سے زیادہ چھ گھنٹے انتظار کریں۔", ("fr", "ur")),
        ("Ne donnez pas plus de quatre doses.", "Do not give less than four doses.", FRENCH_ENGLISH),
        ("Ne donnez jamais plus de quatre doses.", "Never give less than four doses.", FRENCH_ENGLISH),
        ("Ne dépassez pas quatre doses.", "Don't give less than four doses.", FRENCH_ENGLISH),
        ("No dé más de cuatro dosis.", "Ne donnez pas moins de quatre doses.", ("es", "fr")),
        ("Dört dozdan fazla vermeyin.", "Ne donnez pas moins de quatre doses.", ("tr", "fr")),
        # What stands there is no denial, though it begins like one or may stand for one elsewhere.
        ("Ne donnez pas de miel à votre petite fille.", "Give honey to your little girl.", FRENCH_ENGLISH),
        ("Ne lui donnez pas de lait jusqu'à demain.", "Give him milk until tomorrow.", FRENCH_ENGLISH),
        ("Ne mangez pas de fromage non pasteurisé.", "Eat unpasteurised cheese.", FRENCH_ENGLISH),
        ("Ne le laissez pas seul pour sa sécurité.", "Leave him alone for his safety.", FRENCH_ENGLISH),
        ("Ne lui donnez pas d'eau non plus.", "Give him water too.", FRENCH_ENGLISH),
        ("It isn't necessary.", "C'est indispensable.", ("en", "fr")),
        ("Don't give him water.", "Donnez-lui un peu d'eau.", ("en", "fr")),
        ("Ne mettez pas de crème.", "Krema sürün.", ("fr", "tr")),
        ("Ne venez pas vendredi.", "Cuma günü gelin.", ("fr", "tr")),
        ("Ne le laissez pas seul.", "Yalnız bırakın.", ("fr", "tr")),
        ("Ne lui donnez pas d'eau.", "أعطه قليلا من الماء.", ("fr", "ar")),
        ("Ne le laissez pas dehors.", "Deixe-o lá fora.", ("fr", "pt")),
        ("Ne le laissez pas seul.", "Lassen Sie ihn allein.", ("fr", "de")),
        ("Ce n'est pas nécessaire.", "Это необходимо.", ("fr", "ru")),
        ("Nu e necesar.", "C'est nécessaire.", ("ro", "fr")),
        ("Ne venez pas.", "بیایید.", ("fr", "fa")),
        ("তাকে মধু দেবেন না।", "Donnez-lui du miel.", ("bn", "fr")),
        ("Il a mangé.", "সে খায়নি।", ("fr", "bn")),
        ("Pas plus de quatre fois par jour.", "দিনে চারবারের বেশি।", ("fr", "bn")),
    ],
)
def test_a_denial_or_a_limit_that_was_lost_or_added_is_doubted(
    source: str, translated: str, languages: tuple[str, str]
) -> None:
    assert Flag.NEGATION in check(source, translated, languages)


@pytest.mark.parametrize(
    ("source", "translated", "languages"),
    [
        ("Il ne boit que du lait.", "He only drinks milk.", FRENCH_ENGLISH),
        ("Il dort pas mal.", "He sleeps rather well.", FRENCH_ENGLISH),
        ("C'est grave, n'est-ce pas ?", "It's serious, isn't it?", FRENCH_ENGLISH),
        ("Ça va, non ?", "You're all right?", FRENCH_ENGLISH),
        ("Il fait ses premiers pas.", "He is taking his first steps.", FRENCH_ENGLISH),
        ("De rien.", "You're welcome.", FRENCH_ENGLISH),
        ("Pourquoi ne pas essayer ?", "Let's try, shall we?", FRENCH_ENGLISH),
        ("À moins que la fièvre ne monte.", "If the fever does go up.", FRENCH_ENGLISH),
        ("Not only does he cough, he vomits.", "Il tousse, et en plus il vomit.", ("en", "fr")),
        ("Pas plus de quatre fois.", "At most four times.", FRENCH_ENGLISH),
        ("Il ne vient jamais, personne ne vient.", "He never comes, and neither does anybody.", FRENCH_ENGLISH),
        ("Il tète bien.", "İyi emiyor.", ("fr", "tr")),
        ("Avant de le coucher, lavez-le.", "Yatırmadan önce yıkayın.", ("fr", "tr")),
        ("Elle dort toujours.", "لا تزال نائمة.", ("fr", "ar")),
        ("Il a neuf mois.", "او نه ماه دارد.", ("fr", "fa")),
        ("C'est grave ?", "یہ خطرناک ہے نا؟", ("fr", "ur")),
        ("Donnez-lui quelque chose à manger.", "اسے کچھ نہ کچھ کھانے کو دیں۔", ("fr", "ur")),
        ("Toutes les semaines.", "Каждую неделю.", ("fr", "ru")),
        ("Un fromage non pasteurisé.", "An unpasteurised cheese.", FRENCH_ENGLISH),
        ("Ne le laissez jamais seul, même deux minutes.", "Never leave him, not even for two minutes.", FRENCH_ENGLISH),
        ("Je n'ai pas dormi plus de trois heures.", "I haven't slept more than three hours.", FRENCH_ENGLISH),
        ("Il est trop petit pour manger du miel.", "He is so small that he can't eat honey.", FRENCH_ENGLISH),
        ("Rangez-les hors de portée des enfants.", "Çocukların ulaşamayacağı bir yerde saklayın.", ("fr", "tr")),
        ("Il a neuf mois.", "তার বয়স নয় মাস।", ("fr", "bn")),
        ("Il boit de l'eau.", "তিনি পানি খান।", ("fr", "bn")),
        ("Restez jusqu'à ce que le médecin arrive.", "ডাক্তার না আসা পর্যন্ত থাকুন।", ("fr", "bn")),
    ],
)
def test_what_looks_like_a_denial_and_is_none_is_not_doubted(
    source: str, translated: str, languages: tuple[str, str]
) -> None:
    assert Flag.NEGATION not in check(source, translated, languages)


def test_where_a_language_has_no_table_nothing_is_said_of_negations() -> None:
    assert check("Ne lui donnez rien.", "给他药。", ("fr", "zh")) == ()


@pytest.mark.parametrize(
    ("source", "translated", "languages", "doubt"),
    [
        ("Il a de la fièvre.", "il a de la fievre", FRENCH_ENGLISH, Flag.UNTRANSLATED),
        ("Beaucoup.", "Beaucoup.", FRENCH_ENGLISH, Flag.UNTRANSLATED),
        ("هل هذا طبيعي؟", "هل هذا طبيعي؟", ("ar", "fr"), Flag.UNTRANSLATED),
        ("Bonjour à tous.", "Hello everyone.", ("fr", "ar"), Flag.SCRIPT),
        ("Il dort bien.", "Он хорошо спит.", FRENCH_ENGLISH, Flag.SCRIPT),
        ("Il pleure beaucoup la nuit.", "Él llora mucho por la noche.", FRENCH_ENGLISH, Flag.LANGUAGE),
        ("Il faut le coucher sur le dos.", "Его нужно укладывать спать на спину.", ("fr", "uk"), Flag.LANGUAGE),
        ("Il vomit après chaque repas.", "He vomits after chaque meal.", FRENCH_ENGLISH, Flag.LEFTOVER),
        ("Couchez le bébé.", "ضعي bébé على ظهره.", ("fr", "ar"), Flag.LEFTOVER),
        ("Elle a besoin de dormir.", "هي بحاجة إلى sleep أكثر.", ("fr", "ar"), Flag.LEFTOVER),
        ("Я даю йому суміш.", "Je lui donne de la суміш.", ("uk", "fr"), Flag.LEFTOVER),
        ("স্ত্রী হ্যাঁ বলেছেন।", "Ma স্ত্রী a dit oui.", ("bn", "fr"), Flag.LEFTOVER),
    ],
)
def test_an_answer_in_another_tongue_is_doubted(
    source: str, translated: str, languages: tuple[str, str], doubt: Flag
) -> None:
    assert check(source, translated, languages) == (doubt,)


@pytest.mark.parametrize(
    ("source", "translated", "languages"),
    [
        ("Doliprane.", "Doliprane.", FRENCH_ENGLISH),
        ("Vaccination.", "Vaccination.", FRENCH_ENGLISH),
        ("Donnez du Doliprane.", "أعطيه Doliprane.", ("fr", "ar")),
        ("Madame Diallo, entrez.", "السيدة Diallo، تفضلي.", ("fr", "ar")),
        ("Donnez du doliprane.", "أعطيه doliprane.", ("fr", "ar")),
        ("Le vaccin est gratuit.", "Acest vaccin este gratuit.", ("fr", "ro")),
        ("Non, merci.", "No, gracias.", ("fr", "es")),
    ],
)
def test_names_and_words_of_both_languages_may_stay(source: str, translated: str, languages: tuple[str, str]) -> None:
    assert check(source, translated, languages) == ()


@pytest.mark.parametrize(
    ("source", "translated"),
    [
        ("Il dort.", "He sleeps, he sleeps, he sleeps."),
        ("Bonjour.", "Hello hello hello hello hello."),
        ("Le biberon est prêt.", "The bottltltltltltltl."),
    ],
)
def test_a_loop_is_doubted_and_explains_its_length(source: str, translated: str) -> None:
    assert check(source, translated, FRENCH_ENGLISH) == (Flag.LOOP,)


@pytest.mark.parametrize(
    ("source", "translated", "languages"),
    [
        ("Non, non, non.", "No, no, no.", FRENCH_ENGLISH),
        ("Doucement.", "Yavaş yavaş.", ("fr", "tr")),
        ("Elle dort très bien.", "She sleeps very, very well.", FRENCH_ENGLISH),
    ],
)
def test_a_natural_repetition_is_not_doubted(source: str, translated: str, languages: tuple[str, str]) -> None:
    assert check(source, translated, languages) == ()


def test_a_translation_of_another_length_is_doubted() -> None:
    long = "Si la fièvre monte, découvrez-le, donnez-lui à boire et appelez le médecin s'il a l'air abattu."
    assert check(long, "If the fever rises.", FRENCH_ENGLISH) == (Flag.TOO_SHORT,)
    assert check("Oui.", "Yes, and now a story of somebody else.", FRENCH_ENGLISH) == (Flag.TOO_LONG,)


@pytest.mark.parametrize(
    ("source", "translated", "languages"),
    [
        ("Elle pèse 5,2 kg.", "She weighs five kilos.", FRENCH_ENGLISH),
        ("Trois millilitres.", "30,000 beds.", FRENCH_ENGLISH),
        ("Attendez six heures entre deux doses.", "Wait two hours between two doses.", FRENCH_ENGLISH),
        ("Trente-huit virgule cinq degrés.", "Thirty-eight degrees.", FRENCH_ENGLISH),
        ("Donnez 2,5 ml.", "أعط ٢٥ مل.", ("fr", "ar")),
    ],
)
def test_a_figure_that_changed_is_doubted(source: str, translated: str, languages: tuple[str, str]) -> None:
    assert check(source, translated, languages)[0] is Flag.NUMBERS


@pytest.mark.parametrize(
    ("source", "translated", "languages"),
    [
        ("Donnez 2,5 ml.", "Give 2.5 ml.", FRENCH_ENGLISH),
        ("Attendez six heures entre deux doses.", "Wait 6 hours between two doses.", FRENCH_ENGLISH),
        ("Deux fois par jour.", "Twice a day.", FRENCH_ENGLISH),
        ("Elle pèse 4 500 grammes.", "She weighs 4,500 grams.", FRENCH_ENGLISH),
        ("Deux doses de 2,5 ml.", "جرعتان من ٢٫٥ مل.", ("fr", "ar")),
    ],
)
def test_the_same_figure_written_otherwise_is_not_doubted(
    source: str, translated: str, languages: tuple[str, str]
) -> None:
    assert check(source, translated, languages) == ()


@pytest.mark.parametrize(
    ("source", "kept", "changed"),
    [
        ("Appelez le 01 23 45 67 89.", "Call 01 23 45 67 89.", "Call 01 23 45 76 89."),
        ("Voyez www.ameli.fr.", "See www.ameli.fr.", "See the site."),
        ("Écrivez à pmi@example.org.", "Write to pmi@example.org.", "Write to the PMI."),
    ],
)
def test_a_telephone_number_or_an_address_must_stand_unchanged(source: str, kept: str, changed: str) -> None:
    assert check(source, kept, FRENCH_ENGLISH) == ()
    assert check(source, changed, FRENCH_ENGLISH) == (Flag.NUMBERS,)


def test_a_telephone_number_may_be_written_in_the_figures_of_its_reader() -> None:
    assert check("Appelez le 01 23 45 67 89.", "اتصلي بالرقم ٠١ ٢٣ ٤٥ ٦٧ ٨٩.", ("fr", "ar")) == ()


TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="aàné' .,?!-5٥ن‌م가🙂\n\x00", max_size=200),
    st.lists(st.sampled_from(["ne", "pas", "que", "n'", "plus", "?", "لا", "খায়নি", "aaaa", "www.a.fr"])).map(" ".join),
)


@given(TEXTS, TEXTS, st.sampled_from(sorted(LANGUAGES)), st.sampled_from(sorted(LANGUAGES)))
def test_no_text_in_any_language_is_too_strange(source: str, translated: str, one: str, other: str) -> None:
    doubts = check(source, translated, (one, other))
    assert len(set(doubts)) == len(doubts)


@pytest.mark.parametrize("piece", ["a", "ne ", "non, ", "1 ", "aba", "n'", "www.", "ma", "0 0", "🙂", "لا ", "?"])
def test_ten_thousand_characters_are_read_to_the_end(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    assert check(text, text, ("fr", "tr")) is not None


@pytest.mark.parametrize("text", ["1" + "0" * 28, "9" * 60 + " ml", "12:" + "9" * 40, "9" * 40 + " h", "0." + "1" * 40])
def test_a_number_of_any_length_is_compared(text: str) -> None:
    assert Flag.NUMBERS not in check(text, text, ("fr", "en"))
    assert Flag.NUMBERS in check(f"Il y en a {text}.", "There are 2.", ("fr", "en"))
