"""Outside an ordinary session: before the open, in the evening, on a half day, around the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.brief.situations.made import (
    MONDAY,
    around_the_clock,
    at,
    compared,
    first,
    later,
    measured,
    new_york,
    story,
)
from bot.brief.situations.shares import NOTHING, PDD
from bot.model.brief import Average, Brief, Caveat, Context
from bot.model.market import Instrument, InstrumentKind, Phase, Reference, ReferenceKind
from bot.model.news import Attribution, Catalyst, Grade, Outlet, OutletKind
from bot.model.piece import UpdateKind

BEFORE_THE_OPEN = Caveat("thin", "Trading before the open is thin.")
AFTER_HOURS = Caveat("thin", "Trading after hours is thin.")
RELEASE = Caveat("own-claim", "This is the company's own account.")


def before_the_open() -> Brief:
    """Before the open, on the company's own results."""
    day, before = date(2026, 1, 23), date(2026, 1, 22)
    session, as_of = new_york(day, before), at("07:15", day)
    chip = Instrument("INTC", "Intel", "Intel", "NASDAQ", "XNAS", "USD", benchmarks=("QQQ",))
    newsroom = Outlet("Intel", "Intel", "intc.com", OutletKind.ISSUER, "Intel", ("INTC",))
    title, link = "Intel reports fourth-quarter 2025 results", "https://www.intc.com/news/q4-2025"
    told = story(title, "Intel", at("16:01", before), link)
    said = Attribution(told, newsroom, (), "quarterly results", "results", "Intel")
    return replace(
        first(chip, session, measured(session, as_of, "USD", "39.12", "36.26")),
        onset=at("04:01", day),
        catalyst=Catalyst(Grade.STATED, said, headline_worthy=True, read=18),
        caveats=(RELEASE, BEFORE_THE_OPEN),
        context=Context(volume=1_100_000),
    )


def evening() -> Brief:
    """After hours, measured from the close of the same day."""
    session, as_of = new_york(), at("17:20")
    close = Reference(ReferenceKind.REGULAR_CLOSE, Decimal("109.19"), MONDAY)
    return replace(
        first(PDD, session, measured(session, as_of, "USD", "118.04", close)),
        onset=at("16:10"),
        catalyst=Catalyst(Grade.NONE),
        caveats=(NOTHING, AFTER_HOURS),
        context=Context(omitted=("JD: no quote in time",), volume=640_000),
    )


def evening_results() -> Brief:
    """Results at 16:05, and the rise that came after them."""
    found = evening()
    newsroom = Outlet("PDD", "PDD", "pdd.example", OutletKind.ISSUER, "PDD Holdings", ("PDD",))
    told = story("PDD Holdings reports quarterly results", "PDD", at("16:05"))
    said = Attribution(told, newsroom, (), "quarterly results", "results", "PDD")
    return replace(
        found,
        catalyst=Catalyst(Grade.STATED, said, headline_worthy=True, read=5),
        caveats=(RELEASE, AFTER_HOURS),
    )


def evening_closed() -> Brief:
    """The end of after-hours trading."""
    done = later(evening(), "116.50", at("19:59"), UpdateKind.CLOSED)
    return replace(done, phase=Phase.AFTER_HOURS)


def half_day() -> Brief:
    """A session that closes at one, with an average of fewer than 200 sessions."""
    day = date(2026, 11, 27)
    session, as_of = new_york(day, date(2026, 11, 25), closes="13:00"), at("12:31", day)
    company = Instrument("JD", "JD.com", "JD.com", "NASDAQ", "XNAS", "USD")
    return replace(
        first(company, session, measured(session, as_of, "USD", "28.10", "30.40")),
        onset=at("11:02", day),
        catalyst=Catalyst(Grade.NONE, read=1),
        caveats=(NOTHING,),
        context=Context(
            rarity=date(2026, 10, 14),
            rarity_sessions=31,
            average200=Average(Decimal("29.871"), 120, crossed=True),
        ),
    )


def crypto() -> Brief:
    """A pair that never closes, measured from midnight in UTC."""
    session, as_of = around_the_clock(), at("16:08", zone="UTC")
    midnight = Reference(ReferenceKind.UTC_MIDNIGHT, Decimal("89567.00"), MONDAY)
    pair = Instrument(
        "BTC-USD", "Bitcoin", "Bitcoin", "Crypto", "24/7", "USD", InstrumentKind.CRYPTO
    )
    return replace(
        first(pair, session, measured(session, as_of, "USD", "95120.00", midnight)),
        catalyst=Catalyst(Grade.NONE, read=12),
        onset=at("14:20", zone="UTC"),
        caveats=(NOTHING,),
        context=Context(benchmarks=compared(as_of, "ETH-USD 4.8")),
    )
