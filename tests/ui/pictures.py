"""The pictures of the screens in assets/screenshots, as SVG and PNG; run it again when a screen changes.

    .venv/bin/python -m tests.ui.pictures [FOLDER]

Needs rsvg-convert (librsvg2-bin) and a font that holds Arabic, such as DejaVu Sans Mono.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from kiosk import invocation, paths
from kiosk.ui.bidi import Way, draw_for
from kiosk.ui.theme import CONTRAST, DARK
from tests.ui.scenes import SCENES, Stand

SIZE: Final = (100, 30)
WIDTH: Final = "800"
_SHOWN_IN_ENGLISH: Final = {"halves", "large", "reminder", "end", "discovery"}
"""The others show an Arabic-speaking family."""

# The cells hold letters in the order in which they are seen: who draws the picture must not turn them round once more.
_AS_SEEN: Final = (
    "<style>text { direction: ltr; unicode-bidi: bidi-override; font-family: 'DejaVu Sans Mono', monospace }"
)

_FONTS: Final = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def draw(scene: str, language: str, theme: str, file: Path) -> None:
    """One screen, as `file`.svg and `file`.png."""
    stand = Stand(scene, language, theme)
    async with stand.app.run_test(size=SIZE) as pilot:
        await stand.go(pilot)
        picture = stand.app.export_screenshot()
    # No picture of this program asks the network for a font. Spaces at the beginning put a text on the right.
    picture = _FONTS.sub("", picture)
    picture = picture.replace("<style>", _AS_SEEN, 1).replace("<text ", '<text xml:space="preserve" ')
    file.with_suffix(".svg").write_text(picture, encoding="utf-8")
    subprocess.run(
        ["rsvg-convert", "--width", WIDTH, "--output", str(file.with_suffix(".png")), str(file.with_suffix(".svg"))],
        check=True,
    )


async def main(folder: Path) -> None:
    """All of them."""
    draw_for(Way.APP)
    invocation.program = lambda: "kiosk"  # no path of whoever draws them
    for scene in SCENES:
        await draw(scene, "en" if scene in _SHOWN_IN_ENGLISH else "ar", DARK.name, folder / f"screen-{scene}")
    await draw("columns", "ar", CONTRAST.name, folder / "screen-contrast")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else paths.ROOT / "assets" / "screenshots"))
