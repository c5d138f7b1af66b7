"""`kiosk phrasebook`: what is listed, the sheet for a reviewer and back, and who may sign what."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest

from kiosk.cli import main

MASTER_FILE = """\
language = "fr"

[groups]
welcome = "Accueil"
answer = "Réponses"

[answer-sets]

[welcome.sit]
text = "Asseyez-vous."

[welcome.call]
text = "Appelez le 15."

[answer.yes]
text = "Oui"
"""

ENGLISH_FILE = """\
language = "en"

[welcome.sit]
text = "Sit down."
also = ["Have a seat.", "Take a seat."]
status = "draft"

[welcome.call]
text = "Call 15."
status = "draft"
"""


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the program's phrases; what is signed goes to its neighbour."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "fr.toml").write_text(MASTER_FILE, encoding="utf-8")
    (folder / "en.toml").write_text(ENGLISH_FILE, encoding="utf-8")
    monkeypatch.setattr("kiosk.paths.SETTINGS", tmp_path / "absent.toml")
    monkeypatch.setattr("kiosk.paths.PHRASEBOOK", folder)
    monkeypatch.setattr("kiosk.paths.local_phrasebook", lambda: tmp_path / "own")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return folder


@pytest.fixture
def own(tmp_path: Path, shipped: Path) -> Path:
    return tmp_path / "own" / "en.toml"


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        return True


def run(*arguments: str) -> int:
    return main(["phrasebook", *arguments])


def listed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The counts of English: verified, drafts, to review, absent, remarks."""
    capsys.readouterr()
    assert run("list") == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("anglais"))
    return line.split()[1:]


def test_list_counts_each_language(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys) == ["0", "2", "0", "1", "1"]


def test_list_shows_the_other_languages_when_a_file_is_wrong(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shipped / "tr.toml").write_text('language = "tr"\n[welcome.sit\n', encoding="utf-8")
    assert run("list") == 1
    output = capsys.readouterr().out
    assert "anglais" in output
    assert "tr.toml, ligne 2" in output


def test_list_tells_what_to_look_at_in_one_language(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shipped / "en.toml").write_text(ENGLISH_FILE.replace("Call 15.", "Call 16."), encoding="utf-8")
    assert run("list", "--language", "en") == 0
    output = capsys.readouterr().out
    assert "welcome.call" in output and "chiffres" in output
    assert "answer.yes" in output and "absente" in output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("list", "--language", "de"), 1, "allemand"),
        (("list", "--language", "xx"), 2, "xx"),
        (("export", "fr"), 2, "original"),
        (("verify", "fr", "--all", "--by", "N"), 2, "original"),
        (("verify", "en", "--by", "Nadia"), 2, "Que signer"),
        (("verify", "en", "welcome.sit", "--all", "--by", "Nadia"), 2, "Que signer"),
        (("verify", "en", "welcome.sit", "--yes"), 2, "nom"),
        (("verify", "en", "welcome.sit", "--by", "  ", "--yes"), 2, "nom"),
        (("verify", "en", "welcome.stand", "--by", "Nadia", "--yes"), 2, "welcome.stand"),
        (("verify", "en", "answer.yes", "--by", "Nadia", "--yes"), 2, "pas de traduction"),
        (("verify", "en", "welcome.sit", "--by", "Nadia"), 2, "confirmer"),
        (("verify", "en", "--sheet", "nowhere.csv", "--by", "Nadia", "--yes"), 1, "nowhere.csv"),
    ],
)
def test_what_cannot_be_done_is_said_and_signs_nothing(
    own: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, said: str
) -> None:
    assert run(*arguments) == code
    assert said in capsys.readouterr().err
    assert not own.exists()


def test_signing_by_name_shows_in_the_list_and_leaves_the_program_s_file(
    shipped: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("verify", "en", "welcome.sit", "--by", "Nadia Benali", "--yes") == 0
    assert listed(capsys) == ["1", "1", "0", "1", "1"]
    assert 'by = "Nadia Benali"' in own.read_text(encoding="utf-8")
    assert (shipped / "en.toml").read_text(encoding="utf-8") == ENGLISH_FILE


def test_all_signs_what_is_not_signed_yet(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("verify", "en", "welcome.sit", "--by", "Nadia Benali", "--yes")
    assert run("verify", "en", "--all", "--by", "Ali Rahimi", "--yes") == 0
    assert listed(capsys) == ["2", "0", "0", "1", "1"]
    assert own.read_text(encoding="utf-8").count("Nadia Benali") == 1
    assert run("verify", "en", "--all", "--by", "Ali Rahimi", "--yes") == 0
    assert "Rien à signer" in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "signed"), [("oui\n", True), ("non\n", False), ("", False), ("\n", False)])
