"""What there is to doubt in a translation: pure checks, and the tables of assets/gate that they read.

`check` compares a translation with its source, `similarity` a sentence with its back-translation. `load` reads the
tables, which the first check does otherwise.
"""

from kiosk.gate.backtranslation import SIMILAR_ENOUGH, similarity
from kiosk.gate.checks import check
from kiosk.gate.tables import load

__all__ = ["SIMILAR_ENOUGH", "check", "load", "similarity"]
