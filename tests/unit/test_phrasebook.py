"""The phrasebook: what its files may hold, what stands over what, and whether those of this repository are in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.errors import AssetError
from kiosk.phrasebook import MASTER, Phrasebook, Status, written_languages
from kiosk.phrasebook.entries import signed
from kiosk.phrasebook.signing import with_signed

MASTER_FILE = """\
language = "fr"

[groups]
welcome = "Accueil"
fever = "Fièvre"
answer = "Réponses"

[answer-sets]
yes-no = ["yes", "no"]

[welcome.sit]
text = "Asseyez-vous."

[fever.has-fever]
text = "Avez-vous de la fièvre ?"
answers = "yes-no"

[fever.call-15]
text = "Appelez le 15."

[answer.yes]
text = "Oui"

[answer.no]
text = "Non"
"""

ENGLISH_FILE = """\
language = "en"

# Asseyez-vous.
[welcome.sit]
text = "Sit down."
status = "draft"

# Appelez le 15.
[fever.call-15]
text = "Call 15."
status = "draft"
"""


class Books:
    """A folder of phrases and a folder of what was reviewed here."""

    def __init__(self, root: Path) -> None:
        self.shipped, self.own = root / "shipped", root / "own"
        self.shipped.mkdir()
        self.own.mkdir()
        self.write(MASTER_FILE, "fr")
        self.write(ENGLISH_FILE)

    def write(self, text: str, code: str = "en") -> None:
        (self.shipped / f"{code}.toml").write_text(text, encoding="utf-8")

    def sign(self, phrase: str, french: str, text: str) -> None:
        file = self.own / "en.toml"
        entry = signed(french, text, (), "Nadia Benali", date(2026, 5, 31))
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(with_signed(before, "en", {phrase: entry}), encoding="utf-8")

    def load(self) -> Phrasebook:
        return Phrasebook.load(self.shipped, self.own)

    def refusal(self) -> str:
        with pytest.raises(AssetError) as refused:
            self.load()
        return str(refused.value)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path)


def test_groups_phrases_and_answers_come_in_the_order_of_the_master(books: Books) -> None:
    book = books.load()
    assert [(group.id, group.name) for group in book.groups] == [("welcome", "Accueil"), ("fever", "Fièvre")]
    question, order = book.phrases("fever")
    assert [phrase.id for phrase in (question, order)] == ["fever.has-fever", "fever.call-15"]
    assert [answer.text for answer in book.answers(question)] == ["Oui", "Non"]
    assert book.answers(order) == ()


def test_what_a_language_lacks_is_absent_and_said_so(books: Books) -> None:
    book = books.load()
    assert book.entry("fever.has-fever", "en") is None
    assert book.status("fever.has-fever", "fr", "en") is None
    assert [problem.phrase for problem in book.problems("en")] == ["fever.has-fever", "answer.yes", "answer.no"]


def test_a_language_without_a_file_has_no_phrases(books: Books) -> None:
    book = Phrasebook.load(books.shipped, books.own, ["de"])
    assert book.languages == (MASTER,)
    assert book.match("Asseyez-vous.", "fr", "de") is None


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (ENGLISH_FILE + '\n[welcome.sit]\ntext = "Sit."\nstatus = "draft"\n', "ligne 13 [welcome.sit]"),
        (ENGLISH_FILE.replace('"Call 15."', '"Call "15"."'), "ligne 10"),
        (ENGLISH_FILE.replace('"Call 15."', '"Call 15.'), "ligne 10"),
        (ENGLISH_FILE.replace("[fever.call-15]", "[fever.call-16]"), "ligne 9 [fever.call-16]"),
        (ENGLISH_FILE.replace('"draft"', '"checked"', 1), "ligne 4 [welcome.sit]"),
        (ENGLISH_FILE.replace('"draft"', '"verified"', 1), "ligne 4 [welcome.sit] : verified sans le nom"),
        (ENGLISH_FILE.replace('"draft"', '"verified"\nby = "N."', 1), "verified sans la date"),
        (ENGLISH_FILE.replace('"draft"', '"verified"\nby = "N."\non = "mai"', 1), "verified sans la date"),
        (ENGLISH_FILE.replace('text = "Sit down."\n', ""), "ligne 4 [welcome.sit] : text manque"),
        (ENGLISH_FILE.replace("Sit down.", "\u202eSit down."), "ligne 4 [welcome.sit] : text"),
        (ENGLISH_FILE.replace("Sit down.", " "), "ligne 4 [welcome.sit] : text"),
        (ENGLISH_FILE.replace("text = ", "texte = ", 1), "ligne 4 [welcome.sit]"),
        (ENGLISH_FILE + '\nanswers = "yes-no"\n', "« answers » n'a pas sa place ici"),
        (ENGLISH_FILE.replace('language = "en"', 'language = "ar"'), 'language = "en"'),
        ("", 'language = "en"'),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(books: Books, broken: str, said: str) -> None:
    books.write(broken)
    assert said in books.refusal()
    assert "en.toml" in books.refusal()


def test_a_file_in_another_encoding_is_refused_with_its_line(books: Books) -> None:
    (books.shipped / "es.toml").write_bytes('language = "es"\n\n# Español\n'.encode("latin-1"))
    assert "es.toml, ligne 3 : ce n'est pas un texte en UTF-8" in books.refusal()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('answers = "yes-no"', 'answers = "maybe"', "ligne 14 [fever.has-fever]"),
        ('yes-no = ["yes", "no"]', 'yes-no = ["yes", "perhaps"]', "ligne 14 [fever.has-fever]"),
        ('fever = "Fièvre"\n', "", "[groups]"),
        ("[fever.call-15]", "[fever.Call]", "[fever.Call]"),
    ],
)
def test_a_wrong_master_is_refused(books: Books, old: str, new: str, said: str) -> None:
    books.write(MASTER_FILE.replace(old, new), "fr")
    assert said in books.refusal()


def test_without_a_master_there_is_no_phrasebook(books: Books) -> None:
    (books.shipped / "fr.toml").unlink()
    assert "fr.toml" in books.refusal()


def test_windows_line_ends_and_byte_order_marks_are_read(books: Books) -> None:
    content = ENGLISH_FILE.replace("\n", "\r\n").encode("utf-8-sig")
    (books.shipped / "en.toml").write_bytes(content)
    assert books.load().entry("welcome.sit", "en") is not None


@pytest.mark.parametrize(
    ("text", "remarked"),
    [("Call 112.", True), ("Call fifteen.", True), ("Call 15, then 112.", True), ("Call ١٥.", False)],
)
def test_other_figures_than_the_french_are_remarked(books: Books, text: str, remarked: bool) -> None:
    books.write(ENGLISH_FILE.replace("Call 15.", text))
    causes = {problem.phrase: problem for problem in books.load().problems("en")}
    assert ("fever.call-15" in causes) is remarked
    assert not remarked or causes["fever.call-15"].grave


def test_a_question_that_became_a_statement_is_remarked(books: Books) -> None:
    books.write(ENGLISH_FILE + '\n[fever.has-fever]\ntext = "You have a fever."\nstatus = "draft"\n')
    assert "fever.has-fever" in {problem.phrase for problem in books.load().problems("en")}


# -- signatures ------------------------------------------------------------------------------------------------------


def test_a_signature_stands_for_one_text_of_one_french(books: Books) -> None:
    books.sign("welcome.sit", "Asseyez-vous.", "Please have a seat.")
    entry = books.load().entry("welcome.sit", "en")
    assert entry is not None and entry.verified and entry.text == "Please have a seat."
    assert entry.signature is not None and (entry.signature.by, str(entry.signature.on)) == (
        "Nadia Benali",
        "2026-05-31",
    )


def test_an_update_of_the_program_keeps_what_was_verified_here(books: Books) -> None:
    books.sign("welcome.sit", "Asseyez-vous.", "Please have a seat.")
    books.write(ENGLISH_FILE.replace("Sit down.", "Take a chair."))
    entry = books.load().entry("welcome.sit", "en")
    assert entry is not None and entry.verified and entry.text == "Please have a seat."


@pytest.mark.parametrize(
    ("old", "new"),
    [("Please have a seat.", "Please stand up."), ("Nadia Benali", "Ali Nadia"), ("2026-05-31", "2026-06-01")],
)
def test_a_later_edit_of_what_was_signed_makes_it_a_draft_to_review(books: Books, old: str, new: str) -> None:
    books.sign("welcome.sit", "Asseyez-vous.", "Please have a seat.")
    file = books.own / "en.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    book = books.load()
    assert book.status("welcome.sit", "en") is Status.REVIEW
    assert "welcome.sit" in {problem.phrase for problem in book.problems("en")}


def test_other_french_brings_the_program_s_own_translation_back_to_review(books: Books) -> None:
    books.sign("welcome.sit", "Asseyez-vous.", "Please have a seat.")
    books.write(MASTER_FILE.replace("Asseyez-vous.", "Asseyez-vous ici."), "fr")
    books.write(ENGLISH_FILE.replace("Sit down.", "Sit down here."))
    entry = books.load().entry("welcome.sit", "en")
    assert entry is not None and entry.status is Status.REVIEW and entry.text == "Sit down here."


def test_verified_without_a_seal_is_not_verified(books: Books) -> None:
    books.write(ENGLISH_FILE.replace('"draft"', '"verified"\nby = "Nadia Benali"\non = 2026-05-31', 1))
    assert books.load().status("welcome.sit", "fr", "en") is Status.REVIEW


def test_a_withdrawn_signature_leaves_a_draft(books: Books) -> None:
    books.sign("welcome.sit", "Asseyez-vous.", "Please have a seat.")
    file = books.own / "en.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"verified"', '"draft"'), encoding="utf-8")
    assert books.load().status("welcome.sit", "en") is Status.DRAFT


def test_what_was_signed_of_a_phrase_that_is_gone_does_no_harm(books: Books) -> None:
    books.sign("welcome.gone", "Parti.", "Gone.")
    assert books.load().entry("welcome.gone", "en") is None


def test_between_two_translations_the_worse_status_counts(books: Books) -> None:
    books.write(ENGLISH_FILE.replace('"en"', '"es"'), "es")
    books.sign("welcome.sit", "Asseyez-vous.", "Sit down.")
    book = books.load()
    assert book.status("welcome.sit", "fr", "en") is Status.VERIFIED
    assert book.status("welcome.sit", "es", "en") is Status.DRAFT


TWO = {"b.b": 'B "b"', "c.c": "C"}


def test_signing_keeps_order_and_comments_of_the_file() -> None:
    before = '# mine\n[b.b]\ntext = "B"\nstatus = "draft"\n\n# next\n[a.a]\ntext = "A"\nstatus = "draft"\n'
    entries = {phrase: signed("C'est", text, (), "N", date(2026, 5, 31)) for phrase, text in TWO.items()}
    after = with_signed(before, "en", entries)
    kept = [line for line in after.splitlines() if not line.startswith(("by", "on", "french", "seal"))]
    assert kept == [
        *("# mine", "[b.b]", 'text = "B \\"b\\""', 'status = "verified"', ""),
        *("# next", "[a.a]", 'text = "A"', 'status = "draft"', ""),
        *("# C'est", "[c.c]", 'text = "C"', 'status = "verified"'),
    ]


# -- what the repository holds ---------------------------------------------------------------------------------------

NOWHERE = Path("no-such-folder")
SHIPPED = written_languages(paths.PHRASEBOOK, NOWHERE)


@pytest.fixture(scope="module")
def shipped() -> Phrasebook:
    return Phrasebook.load(paths.PHRASEBOOK, NOWHERE)


def test_there_are_150_phrases_with_answers_that_fit(shipped: Phrasebook) -> None:
    phrases = [phrase for group in shipped.groups for phrase in shipped.phrases(group.id)]
    assert len(phrases) >= 150
    assert all(shipped.phrases(group.id) for group in shipped.groups)
    used = {answer for phrase in phrases for answer in phrase.answers}
    assert used == {answer.id for answer in shipped.phrases("answer")}


@pytest.mark.parametrize("code", SHIPPED)
def test_every_language_is_whole_and_keeps_the_figures(shipped: Phrasebook, code: str) -> None:
    assert shipped.problems(code) == ()


@pytest.mark.parametrize("code", SHIPPED)
def test_nothing_is_shipped_as_verified(shipped: Phrasebook, code: str) -> None:
    """A qualified person signs; then this test is the place to say who."""
    assert {shipped.status(phrase.id, code) for phrase in shipped.everything} == {Status.DRAFT}


@pytest.mark.parametrize("code", SHIPPED)
def test_every_phrase_is_recognised_in_its_own_words(shipped: Phrasebook, code: str) -> None:
    for source, target in (("fr", code), (code, "fr")):
        for phrase in shipped.everything:
            entry = shipped.entry(phrase.id, source)
            assert entry is not None
            for said in (entry.text, *entry.also):
                match = shipped.match(said, source, target)
                assert match is not None and match.id == phrase.id, said


def test_portuguese_does_not_address_everybody_as_a_woman(shipped: Phrasebook) -> None:
    texts = [entry.text for phrase in shipped.everything if (entry := shipped.entry(phrase.id, "pt")) is not None]
    assert texts
    assert not [text for text in texts if "senhora" in text]
