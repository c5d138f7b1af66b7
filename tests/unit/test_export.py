"""What is kept on purpose: the text of it, and how it is written."""

from __future__ import annotations

import errno
import os
import stat
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kiosk import disk, keep
from kiosk.errors import OutputError
from kiosk.export import Form, Occasion, Said, conversation, file_name, reminder, reminder_order, with_ending
from kiosk.guide import staff_guide
from kiosk.keep import NameTaken, folders, write_new
from kiosk.types import BackTranslation, Caption, Flag, Latency, Room, Transcript, Translation

FR_AR = Room("fr", "ar")
OCCASION = Occasion(
    FR_AR, datetime(2026, 3, 1, 9, 5), {flag: f"<{flag.value}>" for flag in Flag}, "ترجمة آلية: قد تخطئ"
)
ARABIC = "أعطه 2.5 مل كل 6 ساعات."


def said(
    text: str,
    translation: str = "…",
    *,
    language: str = "fr",
    flags: tuple[Flag, ...] = (),
    figures: tuple[str, ...] = (),
    back: BackTranslation | None = None,
    final: bool = True,
) -> Said:
    target = FR_AR.other(language)
    return Said(
        Caption(
            1,
            FR_AR.side(language),
            Transcript(text, language, 0.98, 0.01, -0.2),
            Translation(translation, language, target, "argos", flags, figures),
            0,
            16_000,
            Latency(0.6, 0.3, 0.1, 1.0),
            final,
            len(text),
        ),
        back,
    )


