"""What covers a screen that has no room for its layout."""

from __future__ import annotations

from textual.widgets import Static

from kiosk.ui.strings import tr


class TooSmall(Static):
    """Shown by the stylesheet when the app's breakpoints mark the screen `-narrow` or `-short`.

    It covers rather than replaces: what lies below keeps its focus and is whole again once the window has grown.
    """

    def __init__(self) -> None:
        super().__init__(tr("screen.too_small"), markup=False)
