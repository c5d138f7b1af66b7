"""How much the kiosk is used, without anything of what is said or by whom. Kept only where the settings say so.

`Usage` counts from the events of a session and a few facts of the screen; a `Month` is all that is ever written, by
`keeping`, which the screen does not know.
"""

from kiosk.usage.counting import Usage
from kiosk.usage.months import FEW, OTHER, STEPS, Month

__all__ = ["FEW", "OTHER", "STEPS", "Month", "Usage"]
