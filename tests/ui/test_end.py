"""The end of a consultation: forgotten by one key; kept, in part or whole, only where the nurse asks for it."""

from __future__ import annotations

import errno
import stat
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from kiosk import keep
from kiosk.events import Ready, SpeechStarted
from kiosk.export import Said
from kiosk.keep import Keeper
from kiosk.types import BackTranslation, Flag
from kiosk.ui.app import KioskApp
from kiosk.ui.bidi import visual_line
from kiosk.ui.navigation import Means
from kiosk.ui.screens.end import LEFT_ALONE, EndScreen, ForgottenScreen
from kiosk.ui.screens.keep import KeepScreen
from kiosk.ui.screens.reminder import ReminderScreen
from kiosk.ui.strings import family_strings
from tests.ui.fakes import FR_AR, FR_EN, PHRASES, FakeOpener, caption, conversation, offers, seen

SAID = (
    Said(caption("Bonjour.", "Hello.")),
    Said(caption("Donnez 2,5 ml.", "Give 25 ml.", utterance_id=2, flags=(Flag.NUMBERS,), figures=("2,5 ml",))),
    Said(caption("Next Monday at ten.", "Lundi prochain à dix heures.", utterance_id=3, language="en")),
    Said(caption("Revenez le 14 mars.", "Come back on March 14.", utterance_id=4, flags=(Flag.VERIFIED,))),
)


class Ending:
    """The end screen over a conversation, and what it posted."""

    def __init__(self, folder: Path, said: Sequence[Said] = SAID) -> None:
        self.folder = folder
        self.messages: list[EndScreen.Ended | EndScreen.Left] = []
        self.app: KioskApp = conversation(FakeOpener())
        self.keeper = Keeper(lambda: datetime(2026, 3, 14, 10, 5), lambda: (folder, folder / "Documents"))
        self.screen = EndScreen(lambda: tuple(said), FR_EN, self.keeper, [])

    def hook(self, message: object) -> None:
        """For `run_test(message_hook=...)`."""
        if isinstance(message, (EndScreen.Ended, EndScreen.Left)) and message not in self.messages:
            self.messages.append(message)

    @property
    def written(self) -> dict[str, str]:
        """Every file of the folder, whatever its name."""
        return {file.name: file.read_text(encoding="utf-8") for file in self.folder.rglob("*") if file.is_file()}


