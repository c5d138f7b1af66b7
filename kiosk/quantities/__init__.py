"""Quantities"""
from kiosk.quantities.comparing import same_quantities
from kiosk.quantities.finding import find
from kiosk.quantities.kinds import Kind, Quantity
from kiosk.quantities.tables import LANGUAGES
__all__ = ["LANGUAGES", "Kind", "Quantity", "find", "same_quantities"]
