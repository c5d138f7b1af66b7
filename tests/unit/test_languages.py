"""Languages and rooms."""

from __future__ import annotations

import pytest

from kiosk.errors import LanguageError
from kiosk.languages import LANGUAGES, Offer, for_families_alone, language, parse_room
from kiosk.types import Room, Side


def test_a_room_is_written_staff_first() -> None:
    assert parse_room("fr,ar") == parse_room(" FR , ar ") == Room("fr", "ar")


@pytest.mark.parametrize("text", ["fr", "fr,fr", "fr,xx", "fr,en,ar", "", ","])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(LanguageError) as raised:
        parse_room(text)
    assert raised.value.exit_code == 2


def test_a_language_is_named_in_its_own_script() -> None:
    assert language("uk").native == "Українська"
    assert {code for code, known in LANGUAGES.items() if known.rtl} == {"ar", "fa", "ur"}


def test_who_speaks_is_told_by_the_language() -> None:
    room = Room("fr", "ar")
    assert (room.side("fr"), room.side("ar")) == (Side.STAFF, Side.FAMILY)
    assert (room.other("fr"), room.other("ar")) == ("ar", "fr")


def test_a_family_alone_is_offered_what_works_without_demonstration_packages() -> None:
    ready, starter, missing = (
        Offer(language("tr"), (), starter=False),
        Offer(language("es"), (), starter=True),
        Offer(language("ar"), ("fr-en", "en-ar"), starter=False),
    )
    assert for_families_alone((ready, starter, missing)) == (ready,)
    assert for_families_alone((ready, starter, missing), demonstration=True) == (ready, starter)