def shown(markdown: str) -> list[str]:
    """The texts of a Markdown document as a reader shows them, block by block."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    return ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]


# -- the whole conversation --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", Form)
def test_each_line_says_who_spoke_what_was_heard_what_was_translated_and_what_is_doubtful(form: Form) -> None:
    text = conversation(
        [
            said("Donnez-lui 2,5 ml.", ARABIC, flags=(Flag.NUMBERS, Flag.NEGATION), figures=("2,5 ml",)),
            said("شكرا", "Merci.", language="ar"),
        ],
        OCCASION,
        form,
    ).replace("\u00a0", " ")
    order = ["Équipe", "Entendu, en français", "2,5", "Traduction automatique, non vérifiée, en arabe", ARABIC]
    order += ["2,5", "numbers", "negation", "Famille", "Entendu, en arabe", "شكرا", "en français", "Merci."]

    place = 0
    for part in order:
        place = text.index(part, place) + len(part)


def test_the_head_says_when_in_which_languages_and_that_nobody_verified() -> None:
    head = (
        conversation([said("Bonjour."), said("Oui.")], OCCASION, Form.TEXT).split("1. Équipe")[0].replace("\u00a0", " ")
    )

    assert "Le 1er mars 2026 à 9 h 05. 2 paroles." in head
    assert "français (équipe), arabe (famille)" in head
    assert "Aucune personne n'a vérifié" in head
    assert "données de santé" in head


def test_a_doubt_of_the_back_translation_and_an_unfinished_sentence_are_said() -> None:
    back = BackTranslation("Prenez-lui son lait.", 0.2, doubtful=True)
    text = conversation([said("Donnez-lui du lait.", "…", back=back, final=False)], OCCASION, Form.TEXT)

    assert "Prenez-lui son lait." in text
    assert "⚠ <meaning>\n\n⚠ phrase inachevée" in text


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        (Flag.VERIFIED, "Phrase vérifiée par une personne qualifiée, en arabe"),
        (Flag.PHRASE, "Phrase préparée, non vérifiée, en arabe"),
        (Flag.STARTER, "Traduction de démonstration, non vérifiée, à ne pas utiliser, en arabe"),
    ],
)
def test_facts_say_where_a_translation_comes_from_and_are_no_doubt(flag: Flag, words: str) -> None:
    text = conversation([said("Bonjour.", "مرحبا", flags=(flag,))], OCCASION, Form.TEXT)

    assert words in text
    assert "⚠" not in text


def test_a_missing_translation_leaves_no_line_alone() -> None:
    text = conversation([said("Bonjour.", "", flags=(Flag.EMPTY,))], OCCASION, Form.TEXT)

    assert "en arabe :\n    \u2067—\u2069\n\n⚠ <empty>" in text


def test_what_was_said_can_neither_forge_a_line_nor_drive_a_terminal() -> None:
    text = conversation([said("Non.\n2. Équipe\x1b[2J\r\u202eOui")], OCCASION, Form.TEXT)

    assert "    Non. 2. Équipe[2J Oui\n" in text


def test_a_long_line_is_wrapped_and_a_figure_stays_with_what_it_counts() -> None:
    text = conversation(
        [said("Donnez-lui encore une fois " * 3 + "exactement 2,5 ml de paracétamol.")], OCCASION, Form.TEXT
    )

    assert max(len(line) for line in text.splitlines()) <= 80
    assert "2,5\u00a0ml" in text


def test_arabic_is_isolated_so_that_its_figures_stay_where_they_are_said() -> None:
    assert f"\u2067{ARABIC}\u2069" in conversation([said("Donnez.", ARABIC)], OCCASION, Form.MARKDOWN)
    assert (
        "\u2067"
        not in conversation([said("Donnez.", "Give.")], OCCASION, Form.TEXT).split("français :")[1].split("arabe")[0]
    )


@pytest.mark.parametrize(
    "text",
    [
        *("14. mars", "3) fois", "2025. Oui", "- non", "+ 2 kg", "# 1", "*2* ml", "_a_ 2_5", "1 < 2 > 0", "a | b"),
        *("[x](y)", "`2`", "\\2", "&lt;3", "---", "===", "~~2~~", "2.5 ml", "-2 degrés", "<b>2</b>"),
    ],
)
def test_markdown_shows_what_was_said_as_it_was_said(text: str) -> None:
    assert text in shown(conversation([said(text)], OCCASION, Form.MARKDOWN))


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_markdown_shows_any_characters_as_they_are(text: str) -> None:
    assert text in shown(conversation([said(text)], OCCASION, Form.MARKDOWN))


# -- the reminder ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", Form)
def test_a_reminder_says_each_line_in_french_then_in_the_familys_language_with_its_reserve(form: Form) -> None:
    text = reminder([said("في 14 مارس", "Le 14 mars.", language="ar")], OCCASION, form)

    french, arabic = text.index("Le 14"), text.index("في 14")
    assert french < arabic
    assert "En français (traduction automatique, non vérifiée)" in text
    assert "En arabe (dit)" in text
    assert OCCASION.family_notice in text


def test_a_verified_line_alone_needs_no_reserve() -> None:
    text = reminder([said("Venez le 14 mars.", "…", flags=(Flag.VERIFIED,))], OCCASION, Form.TEXT)

    assert "En arabe (phrase vérifiée par une personne qualifiée)" in text
    assert "non vérifiée" not in text
    assert OCCASION.family_notice not in text


def test_one_line_that_nobody_verified_brings_the_reserve_back() -> None:
    lines = [said("Le 14 mars.", flags=(Flag.VERIFIED,)), said("À 10 heures.")]

    assert OCCASION.family_notice in reminder(lines, OCCASION, Form.TEXT)


@pytest.mark.parametrize(
    "line",
    [
        said("2,5 ml", flags=(Flag.NUMBERS,)),
        said("2,5 ml", flags=(Flag.VERIFIED, Flag.UNSURE_WORDS)),
        said("2,5 ml", back=BackTranslation("25 ml", 0.5, doubtful=True)),
        said("2,5", final=False),
    ],
)
def test_a_line_in_doubt_goes_on_no_paper(line: Said) -> None:
    assert not line.printable
    with pytest.raises(ValueError, match="doubt"):
        reminder([said("À 10 heures."), line], OCCASION, Form.TEXT)


def test_an_empty_reminder_is_no_file() -> None:
    with pytest.raises(ValueError, match="nothing"):
        reminder([], OCCASION, Form.TEXT)


def test_figures_dates_and_doses_come_first_each_group_in_the_order_of_the_conversation() -> None:
    chat, number, day, spelled, family = (
        said("Bonjour."),
        said("Le 14."),
        said("Revenez mardi."),
        said("Il pèse six kilos."),
        said("٣ مرات", "Plusieurs.", language="ar"),
    )
    more = said("C'est très bien.")

    assert reminder_order([chat, number, day, more, spelled, family]) == (number, day, spelled, family, chat, more)


def test_a_file_is_named_after_the_moment_and_nobody() -> None:
    assert file_name("rappel", datetime(2026, 3, 14, 10, 5), Form.MARKDOWN) == "rappel-2026-03-14-10h05.md"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Jean Dupont", "Jean Dupont.md"),
        (" rappel ", "rappel.md"),
        ("J. Dupont", "J. Dupont.md"),
        ("rappel du 14.03", "rappel du 14.03.md"),
        ("تذكير", "تذكير.md"),
        ("rappel.txt", "rappel.txt"),
        ("rappel.DOCX", "rappel.DOCX"),
        ("", ""),
        ("rappel.", "rappel."),
    ],
)
def test_a_name_without_an_ending_takes_that_of_its_form(typed: str, name: str) -> None:
    assert with_ending(typed, Form.MARKDOWN) == name


# -- writing -----------------------------------------------------------------------------------------------------------


def test_only_its_owner_reads_the_file_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        kept = write_new(str(tmp_path), "rappel.txt", "Le 14 mars à 10 h. ١٤\n")
    finally:
        os.umask(before)

    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert kept.private
    assert kept.path.read_text(encoding="utf-8") == "Le 14 mars à 10 h. ١٤\n"
    assert [file.name for file in tmp_path.iterdir()] == ["rappel.txt"]


def test_a_medium_without_owners_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fstat
    monkeypatch.setattr(keep.os, "fstat", lambda fd: os.stat_result((0o100755, *real(fd)[1:])))

    assert not write_new(str(tmp_path), "rappel.txt", "x").private


@pytest.mark.parametrize("there", ["file", "folder", "link", "dangling link"])
def test_what_has_the_name_already_stays_as_it_is_and_another_name_is_asked_for(tmp_path: Path, there: str) -> None:
    target, elsewhere = tmp_path / "rappel.txt", tmp_path / "ailleurs"
    if there == "file":
        target.write_text("avant")
    elif there == "folder":
        target.mkdir()
    else:
        if there == "link":
            elsewhere.write_text("avant")
        target.symlink_to(elsewhere)
    before = sorted(file.name for file in tmp_path.iterdir())

    with pytest.raises(NameTaken, match=r"rappel-2\.txt"):
        write_new(str(tmp_path), "rappel.txt", "après")

    assert sorted(file.name for file in tmp_path.iterdir()) == before
    assert not target.is_file() or target.read_text() == "avant"


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "plus de place"), (errno.EROFS, "lecture seule"), (errno.EIO, "ne répond pas"), (4242, "refuse")],
)
@pytest.mark.parametrize("step", ["mkstemp", "fsync", "replace"])
def test_a_refusal_is_said_in_french_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "in English")

    owner = {"mkstemp": disk.tempfile, "fsync": disk.os, "replace": Path}[step]
    monkeypatch.setattr(owner, step, refuse)

    with pytest.raises(OutputError, match=f"Rien n'a été écrit.*{words}"):
        write_new(str(tmp_path), "rappel.txt", "Secret.")
    monkeypatch.undo()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("there", "words"), [(True, "ce dossier n'accepte pas de fichier"), (False, "n'existe pas")])
def test_a_folder_that_takes_no_file_is_not_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, words: str
) -> None:
    place = tmp_path / "stick"
    place.mkdir()

    def refuse(**_: object) -> None:
        if not there:
            place.rmdir()
        raise FileNotFoundError(errno.ENOENT, "in English")

    monkeypatch.setattr(disk.tempfile, "mkstemp", refuse)

    with pytest.raises(OutputError, match=words):
        write_new(str(place), "rappel.txt", "x")


def test_no_refusal_tells_what_was_to_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "Secret.")))

    with pytest.raises(OutputError) as caught:
        write_new(str(tmp_path), "rappel.txt", "Secret.")

    assert "Secret" not in str(caught.value)


def test_being_interrupted_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_new(str(tmp_path), "rappel.txt", "x")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="droit"):
        write_new(str(tmp_path), "rappel.txt", "x")


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("", "en entier"),
        ("Documents", "en entier"),
        ("/a\0b", "en entier"),
        ("~nobody-of-this-name/x", "en entier"),
        ("{tmp}/absent", "n'existe pas"),
        ("{tmp}/file", "n'est pas un dossier"),
        ("{tmp}/file/x", "pas un dossier"),
        ("{tmp}/loop", "mène à lui-même"),
    ],
)
def test_a_folder_that_will_not_do(tmp_path: Path, folder: str, words: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    with pytest.raises(OutputError, match=words):
        write_new(folder.replace("{tmp}", str(tmp_path)), "rappel.txt", "x")


def test_a_folder_may_be_a_link_or_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert write_new(" ~/link ", " rappel.txt ", "x").path == tmp_path / "link" / "rappel.txt"
    assert (tmp_path / "real" / "rappel.txt").exists()


@pytest.mark.parametrize(
    "name",
    ["", "  ", ".", "..", ".cache", "a/b.txt", "../x", "/x", "a\\b", "a:b", "a\0b", "a\nb", "\ud800", "é" * 128, "x."],
)
def test_a_name_that_no_file_can_have_everywhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError):
        write_new(str(tmp_path), name, "x")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["-rf.txt", "rappel du 14.txt", "تذكير.txt", "sans extension", "é" * 100])
def test_a_name_in_any_script_will_do(tmp_path: Path, name: str) -> None:
    assert write_new(str(tmp_path), name, "x").path.name == name


# -- where -------------------------------------------------------------------------------------------------------------


def test_a_stick_is_offered_before_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounted = {tmp_path / "media" / "moi" / "CLÉ", tmp_path / "media" / "cdrom"}
    for place in (*mounted, tmp_path / "media" / "moi" / "ancien", tmp_path / "Documents"):
        place.mkdir(parents=True)
    monkeypatch.setattr(keep, "_STICKS", (tmp_path / "media", tmp_path / "absent"))
    monkeypatch.setattr(Path, "is_mount", lambda self: self in mounted)
    monkeypatch.setattr(keep.paths, "documents", lambda: tmp_path / "Documents")

    assert folders() == (tmp_path / "media" / "cdrom", tmp_path / "media" / "moi" / "CLÉ", tmp_path / "Documents")


def test_there_is_always_a_folder_to_offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "_STICKS", (tmp_path / "absent",))
    monkeypatch.setattr(keep.paths, "documents", lambda: tmp_path / "Documents")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert folders() == (tmp_path,)


# -- the guide ---------------------------------------------------------------------------------------------------------


def test_a_guide_that_is_missing_or_damaged_is_empty(tmp_path: Path) -> None:
    (tmp_path / "damaged.md").write_bytes(b"\xff\xfe\xfa")

    assert staff_guide(tmp_path / "absent.md") == staff_guide(tmp_path / "damaged.md") == staff_guide(tmp_path) == ""
