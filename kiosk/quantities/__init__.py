"""The quantities of a text, in digits or in words: how many of what, times of day and dates.

`find` reads them, `same_quantities` compares a translation with its source, `kiosk.quantities.plausible` knows which
cannot be. The words of each language lie in assets/quantities.
"""

from kiosk.quantities.comparing import same_quantities
from kiosk.quantities.finding import find
from kiosk.quantities.kinds import Kind, Quantity
from kiosk.quantities.tables import LANGUAGES

__all__ = ["LANGUAGES", "Kind", "Quantity", "find", "same_quantities"]
