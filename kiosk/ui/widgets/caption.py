"""One utterance on the screen: staff's language on the left, the family's on the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from kiosk.types import FACTS, BackTranslation, Caption, Flag, Side
from kiosk.ui.bidi import drawable, reads_from_the_right, visual_content
from kiosk.ui.strings import family_strings, flag_word, staff_strings, tr
from kiosk.ui.text import clean

_STAFF: Final = "fr"
"""The language of headings, doubts and notes, which like every language of staff begins on the left."""
_MARK: Final = "⚠"
_NOTHING: Final = "—"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A half as lines, a blank one first. `doubts`: all of them again, whole, in as few lines as hold them.

    These are for when the top of the row is out of view, which has them one by one, `doubtful` being the first: no
    word that is doubted shows without its mark.
    """

    lines: list[Strip]
    doubts: tuple[Strip, ...]
    doubtful: int

    def pinned(self, first: int) -> tuple[Strip, ...]:
        """What stands over the words where the line at `first` is the uppermost in view."""
        return self.doubts if first > self.doubtful else ()

    def line(self, place: int, *, first: int) -> Strip:
        """The line at `place`, where that at `first` is the uppermost in view."""
        pinned = self.pinned(first)
        return pinned[place - first] if place - first < len(pinned) else self.lines[place]


def all_doubt(halves: tuple[Drawn, Drawn], first: int) -> bool:
    """Whether the doubts of a row whose line at `first` is the uppermost in view leave no room for its own words.

    Then nothing of the row is to be shown: over the next one they would be taken for doubts about that.
    """
    pinned = max(len(half.pinned(first)) for half in halves)
    return 0 < pinned >= len(halves[0].lines) - first


@dataclass(frozen=True, slots=True)
class Place:
    """Cells across for either half. `level`: lines up to which the halves of a row begin together.

    In a row of more lines they end together: the end of the newest is what is in view, and neither half may lack there.
    """

    staff: int
    family: int
    level: int


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a caption: who spoke or that it is a translation, what is doubtful, and the text.

    `language`: that of heading and text, by its code. `remark` stands beside the heading; each of `doubts` has a line
    of its own. `open` is what follows `text` and may still change. `figures`: quantities as they were said, in the
    language of the other side, under a translation whose own cannot be trusted. `note`: for staff, under the text.
    """

    language: str

    heading: str
    remark: str
    doubts: tuple[str, ...]
    text: str
    open: str
    spoken: bool
    figures: str = ""
    note: str = ""


def halves(caption: Caption, family: str, *, rtl: bool, back: BackTranslation | None = None) -> tuple[Half, Half]:
    """What to show of `caption` on the staff's side and on the family's, whose language is `family`.

    `back`: what the translation of what staff said reads like, translated back, once that is known.
    """
    words = family_strings(family)
    by_staff = caption.side is Side.STAFF
    flags = (*caption.flags, *((Flag.MEANING,) if back is not None and back.doubtful else ()))
    origin = ", ".join(flag_word(flag) for flag in flags if flag in FACTS)
    doubts = tuple(f"{_MARK} {flag_word(flag)}" for flag in flags if flag not in FACTS)
    # The mark alone for the family: there are no words that every family reads.
    mark = (_MARK,) if doubts else ()
    figures = "   ".join(clean(figure) for figure in caption.translation.figures)
    # The mark begins the line, on whichever side that is.
    family_speaks = f"◄ {words.who}" if rtl else f"► {words.who}"
    said = _shown(caption.transcript.text, caption.settled, final=caption.final)
    # A translation under way only grows until the final: none of it is dimmed.
    translated = _shown(caption.translation.text, len(caption.translation.text), final=caption.final)
    if by_staff:
        return (
            Half(_STAFF, tr("consultation.staff_speaks"), "", doubts, *said, spoken=True, note=_read_by_family(back)),
            Half(family, words.translated, origin, mark, *translated, spoken=False, figures=figures),
        )
    return (
        Half(_STAFF, staff_strings().translated, origin, doubts, *translated, spoken=False, figures=figures),
        Half(family, family_speaks, "", mark, *said, spoken=True),
    )


def _read_by_family(back: BackTranslation | None) -> str:
    return tr("consultation.family_reads", text=clean(back.text) or _NOTHING) if back is not None else ""


def _shown(text: str, settled: int, *, final: bool) -> tuple[str, str]:
    """What stays as it is, and what may still change."""
    whole = clean(text)
    if final:
        return whole or _NOTHING, ""
    firm = clean(text[:settled])
    # Whisper often ends what it hears cut short with dots of its own.
    return firm, f"{whole[len(firm) :].rstrip(' .…')}…"


class Look(Protocol):
    """`Widget.get_visual_style` of the list that shows the rows: component class names -> style."""

    def __call__(self, *component_classes: str, partial: bool = False) -> Style: ...


class CaptionRow:
    """One utterance, rendered to strips as wide as its place. Partials and the final are told to the same row.

    Not a widget: five hundred rows of two cells as widgets took 165 MB and 400 ms a caption, as strips 5 MB and 20 ms.
    """

    def __init__(self, caption: Caption, family: str, *, rtl: bool) -> None:
        self.utterance_id = caption.utterance_id
        self._family = family
        self._rtl = rtl
        self._drawn: tuple[Drawn, Drawn] | None = None
        self._place: Place | None = None
        self.show(caption)

    def show(self, caption: Caption) -> None:
        """Replace what this row says."""
        self._caption = caption
        self._halves = halves(caption, self._family, rtl=self._rtl)
        self._drawn = None

    def show_back(self, back: BackTranslation) -> None:
        """Add what the translation reads like, translated back."""
        self._halves = halves(self._caption, self._family, rtl=self._rtl, back=back)
        self._drawn = None

    def forget_drawn(self) -> None:
        """Styles have changed."""
        self._drawn = None

    def drawn(self, place: Place, look: Look) -> tuple[Drawn, Drawn]:
        """Both halves, the staff's first, as many lines for one as for the other."""
        if self._drawn is None or self._place != place:
            staff, family = self._halves
            left = _lines(staff, place.staff - _FRAME, Side.STAFF, look, said_in=self._family)
            right = _lines(family, place.family - _FRAME, Side.FAMILY, look, said_in=_STAFF)
            height = max(sum(map(len, left)), sum(map(len, right)))
            sinking = height >= place.level
            self._drawn = (
                _drawn(left, height, staff, Frame(place.staff, Side.STAFF, look), sinking=sinking),
                _drawn(right, height, family, Frame(place.family, Side.FAMILY, look), sinking=sinking),
            )
            self._place = place
        return self._drawn


