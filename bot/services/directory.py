"""Which company is meant: tickers and names from memory, the provider for the rest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from bot.errors import SourceError, UserError
from bot.model.market import Instrument, InstrumentKind, Quote
from bot.services.ports import Quotes

_EXCHANGES = {
    "NYQ": ("NYSE", "XNYS"),
    "ASE": ("NYSE American", "XNYS"),
    "PCX": ("NYSE Arca", "XNYS"),
    "BTS": ("Cboe", "XNYS"),
    "NMS": ("NASDAQ", "XNAS"),
    "NGM": ("NASDAQ", "XNAS"),
    "NCM": ("NASDAQ", "XNAS"),
    "HKG": ("HKEX", "XHKG"),
    "LSE": ("LSE", "XLON"),
    "GER": ("XETRA", "XETR"),
    "PAR": ("Euronext Paris", "XPAR"),
    "AMS": ("Euronext Amsterdam", "XAMS"),
    "JPX": ("TSE", "XTKS"),
    "TOR": ("TSX", "XTSE"),
}


class Companies:
    """The instruments of the seeds, and those learned from the provider while running."""

    def __init__(self, instruments: Mapping[str, Instrument], quotes: Quotes) -> None:
        self._known = dict(instruments)
        self._quotes = quotes

    def get(self, ticker: str) -> Instrument | None:
        return self._known.get(ticker.upper())

    def all(self) -> Iterable[Instrument]:
        return self._known.values()

    def complete(self, words: str, limit: int = 25) -> list[Instrument]:
        """Tickers that start with `words` first, then names that hold them."""
        wanted = words.strip().casefold()
        ranked = sorted(
            (rank, instrument.ticker, instrument)
            for instrument in self._known.values()
            if (rank := _rank(instrument, wanted)) is not None
        )
        return [instrument for _, _, instrument in ranked[:limit]]

    async def resolve(self, words: str) -> Instrument:
        """By ticker or company name; asks the provider for a ticker it does not know."""
        wanted = words.strip().lstrip("$")
        if not wanted:
            raise UserError("no ticker was named", hint="try /brief BABA")
        if found := self._by_name(wanted):
            return found
        if found := await self._from_provider(wanted.upper()):
            self._known[found.ticker] = found
            return found
        name = f"**{plain}**" if (plain := _plain(wanted)) else "that name"
        raise UserError(f"I don't know {name}", hint=self._suggestion(wanted))

    def _by_name(self, wanted: str) -> Instrument | None:
        if found := self._known.get(wanted.upper()):
            return found
        key = wanted.casefold()
        matches = [i for i in self._known.values() if key in _names(i)]
        return matches[0] if matches else None

    async def _from_provider(self, ticker: str) -> Instrument | None:
        if len(ticker) > 12 or " " in ticker:
            return None
        try:
            quote = (await self._quotes.latest([ticker])).get(ticker)
        except SourceError as error:
            raise UserError(
                f"I cannot look **{_plain(ticker)}** up now: {error.message}",
                hint="try again in a minute",
            ) from error
        return instrument_of(quote) if quote else None

    def _suggestion(self, wanted: str) -> str:
        names = {name: i for i in self._known.values() for name in (*_names(i), i.ticker.lower())}
        near = difflib.get_close_matches(wanted.casefold(), list(names), n=1, cutoff=0.6)
        if not near:
            return "try a ticker as listed, such as /brief BABA"
        found = names[near[0]]
        return f"did you mean {found.ticker} ({found.name}, {found.exchange})? Try `/brief {found.ticker}`"


def instrument_of(quote: Quote) -> Instrument | None:
    """An instrument known only from its quote; None where its exchange is not known."""
    place = _EXCHANGES.get(quote.exchange)
    if place is None:
        return None
    name = quote.name or quote.ticker
    return Instrument(
        ticker=quote.ticker,
        name=name,
        short=name.removesuffix(".").removesuffix(" Inc").removesuffix(",").strip(),
        exchange=place[0],
        calendar=place[1],
        currency=quote.currency,
        kind=InstrumentKind.EQUITY,
        benchmarks=("SPY",) if place[1] in ("XNYS", "XNAS") else (),
        aliases=(name,),
    )


def _names(instrument: Instrument) -> set[str]:
    return {name.casefold() for name in (instrument.name, instrument.short, *instrument.aliases)}


def _rank(instrument: Instrument, wanted: str) -> int | None:
    ticker, names = instrument.ticker.casefold(), _names(instrument)
    if ticker == wanted:
        return 0
    if ticker.startswith(wanted):
        return 1
    if any(name.startswith(wanted) for name in names):
        return 2
    return 3 if any(wanted in name for name in names) else None


def _plain(words: str) -> str:
    return "".join(c for c in words if c.isalnum() or c in " .-^=&")[:40].strip()
