"""Right-to-left text as it must be sent to a terminal that does nothing of it by itself.

The expected lines were worked out by hand from UAX #9 and the joining classes of the letters. They are lists that go
from the left of the screen to its right, since an editor would put a whole line of Arabic in order once more. Arabic
letters stand by their names, `beh.initial` being U+FE91; Hebrew ones are written backwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import bidi
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from kiosk.ui.bidi import Way, draw_for, in_visual_order, visual_content, visual_line, visual_lines


@pytest.fixture(autouse=True)
def _ordered_by_the_app() -> Iterator[None]:
    draw_for(Way.APP)
    yield
    draw_for(Way.APP)


_LONG = {
    "alef-hamza": "LETTER ALEF WITH HAMZA ABOVE",
    "lam-alef": "LIGATURE LAM WITH ALEF",
    "teh-marbuta": "LETTER TEH MARBUTA",
    "farsi-yeh": "LETTER FARSI YEH",
    "yeh-barree": "LETTER YEH BARREE",
    "heh-goal": "LETTER HEH GOAL",
    "heh-doachashmee": "LETTER HEH DOACHASHMEE",
}


def word(names: str) -> str:
    """`"alef.final beh.initial"` -> these forms in this order; `beh.initial+FATHA` has a mark on it."""
    return "".join(_letter(*name.split("+")) for name in names.split())


def _letter(name: str, *marks: str) -> str:
    letter, _, form = name.partition(".")
    drawn = unicodedata.lookup(f"ARABIC {_LONG.get(letter, f'LETTER {letter.upper()}')} {form.upper()} FORM")
    return drawn + "".join(unicodedata.lookup(f"ARABIC {mark}") for mark in marks)


KULL = word("lam.final kaf.initial")  # « كل », every
MARRAT = word("teh.isolated alef.isolated reh.final meem.initial")  # « مرات », times
MUHAMMAD = word("dal.final meem.medial hah.medial meem.initial")

# The order alone: in Hebrew each letter has one form, those at the end of a word being letters of their own.
HEBREW = [
    ("שלום", ["םולש"]),
    # The first word on the right, what ends the sentence on the left.
    ("יש לו חום?", ["?", "םוח", " ", "ול", " ", "שי"]),
    # A number is read from the left (level 2) wherever it stands.
    ("חום 38,5 היום", ["םויה", " 38,5 ", "םוח"]),
    ("בשעה 18:30", ["18:30 ", "העשב"]),
    # W5: the sign is a part of the number that it touches.
    ("לחות 40%", ["40% ", "תוחל"]),
    # W7: a number after Latin letters goes with them; after Hebrew it does not, and its unit is to the left of it.
    ("תן Doliprane 2,5 ml עכשיו", ["וישכע", " Doliprane 2,5 ml ", "ןת"]),
    ("תן 2,5 ml עכשיו", ["וישכע", " ml 2,5 ", "ןת"]),
    # L4: brackets in the Hebrew direction are mirrored, so that they hold what they held.
    ("חום (38,5) היום", ["םויה", " (38,5) ", "םוח"]),
    ("תרופה (Doliprane) טובה", ["הבוט", " (Doliprane) ", "הפורת"]),
    ("«חום» [39]", ["[39] «", "םוח", "»"]),
    # N0: a pair that holds Latin after Latin is Latin, and not mirrored; one that holds Hebrew is Hebrew.
    ("תן Efferalgan (paracétamol) עכשיו", ["וישכע", " Efferalgan (paracétamol) ", "ןת"]),
    ("Doliprane (סירופ)", ["(", "פוריס", ") Doliprane"]),
    # The line is Hebrew even where no word of it is.
    ("Doliprane 2,5 ml.", [".Doliprane 2,5 ml"]),
]

ARABIC = [
    # Letters that join on both sides, and letters that join on none.
    ("طفل", [word("lam.final feh.medial tah.initial")]),
    ("دواء", [word("hamza.isolated alef.isolated waw.isolated dal.isolated")]),
    (
        "درجة الحرارة",
        [
            word("teh-marbuta.isolated reh.isolated alef.isolated reh.final hah.medial lam.initial alef.isolated"),
            " ",
            word("teh-marbuta.final jeem.initial reh.isolated dal.isolated"),
        ],
    ),
    # W2 and W4: after Arabic a number is an Arabic number, comma included, in whichever digits.
    ("كل 38,5", ["38,5 ", KULL]),
    ("كل ٣٨٫٥", ["٣٨٫٥ ", KULL]),
    # Its unit is no part of it: it is read after it, on its left.
    ("كل 2,5 ml", ["ml 2,5 ", KULL]),
    ("كل Doliprane 2,5 ml", ["Doliprane 2,5 ml ", KULL]),
    # The question mark of Arabic is an Arabic letter to UAX #9, its comma a separator.
    ("كل (Doliprane)؟", ["؟(Doliprane) ", KULL]),
    ("كل Efferalgan (paracétamol)،", ["،Efferalgan (paracétamol) ", KULL]),
    # Lam and alef become one letter of one cell.
    ("لا", [word("lam-alef.isolated")]),
    ("سلام", [word("meem.isolated lam-alef.final seen.initial")]),
    # L3: marks follow their letter for a terminal, as they did in memory.
    ("طِفْل", [word("lam.final feh.medial+SUKUN tah.initial+KASRA")]),
    ("شكراً", [word("alef.isolated+FATHATAN reh.final kaf.medial sheen.initial")]),
    ("كُلّ", [word("lam.final+SHADDA kaf.initial+DAMMA")]),
    # Composed first: a hamza written apart from its alef is still that alef.
    ("ا\u0654", [word("alef-hamza.isolated")]),
]

# Beyond UAX #9, as a careful author's marks and no-break spaces would have it.
DOSES = [
    ("كل 2,5 ml 3 مرات", "ar", [MARRAT, " 3 ml 2,5 ", KULL]),
    ("كل Doliprane 3 مرات", "ar", [MARRAT, " 3 Doliprane ", KULL]),
    ("كل Efferalgan (paracétamol) 3 مرات", "ar", [MARRAT, " 3 Efferalgan (paracétamol) ", KULL]),
    ("كل 80 000 UI", "ar", ["UI 80\u00a0000 ", KULL]),
    ("كل 01 42 34 56 78", "ar", ["01\u00a042\u00a034\u00a056\u00a078 ", KULL]),
    ("Donnez à محمد 2,5 ml", "fr", ["Donnez à ", MUHAMMAD, " 2,5 ml"]),
    ("Prénom : محمد, 3 ans", "fr", ["Prénom : ", MUHAMMAD, ", 3 ans"]),
    ("Prénom : محمد 3", "fr", ["Prénom : ", MUHAMMAD, " 3"]),
    # A number between two Arabic words is theirs, in a line of French too.
    ("« كل 2,5 مرات »", "fr", ["« ", MARRAT, " 2,5 ", KULL, " »"]),
]

PERSIAN = [
    # The non-joiner keeps yeh apart from khah; it is not sent and takes no cell. Without it, another word.
    (
        "می\u200cخوابد",
        [word("dal.final beh.initial alef.isolated waw.final khah.initial farsi-yeh.final meem.initial")],
    ),
    (
        "میخوابد",
        [word("dal.final beh.initial alef.isolated waw.final khah.medial farsi-yeh.medial meem.initial")],
    ),
    # The letters that Arabic has not.
    ("گچپژ", [word("jeh.final peh.medial tcheh.medial gaf.initial")]),
    # Persian digits are European numbers to UAX #9; after an Arabic letter, Arabic ones.
    ("پ ۲٫۵ ml", ["ml ۲٫۵ ", word("peh.isolated")]),
    ("پ (Doliprane)؛", ["؛(Doliprane) ", word("peh.isolated")]),
]

URDU = [
    (
        "ٹھیک ہے",
        [
            word("yeh-barree.final heh-goal.initial"),
            " ",
            word("keheh.final farsi-yeh.medial heh-doachashmee.medial tteh.initial"),
        ],
    ),
]

FRENCH = [
    ("Bonjour (madame), 38,5 ?", ["Bonjour (madame), 38,5 ?"]),
    ("Le prénom est محمد (Mohamed), 3 ans", ["Le prénom est ", MUHAMMAD, " (Mohamed), 3 ans"]),
    ("محمد", [MUHAMMAD]),
    # The brackets hold Arabic alone, after French: they go with the French, and are not mirrored.
    ("prénom (محمد) oui", ["prénom (", MUHAMMAD, ") oui"]),
]

TABLE = [
    *((text, "he", seen) for text, seen in HEBREW),
    *((text, "ar", seen) for text, seen in ARABIC),
    *((text, "fa", seen) for text, seen in PERSIAN),
    *((text, "ur", seen) for text, seen in URDU),
    *((text, "fr", seen) for text, seen in FRENCH),
    *DOSES,
]


@pytest.mark.parametrize(("text", "language", "seen"), TABLE)
def test_a_line_is_sent_as_it_is_seen(text: str, language: str, seen: list[str]) -> None:
    assert visual_line(text, language) == "".join(seen)


_ANYTHING = st.text("abאבעرش12٣۴+-%,./: !؟°&é中()[]{}«»", max_size=14)


@given(_ANYTHING, st.booleans())
@example("abc (אבג) [38,5]", False)
def test_the_order_is_that_of_an_independent_implementation(text: str, from_the_right: bool) -> None:
    """unicode-bidi, in Rust, which passes Unicode's own tests, mirrors nothing and says no more than the order."""
    ordered = in_visual_order(text, from_the_right=from_the_right)

    assert "".join(text[entry["index"]] for entry in ordered) == bidi.get_display(
        text, base_dir="R" if from_the_right else "L"
    )


