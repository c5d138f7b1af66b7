"""What a person sees, kept as pictures: fixed size, nothing that blinks, no clock.

`pytest tests/ui --snapshot-update` accepts a change; look at the pictures first. Right-to-left text stands in them in
the order of the terminal's cells: a viewer of SVG turns it round once more, unless told not to (`pictures.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from textual.theme import Theme

from kiosk.ui.bidi import Way, draw_for
from kiosk.ui.theme import CONTRAST, LIGHT
from tests.ui.scenes import ROOMS, SCENES, Stand

Compare = Callable[..., bool]


@pytest.fixture(autouse=True)
def by_this_program() -> Iterator[None]:
    """However an earlier test had text drawn."""
    draw_for(Way.APP)
    yield
    draw_for(Way.APP)


@pytest.mark.parametrize("size", [(100, 30), (60, 20)], ids=["100x30", "60x20"])
@pytest.mark.parametrize("language", ROOMS)
@pytest.mark.parametrize("scene", SCENES)
def test_a_screen(snap_compare: Compare, scene: str, language: str, size: tuple[int, int]) -> None:
    stand = Stand(scene, language)
    assert snap_compare(stand.app, terminal_size=size, run_before=stand.go)


@pytest.mark.parametrize("theme", [LIGHT, CONTRAST], ids=["light", "contrast"])
def test_a_conversation_in_other_colours(snap_compare: Compare, theme: Theme) -> None:
    stand = Stand("columns", "ar", theme.name)
    assert snap_compare(stand.app, terminal_size=(100, 30), run_before=stand.go)
