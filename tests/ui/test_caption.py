"""One utterance as the two halves of a row."""

from __future__ import annotations

import pytest
from textual.strip import Strip
from textual.style import Style

from kiosk.languages import language
from kiosk.types import FACTS, BackTranslation, Caption, Flag
from kiosk.ui.bidi import visual_line
from kiosk.ui.strings import flag_word
from kiosk.ui.widgets.caption import CaptionRow, Look, halves
from kiosk.ui.widgets.split import Split
from tests.ui.fakes import FR_AR, caption


def test_what_staff_say_is_on_the_left_and_marked_as_said() -> None:
    staff, family = halves(caption("Bonjour", "Hello"), "en", rtl=False)

    assert (staff.heading, staff.text, staff.spoken) == ("► Équipe", "Bonjour", True)
    assert (family.heading, family.text, family.spoken) == ("translation", "Hello", False)


def test_what_the_family_says_is_on_the_right_and_its_translation_on_the_left() -> None:
    staff, family = halves(caption("Hello", "Bonjour", language="en"), "en", rtl=False)

    assert (staff.heading, staff.text, staff.spoken) == ("traduction", "Bonjour", False)
    assert (family.heading, family.text, family.spoken) == ("► Family", "Hello", True)


def test_a_family_that_reads_from_the_right_has_its_mark_on_the_right() -> None:
    _, family = halves(caption("مرحبا", "Bonjour", language="ar", room=FR_AR), "ar", rtl=True)

    assert family.heading == "◄ العائلة"  # in reading order: what comes first is on the right
    assert shown(caption("مرحبا", "Bonjour", language="ar", room=FR_AR), "ar")[1].endswith(" ◄ ▐")


def test_a_language_without_words_of_its_own_is_marked_in_french() -> None:
    staff, family = halves(caption("Saluton", "Bonjour", language="eo"), "eo", rtl=False)

    assert (staff.heading, family.heading) == ("traduction", "► Famille")


def test_a_partial_ends_with_an_ellipsis_and_a_final_does_not() -> None:
    partial, _ = halves(caption("Bonjour, comm", "Hello", final=False), "en", rtl=False)
    final, _ = halves(caption("Bonjour, comment allez-vous ?", "Hello, how are you?"), "en", rtl=False)

    assert (partial.text, partial.open) == ("Bonjour, comm", "…")
    assert (final.text, final.open) == ("Bonjour, comment allez-vous ?", "")


def test_words_that_may_still_change_are_told_from_those_that_are_settled() -> None:
    staff, family = halves(caption("Bonjour, comment", "Hello", final=False, settled=7), "en", rtl=False)

    assert (staff.text, staff.open) == ("Bonjour", ", comment…")
    assert (family.text, family.open) == ("Hello", "…")


def test_a_partial_has_one_ellipsis_whatever_whisper_ends_it_with() -> None:
    staff, _ = halves(caption("Un médic...", "", final=False, settled=0), "en", rtl=False)

    assert (staff.text, staff.open) == ("", "Un médic…")


@pytest.mark.parametrize("flag", [flag for flag in Flag if flag not in FACTS])
def test_every_doubt_is_said_to_staff_in_words_and_marked_for_the_family(flag: Flag) -> None:
    staff, family = halves(caption("Deux", "Two", flags=(flag,)), "en", rtl=False)

    assert staff.doubts == (f"⚠ {flag_word(flag)}",)
    assert family.doubts == ("⚠",)


def test_a_demonstration_translation_is_marked_beside_its_heading() -> None:
    staff, family = halves(caption("Deux", "Two", flags=(Flag.STARTER,)), "en", rtl=False)

    assert (staff.remark, family.remark) == ("", "démo")
    assert staff.doubts == family.doubts == ()


def test_a_sentence_of_the_phrasebook_says_whether_anybody_verified_it() -> None:
    _, draft = halves(caption("Deux", "Two", flags=(Flag.PHRASE,)), "en", rtl=False)
    _, verified = halves(caption("Deux", "Two", flags=(Flag.VERIFIED,)), "en", rtl=False)

    assert (draft.remark, verified.remark) == ("phrase préparée, non vérifiée", "phrase vérifiée")
    assert draft.doubts == verified.doubts == ()


def test_figures_that_cannot_be_trusted_stand_beside_their_translation_as_they_were_said() -> None:
    said = caption("Donnez 2,5 ml.", "Give 25 ml.", flags=(Flag.NUMBERS,), figures=("2,5 ml",))
    staff, family = halves(said, "en", rtl=False)

    assert (staff.figures, family.figures) == ("", "2,5 ml")


