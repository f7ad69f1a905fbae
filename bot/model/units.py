"""Which currency is a price in, and how many of its unit make one? Pence are not pounds."""

from __future__ import annotations

_MINOR_UNITS = {"GBp": ("GBP", 100), "GBX": ("GBP", 100), "ZAc": ("ZAR", 100), "ILA": ("ILS", 100)}


def whole_currency(unit: str) -> tuple[str, int]:
    """The currency that is banked, and how many of `unit` make one: ("GBP", 100) of "GBp"."""
    return _MINOR_UNITS.get(unit, (unit, 1))
