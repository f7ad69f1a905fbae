"""What regulators and exchanges say themselves: a filing before the move, halts in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.brief.situations.made import at, compared, first, measured, new_york, story
from bot.model.brief import Brief, Caveat, Context
from bot.model.halt import Halt
from bot.model.market import Instrument
from bot.model.news import Attribution, Catalyst, Grade, Outlet, OutletKind

NORTHWIND = Instrument(
    "NWND", "Northwind Semiconductor", "Northwind", "NASDAQ", "XNAS", "USD", benchmarks=("SMH",)
)
SEC = Outlet("U.S. Securities and Exchange Commission", "SEC", "sec.gov", OutletKind.REGULATOR)
PAUSE = "volatility pause"


def filed_and_halted() -> Brief:
    """Results filed during a halt for news; the shares fell once it was over."""
    session, as_of = new_york(), at("11:08")
    title = "Northwind Semiconductor files 8-K: results of operations (item 2.02)"
    link = "https://www.sec.gov/Archives/edgar/data/1577552/000110465926003001-index.htm"
    told = story(title, SEC.name, at("10:44"), link)
    said = Attribution(told, SEC, (), "results", "results", "NWND")
    halt = Halt("NWND", at("10:31"), "T3", "news released", at("10:56"), at("11:01"))
    return replace(
        first(NORTHWIND, session, measured(session, as_of, "USD", "41.18", "47.30")),
        onset=at("11:01"),
        catalyst=Catalyst(Grade.STATED, said, headline_worthy=True, read=12),
        caveats=(Caveat("own-account", "The company's own account."),),
        context=Context(
            volume=2_300_000,
            volume_ratio=Decimal("3.4"),
            benchmarks=compared(as_of, "SMH 0.4"),
            halts=(halt,),
        ),
    )


def paused_often() -> Brief:
    """A rise without a cause that the exchange has paused three times, and pauses now."""
    session, as_of = new_york(), at("10:02")
    pauses = ("09:37:12", "09:48:31", "10:02:05")
    halts = tuple(Halt("NWND", at(clock), "LUDP", PAUSE) for clock in pauses)
    return replace(
        first(NORTHWIND, session, measured(session, as_of, "USD", "62.55", "47.30")),
        composed_at=at("10:03"),
        onset=at("09:31"),
        catalyst=Catalyst(Grade.NONE, read=12),
        caveats=(Caveat("no-cause", "No headline that was read explains it."),),
        context=Context(benchmarks=compared(as_of, "SMH 0.4"), halts=halts),
    )
