"""The conversation: what the session tells is what the screen shows."""

from __future__ import annotations

import threading

import pytest
from textual.message import Message

from kiosk.events import Behind, DeviceBack, DeviceLost, Discarded, Level, Overflow, Ready, SpeechStarted
from kiosk.types import Flag, Room
from kiosk.ui.bidi import visual_line
from kiosk.ui.messages import PipelineEvent
from kiosk.ui.widgets import caption_list
from tests.ui.fakes import FR_AR, FakeOpener, caption, conversation, seen


async def test_each_side_reads_its_own_language_in_its_own_column() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(80, 24)) as pilot:
        opener.emit(caption("Bonjour.", "Hello."), caption("Good morning.", "Bien.", utterance_id=2, language="en"))
        await pilot.pause()
        lines = seen(pilot.app).splitlines()

    for text, column in [("Bonjour.", 0), ("Bien.", 0), ("Hello.", 39), ("Good morning.", 39)]:
        places = [line.index(text) for line in lines if text in line]
        assert len(places) == 1
        assert column <= places[0] < column + 39


async def test_partials_and_the_final_of_an_utterance_share_one_row() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(caption("Il pèse", "He", final=False))
        await pilot.pause()
        assert "Il pèse…" in seen(pilot.app)

        opener.emit(
            caption("Il pèse cinq kilos", "He weighs", final=False), caption("Il pèse six kilos.", "He weighs 6.")
        )
        await pilot.pause()
        text = seen(pilot.app)

    assert "Il pèse six kilos." in text
    assert "cinq" not in text
    assert text.count("► Équipe") == 1


async def test_a_partial_whose_language_turns_out_to_be_the_other_changes_side() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(caption("Oh", "Oh", final=False), caption("Oh yes.", "Ah oui.", language="en"))
        await pilot.pause()

        assert "► Équipe" not in seen(pilot.app)
        assert "► Family" in seen(pilot.app)


async def test_an_utterance_without_words_takes_its_row_away() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(caption("Bonjour.", "Hello."), caption("Euh", "Er", utterance_id=2, final=False), Discarded(2))
        await pilot.pause()

        assert "Euh" not in seen(pilot.app)
        assert "Bonjour." in seen(pilot.app)


async def test_doubts_are_read_without_colour() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(caption("Deux millilitres.", "Ten millilitres.", flags=(Flag.NUMBERS, Flag.LOOP)))
        await pilot.pause()
        text = seen(pilot.app)

    assert "⚠ chiffres à vérifier" in text
    assert "⚠ répétition coupée" in text
    assert text.count("⚠") == 3


@pytest.mark.parametrize("starter", ["en", ""])
async def test_the_starter_warning_stays_from_the_start_or_from_the_first_caption_that_needs_it(starter: str) -> None:
    warning = "modèle de démonstration : ne pas utiliser avec une famille"
    opener = FakeOpener()
    async with conversation(opener, starter=starter).run_test() as pilot:
        await pilot.pause()
        assert (warning in seen(pilot.app)) == bool(starter)

        opener.emit(*(caption("Bonjour.", "Hello.", utterance_id=n, flags=(Flag.STARTER,)) for n in range(40)))
        await pilot.pause()

        assert warning in seen(pilot.app)
        assert "translation démo" in seen(pilot.app)


async def test_without_a_starter_package_there_is_no_warning() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(caption("Bonjour.", "Hello."))
        await pilot.pause()

        assert "démo" not in seen(pilot.app)


async def test_that_an_ai_translates_is_said_in_both_languages() -> None:
    async with conversation(FakeOpener(), FR_AR, demo=True).run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        text = seen(pilot.app)

    assert "Traduction automatique par une IA : peut se tromper" in text
    assert visual_line("ترجمة آلية بالذكاء الاصطناعي: قد تخطئ", "ar") in text
    assert "Lecture d'un enregistrement" in text


async def test_before_anybody_speaks_each_reads_how_in_its_language() -> None:
    async with conversation(FakeOpener(), Room("fr", "tr")).run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        lines = seen(pilot.app).splitlines()

    (line,) = (line for line in lines if "Parlez l'un après l'autre" in line)
    assert "Sırayla ve kısa cümlelerle konuşun." in line[50:]