@given(st.text("abאבلاعرش12٣۴+-%,./: ()[]«»中é", max_size=30), st.sampled_from(["ar", "fr"]))
def test_nothing_is_lost_or_added(text: str, language: str) -> None:
    """Joined letters are their letters to NFKC; which way a bracket points is the table's matter."""
    either = str.maketrans(")]»", "([«")
    before, after = (
        sorted(unicodedata.normalize("NFKC", line).translate(either)) for line in (text, visual_line(text, language))
    )

    assert after == before


def test_a_character_newer_than_the_tables_is_taken_for_a_letter() -> None:
    assert unicodedata.bidirectional("\U0002fff0") == ""
    assert visual_line("\U0002fff0 2", "ar") == "\U0002fff0 2"
    assert visual_line("א \U0002fff0", "ar") == "\U0002fff0 א"


def test_lines_are_broken_in_reading_order_and_only_then_put_in_order() -> None:
    one, two, three = (word(name) for name in ("beh.isolated", "jeem.isolated", "dal.isolated"))

    # Put in order as a whole it would be « 3 د 2 ج 1 ب », and the first line would hold the last words.
    assert visual_lines("ب 1 ج 2 د 3", 7, "ar") == [f"2 {two} 1 {one}", f"3 {three}"]


def test_a_bracket_that_the_next_line_closes_is_mirrored_in_its_own_line() -> None:
    assert visual_lines("חום (היום מאוד) כן", 9, "he") == ["םויה) םוח", "ןכ (דואמ"]


