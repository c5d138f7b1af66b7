"""The phrasebook: found in French, shown to the family, answered by it, and read in French again."""

from __future__ import annotations

import random

import pytest
from textual.widgets import Button, OptionList

from kiosk.ui.bidi import visual_line
from kiosk.ui.keyboard import key_of
from kiosk.ui.phrase_choices import Contents
from kiosk.ui.screens.phrases import PhrasesScreen
from kiosk.ui.screens.private import PrivateScreen
from kiosk.ui.screens.show_phrase import ShowPhraseScreen
from kiosk.ui.widgets.answers import Answer, AnswerButton, keys_for
from kiosk.ui.widgets.phrase_list import PhraseList
from tests.ui.fakes import seen
from tests.ui.stage import Stage, phrasebook

SMALL, LARGE = (60, 20), (200, 60)
PRIVATE_WORDS = ("Violences", "Moral de la mère", "peur", "Pleurez")


def stage(family: str = "ar") -> Stage:
    return Stage(PhrasesScreen(phrasebook(), family))


def arabic(text: str) -> str:
    """As it is seen."""
    return visual_line(text, "ar")


# -- finding ---------------------------------------------------------------------------------------------------------


async def test_chapters_are_opened_and_closed_and_the_cursor_stays_where_it_was() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press("down", "enter")
        assert "Alimentation" in seen(pilot.app).splitlines()[0]
        assert "Votre bébé mange-t-il des œufs ?" in seen(pilot.app)

        await pilot.press("escape")
        current = pilot.app.screen.query_one(PhraseList).current
        assert current is not None
        assert current.text == "Alimentation"

        await pilot.press("escape")
        assert pilot.app.told == ["left"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("fievre", "fever.has"),
        ("FIÈV", "fever.has"),
        ("enf fie", "fever.has"),
        ("oeufs", "feeding.eggs"),
        ("œuf", "feeding.eggs"),
        ("place", "welcome.sit"),
        ("15", "fever.call"),
        ("tete", "feeding.times"),
    ],
)
def test_a_phrase_is_found_by_the_beginning_of_any_of_its_words(typed: str, found: str) -> None:
    choices = Contents(phrasebook(), "ar").found(typed, private=False)

    assert [choice.id for choice in choices if not choice.heading] == [found]


@pytest.mark.parametrize("typed", ["ièvre", "fievre bebe", "zzz", "peur", "violence", "pleurez"])
def test_letters_inside_a_word_words_of_two_phrases_and_private_phrases_find_nothing(typed: str) -> None:
    assert Contents(phrasebook(), "ar").found(typed, private=False) == []


async def test_typing_searches_every_chapter_and_enter_shows_the_phrase() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*"fievre")
        assert "Fièvre et urgences" in seen(pilot.app)
        assert "Accueil" not in seen(pilot.app)

        await pilot.press("enter")
        assert arabic("هل لدى طفلكم حرارة؟") in seen(pilot.app)
        assert "Votre enfant a-t-il de la fièvre ?" in seen(pilot.app)
        assert pilot.app.told == ["sent fever.has"]


async def test_coming_back_from_a_phrase_the_search_and_the_cursor_are_as_they_were() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*"votre", "down", "down", "enter")
        assert pilot.app.told == ["sent fever.has"]

        await pilot.press("escape")
        picker = pilot.app.screen.query_one(PhraseList)
        assert picker.typed == "votre"
        assert picker.current is not None
        assert picker.current.id == "fever.has"

        await pilot.press("escape")
        assert "Accueil" in seen(pilot.app)
        assert pilot.app.told == ["sent fever.has"]


async def test_enter_typed_at_once_after_the_letters_takes_what_they_find() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*"appelez", "enter")

        assert pilot.app.told == ["sent fever.call"]


async def test_nothing_found_says_so_whatever_is_kept_back() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*"peur", "enter")
        text = seen(pilot.app)

        assert "Rien." in text
        assert "réservées ne sont pas cherchées" in " ".join(text.split())
        assert pilot.app.told == []


async def test_pages_and_both_ends_are_reached_by_keys() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        picker = pilot.app.screen.query_one(PhraseList)
        for key, at in [("ctrl+end", "Phrases réservées"), ("ctrl+home", "Accueil"), ("pagedown", "Phrases réservées")]:
            await pilot.press(key)
            assert picker.current is not None
            assert picker.current.text == at
        await pilot.press("pageup", "up")
        assert picker.current is not None
        assert picker.current.text == "Phrases réservées"


# -- what is for a person alone --------------------------------------------------------------------------------------


async def test_of_private_phrases_nothing_is_seen_until_they_are_opened_on_purpose() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press("up")
        assert "Phrases réservées" in seen(pilot.app)
        assert not any(word in seen(pilot.app) for word in PRIVATE_WORDS)

        await pilot.press("enter", "enter", "enter")
        assert isinstance(pilot.app.screen, PrivateScreen)
        assert not any(word in seen(pilot.app) for word in PRIVATE_WORDS)

        await pilot.press("o")
        assert all(word in seen(pilot.app) for word in PRIVATE_WORDS)


