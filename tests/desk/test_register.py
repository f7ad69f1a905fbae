"""The registers: typed rows, every mistake at once by row and field, and the seeds themselves."""

from __future__ import annotations

import tomllib
from collections import Counter
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


def test_a_part_of_a_domain_is_its_outlet() -> None:
    """The register names the whole; a part that has a row of its own is not the whole's."""
    register = outlets(seeds("outlets.toml"))

    assert register.find("english.news.cn").name == "Xinhua"
    assert register.find("www2.tech.scmp.com").name == "South China Morning Post"
    assert register.find("asia.nikkei.com").name == "Nikkei Asia"
    assert register.find("notscmp.com").source == ""


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


def test_two_outlets_of_one_name() -> None:
    """Only one of them would be found, so the second is refused, whatever its case."""
    row = """
        ["{}"]
        short = "{}"
        domain = "{}"
        source = "https://times.example"
        checked = 2026-11-24
    """
    with pytest.raises(ConfigError) as caught:
        publishers(
            row.format("Times", "T", "times.example") + row.format("Other", "the times", "t")
        )

    assert [(problem.key, problem.text) for problem in caught.value.problems] == [
        ("Other", "is called the times, and so is Times; give each its own name and domain"),
        ("Other", "is called t, and so is Times; give each its own name and domain"),
    ]


def test_rows_that_nobody_looked_at_for_a_year() -> None:
    """A year to the day is not older than a year; the oldest comes first, each once."""
    row = '["{0}"]\ndomain = "{0}.example"\nsource = "https://a.example"\nchecked = {1}\n'
    rows = {"Fresh": "2025-11-24", "Old": "2025-11-23", "Oldest": "2019-01-01"}
    register = publishers("".join(row.format(*each) for each in rows.items()))

    def old(today: date) -> list[str]:
        return [outlet.name for outlet in register.aged(today)]

    assert old(date(2026, 11, 24)) == ["Oldest", "Old"]
    assert old(date(2019, 6, 1)) == []
    assert old(date(2026, 11, 25)) == ["Oldest", "Old", "Fresh"]


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
        "LSE": ("XLON", "GBp"),
        "crypto": ("24/7", "USD"),
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
    """Enough of them, of every kind, each with a public source and a date."""
    known = set(outlets(seeds("outlets.toml")).known.values())
    kinds = Counter(one.kind for one in known)

    assert len(known) >= 150
    assert min(kinds[kind] for kind in OutletKind) >= 7
    assert all(one.source.startswith("https://") and one.checked for one in known)
    assert all("." in one.domain and one.domain == one.domain.lower() for one in known)
    assert all(one.owner for one in known if one.owner_tickers)


@pytest.mark.parametrize(
    ("domain", "owner", "tickers"),
    [
        ("scmp.com", "Alibaba Group", ("BABA", "9988.HK")),
        ("reuters.com", "Thomson Reuters", ("TRI",)),
        ("wsj.com", "News Corp", ("NWSA", "NWS")),
        ("barrons.com", "News Corp", ("NWSA", "NWS")),
        ("marketwatch.com", "News Corp", ("NWSA", "NWS")),
        ("nbcnews.com", "Comcast", ("CMCSA",)),
        ("cnbc.com", "Versant", ("VSNT",)),
        ("ft.com", "Nikkei Inc.", ()),
        ("finance.yahoo.com", "Yahoo Inc., held by funds of Apollo", ("APO",)),
        ("washingtonpost.com", "Nash Holdings, of Amazon's founder Jeff Bezos", ("AMZN",)),
    ],
)
def test_seeded_owners(domain: str, owner: str, tickers: tuple[str, ...]) -> None:
    """Owners as a brief names them; a founder's paper is not the company's."""
    found = outlets(seeds("outlets.toml")).find(domain)

    assert (owner, tickers) == (found.owner, found.owner_tickers)
