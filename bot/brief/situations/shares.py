"""Other companies in regular hours: without a cause, with a doubtful one, under an awkward name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.brief.situations.alibaba import surroundings
from bot.brief.situations.made import (
    LONDON,
    MONDAY,
    at,
    compared,
    first,
    london,
    measured,
    new_york,
    story,
)
from bot.model.brief import Average, Brief, Caveat, Context, Range52
from bot.model.market import (
    ActionKind,
    CorporateAction,
    Instrument,
    InstrumentKind,
    Reference,
    ReferenceKind,
)
from bot.model.news import Attribution, Candidate, Catalyst, Grade, Outlet, OutletKind
from bot.model.piece import Correction, CorrectionKind, Matter, Remedy, Update, UpdateKind

PDD = Instrument(
    "PDD",
    "PDD Holdings",
    "PDD",
    "NASDAQ",
    "XNAS",
    "USD",
    benchmarks=("KWEB",),
    peers=("BABA", "JD"),
)
ACME = Instrument("ACME", "Acme", "Acme", "NYSE", "XNYS", "USD")
NIKKEI = Outlet("Nikkei", "Nikkei", "nikkei.com", OutletKind.PRESS)
NOTHING = Caveat("no-cause", "No headline that was read explains it; there may be no single cause.")
ONE_REPORT = Caveat("one-report", "One report, second-hand.")


def no_cause() -> Brief:
    """A fall for which none of 31 headlines stands up."""
    session, as_of = new_york(), at("10:41")
    return replace(
        first(PDD, session, measured(session, as_of, "USD", "103.40", "109.19")),
        onset=at("10:05"),
        catalyst=Catalyst(Grade.NONE, read=31),
        caveats=(NOTHING,),
        context=Context(
            multiple=Decimal("2.31"),
            volume=4_120_000,
            volume_ratio=Decimal("1.62"),
            benchmarks=compared(as_of, "KWEB -0.52"),
            peers=compared(as_of, "BABA 8.9", "JD -0.04"),
            average200=Average(Decimal("103.40"), 200, crossed=False),
            range52=Range52(Decimal("87.11"), Decimal("139.41"), Decimal("31.1")),
        ),
    )


def candidates_lost() -> Brief:
    """Four headlines about it were read, and none stood up."""
    lost = tuple(Candidate(str(number), (), "too little speaks for it") for number in range(4))
    return replace(no_cause(), catalyst=Catalyst(Grade.NONE, candidates=lost, read=31), onset=None)


def late_report() -> Brief:
    """The one report that would explain it came after the fall began."""
    title = "PDD Holdings says chief financial officer will leave"
    told = story(title, "Nikkei", at("10:20"), "https://www.nikkei.com/article/pdd-officer")
    said = Attribution(told, NIKKEI, (), "", "people", "PDD")
    lost = (Candidate(told.id, (), "came after the move began"),)
    found = Catalyst(Grade.NONE, candidates=lost, read=31, later=said)
    return replace(no_cause(), catalyst=found)


def possible() -> Brief:
    """A possible cause that does not name the company."""
    day = date(2026, 3, 3)
    session, as_of = new_york(day, date(2026, 3, 2)), at("10:22", day)
    chip = Instrument(
        "MU", "Micron Technology", "Micron", "NASDAQ", "XNAS", "USD", benchmarks=("SOXX",)
    )
    title = "Memory prices soften as supplier cuts quotes, TrendForce says"
    link = "https://www.nikkei.com/article/memory-prices"
    told = story(title, "Nikkei", at("09:12", day), link)
    said = Attribution(told, NIKKEI, ("TrendForce",), "memory prices", "prices", "memory")
    ours = Caveat("ours", "It does not name Micron; the link is ours.")
    return replace(
        first(chip, session, measured(session, as_of, "USD", "212.35", "222.59")),
        onset=at("09:44", day),
        catalyst=Catalyst(Grade.POSSIBLE, said, read=44),
        caveats=(ours, ONE_REPORT),
        context=Context(
            multiple=Decimal("1.84"),
            volume=7_350_000,
            average_volume=21_000_000,
            benchmarks=compared(as_of, "SOXX -1.26"),
        ),
    )


def added_feed() -> Brief:
    """A possible cause from a feed that a server added by itself."""
    found = possible()
    said = found.catalyst.attribution
    assert said is not None
    blog = Outlet("Chip Notes", "Chip Notes", "chips.example", OutletKind.AGGREGATOR, added=True)
    again = replace(said, outlet=blog, story=replace(said.story, outlet=blog.name))
    return replace(found, catalyst=replace(found.catalyst, attribution=again))


def named(ticker: str, name: str, short: str) -> Brief:
    """A company whose name is a word that the stylebook forbids in our own mouth."""
    session, as_of = new_york(), at("11:08")
    company = Instrument(ticker, name, short, "NYSE", "XNYS", "USD", benchmarks=("KWEB",))
    times = Outlet("Example Times", "Example Times", "news.example", OutletKind.PRESS)
    title = f"{short} will open 40 stores, and you should buy now"
    told = story(title, times.name, at("07:42"), "https://a.example/1")
    said = Attribution(told, times, topic="store openings", words=short)
    return replace(
        first(company, session, measured(session, as_of, "USD", "165.68", "150.96")),
        onset=at("09:40"),
        catalyst=Catalyst(Grade.REPORTED, said, headline_worthy=True, read=3),
        caveats=(Caveat("one-report", "One report, found in no other outlet by then."),),
        context=Context(benchmarks=surroundings().benchmarks),
    )


def pence() -> Brief:
    """A London share in pence, delayed by 15 minutes, on a rumour."""
    session, as_of = london(), at("11:47", zone=LONDON)
    grocer = Instrument("OCDO.L", "Ocado Group", "Ocado", "LSE", "XLON", "GBp")
    paper = Outlet("The Example Times", "Example Times", "times.example", OutletKind.PRESS)
    title = "Ocado in talks to sell its automation arm, sources say"
    told = story(title, paper.name, at("10:02", zone=LONDON), "https://times.example/ocado")
    said = Attribution(
        told, paper, ("people familiar with the matter",), "Ocado deal", "deal", "Ocado"
    )
    late = timedelta(minutes=15)
    found = first(grocer, session, measured(session, as_of, "GBp", "308.8", "290.1"))
    return replace(
        found,
        onset=at("10:05", zone=LONDON),
        catalyst=Catalyst(Grade.REPORTED, said, read=9, also_in=1),
        caveats=(Caveat("unnamed", "Unconfirmed: it rests on people who are not named."),),
        composed_at=as_of + late,
        quote=replace(found.quote, delay=late),
    )


def average_crossed_intraday() -> Brief:
    """A fund that traded below its average and is above it again."""
    day = date(2026, 2, 2)
    session, as_of = new_york(day, date(2026, 1, 30)), at("15:10", day)
    fund = Instrument(
        "SHY",
        "iShares 1-3 Year Treasury Bond ETF",
        "SHY",
        "NASDAQ",
        "XNAS",
        "USD",
        InstrumentKind.ETF,
    )
    found = first(fund, session, measured(session, as_of, "USD", "81.36", "82.20"))
    return replace(
        found,
        onset=at("09:44", day),
        catalyst=Catalyst(Grade.NONE, read=12),
        caveats=(NOTHING,),
        context=Context(
            average200=Average(Decimal("81.35"), 200, crossed=False, touched=Decimal("81.34")),
            range52=Range52(Decimal("80.55"), Decimal("82.61"), Decimal("39.3")),
        ),
        quote=replace(found.quote, day_low=Decimal("81.34"), day_high=Decimal("82.18")),
    )


def year_low() -> Brief:
    """A share at its lowest of 52 weeks, having crossed a short average."""
    found = no_cause()
    low = replace(
        found.context,
        range52=Range52(Decimal("103.40"), Decimal("139.41"), Decimal(0)),
        average200=Average(Decimal("108.127"), 120, crossed=True),
    )
    return replace(found, context=low)


def split_day() -> Brief:
    """Two new shares for one old: measured from the adjusted close."""
    session, as_of = new_york(), at("09:52")
    split = CorporateAction(ActionKind.SPLIT, MONDAY, Decimal(2))
    reference = Reference(
        ReferenceKind.PREVIOUS_CLOSE, Decimal("50.00"), session.previous, split, Decimal("100.00")
    )
    found = first(ACME, session, measured(session, as_of, "USD", "53.10", reference))
    told = Caveat("split-adjusted", "The reference is split-adjusted: 2-for-1 from today.")
    quote = replace(found.quote, actions=(split,))
    return replace(found, quote=quote, caveats=(NOTHING, told))


def dividend_day() -> Brief:
    """A special dividend: measured from the close less the dividend."""
    session, as_of = new_york(), at("09:52")
    paid = CorporateAction(ActionKind.DIVIDEND, MONDAY, Decimal("8.00"))
    reference = Reference(
        ReferenceKind.PREVIOUS_CLOSE, Decimal("92.00"), session.previous, paid, Decimal("100.00")
    )
    found = first(ACME, session, measured(session, as_of, "USD", "87.95", reference))
    told = Caveat("dividend-adjusted", "The reference is less today's dividend of 8 USD a share.")
    return replace(found, quote=replace(found.quote, actions=(paid,)), caveats=(NOTHING, told))


def withdrawn() -> Brief:
    """A split that the provider had not told: the fall was none."""
    session, as_of = new_york(), at("09:38")
    found = first(ACME, session, measured(session, as_of, "USD", "52.00", "100.00"))
    gone = Correction(
        CorrectionKind.WITHDRAWN,
        "this brief",
        "Acme falls 48.0%",
        "",
        "Acme split 2-for-1 today and the price provider had not adjusted the previous close; "
        "adjusted, it was up 4.0%",
        at("09:41"),
        remedy=Remedy(Matter.PIECE, "Acme falls 48.0%"),
    )
    stamp = Update(UpdateKind.CORRECTED, gone.at, found.move.percent, found.move.last, gone.what)
    return replace(
        found,
        revision=2,
        caveats=(NOTHING,),
        corrections=(gone,),
        updates=(stamp, *found.updates),
    )
