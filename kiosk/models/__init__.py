"""Model files: what they are (manifest), where they lie (store), how they get there, and who translates what (routes).

Reading and finding routes is here. Installing is in `installer`, `pull`, `bundle` and `archive`; only `download` and
`mirror` reach the network, and only `kiosk models pull` uses them.
"""

from kiosk.models.manifest import Manifest
from kiosk.models.routes import Route, find_route, find_routes, missing_packages, offers, other_route
from kiosk.models.store import ModelStore, Package

__all__ = [
    "Manifest",
    "ModelStore",
    "Package",
    "Route",
    "find_route",
    "find_routes",
    "missing_packages",
    "offers",
    "other_route",
]