@pytest.mark.parametrize(
    ("width", "demo", "told"), [(100, False, True), (80, False, False), (100, True, False)], ids=["", "narrow", "demo"]
)
async def test_the_family_reads_whether_the_microphone_is_open(width: int, demo: bool, told: bool) -> None:
    opener = FakeOpener()
    app = conversation(opener, FR_AR, demo=demo)
    async with app.run_test(size=(width, 24)) as pilot:
        opener.emit(Ready("Micro"))
        await pilot.pause()
        assert (visual_line("الميكروفون مفتوح", "ar") in seen(app)) is told
        await pilot.press("space")
        await pilot.pause()
        assert (visual_line("الميكروفون مغلق", "ar") in seen(app)) is told
        assert "En pause, micro fermé" in seen(app)


async def test_space_pauses_and_resumes() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro USB"), Level(0.1, speech=True))
        await pilot.pause()
        assert "Écoute : Micro USB" in seen(pilot.app)
        assert "parole" in seen(pilot.app)

        await pilot.press("space")
        opener.emit(Level(0.1, speech=True))
        await pilot.pause()
        assert "En pause, micro fermé" in seen(pilot.app)
        assert "espace Reprendre" in seen(pilot.app)
        assert "█" not in seen(pilot.app)

        await pilot.press("space")
        await pilot.pause()
        assert "espace Pause" in seen(pilot.app)

        assert opener.log[-2:] == ["pause", "resume"]


@pytest.mark.parametrize(
    ("keys", "also"),
    [(["1"], "Tout est entendu en français"), (["up"], "Vous relisez plus haut"), (["e"], "Effacer la conversation ?")],
    ids=["the floor is given", "scrolled up", "asked whether to erase"],
)
async def test_sound_that_was_lost_stays_said_whatever_else_there_is_to_say(keys: list[str], also: str) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(60, 20)) as pilot:
        said = [caption("Bonjour", "Hello", utterance_id=number) for number in range(1, 9)]
        opener.emit(Ready("Micro USB"), *said, Overflow(12.0))
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        assert "⚠ 12,0 s de son perdues" in seen(pilot.app)
        assert also in seen(pilot.app)
        assert "Hello" in seen(pilot.app)


async def test_being_late_losing_sound_and_losing_the_microphone_are_said() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro USB"), Behind(7.0))
        await pilot.pause()
        assert "En retard de 7 s" in seen(pilot.app)

        opener.emit(Behind(0.0), Overflow(1.5))
        await pilot.pause()
        assert "⚠ 1,5 s de son perdues" in seen(pilot.app)

        opener.emit(DeviceLost("Le micro a été débranché."))
        await pilot.pause()
        assert "Micro absent" in seen(pilot.app)
        assert "Le micro a été débranché." in seen(pilot.app)

        opener.emit(DeviceBack("Micro USB"))
        await pilot.pause()
        assert "Écoute : Micro USB" in seen(pilot.app)


async def test_clearing_asks_once_and_takes_what_is_still_being_recognised() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(Ready("Micro USB"), caption("Avant.", "Before."), SpeechStarted(2))
        await pilot.press("e")
        await pilot.pause()
        assert "Effacer la conversation ?" in seen(pilot.app)
        assert "Avant." in seen(pilot.app)

        await pilot.press("e")
        opener.emit(caption("Pendant.", "During.", utterance_id=2), caption("Après.", "After.", utterance_id=3))
        await pilot.pause()

        text = seen(pilot.app)
        assert "Avant." not in text
        assert "Pendant." not in text
        assert "Après." in text


@pytest.mark.parametrize("key", ["escape", "t", "down"])
async def test_any_other_key_keeps_the_conversation(key: str) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(caption("Avant.", "Before."))
        await pilot.press("e", key, "e")
        await pilot.pause()

        assert "Avant." in seen(pilot.app)


async def test_the_newest_stays_in_view_unless_the_person_reads_above() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(*(caption(f"Phrase {n}.", "Sentence.", utterance_id=n) for n in range(30)))
        await pilot.pause()
        assert "Phrase 29." in seen(pilot.app)

        await pilot.press("pageup")
        opener.emit(caption("Nouvelle.", "New.", utterance_id=30))
        await pilot.pause()
        assert "Nouvelle." not in seen(pilot.app)
        assert "Fin : revenir au plus récent" in seen(pilot.app)

        await pilot.press("end")
        await pilot.pause()
        assert "Nouvelle." in seen(pilot.app)
        assert "Fin : revenir" not in seen(pilot.app)

        opener.emit(caption("Dernière.", "Last.", utterance_id=31))
        await pilot.pause()
        assert "Dernière." in seen(pilot.app)