@pytest.mark.parametrize("width", [1, 2, 7, 20, 40])
@pytest.mark.parametrize(
    "text",
    [
        "أعطِ الطفلَ 2,5 ml من Doliprane (شراب) كل 6 ساعات؛ لا أكثر من 4 مرات!",
        "به او ۲٫۵ میلی‌لیتر (Doliprane) بدهید؛ می‌خواهید بنویسم؟",
        "לתת 2,5 ml של Doliprane (סירופ) כל 6 שעות?",
        "中文字幕 أب 中文",
        "👩‍👧 أب 👍🏽 ⚠️",
        "",
    ],
)
def test_no_line_is_wider_than_asked_for(text: str, width: int) -> None:
    widest = 2 if width == 1 and ("中" in text or "👩" in text) else width

    assert all(cell_len(line) <= widest for line in visual_lines(text, width, "ar"))


def test_a_joined_line_is_measured_after_joining() -> None:
    assert (cell_len("سلام لا"), cell_len(visual_line("سلام لا", "ar"))) == (7, 5)


def test_what_terminals_count_differently_is_not_sent() -> None:
    assert visual_line("⚠\ufe0f 👩\u200d👧 👍\U0001f3fd ab\u00adc", "fr") == "⚠ 👩👧 👍 abc"


def test_text_without_right_to_left_letters_is_sent_as_it_is_in_a_language_read_from_the_left() -> None:
    for text in ("Il pèse 5,2 kg (hier).", "उसे बुखार है", "他发烧了", "Tiếng Việt"):
        assert visual_line(text, "hi") == text


def test_each_letter_keeps_its_style() -> None:
    firm, loose = Style(bold=True), Style(italic=True)
    line = Content.assemble(("כל Doli", firm), ("prane היום…", loose))

    assert [(text, style) for text, style in visual_content(line, "he").render(end="")] == [
        ("…םויה ", loose),
        ("Doli", firm),
        ("prane", loose),
        (" לכ", firm),
    ]


def test_a_style_goes_with_the_letter_that_lam_and_alef_become() -> None:
    firm, loose = Style(bold=True), Style(italic=True)
    line = Content.assemble(("لا ", firm), ("لا", loose))
    lam_alef = word("lam-alef.isolated")

    assert list(visual_content(line, "ar").render(end="")) == [(lam_alef, loose), (f" {lam_alef}", firm)]


def test_a_terminal_that_orders_by_itself_is_told_the_direction_and_nothing_else_is_done() -> None:
    draw_for(Way.TERMINAL)

    assert visual_line("كل 38,5؟", "ar") == "\u202bكل 38,5؟\u202c"
    assert visual_line("Prénom : محمد.", "fr") == "\u202aPrénom : محمد.\u202c"
    assert visual_line("Bonjour.", "fr") == "Bonjour."
    assert visual_line("می\u200cخوابد", "fa") == "\u202bمی\u200cخوابد\u202c"


def test_there_each_line_has_one_style_since_konsole_orders_each_by_itself() -> None:
    draw_for(Way.TERMINAL)
    line = Content.assemble(("كل ", Style(bold=True)), ("طفل…", Style(italic=True)))

    assert list(visual_content(line, "ar").render(end="")) == [("\u202bكل طفل…\u202c", Style(italic=True))]


@pytest.mark.parametrize("way", Way)
def test_where_arabic_digits_would_be_shown_backwards_there_are_latin_ones(way: Way) -> None:
    draw_for(way, latin_digits=True)

    assert "2٫5" in visual_line("پ ۲٫۵ ml", "fa")
    assert "38٫5" in visual_line("كل ٣٨٫٥", "ar")