_FRAME: Final = 3
"""Cells around the text of a half: the speaker's bar, and a space on either side."""


def _lines(half: Half, width: int, side: Side, look: Look, *, said_in: str) -> list[list[Content]]:
    """Heading, doubts and text, each wrapped in reading order, then each line as the terminal needs it.

    Content takes recognised text as it is, never as markup. `said_in`: the language of the other side.
    """
    heading = f"captions--heading-{side.value}" if half.spoken else "captions--heading"
    first = Content.styled(drawable(half.heading), look(heading, partial=True))
    if half.remark:
        first += Content(" ") + Content.styled(half.remark, look("captions--remark", partial=True))
    text = Content(drawable(half.text)) + Content.styled(drawable(half.open), look("captions--partial", partial=True))
    parts = [(first, half.language)]
    parts += [(Content.styled(f" {doubt} ", look("captions--doubt")), _STAFF) for doubt in half.doubts]
    parts += [(text, half.language)]
    if half.figures:
        parts.append((Content.styled(f" {drawable(half.figures)} ", look("captions--figures")), said_in))
    if half.note:
        parts.append((Content.styled(drawable(half.note), look("captions--note", partial=True)), _STAFF))
    return [[visual_content(line, language) for line in part.wrap(max(width, 1))] for part, language in parts]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the lines of a half go: `width` cells on this side."""

    width: int
    side: Side
    look: Look

    def around(self, line: Content, half: Half) -> Strip:
        """A line of a half, aligned, with the bar that marks the speaker on its outer edge."""
        space = max(self.width - _FRAME - line.cell_length, 0)
        rtl = reads_from_the_right(half.language)
        bar = Content(" ")
        if half.spoken:
            bar = Content.styled("▐" if rtl else "▌", self.look(f"captions--heading-{self.side.value}", partial=True))
        parts = (" " * (space + 1), line, " ", bar) if rtl else (bar, " ", line, " " * (space + 1))
        style = self.look("captions--said" if half.spoken else "captions--translated")
        return Strip(Content.assemble(*parts).render_segments(style), self.width)


def _drawn(parts: list[list[Content]], height: int, half: Half, frame: Frame, *, sinking: bool) -> Drawn:
    """As high as the other half. In a column, what fills it has the ground of its text."""
    lines = [frame.around(line, half) for part in parts for line in part]
    missing = height - len(lines)
    blank = Strip.blank(frame.width, frame.look().rich_style)
    filled = [blank] * missing + lines if sinking else lines + [frame.around(Content(), half)] * missing
    style = frame.look("captions--doubt")
    doubts = tuple(
        frame.around(line.stylize(style), half) for line in _packed(half.doubts, max(frame.width - _FRAME, 1))
    )
    return Drawn([blank, *filled], doubts, 1 + (missing if sinking else 0) + len(parts[0]))


def _packed(doubts: tuple[str, ...], width: int) -> list[Content]:
    """Doubts in as few lines as hold them; one alone that is longer than a line goes on in the next."""
    rows: list[str] = []
    for doubt in doubts:
        longer = f"{rows[-1]}{doubt} " if rows else ""
        if longer and Content(longer).cell_length <= width:
            rows[-1] = longer
        else:
            rows.append(f" {doubt} ")
    return [line for row in rows for line in Content(row).wrap(width)]