def test_a_person_sees_what_is_signed_and_is_asked(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, answer: str, signed: bool
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert run("verify", "en", "--all", "--by", "Nadia Benali") == (0 if signed else 1)
    output = capsys.readouterr().out
    assert all(seen in output for seen in ("Sit down.", "Take a seat.", "2 phrases", "Nadia Benali"))
    assert own.exists() is signed


def test_the_name_is_asked_for(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("Nadia Benali\noui\n"))
    assert run("verify", "en", "welcome.sit") == 0
    assert 'by = "Nadia Benali"' in own.read_text(encoding="utf-8")


def test_other_figures_than_the_french_are_never_signed(
    shipped: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shipped / "en.toml").write_text(ENGLISH_FILE.replace("Call 15.", "Call 16."), encoding="utf-8")
    assert run("verify", "en", "--all", "--by", "Nadia Benali", "--yes") == 1
    assert "welcome.call" in capsys.readouterr().err
    assert not own.exists()


# -- the sheet -------------------------------------------------------------------------------------------------------


def exported(tmp_path: Path) -> Path:
    sheet = tmp_path / "feuille.csv"
    assert run("export", "en", str(sheet)) == 0
    return sheet


def edited(sheet: Path, delimiter: str = ";", **changes: tuple[str, ...]) -> Path:
    """The sheet after a reviewer: for each phrase ("sit") the translation, what else is said, the last column."""
    rows = list(csv.reader(io.StringIO(sheet.read_text(encoding="utf-8-sig")), delimiter=";"))
    for row in rows[1:]:
        if change := changes.get(row[0].rpartition(".")[2]):
            row[2:4], row[-1] = [change[0], *(change[1:-1] or row[3:4])], change[-1]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    sheet.write_text(out.getvalue(), encoding="utf-8")
    return sheet


def test_the_sheet_shows_both_languages_and_the_status(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "en") == 0
    assert capsys.readouterr().out.splitlines() == [
        "id;français;traduction;se dit aussi;statut;relue par;le;accord",
        "welcome.sit;Asseyez-vous.;Sit down.;Have a seat. / Take a seat.;brouillon;;;",
        "welcome.call;Appelez le 15.;Call 15.;;brouillon;;;",
        "answer.yes;Oui;;;absente;;;",
    ]


def test_a_file_is_never_overwritten_unless_asked(shipped: Path, tmp_path: Path) -> None:
    sheet = exported(tmp_path)
    sheet.write_text("precious", encoding="utf-8")
    assert run("export", "en", str(sheet)) == 1
    assert sheet.read_text(encoding="utf-8") == "precious"
    assert run("export", "en", str(sheet), "--force") == 0
    assert "Sit down." in sheet.read_text(encoding="utf-8")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_what_the_reviewer_agreed_to_is_signed_as_she_wrote_it(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], delimiter: str
) -> None:
    sheet = edited(exported(tmp_path), delimiter, sit=("Please sit down.", "Oui"), yes=("Yes", "x"))
    assert run("verify", "en", "--sheet", str(sheet), "--by", "Nadia Benali", "--yes") == 0
    assert listed(capsys) == ["2", "1", "0", "0", "0"]
    assert 'text = "Please sit down."\nalso = ["Have a seat.", "Take a seat."]' in own.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("also", "signed"),
    [
        ("Have a seat. / Please sit.", 'also = ["Have a seat.", "Please sit."]'),
        ("Come in / or out, /  you/they choose", 'also = ["Come in", "or out,", "you/they choose"]'),
        (" ", 'status = "verified"'),
    ],
)
def test_the_other_ways_to_say_it_are_signed_as_she_left_them(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], also: str, signed: str
) -> None:
    sheet = edited(exported(tmp_path), sit=("Sit down.", also, "oui"))
    assert run("verify", "en", "--sheet", str(sheet), "--by", "Nadia Benali", "--yes") == 0
    assert f'text = "Sit down."\n{signed}\n' in own.read_text(encoding="utf-8")
    assert listed(capsys)[0] == "1"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"call": ("Call 16.", "oui")}, "welcome.call"),
        ({"sit": ("Sit down.", "Have a seat. / …", "oui")}, "ligne 2"),
        ({"call": ("Call 15.", "Dial fifteen. / Dial 16.", "oui")}, "welcome.call"),
        ({"sit": ("", "oui")}, "ligne 2"),
        ({"sit": ("Sit down.", "peut-être")}, "ligne 2"),
    ],
)
def test_a_sheet_with_a_mistake_signs_nothing(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, tuple[str, str]], said: str
) -> None:
    sheet = edited(exported(tmp_path), **changes)
    assert run("verify", "en", "--sheet", str(sheet), "--by", "Nadia Benali", "--yes") == 1
    assert said in capsys.readouterr().err
    assert not own.exists()


def test_a_sheet_of_an_older_french_signs_nothing(
    shipped: Path, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = edited(exported(tmp_path), sit=("Sit down.", "oui"))
    (shipped / "fr.toml").write_text(MASTER_FILE.replace("Asseyez-vous.", "Asseyez-vous ici."), encoding="utf-8")
    assert run("verify", "en", "--sheet", str(sheet), "--by", "Nadia Benali", "--yes") == 1
    assert "welcome.sit" in capsys.readouterr().err
    assert not own.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a;b\n1;2\n", "colonne"),
        (b"", "colonne"),
        ("id;français;traduction;accord\n".encode(), "se dit aussi"),
        ("id;français\n".encode("latin-1"), "UTF-8"),
        ("id;français;traduction;se dit aussi;accord\n\0;;;;oui\n".encode(), "ligne"),
    ],
)
def test_what_is_no_sheet_is_said_so(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    sheet = tmp_path / "liste.csv"
    sheet.write_bytes(content)
    assert run("verify", "en", "--sheet", str(sheet), "--by", "Nadia Benali", "--yes") == 1
    assert said in capsys.readouterr().err
    assert not own.exists()


def test_a_folder_that_cannot_be_written_is_said_and_leaves_no_trace(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.parent.write_text("a file where the folder should be")
    assert run("verify", "en", "welcome.sit", "--by", "Nadia Benali", "--yes") == 1
    assert "Impossible d'écrire" in capsys.readouterr().err


def test_signatures_are_their_owner_s_alone(own: Path) -> None:
    run("verify", "en", "welcome.sit", "--by", "Nadia Benali", "--yes")
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert [file.name for file in own.parent.iterdir()] == ["en.toml"]
