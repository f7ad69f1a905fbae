"""Which company is meant: a ticker that is two things is neither, and a place tells the calendar."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from bot.model.market import Instrument, InstrumentKind, Quote
from bot.services.directory import Companies, instrument_of
from tests.builders import BABA, instrument, quote
from tests.fakes import Prices

COIN = instrument(
    "BTC-USD",
    name="Bitcoin",
    short="Bitcoin",
    exchange="crypto",
    calendar="24/7",
    kind=InstrumentKind.CRYPTO,
)
ETHER = instrument(
    "ETH-USD", name="Ethereum", short="Ethereum", calendar="24/7", kind=InstrumentKind.CRYPTO
)
TRUST = instrument("BTC", name="Grayscale Bitcoin Mini Trust", kind=InstrumentKind.ETF)
DOLLAR = instrument("CAD-USD", name="Not a coin")


def listed(ticker: str, exchange: str = "NYQ", **changes: object) -> Quote:
    return quote("10", "10", ticker=ticker, exchange=exchange, **changes)  # type: ignore[arg-type]


def companies(
    *quotes: Quote, known: tuple[Instrument, ...] = (BABA, COIN, TRUST, ETHER, DOLLAR)
) -> Companies:
    prices = Prices({one.ticker: one for one in quotes})
    return Companies({one.ticker: one for one in known}, prices)


@pytest.mark.parametrize("words", ["BTC", "btc", "$BTC", " btc "])
async def test_a_share_and_a_coin_of_one_ticker(words: str) -> None:
    """Both are offered, by name and ticker."""
    with pytest.raises(UserError) as error:
        await companies().resolve(words)

    assert str(error.value) == (
        "BTC could be Bitcoin (BTC-USD) or Grayscale Bitcoin Mini Trust (BTC); "
        "try /brief BTC-USD or /brief Grayscale Bitcoin Mini Trust"
    )


@pytest.mark.parametrize(
    ("words", "ticker"),
    [
        ("BTC-USD", "BTC-USD"),
        ("bitcoin", "BTC-USD"),
        ("Grayscale Bitcoin Mini Trust", "BTC"),
        ("ETH", "ETH-USD"),
        ("BABA", "BABA"),
    ],
)
async def test_both_ways_out_work(words: str, ticker: str) -> None:
    """The pair by its ticker, the trust by its name; a coin alone by either."""
    assert ticker == (await companies().resolve(words)).ticker


async def test_a_share_that_only_the_provider_knows() -> None:
    """It is offered beside the coin all the same, and found by its name afterwards."""
    desk = companies(listed("ETH", "PCX", name="Ether Holding Trust", kind="ETF"))
    with pytest.raises(UserError, match="ETH could be Ethereum .* or Ether Holding Trust"):
        await desk.resolve("ETH")

    assert "ETH" == (await desk.resolve("ether holding trust")).ticker


async def test_what_is_offered_can_be_taken() -> None:
    """Both things of that ticker, each by words that mean just the one."""
    desk = companies()
    offered = [desk.spelled(found) for found in desk.complete("btc")]

    assert ["Grayscale Bitcoin Mini Trust", "BTC-USD"] == offered
    assert ["BTC", "BTC-USD"] == [(await desk.resolve(words)).ticker for words in offered]
    assert "BABA" == desk.spelled(BABA)


async def test_a_pair_that_is_no_coin_is_in_nobodys_way() -> None:
    """Only coins share their tickers with shares."""
    desk = companies(listed("CAD", name="Cadence of Ohio"))

    assert "CAD" == (await desk.resolve("CAD")).ticker


@pytest.mark.parametrize(
    ("code", "exchange", "calendar"),
    [
        ("NYQ", "NYSE", "XNYS"),
        ("NMS", "NASDAQ", "XNAS"),
        ("PNK", "OTC", "XNYS"),
        ("OQB", "OTC", "XNYS"),
        ("OQX", "OTC", "XNYS"),
        ("LSE", "LSE", "XLON"),
        ("CCC", "crypto", "24/7"),
    ],
)
def test_a_place_tells_the_calendar(code: str, exchange: str, calendar: str) -> None:
    """By the provider's code."""
    found = instrument_of(listed("NEW", code))

    assert found is not None
    assert (exchange, calendar) == (found.exchange, found.calendar)


def test_an_unknown_place_tells_nothing() -> None:
    """Without a calendar there is no session, and no move."""
    assert instrument_of(listed("GC=F", "CMX")) is None


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("EQUITY", InstrumentKind.EQUITY),
        ("ETF", InstrumentKind.ETF),
        ("INDEX", InstrumentKind.INDEX),
        ("CRYPTOCURRENCY", InstrumentKind.CRYPTO),
        ("", InstrumentKind.EQUITY),
    ],
)
def test_the_provider_tells_the_kind(told: str, kind: InstrumentKind) -> None:
    """By its quote type."""
    found = instrument_of(listed("NEW", kind=told))

    assert found is not None
    assert kind is found.kind


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Micron Technology, Inc.", "Micron Technology"),
        ("Pepe USD", "Pepe"),
        ("Plain", "Plain"),
        ("", "NEW"),
    ],
)
def test_a_short_name_is_what_people_say(name: str, short: str) -> None:
    """Without what a register adds; the whole name is an alias."""
    found = instrument_of(listed("NEW", name=name))

    assert found is not None
    assert (short, (name or "NEW",)) == (found.short, found.aliases)


def test_american_shares_are_set_against_the_market() -> None:
    """The market itself is not, and nothing abroad is."""
    benchmarks = [
        found.benchmarks
        for ticker, code in (("NEW", "NYQ"), ("SPY", "PCX"), ("NEW.L", "LSE"), ("X-USD", "CCC"))
        if (found := instrument_of(listed(ticker, code)))
    ]

    assert benchmarks == [("SPY",), (), (), ()]
