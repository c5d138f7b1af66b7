"""Offline two-way captions for family consultations."""

from typing import Final

__version__: Final = "0.1.0"