async def test_pressing_down_at_the_end_does_not_stop_following() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(*(caption(f"Phrase {n}.", "Sentence.", utterance_id=n) for n in range(30)))
        await pilot.pause()
        await pilot.press("down")
        opener.emit(caption("Nouvelle.", "New.", utterance_id=30))
        await pilot.pause()

        assert "Nouvelle." in seen(pilot.app)


async def test_the_oldest_rows_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caption_list, "MAX_ROWS", 3)
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(80, 40)) as pilot:
        opener.emit(*(caption(f"Phrase {n}.", "Sentence.", utterance_id=n) for n in range(5)))
        await pilot.pause()
        text = seen(pilot.app)

    assert [n for n in range(5) if f"Phrase {n}." in text] == [2, 3, 4]


async def test_hostile_text_is_shown_as_text() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(100, 30)) as pilot:
        opener.emit(
            caption("\x1b[31mrouge\x1b[0m", "[bold red]x[/bold red]"),
            caption("a\nb\rc\x07d", "[/] [link=x] $foreground [@click=app.quit]y[/]", utterance_id=2),
            caption("mot" * 200, "\u202eenvers", utterance_id=3),
            Ready("[bold]Micro[/bold]\x1b[2J"),
        )
        await pilot.pause()
        text = seen(pilot.app)

        assert pilot.app.is_running
    for shown in (
        "[31mrouge[0m",
        "[bold red]x[/bold red]",
        "a b cd",
        "[@click=app.quit]y[/]",
        "Écoute : [bold]Micro[/bold][2J",
    ):
        assert shown in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.count("mot") > 100


async def test_a_flood_of_levels_costs_one_and_leaves_the_keys_in_reach() -> None:
    opener = FakeOpener()
    handled: list[Message] = []
    async with conversation(opener).run_test(message_hook=handled.append) as pilot:
        opener.emit(Ready("Micro USB"), *(Level(0.1, speech=False) for _ in range(5000)))
        await pilot.press("space")
        await pilot.pause()

    assert sum(isinstance(message, PipelineEvent) for message in handled) < 10
    assert "pause" in opener.log


async def test_levels_give_way_to_nothing_but_levels() -> None:
    level = PipelineEvent(Level(0.1, speech=False), 1)
    words = PipelineEvent(caption("Bonjour.", "Hello."), 1)

    assert level.can_replace(PipelineEvent(Level(0.2, speech=True), 1))
    assert not level.can_replace(words)
    assert not words.can_replace(level)


async def test_events_come_from_any_thread() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        thread = threading.Thread(target=opener.emit, args=(Ready("Micro USB"), caption("Bonjour.", "Hello.")))
        thread.start()
        thread.join()
        await pilot.pause()

        assert "Bonjour." in seen(pilot.app)


@pytest.mark.parametrize("room_open", [True, False])
async def test_a_window_that_is_too_small_says_in_which_way_and_is_whole_again_once_larger(room_open: bool) -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(80, 24)) as pilot:
        opener.emit(caption("Bonjour.", "Hello."))
        if not room_open:
            await pilot.press("l")
        await pilot.pause()
        before = seen(pilot.app)

        for size, told in (((20, 24), "fenêtre trop étroite : élargissez-la"), ((100, 12), "fenêtre trop basse")):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            small = " ".join(seen(pilot.app).split())
            assert small.startswith(told)
            assert small.count("fenêtre") == 1

        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert seen(pilot.app) == before


async def test_keys_still_work_while_the_window_is_too_narrow() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test(size=(20, 24)) as pilot:
        await pilot.press("space", "ctrl+q")

    assert opener.log == ["open fr,en", "start", "pause", "stop"]


async def test_the_theme_changes_on_a_key() -> None:
    opener = FakeOpener()
    async with conversation(opener).run_test() as pilot:
        opener.emit(caption("Bonjour.", "Hello."))
        await pilot.press("t")
        await pilot.pause()

        assert pilot.app.theme == "kiosk-clair"
        assert "Bonjour." in seen(pilot.app)


async def test_help_opens_and_closes_on_its_key() -> None:
    async with conversation(FakeOpener()).run_test() as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Une IA traduit, et elle peut se tromper" in seen(pilot.app)

        await pilot.press("escape")
        await pilot.pause()
        assert "Famille · English" in seen(pilot.app)
