"""Where sentences end."""

from __future__ import annotations

import pytest

from kiosk.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Bonjour. Comment allez-vous ? Bien !", ["Bonjour.", "Comment allez-vous ?", "Bien !"]),
        ("Mme. Martin voit le Dr. Petit.", ["Mme. Martin voit le Dr. Petit."]),
        ("Il pèse 5.2 kg. C'est bien.", ["Il pèse 5.2 kg.", "C'est bien."]),
        ("J. Dupont est là.", ["J. Dupont est là."]),
        ("Il a dit « oui. » Puis non.", ["Il a dit « oui. »", "Puis non."]),
        ("هل عنده حمى؟ نعم.", ["هل عنده حمى؟", "نعم."]),
        ("你好。他发烧了吗？", ["你好。", "他发烧了吗？"]),
        ("sans ponctuation", ["sans ponctuation"]),
        ("Ah... oui.", ["Ah...", "oui."]),
        ("  ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_nothing_but_space_is_lost() -> None:
    text = "Un. Deux ! Trois ? « Quatre. » Cinq"
    assert "".join(split_sentences(text)).replace(" ", "") == text.replace(" ", "")