def test_staff_see_what_the_family_reads_and_a_doubt_where_it_is_something_else() -> None:
    said = caption("Il dort sur le dos", "He sleeps on the back")
    near = halves(said, "en", rtl=False, back=BackTranslation("Il dort sur le dos", 1.0, doubtful=False))
    far = halves(said, "en", rtl=False, back=BackTranslation("Il dort dehors", 0.3, doubtful=True))

    assert near[0].note == "la famille lit à peu près : Il dort sur le dos"
    assert near[0].doubts == near[1].doubts == ()
    assert (far[0].doubts, far[1].doubts) == (("⚠ sens à vérifier",), ("⚠",))


def test_a_translation_that_came_out_empty_is_shown_as_such() -> None:
    staff, family = halves(caption("Deux", "", flags=(Flag.EMPTY,)), "en", rtl=False)

    assert (staff.doubts, family.text) == (("⚠ pas de traduction",), "—")


def plain(*_: str, partial: bool = False) -> Style:
    """No style at all."""
    return Style()


def strips(row: CaptionRow, width: int, look: Look = plain) -> list[Strip]:
    """The lines of a row in two columns."""
    staff, family = row.drawn(Split(width, height=24).place, look)
    return [Strip.join(halves) for halves in zip(staff.lines, family.lines, strict=True)]


def shown(said: Caption, family: str, width: int = 60) -> list[str]:
    """What they say."""
    return [strip.text for strip in strips(CaptionRow(said, family, rtl=language(family).rtl), width)]


def test_each_half_is_ordered_by_its_own_language() -> None:
    lines = shown(caption("Prénom : סבא, 3 ans.", "כל 38,5.", room=FR_AR), "ar")

    assert lines[2].split() == ["▌", "Prénom", ":", "אבס,", "3", "ans.", ".38,5", "לכ"]


def test_figures_are_ordered_as_they_were_said_not_as_the_half_they_stand_in() -> None:
    lines = shown(caption("2,5 ml.", "", room=FR_AR, flags=(Flag.NUMBERS,), figures=("2,5 ml",)), "ar")

    assert lines[-1].rstrip().endswith("2,5 ml")


def test_what_stands_beside_an_arabic_heading_is_on_its_left() -> None:
    lines = shown(caption("Deux.", "כל", room=FR_AR, flags=(Flag.STARTER,)), "ar")

    assert lines[1].split()[-2:] == ["démo", visual_line("ترجمة", "ar")]


def test_in_a_line_read_from_the_right_the_words_that_may_change_are_still_told_from_the_others() -> None:
    row = CaptionRow(caption("כל טוב", "", language="ar", room=FR_AR, final=False, settled=2), "ar", rtl=True)

    def look(*classes: str, partial: bool = False) -> Style:
        return Style(italic="captions--partial" in classes)

    line = strips(row, 60, look)[2]
    assert [segment.text for segment in line if segment.style and segment.style.italic] == ["…", "…בוט "]


def test_what_was_said_stays_in_the_order_in_which_it_was_said() -> None:
    said = caption("كل 38,5؟", "Tous les 38,5 ?", language="ar", room=FR_AR)
    _, family = halves(said, "ar", rtl=True)
    shown(said, "ar")

    assert (said.transcript.text, family.text) == ("كل 38,5؟", "كل 38,5؟")


@pytest.mark.parametrize("width", [50, 59, 79, 119])
@pytest.mark.parametrize(
    "text",
    [
        "Bonjour.",
        "anticonstitutionnellement" * 9,
        "中文字幕" * 20,
        "مرحبا بكم " * 12,
        "لا " * 60,
        "مُحَمَّد (Doliprane) ۲٫۵ می‌خواهد " * 6,
        "é" * 300,
    ],
)
def test_every_line_of_a_row_is_as_wide_as_the_list(width: int, text: str) -> None:
    row = CaptionRow(caption(text, text, room=FR_AR, flags=(Flag.NUMBERS, Flag.STARTER)), "ar", rtl=True)

    assert {sum(segment.cell_length for segment in strip) for strip in strips(row, width)} == {width}


def test_a_very_long_word_is_wrapped_without_losing_a_letter() -> None:
    row = CaptionRow(caption("x" * 200, "y" * 200), "en", rtl=False)

    shown = "".join(strip.text for strip in strips(row, 79))

    assert (shown.count("x"), shown.count("y")) == (200, 200)
