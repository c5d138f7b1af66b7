"""How much the kiosk is used, without anything of what is said or by whom. Kept only where the settings say so.

`Usage` counts from the events of a session and a few facts of the screen; a `Month` is all that is ever written.
"""

from kiosk.usage.counting import Usage
from kiosk.usage.keeping import Stored, add_to_file, forget, is_month, read_file
from kiosk.usage.months import Month

__all__ = ["Month", "Stored", "Usage", "add_to_file", "forget", "is_month", "read_file"]
