"""What a text says in numbers, whether in digits or in words: amounts, doses, ages, times of day, dates.

`find` reads one text, `same_quantities` compares a translation with its source, `as_figures` writes what was read to
stand beside a translation in doubt, `western` writes digits of any script as 0 to 9, and `Plausible` holds the bounds
of what can be. `LANGUAGES` are those whose words are known, from assets/quantities; of any other language digits and
signs are read. Pure, but for reading the tables.
"""

from kiosk.quantities.comparing import same_quantities
from kiosk.quantities.finding import find
from kiosk.quantities.folding import western
from kiosk.quantities.kinds import Kind, Quantity
from kiosk.quantities.plausible import Plausible
from kiosk.quantities.showing import as_figures
from kiosk.quantities.tables import LANGUAGES

__all__ = ["LANGUAGES", "Kind", "Plausible", "Quantity", "as_figures", "find", "same_quantities", "western"]