@pytest.mark.parametrize("key", ["escape", "n"])
async def test_the_question_before_them_can_be_answered_no(key: str) -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press("up", "enter", key)

        assert isinstance(pilot.app.screen, PhrasesScreen)
        assert not any(word in seen(pilot.app) for word in PRIVATE_WORDS)


async def test_open_they_are_searched_alone_and_escape_shuts_them_at_once() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press("up", "enter", "o", *"peur")
        assert "Avez-vous peur de quelqu'un ?" in seen(pilot.app)
        await pilot.press("escape", *"fievre")
        assert "Rien dans les phrases réservées" in seen(pilot.app)

        await pilot.press("escape", "escape")
        assert not any(word in seen(pilot.app) for word in PRIVATE_WORDS)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, PrivateScreen)


async def test_the_mouse_has_to_press_another_place_to_open_them() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.click(OptionList, offset=(3, 3), times=2)
        assert isinstance(pilot.app.screen, PrivateScreen)

        await pilot.click("#private-shut")
        assert isinstance(pilot.app.screen, PhrasesScreen)
        await pilot.click(OptionList, offset=(3, 3))
        await pilot.click("#private-open")
        assert "Avez-vous peur de quelqu'un ?" in seen(pilot.app)


async def test_keys_mashed_at_random_never_open_them() -> None:
    keys = ("enter", "up", "down", "left", "right", "escape", "pagedown", "space", "backspace", "p", "e", "n", "1", "r")
    mashed = random.Random(5).choices(keys, k=120)  # noqa: S311 - the same at every run
    async with stage().run_test(size=SMALL) as pilot:
        for key in mashed:
            await pilot.press(key)
            assert not any(word in seen(pilot.app) for word in PRIVATE_WORDS)
            if not isinstance(pilot.app.screen, PhrasesScreen | PrivateScreen | ShowPhraseScreen):
                pytest.fail(f"{pilot.app.screen} is none of the phrasebook's")


# -- how far a phrase can be trusted ---------------------------------------------------------------------------------


async def test_each_phrase_says_whether_it_was_verified() -> None:
    async with stage().run_test(size=(100, 30)) as pilot:
        await pilot.press("enter")
        lines = seen(pilot.app).splitlines()
        assert any("Bonjour, entrez" in line and "✓ vérifiée" in line for line in lines)
        assert any("Asseyez-vous" in line and "à revoir" in line for line in lines)
        assert "vérifiée par Nadia Benali" in seen(pilot.app)

        await pilot.press("down")
        assert "Changée depuis sa relecture" in seen(pilot.app)

        await pilot.press("escape", "down", "enter")
        assert "non vérifiée" in seen(pilot.app)
        assert "aucun interprète n'a vérifié" in seen(pilot.app)


async def test_a_phrase_without_a_translation_is_listed_and_not_shown() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*"traduite")
        assert "pas de texte" in seen(pilot.app)
        await pilot.press("enter")

        assert isinstance(pilot.app.screen, PhrasesScreen)
        assert pilot.app.told == []


async def test_a_language_that_the_phrasebook_lacks_shows_nothing() -> None:
    async with stage("de").run_test(size=SMALL) as pilot:
        await pilot.press("enter", "enter")

        assert isinstance(pilot.app.screen, PhrasesScreen)
        assert "Pas de texte en allemand" in seen(pilot.app)
        assert pilot.app.told == []


@pytest.mark.parametrize(
    ("typed", "status"), [("bonjour", "✓ vérifiée"), ("asseyez", "à revoir"), ("fievre", "non vérifiée")]
)
async def test_before_the_family_too_its_status_is_said(typed: str, status: str) -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*typed, "enter")

        assert f"{status} · " in seen(pilot.app)


# -- answers ---------------------------------------------------------------------------------------------------------


async def test_every_answer_stands_in_the_familys_language_and_in_french() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*"fievre", "enter")
        text = seen(pilot.app)

    for key, answer, french in [("1", "نعم", "Oui"), ("2", "لا", "Non"), ("3", "لا أعرف", "Je ne sais pas")]:
        assert f" {key} " in text
        assert arabic(answer) in text
        assert french in text


async def answered(*keys: str) -> tuple[str, list[str]]:
    """What is seen after "œufs" was shown and these keys pressed, and what was posted once it is closed."""
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*"oeufs", "enter", *keys)
        await pilot.pause()
        text = seen(pilot.app)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, PhrasesScreen)
        return text, pilot.app.told


@pytest.mark.parametrize("keys", [("2",), ("é",), ("٢",), ("down", "down", "enter"), ("tab", "tab", "space")])
async def test_an_answer_comes_back_in_french(keys: tuple[str, ...]) -> None:
    text, told = await answered(*keys)

    assert "Réponse à : Votre bébé mange-t-il des œufs ?" in " ".join(text.split())
    assert "Non" in text
    assert arabic("لا") in text
    assert "Oui" not in text
    assert told == ["sent feeding.eggs", "answered feeding.eggs answer.no"]


