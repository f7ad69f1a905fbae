"""Yahoo's bad habits, all off until asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.tape import Split
from bot.tape.yahoo import Listing, scale_all, scale_day

CRUMB = "sandbox.crumb"


@dataclass(slots=True)
class Faults:
    """
    Routes are cookie, crumb, consent, quote, chart, summary, search, news, timeseries, or "*".

    `status` is what a route answers instead (429, 503, …), `slow` by how many seconds it is
    late; `dropped` cuts connections. `crumb` is the only one accepted. `empty` gives
    `result: []`. `frozen_at` is when prices stopped. The other fields name symbols: unknown
    to Yahoo, with a previous close of zero, quoted in pence, or splitting n-for-m today;
    `without` names keys that quotes lack.
    """

    status: dict[str, int] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    dropped: bool = False
    crumb: str = CRUMB
    empty: bool = False
    frozen_at: datetime | None = None
    missing: frozenset[str] = frozenset()
    zero_close: frozenset[str] = frozenset()
    pence: frozenset[str] = frozenset()
    split: dict[str, tuple[int, int]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    def of(self, route: str) -> int:
        """The status that `route` answers instead, 0 for none."""
        return self.status.get(route) or self.status.get("*") or 0

    def delay(self, route: str) -> float:
        return self.slow.get(route) or self.slow.get("*") or 0.0


def read_faults(body: Mapping[str, Any]) -> Faults:
    """Faults from JSON, whatever is not named being off. Raises `ValueError` for a key unknown."""
    known = {item.name for item in fields(Faults)}
    if strange := sorted(set(body) - known):
        raise ValueError(f"no fault is called {strange[0]!r}; there are {', '.join(sorted(known))}")
    values = dict(body)
    for key in ("missing", "zero_close", "pence", "without"):
        values[key] = frozenset(values.get(key, ()))
    values["split"] = {name: (n, m) for name, (n, m) in values.get("split", {}).items()}
    if values.get("frozen_at"):
        values["frozen_at"] = datetime.fromisoformat(values["frozen_at"])
    return Faults(**values)


def bend_listing(listing: Listing, faults: Faults) -> Listing:
    """Prices as a faulty Yahoo would have them."""
    name = listing.symbol.symbol
    if name in faults.pence:
        listing = scale_all(listing, Decimal(100), "GBp")
    if name in faults.split:
        new, old = faults.split[name]
        listing = scale_day(listing, Decimal(old) / Decimal(new), Split(listing.day, new, old))
    return listing


def bend_quote(quote: dict[str, Any], faults: Faults) -> dict[str, Any]:
    if quote["symbol"] in faults.zero_close:
        change = {"regularMarketChange": 0, "regularMarketChangePercent": 0}
        quote = quote | {"regularMarketPreviousClose": 0} | change
    return {key: value for key, value in quote.items() if key not in faults.without}
