"""Model files: what they are (manifest), where they lie (store), how they get there, and who translates what (routes).

Reading and finding routes is here. Installing is in `installer`, `pull`, `bundle` and `archive`; only `download` and
`mirror` reach the network, and only `kiosk models pull` uses them.
"""

from kiosk.models.manifest import Manifest
from kiosk.models.routes import Route, find_route, missing_packages, offers
from kiosk.models.store import ArgosPackage, ModelStore

__all__ = ["ArgosPackage", "Manifest", "ModelStore", "Route", "find_route", "missing_packages", "offers"]