async def test_arrows_stop_at_either_end_of_the_answers() -> None:
    _, first = await answered("down", "left", "up", "up", "enter")
    _, last = await answered("up", "down", "right", "enter")

    assert first[-1] == "answered feeding.eggs answer.yes"
    assert last[-1] == "answered feeding.eggs answer.dont-know"


async def test_an_answer_taken_by_mistake_is_given_again() -> None:
    for key in ("r", "backspace"):
        text, told = await answered("1", key, "2")

        assert "Non" in text
        assert told == ["sent feeding.eggs", "answered feeding.eggs answer.no"]


async def test_digits_without_an_answer_and_enter_pressed_once_too_often_answer_nothing() -> None:
    text, told = await answered("enter", "enter", "4", "9", "0", "x")

    assert "Réponse : touche 1 à 3" in text
    assert told == ["sent feeding.eggs"]


async def test_once_answered_another_digit_changes_nothing() -> None:
    _, told = await answered("1", "2", "enter")

    assert told[-1] == "answered feeding.eggs answer.yes"


async def test_an_answer_can_be_pressed_with_the_mouse() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*"oeufs", "enter")
        buttons = pilot.app.screen.query(AnswerButton)
        await pilot.click(buttons[2])
        await pilot.press("escape")

        assert pilot.app.told[-1] == "answered feeding.eggs answer.dont-know"


async def test_answers_that_are_figures_have_letters_before_them() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*"combien", "enter")
        text = seen(pilot.app)
        assert "touche a à k" in text
        assert all(f"{number} fois" in text for number in range(10))
        assert "Je ne sais pas" in text

        await pilot.press("3")
        assert "Réponse à" not in seen(pilot.app)
        await pilot.press("D", "escape")
        assert pilot.app.told[-1] == "answered feeding.times answer.3-times"


def test_ten_answers_have_letters_too_and_no_key_twice() -> None:
    answers = [Answer(str(number), "ja", "de", "oui") for number in range(10)]

    assert keys_for(answers[:9]) == tuple("123456789")
    assert keys_for(answers) == tuple("abcdefghij")


@pytest.mark.parametrize(
    ("typed", "key"), [("1", "1"), ("&", "1"), ("ç", "9"), ("۳", "3"), ("A", "a"), ("à", "0"), ("É", "2"), ("?", "?")]
)
def test_digits_are_digits_in_any_script_and_without_shift(typed: str, key: str) -> None:
    assert key_of(typed) == key


async def test_an_answer_that_is_not_translated_stands_there_in_french() -> None:
    async with stage("tr").run_test(size=SMALL) as pilot:
        await pilot.press(*"oeufs", "enter")
        text = seen(pilot.app)
        assert "Evet" in text
        assert text.count("Je ne sais pas") == 1
        assert "une réponse n'est pas traduite" in text

        await pilot.press("3", "escape")
        assert pilot.app.told[-1] == "answered feeding.eggs answer.dont-know"


async def test_a_phrase_that_asks_nothing_has_no_answers_and_is_left_again() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.press(*"appelez", "enter", "1", "down", "enter")
        assert arabic("اتصلوا بالرقم 15.") in seen(pilot.app)
        assert "Réponse" not in seen(pilot.app)
        await pilot.press("escape")

        assert pilot.app.told == ["sent fever.call"]


# -- sizes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, (80, 24), LARGE], ids=str)
async def test_every_answer_is_in_view_at_any_size(size: tuple[int, int]) -> None:
    async with stage().run_test(size=size) as pilot:
        await pilot.press(*"combien", "enter")
        text = seen(pilot.app)

    assert arabic("كم مرة يرضع رضيعكم في اليوم؟") in text
    assert all(f"{number} fois" in text for number in range(10))
    assert "Je ne sais pas" in text


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=str)
async def test_a_long_phrase_is_read_to_its_end(size: tuple[int, int]) -> None:
    async with stage("tr").run_test(size=size) as pilot:
        await pilot.press(*"appelez", "enter", "pagedown", "down")
        await pilot.pause()

        assert "arayın." in seen(pilot.app)


async def test_lines_are_wrapped_again_when_the_window_changes_and_the_cursor_stays() -> None:
    async with stage().run_test(size=LARGE) as pilot:
        await pilot.press("down", "enter", "down")
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        picker = pilot.app.screen.query_one(PhraseList)
        assert picker.current is not None
        assert picker.current.id == "feeding.times"
        status = [line for line in seen(pilot.app).splitlines() if "Combien" in line]
        assert "non vérifiée" in status[0]

        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(*SMALL)
        await pilot.press("enter")
        assert pilot.app.told == ["sent feeding.times"]


async def test_the_whole_phrasebook_is_there_with_the_mouse_alone() -> None:
    async with stage().run_test(size=SMALL) as pilot:
        await pilot.click(OptionList, offset=(3, 1))
        await pilot.click(OptionList, offset=(3, 0))
        await pilot.click(pilot.app.screen.query(AnswerButton)[0])
        await pilot.pause()
        assert "Oui" in seen(pilot.app)
        assert not pilot.app.screen.query(Button)

    assert pilot.app.told == ["sent feeding.eggs"]
