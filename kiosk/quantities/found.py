"""A quantity while it is read: its place is counted in the words of a scan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kiosk.quantities.kinds import UNITS, Kind, Quantity
from kiosk.quantities.scanning import Scan


@dataclass(frozen=True, slots=True)
class Found:
    """As `Quantity`, from word `start` up to word `end`. No `value`: these words look like a number and are none."""

    value: Decimal | None
    start: int
    end: int
    unit: str | None = None
    kind: Kind = Kind.NUMBER
    sure: bool = True
    per: str | None = None
    digits: bool = False
    named: bool = True

    def quantity(self, scan: Scan, text: str) -> Quantity:
        """What readers of the text are given."""
        start, end = scan.starts[self.start], scan.ends[self.end - 1]
        kind = UNITS[self.unit].kind if self.unit in UNITS else self.kind
        value = self.value if self.value is not None else Decimal(0)
        return Quantity(
            value,
            self.unit,
            kind,
            start,
            end,
            text[start:end],
            self.sure,
            self.per,
            self.digits,
            self.named,
            in_name=self.digits and scan.in_name(self.start),
        )
