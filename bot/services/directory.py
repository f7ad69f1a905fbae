"""Which company is meant: tickers and names from memory, the provider for the rest."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from bot.errors import SourceError, UserError
from bot.model.market import AROUND_THE_CLOCK, Instrument, InstrumentKind, Quote
from bot.services.ports import Quotes

# The provider's code of a place: what people call it, and its calendar.
_EXCHANGES = {
    "NYQ": ("NYSE", "XNYS"),
    "ASE": ("NYSE American", "XNYS"),
    "PCX": ("NYSE Arca", "XNYS"),
    "BTS": ("Cboe", "XNYS"),
    "NMS": ("NASDAQ", "XNAS"),
    "NGM": ("NASDAQ", "XNAS"),
    "NCM": ("NASDAQ", "XNAS"),
    "PNK": ("OTC", "XNYS"),
    "OQB": ("OTC", "XNYS"),
    "OQX": ("OTC", "XNYS"),
    "OEM": ("OTC", "XNYS"),
    "HKG": ("HKEX", "XHKG"),
    "LSE": ("LSE", "XLON"),
    "GER": ("XETRA", "XETR"),
    "PAR": ("Euronext Paris", "XPAR"),
    "AMS": ("Euronext Amsterdam", "XAMS"),
    "MIL": ("Euronext Milan", "XMIL"),
    "MCE": ("BME", "XMAD"),
    "EBS": ("SIX", "XSWX"),
    "CPH": ("Nasdaq Copenhagen", "XCSE"),
    "STO": ("Nasdaq Stockholm", "XSTO"),
    "OSL": ("Oslo Børs", "XOSL"),
    "JNB": ("JSE", "XJSE"),
    "TLV": ("TASE", "XTAE"),
    "JPX": ("TSE", "XTKS"),
    "KSC": ("KRX", "XKRX"),
    "TAI": ("TWSE", "XTAI"),
    "ASX": ("ASX", "XASX"),
    "TOR": ("TSX", "XTSE"),
    "CCC": ("crypto", AROUND_THE_CLOCK),
}
_KINDS = {
    "ETF": InstrumentKind.ETF,
    "INDEX": InstrumentKind.INDEX,
    "CRYPTOCURRENCY": InstrumentKind.CRYPTO,
}
_NEW_YORK = ("XNYS", "XNAS")
_TAILS = (".", " Inc", ",", " USD")


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

    def spelled(self, found: Instrument) -> str:
        """What means just this one: its ticker, or its name where that is a coin's too."""
        return found.name if self._coin(found.ticker) else found.ticker

    async def resolve(self, words: str) -> Instrument:
        """
        By ticker or company name; asks the provider for a ticker it does not know.

        A ticker that is a share's and a coin's is neither: `UserError` offers both.
        """
        wanted = words.strip().lstrip("$")
        if not wanted:
            raise UserError("no ticker was named", hint="try /brief BABA")
        if coin := self._coin(wanted.upper()):
            share = self._known.get(wanted.upper()) or await self._from_provider(wanted.upper())
            return _only_one(wanted.upper(), coin, share)
        found = self._by_name(wanted) or await self._from_provider(wanted.upper())
        if found:
            return found
        name = f"**{plain}**" if (plain := _plain(wanted)) else "that name"
        raise UserError(f"I don't know {name}", hint=self._suggestion(wanted))

    def _by_name(self, wanted: str) -> Instrument | None:
        if found := self._known.get(wanted.upper()):
            return found
        key = wanted.casefold()
        matches = [i for i in self._known.values() if key in _names(i)]
        return matches[0] if matches else None

    def _coin(self, ticker: str) -> Instrument | None:
        """The pair with the dollar of the coin that goes by that ticker."""
        pair = self._known.get(f"{ticker}-USD")
        return pair if pair and pair.kind is InstrumentKind.CRYPTO else None

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
        found = instrument_of(quote) if quote else None
        if found:
            self._known[found.ticker] = found
        return found

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
        short=_short(name),
        exchange=place[0],
        calendar=place[1],
        currency=quote.currency,
        kind=_KINDS.get(quote.kind, InstrumentKind.EQUITY),
        benchmarks=("SPY",) if place[1] in _NEW_YORK and quote.ticker != "SPY" else (),
        aliases=(name,),
    )


def _only_one(ticker: str, coin: Instrument, share: Instrument | None) -> Instrument:
    if share is None:
        return coin
    raise UserError(
        f"{ticker} could be {coin.name} ({coin.ticker}) or {share.name} ({share.ticker})",
        hint=f"try /brief {coin.ticker} or /brief {share.name}",
    )


def _short(name: str) -> str:
    """Without what a register adds: "Micron Technology, Inc." is "Micron Technology"."""
    for tail in _TAILS:
        name = name.removesuffix(tail)
    return name.strip()


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
