"""The registers: typed rows, every mistake at once by row and field, and the seeds themselves."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.desk.register import Outlets, instruments, outlets
from bot.errors import ConfigError
from bot.model.market import HomeListing, Instrument, InstrumentKind
from bot.model.news import Outlet, OutletKind

FIELDS = (
    "aliases, benchmarks, calendar, currency, exchange, home, kind, name, never, peers, "
    "products, short, themes"
)
SEEDS = Path(__file__).parents[2] / "seeds"


def read(text: str) -> dict[str, Instrument]:
    return instruments(tomllib.loads(text))


def publishers(text: str) -> Outlets:
    return outlets(tomllib.loads(text))


def test_an_instrument_with_every_field() -> None:
    """What a table says is what the desk knows."""
    known = read("""
        [ACME]
        name = "Acme Corporation"
        short = "Acme"
        exchange = "NYSE"
        calendar = "XNYS"
        currency = "USD"
        kind = "adr"
        benchmarks = ["IDX"]
        peers = ["IDX"]
        aliases = ["Acme Corp"]
        products = ["Anvil"]
        never = ["acme of"]
        themes = ["anvil prices"]
        home = { ticker = "0001.HK", calendar = "XHKG", city = "Hong Kong", ratio = 8 }
        [IDX]
        name = "Index Fund"
        short = "IDX"
        exchange = "NYSE Arca"
        calendar = "XNYS"
        currency = "USD"
        kind = "etf"
    """)

    assert list(known) == ["ACME", "IDX"]
    assert known["ACME"] == Instrument(
        "ACME",
        "Acme Corporation",
        "Acme",
        "NYSE",
        "XNYS",
        "USD",
        InstrumentKind.ADR,
        benchmarks=("IDX",),
        peers=("IDX",),
        aliases=("Acme Corp",),
        products=("Anvil",),
        never=("acme of",),
        themes=("anvil prices",),
        home=HomeListing("0001.HK", "XHKG", "Hong Kong", Decimal(8)),
    )


def test_every_mistake_at_once() -> None:
    """By row and field, with what was found and the way out."""
    with pytest.raises(ConfigError) as caught:
        read("""
            [ACME]
            name = ""
            short = 7
            exchange = "NYSE"
            calendar = "XNYS"
            kind = "share"
            peers = ["NOBODY"]
            aliases = "Acme"
            alias = ["Acme Corp"]
            home = { ticker = "0001.HK", calendar = "XHKG", city = "Hong Kong", ratio = 0 }
        """)

    found = [(problem.key, problem.text) for problem in caught.value.problems]
    assert found == [
        ("ACME.name", "was ''; write a text"),
        ("ACME.short", "was 7; write a text"),
        ("ACME.currency", "is missing; write a text"),
        ("ACME.kind", "was 'share'; write one of adr, crypto, equity, etf, index"),
        ("ACME.aliases", 'was \'Acme\'; write a list of texts, such as ["KWEB", "SPY"]'),
        ("ACME.home.ratio", "was 0; write a number above 0"),
        (
            "ACME.alias",
            f"is not a field; the fields are {FIELDS}",
        ),
        ("ACME.peers", "names NOBODY, which has no table; add one or leave it out"),
    ]


def test_a_row_that_is_no_table() -> None:
    """A stray value at the top is named, not crashed on."""
    with pytest.raises(ConfigError) as caught:
        read('ACME = "NYSE"')

    assert str(caught.value).startswith(
        "instruments.toml:0: ACME: was 'NYSE'; write a table of fields"
    )


def test_outlets_are_found_by_name_short_name_and_domain() -> None:
    """Whatever the case, the article or the www."""
    register = publishers("""
        ["Example Times"]
        short = "ET"
        domain = "times.example"
        kind = "newswire"
        owner = "Acme"
        owner_tickers = ["ACME"]
        source = "https://times.example/about"
        checked = 2026-11-24
    """)
    times = Outlet(
        "Example Times",
        "ET",
        "times.example",
        OutletKind.WIRE,
        "Acme",
        ("ACME",),
        "https://times.example/about",
        date(2026, 11, 24),
    )

    for name in ("Example Times", "the example times", "ET", "TIMES.example", "www.times.example"):
        assert register.find(name) == times


def test_an_outlet_nobody_listed() -> None:
    """It is plain press, and nobody is said to own it."""
    nobody = Outlets({})

    assert nobody.find("Some Paper") == Outlet("Some Paper", "Some Paper", "", OutletKind.PRESS)
    assert nobody.find("some.example").domain == "some.example"


def test_mistakes_in_outlets() -> None:
    """A kind nobody knows, a date that is a text."""
    with pytest.raises(ConfigError) as caught:
        publishers("""
            [Times]
            domain = "times.example"
            kind = "blog"
            source = "https://times.example"
            checked = "yesterday"
        """)

    assert [problem.key for problem in caught.value.problems] == ["Times.kind", "Times.checked"]


def seeds(name: str) -> dict[str, object]:
    return tomllib.loads((SEEDS / name).read_text())


def test_the_seeded_instruments() -> None:
    """Enough to try; every company has a benchmark and two peers, and tells names apart."""
    known = instruments(seeds("instruments.toml"))
    companies = [
        one for one in known.values() if one.kind in (InstrumentKind.EQUITY, InstrumentKind.ADR)
    ]

    assert len(known) >= 50
    for one in companies:
        assert len(one.peers) >= 2, one.ticker
        assert one.ticker not in (*one.peers, *one.benchmarks)
        assert one.benchmarks or one.calendar == "XHKG", one.ticker
    assert known["BABA"].benchmarks == ("KWEB", "SPY")
    assert known["BABA"].peers == ("JD", "PDD", "BIDU")
    assert known["BABA"].home == HomeListing("9988.HK", "XHKG", "Hong Kong", Decimal(8))


def test_seeded_calendars_fit_exchanges_and_currencies() -> None:
    """A listing's exchange, calendar and currency belong together."""
    fits = {
        "NYSE": ("XNYS", "USD"),
        "NYSE Arca": ("XNYS", "USD"),
        "NASDAQ": ("XNAS", "USD"),
        "HKEX": ("XHKG", "HKD"),
    }

    for one in instruments(seeds("instruments.toml")).values():
        assert (one.calendar, one.currency) == fits[one.exchange], one.ticker


def test_no_two_seeded_issuers_share_a_name() -> None:
    """A name that two issuers had would link every story to both."""
    owners: dict[str, str] = {}
    for one in instruments(seeds("instruments.toml")).values():
        for name in (one.name, one.short, *one.aliases, *one.products):
            assert owners.setdefault(name.casefold(), one.short) == one.short, name


def test_the_seeded_outlets() -> None:
    """Enough of them, each with a public source and a date; SCMP is Alibaba's."""
    known = set(outlets(seeds("outlets.toml")).known.values())
    scmp = outlets(seeds("outlets.toml")).find("scmp.com")

    assert len(known) >= 25
    assert all(one.source.startswith("https://") and one.checked for one in known)
    assert all(one.owner for one in known if one.owner_tickers)
    assert (scmp.owner, scmp.owner_tickers) == ("Alibaba Group", ("BABA", "9988.HK"))
