"""What covers a screen that has no room for its layout."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from kiosk.ui.strings import tr


class TooSmall(Vertical):
    """Shown by the stylesheet when the app's breakpoints mark the screen `-narrow` or `-short`: it says which.

    It covers rather than replaces: what lies below keeps its focus and is whole again once the window has grown.
    """

    def compose(self) -> ComposeResult:
        yield Static(tr("screen.too_narrow"), classes="too-narrow", markup=False)
        yield Static(tr("screen.too_low"), classes="too-low", markup=False)