@pytest.fixture
def ending(tmp_path: Path) -> Ending:
    return Ending(tmp_path)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press, and wait until a file that was asked for is written."""
    await pilot.press(*keys)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


# -- forgetting --------------------------------------------------------------------------------------------------------


async def test_it_says_that_nothing_was_recorded_and_how_much_is_being_forgotten(ending: Ending) -> None:
    async with ending.app.run_test(size=(60, 20)) as pilot:
        await ending.app.push_screen(ending.screen)
        await pilot.pause()
        text = seen(ending.app)

    assert "Rien n'a été enregistré : ni la voix, ni le texte." in text
    assert "4 paroles et leurs traductions" in text
    assert "Entrée · Terminer : tout oublier" in text


async def test_words_that_are_recognised_only_now_are_counted_and_can_be_kept(tmp_path: Path) -> None:
    opener = FakeOpener()
    app = conversation(opener)
    app._means = replace(app._means, keeper=Ending(tmp_path).keeper)
    async with app.run_test(size=(60, 20)) as pilot:
        opener.emit(Ready("Micro USB"), SpeechStarted(1))
        await press(pilot, "q")
        assert "Il n'y a rien en mémoire." in seen(app)
        assert "r Rappel" not in seen(app)
        opener.emit(caption("Revenez le 14 mars.", "Come back on March 14."))
        await pilot.pause()  # the conversation is told,
        await pilot.pause()  # and tells the app
        await pilot.pause()
        assert "En mémoire : 1 parole et sa traduction." in seen(app)
        assert "r · Rappel à imprimer" in seen(app)
        assert "x · Garder toute la conversation" in seen(app)
        assert "r Rappel" in seen(app)


async def test_one_key_ends_and_nothing_is_written(ending: Ending) -> None:
    async with ending.app.run_test(message_hook=ending.hook) as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "enter")

    [ended] = ending.messages
    assert isinstance(ended, EndScreen.Ended)
    assert (ended.count, ended.files) == (4, ())
    assert ending.written == {}


@pytest.mark.parametrize("keys", [("q",), ("q", "r"), ("q", "f1")], ids=["end", "reminder", "guide"])
async def test_an_end_that_nobody_answers_forgets_by_itself_and_says_so(keys: tuple[str, ...]) -> None:
    opener = FakeOpener()
    means = Means(offers(), "fr", PHRASES, keeper=Keeper())
    app = KioskApp(means, opener, FR_EN)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "1")
        opener.emit(Ready("Micro"), *(one.caption for one in SAID))
        await press(pilot, *keys)
        shown = app.screen
        await app.look()
        await pilot.pause()
        assert app.screen is shown
        app._last -= LEFT_ALONE
        await app.look()
        await pilot.pause()
        assert isinstance(app.screen, ForgottenScreen)
        assert "Personne n'a répondu pendant 5 minutes : le kiosque a oublié tout seul." in seen(app)
        assert opener.log[-1] == "stop"


async def test_a_conversation_that_goes_on_is_not_forgotten_by_itself() -> None:
    opener = FakeOpener()
    app = conversation(opener)
    async with app.run_test() as pilot:
        opener.emit(Ready("Micro"), SAID[0].caption)
        await pilot.pause()
        app._last -= LEFT_ALONE
        await app.look()
        await pilot.pause()
        assert "Bonjour." in seen(app)


async def test_escape_goes_back_to_the_conversation(ending: Ending) -> None:
    async with ending.app.run_test(message_hook=ending.hook) as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "escape")

    assert [type(message) for message in ending.messages] == [EndScreen.Left]


async def test_the_choices_can_be_clicked(ending: Ending) -> None:
    async with ending.app.run_test(message_hook=ending.hook) as pilot:
        await ending.app.push_screen(ending.screen)
        await pilot.pause()
        await pilot.click("#end-end")
        await pilot.pause()

    assert [type(message) for message in ending.messages] == [EndScreen.Ended]


@pytest.mark.parametrize("reason", ["nothing was said", "nothing may be kept"])
async def test_nothing_to_keep_or_no_right_to_offers_no_file(tmp_path: Path, reason: str) -> None:
    ending = Ending(tmp_path, said=() if reason == "nothing was said" else SAID)
    if reason == "nothing may be kept":
        ending.screen = EndScreen(lambda: SAID, FR_EN, None, [])
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "x", "r")
        assert ending.app.screen is ending.screen
        text = seen(ending.app)

    assert "Rappel" not in text
    assert "fichier" not in text


async def test_what_is_settled_meanwhile_is_counted(tmp_path: Path) -> None:
    said = list(SAID)
    ending = Ending(tmp_path, said)
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        said.append(Said(caption("Au revoir.", "Goodbye.", utterance_id=5)))
        await press(pilot, "f1", "escape")

        assert "5 paroles" in seen(ending.app)


async def test_once_forgotten_it_says_so_and_which_file_stays() -> None:
    app = conversation(FakeOpener())
    async with app.run_test(size=(60, 20)) as pilot:
        await app.push_screen(ForgottenScreen(1, "ar", (Path("/media/rappel.txt"),)))
        await pilot.pause()
        text = seen(app)

    assert "1 parole et sa traduction ont été oubliées." in text
    assert "/media/rappel.txt" in text
    assert "Il n'en reste rien" not in text
    assert visual_line(family_strings("ar").forgotten, "ar") not in text


async def test_without_a_file_nothing_is_left() -> None:
    app = conversation(FakeOpener())
    async with app.run_test(size=(60, 20)) as pilot:
        await app.push_screen(ForgottenScreen(1, "ar"))
        await pilot.pause()
        text = " ".join(seen(app).split())

    assert "Il n'en reste rien ici." in text
    assert visual_line(family_strings("ar").forgotten, "ar") in text


# -- the whole conversation in a file ----------------------------------------------------------------------------------


async def test_a_file_is_written_only_after_a_warning_and_says_where_it_is(ending: Ending) -> None:
    async with ending.app.run_test(size=(60, 20), message_hook=ending.hook) as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "x")
        warning = seen(ending.app)
        assert ending.written == {}

        await press(pilot, "enter")
        after = " ".join(seen(ending.app).split())
        await press(pilot, "enter")

    for words in ("données de santé", "ne l'effacera pas", "demandez-lui", "corbeille"):
        assert words in warning
    assert "Fichier écrit, que le kiosque n'effacera pas" in after
    [name] = ending.written
    assert name == "conversation-2026-03-14-10h05.txt"
    assert stat.S_IMODE((ending.folder / name).stat().st_mode) == 0o600
    [ended] = ending.messages
    assert isinstance(ended, EndScreen.Ended)
    assert ended.files == (ending.folder / name,)


async def test_a_file_is_named_until_the_end_whatever_is_shown_between_and_no_words_deny_it(tmp_path: Path) -> None:
    opener = FakeOpener()
    keeper = Keeper(lambda: datetime(2026, 3, 14, 10, 5), lambda: (tmp_path,))
    app = KioskApp(Means(offers(), "fr", PHRASES, keeper=keeper), opener, FR_EN)
    names = ("conversation-2026-03-14-10h05.txt", "conversation-2026-03-14-10h05.md")
    async with app.run_test(size=(160, 30)) as pilot:
        await press(pilot, "1")
        opener.emit(Ready("Micro"), *(one.caption for one in SAID))
        await press(pilot, "q", "x", "enter")
        assert "sauf 1 fichier que vous avez demandé" in seen(app)
        await press(pilot, "escape")
        await press(pilot, "q")
        again = seen(app)
        await press(pilot, "x", "f2", "enter")
        both = seen(app)
        await press(pilot, "enter")
        forgotten = seen(app)

    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(names)
    assert names[0] in again
    assert "4 paroles" in again
    assert "sauf 2 fichiers que vous avez demandés" in both
    for text in (both, forgotten):
        assert all(name in text for name in names)
    for text in (again, both, forgotten):
        assert "ni la voix, ni le texte" not in text
        assert "Il n'en reste rien" not in text
    assert "4 paroles et leurs traductions ont été oubliées. Il n'en reste que" in forgotten


async def test_a_file_is_named_before_another_language_ends_the_conversation(tmp_path: Path) -> None:
    opener = FakeOpener()
    keeper = Keeper(lambda: datetime(2026, 3, 14, 10, 5), lambda: (tmp_path,))
    app = KioskApp(Means(offers(), "fr", PHRASES, keeper=keeper), opener, FR_EN)
    async with app.run_test(size=(160, 30)) as pilot:
        await press(pilot, "1")
        opener.emit(Ready("Micro"), SAID[0].caption)
        await press(pilot, "q", "x", "enter", "escape")
        await press(pilot, "l")
        assert "conversation-2026-03-14-10h05.txt" in seen(app)


async def test_every_line_is_exported_with_its_doubts(ending: Ending) -> None:
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "x", "enter")

    [text] = ending.written.values()
    assert [text.count(one.caption.transcript.text.replace("2,5 ml", "2,5\u00a0ml")) for one in SAID[:2]] == [1, 1]
    assert "⚠ chiffres à vérifier" in text


async def test_markdown_on_a_key_and_the_name_follows(ending: Ending) -> None:
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "x", "f2", "f2", "f2", "enter")

    [(name, text)] = ending.written.items()
    assert name.endswith(".md")
    assert text.startswith("# Conversation")


async def test_a_name_without_an_ending_is_given_that_of_the_format(ending: Ending) -> None:
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "x", "f2", "tab", "ctrl+u", *"14 mars", "enter")

    assert list(ending.written) == ["14 mars.md"]


async def test_another_folder_on_a_key_or_typed(ending: Ending) -> None:
    (ending.folder / "Documents" / "moi").mkdir(parents=True)
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "x", "f3", "end", *"/moi", "enter")

    assert [path.parent.name for path in ending.folder.rglob("*.txt")] == ["moi"]


async def test_thinking_better_of_it_writes_nothing(ending: Ending) -> None:
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "x", "escape")
        assert ending.app.screen is ending.screen

    assert ending.written == {}


async def test_a_name_that_is_taken_is_asked_for_again(ending: Ending) -> None:
    taken = ending.folder / "conversation-2026-03-14-10h05.txt"
    taken.write_text("avant")
    async with ending.app.run_test(size=(60, 20)) as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "x", "enter")
        assert "existe déjà" in seen(ending.app)
        assert isinstance(ending.app.focused, Input)
        assert ending.app.focused.id == "keep-name"

        await press(pilot, "home", *"encore-", "enter")

    assert sorted(ending.written) == [taken.name, f"encore-{taken.name}"]
    assert taken.read_text() == "avant"


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "il n'y a plus de place"), (errno.EROFS, "lecture seule")]
)
async def test_a_refusal_is_said_and_another_folder_can_be_tried(
    ending: Ending, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, "")

    async with ending.app.run_test(size=(60, 20)) as pilot:
        await ending.app.push_screen(ending.screen)
        with monkeypatch.context() as refusing:
            refusing.setattr(keep.os, "fsync", refuse)
            await press(pilot, "x", "enter")
        shown = " ".join(seen(ending.app).split())
        assert words in shown
        assert isinstance(ending.app.screen, KeepScreen)
        assert ending.written == {}

        await press(pilot, "enter")

    assert len(ending.written) == 1


async def test_a_medium_that_protects_nothing_is_said(ending: Ending) -> None:
    public = Keeper(ending.keeper.now, ending.keeper.folders, lambda *_: keep.Kept(Path("/media/x.txt"), private=False))
    ending.screen = EndScreen(lambda: SAID, FR_EN, public, [])
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "x", "enter")

        assert "⚠ Ce support ne protège pas ses fichiers" in seen(ending.app)


# -- the reminder ------------------------------------------------------------------------------------------------------


async def test_lines_are_ticked_one_by_one_figures_and_dates_first(ending: Ending) -> None:
    async with ending.app.run_test(size=(80, 30)) as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "r")
        lines = seen(ending.app)
        assert lines.index("Donnez 2,5") < lines.index("Lundi prochain") < lines.index("14 mars") < lines.index("Bonj")

        await press(pilot, "down", "space", "down", "space", "enter", "enter")

    [(name, text)] = ending.written.items()
    assert name == "rappel-2026-03-14-10h05.txt"
    assert "Lundi prochain à dix heures." in text
    assert "En français (traduction automatique, non vérifiée)" in text
    assert "En anglais (phrase vérifiée par une personne qualifiée)" in text
    assert "Automatic translation by an AI" in text
    assert "Bonjour" not in text
    assert "2,5" not in text


async def test_nothing_ticked_writes_nothing(ending: Ending) -> None:
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "r", "down", "space", "space", "enter")
        assert isinstance(ending.app.screen, ReminderScreen)
        assert "Rien n'est coché" in seen(ending.app)
        await press(pilot, "escape")
        assert ending.app.screen is ending.screen

    assert ending.written == {}


async def test_a_line_in_doubt_cannot_be_ticked_and_says_why(tmp_path: Path) -> None:
    doubted = Said(caption("N'en donnez pas 2.", "Give 2."), BackTranslation("Donnez-en 2.", 0.3, doubtful=True))
    ending = Ending(tmp_path, [doubted])
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "r", "space")
        text = seen(ending.app)
        await press(pilot, "enter")
        assert isinstance(ending.app.screen, ReminderScreen)

    assert "⚠ sens à vérifier" in text
    assert "elle ne va pas sur papier" in text
    assert "[x]" not in text


APPOINTMENT = Said(caption("Revenez le 14 mars.", "Leave on March 14."))
DOSE = Said(caption("Donnez 2 ml.", "Give 2 ml.", utterance_id=2))
CHANGED = {
    "doubted": [replace(APPOINTMENT, back=BackTranslation("Partez le 14 mars.", 0.3, doubtful=True)), DOSE],
    "corrected": [Said(caption("Revenez le 4 mars.", "Come back on March 4.")), DOSE],
    "gone": [DOSE],
}


@pytest.mark.parametrize("change", CHANGED)
async def test_a_ticked_line_that_changes_before_it_is_given_loses_its_tick_and_says_so(
    tmp_path: Path, change: str
) -> None:
    said = [APPOINTMENT, DOSE]
    ending = Ending(tmp_path, said)
    async with ending.app.run_test(size=(120, 30)) as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "r", "space", "down", "space")
        assert seen(ending.app).count("[x]") == 2
        said[:] = CHANGED[change]
        await press(pilot, "enter")
        text = seen(ending.app)
        assert "[x]   Donnez 2 ml." in text
        assert text.count("[x]") == 1
        assert "elle n'est plus cochée" in text
        await press(pilot, "space", "space", "enter", "enter")

    [written] = ending.written.values()
    assert "2 ml" in written.replace("\u00a0", " ")
    assert "Revenez" not in written


@pytest.mark.parametrize("change", CHANGED)
async def test_a_ticked_line_that_changes_before_it_is_written_is_not_and_the_nurse_is_told(
    tmp_path: Path, change: str
) -> None:
    said = [APPOINTMENT, DOSE]
    ending = Ending(tmp_path, said)
    async with ending.app.run_test(size=(120, 30)) as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "r", "space", "enter")
        assert isinstance(ending.app.screen, KeepScreen)
        said[:] = CHANGED[change]
        await press(pilot, "enter")
        assert "rien n'est écrit" in seen(ending.app)

    assert ending.written == {}


async def test_a_translation_that_reads_as_it_should_holds_nothing_up(tmp_path: Path) -> None:
    said = [APPOINTMENT, DOSE]
    ending = Ending(tmp_path, said)
    async with ending.app.run_test(size=(120, 30)) as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "r", "space")
        said[0] = replace(APPOINTMENT, back=BackTranslation("Revenez le 14 mars.", 1.0, doubtful=False))
        await press(pilot, "enter", "enter")

    assert len(ending.written) == 1


async def test_a_doubt_that_comes_before_the_file_is_written_stands_in_it(tmp_path: Path) -> None:
    said = [APPOINTMENT, DOSE]
    ending = Ending(tmp_path, said)
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "x")
        said[:] = CHANGED["doubted"]
        await press(pilot, "enter")

    [written] = ending.written.values()
    assert "⚠ sens à vérifier" in written


async def test_each_line_to_tick_shows_both_languages_at_any_width(tmp_path: Path) -> None:
    arabic = Said(caption("Le 14 mars, avec le carnet de santé.", "14 مارس", room=FR_AR))
    ending = Ending(tmp_path)
    ending.screen = EndScreen(lambda: [arabic], FR_AR, ending.keeper, [])
    async with ending.app.run_test(size=(120, 40)) as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "r", "space")
        for width in (60, 200, 50):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            text = seen(ending.app)
            assert "[x]   Le 14 mars" in text
            assert "carnet de santé." in " ".join(text.split())
            assert text.count("14") == 2
            assert "traduction automatique, non vérifiée" in text


async def test_a_line_can_be_ticked_with_the_mouse(ending: Ending) -> None:
    async with ending.app.run_test() as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "r")
        row = next(n for n, line in enumerate(seen(ending.app).splitlines()) if "14 mars" in line)
        await pilot.click(offset=(10, row))
        await pilot.pause()

        assert "[x]   Revenez le 14 mars." in seen(ending.app)


async def test_hostile_words_are_shown_as_words(tmp_path: Path) -> None:
    ending = Ending(tmp_path, [Said(caption("[bold]14[/] \x1b[2J " + "mot" * 200, "[@click=app.quit]x[/]"))])
    async with ending.app.run_test(size=(60, 20)) as pilot:
        await ending.app.push_screen(ending.screen)
        await press(pilot, "r")
        text = seen(ending.app)

    assert "[bold]14[/] [2J" in text
    assert "\x1b" not in text
