"""
Briefs made by hand: the recorded day with everything known, and the awkward ones beside it.

The figures of the recorded day are those of the shared examples; the rest are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.model.brief import (
    Average,
    Brief,
    Caveat,
    ChartData,
    Comparison,
    Context,
    HomeMove,
    Range52,
)
from bot.model.market import Instrument, Move, Phase, Quote, Reference, ReferenceKind, Session
from bot.model.news import Attribution, Candidate, Catalyst, Grade, Outlet, OutletKind
from bot.model.piece import PieceState, Update, UpdateKind
from tests import builders as b

DOWNLOADS = Caveat(
    "popularity",
    "Downloads are a rough gauge: one developer may pull a model many times, "
    "and a download is not revenue.",
)
OWNED = Caveat("one-report", "One report, second-hand, from an outlet that the company owns.")
NOTHING = Caveat("no-cause", "No headline that was read explains it; there may be no single cause.")
THIN = Caveat("thin", "Trading before the open is thin.")
XINHUA = Outlet("Xinhua", "Xinhua", "xinhuanet.com", OutletKind.STATE_MEDIA)
NIKKEI = Outlet("Nikkei", "Nikkei", "nikkei.com", OutletKind.PRESS)
LINK = "https://www.scmp.com/tech/article/3339512/qwen-passes-700-million-downloads"


def baba() -> Brief:
    """The recorded day at 11:08: a reported cause, owned by the subject, with its rival."""
    return replace(
        b.brief(),
        catalyst=replace(b.catalyst(), attribution=_scmp(), rivals=(_plan(),), read=31),
        caveats=(DOWNLOADS, OWNED),
        context=_surroundings(),
        onset=b.at("09:31"),
    )


def extended() -> Brief:
    """An hour later: a further rung and a confirmation; the first figure stays to be read."""
    moved = b.move("169.68", as_of=b.at("12:14"))
    updates = (
        Update(UpdateKind.EXTENDED, b.at("12:14"), moved.percent, moved.last),
        Update(
            UpdateKind.CATALYST,
            b.at("11:31"),
            moved.percent,
            moved.last,
            "Alibaba Cloud",
        ),
        *baba().updates,
    )
    return at_move(baba(), moved, revision=3, updates=updates)


def faded() -> Brief:
    """Most of the rise is gone by the early afternoon."""
    moved = b.move("153.98", as_of=b.at("13:20"))
    stamp = Update(UpdateKind.FADED, b.at("13:20"), moved.percent, moved.last)
    return at_move(
        baba(), moved, state=PieceState.FADED, revision=4, updates=(stamp, *extended().updates)
    )


def turned() -> Brief:
    """The rise is gone and the price is below its reference: the cause leaves the headline."""
    moved = b.move("150.20", as_of=b.at("14:05"))
    stamp = Update(UpdateKind.FADED, b.at("14:05"), moved.percent, moved.last)
    return at_move(
        baba(), moved, state=PieceState.FADED, revision=2, updates=(stamp, *baba().updates)
    )


def closed() -> Brief:
    """The closing print, stamped after the close."""
    moved = replace(b.move("164.70", as_of=b.at("15:59")), as_of=b.at("16:00:02"))
    stamp = Update(UpdateKind.CLOSED, b.at("16:00:02"), moved.percent, moved.last)
    found = at_move(
        baba(), moved, state=PieceState.CLOSED, revision=4, updates=(stamp, *extended().updates)
    )
    return replace(found, phase=Phase.AFTERNOON)


def micron() -> Brief:
    """A possible cause that does not name the company."""
    day, before = date(2026, 3, 3), date(2026, 3, 2)
    session = b.session(day, previous=before)
    as_of = b.at("10:22", day=day)
    chip = Instrument(
        "MU", "Micron Technology", "Micron", "NASDAQ", "XNAS", "USD", benchmarks=("SOXX",)
    )
    said = Attribution(
        b.story(
            "Memory prices soften as supplier cuts quotes, TrendForce says",
            outlet="Nikkei",
            published=b.at("09:12", day=day),
            link="https://www.nikkei.com/article/memory-prices",
        ),
        NIKKEI,
        citing=("TrendForce",),
        topic="memory prices",
        event="prices",
        words="memory",
    )
    return measured(
        chip,
        b.move("212.35", "222.59", ticker="MU", as_of=as_of, in_session=session),
        session,
        onset=b.at("09:44", day=day),
        catalyst=Catalyst(Grade.POSSIBLE, said, read=44),
        caveats=(Caveat("ours", "It does not name Micron; the link is ours."), OWN_REPORT),
        context=Context(
            multiple=Decimal("1.84"),
            volume=7_350_000,
            average_volume=21_000_000,
            benchmarks=(Comparison("SOXX", "iShares Semiconductor", Decimal("-1.26"), as_of),),
        ),
    )


OWN_REPORT = Caveat("one-report", "One report, second-hand.")


def pdd() -> Brief:
    """A fall without a cause."""
    as_of = b.at("10:41")
    company = Instrument(
        "PDD",
        "PDD Holdings",
        "PDD",
        "NASDAQ",
        "XNAS",
        "USD",
        benchmarks=("KWEB",),
        peers=("BABA", "JD"),
    )
    return measured(
        company,
        b.move("103.40", "109.19", ticker="PDD", as_of=as_of),
        b.session(),
        onset=b.at("10:05"),
        catalyst=Catalyst(Grade.NONE, read=31),
        caveats=(NOTHING,),
        context=Context(
            multiple=Decimal("2.31"),
            volume=4_120_000,
            volume_ratio=Decimal("1.62"),
            benchmarks=(Comparison("KWEB", "KWEB", Decimal("-0.52"), as_of),),
            peers=(
                Comparison("BABA", "Alibaba", Decimal("8.9"), as_of),
                Comparison("JD", "JD.com", Decimal("-0.04"), as_of),
            ),
            average200=Average(Decimal("103.40"), 200, crossed=False),
            range52=Range52(Decimal("87.11"), Decimal("139.41"), Decimal("31.1")),
        ),
    )


def pdd_candidates() -> Brief:
    """Four headlines about it were read, and none stood up."""
    lost = tuple(Candidate(str(number), (), "too little speaks for it") for number in range(4))
    return replace(pdd(), catalyst=Catalyst(Grade.NONE, read=31, candidates=lost), onset=None)


def intel() -> Brief:
    """Before the open, on the company's own results."""
    day, before = date(2026, 1, 23), date(2026, 1, 22)
    session, as_of = b.session(day, previous=before), b.at("07:15", day=day)
    chip = Instrument("INTC", "Intel", "Intel", "NASDAQ", "XNAS", "USD", benchmarks=("QQQ",))
    newsroom = Outlet("Intel", "Intel", "intc.com", OutletKind.ISSUER, "Intel", ("INTC",))
    said = Attribution(
        b.story(
            "Intel reports fourth-quarter 2025 results",
            outlet="Intel",
            published=b.at("16:01", day=before),
            link="https://www.intc.com/news/q4-2025",
        ),
        newsroom,
        topic="quarterly results",
        event="results",
        words="Intel",
    )
    moved = b.move("39.12", "36.26", ticker="INTC", as_of=as_of, in_session=session)
    found = measured(
        chip,
        moved,
        session,
        onset=b.at("04:01", day=day),
        catalyst=Catalyst(Grade.STATED, said, headline_worthy=True, read=18),
        caveats=(Caveat("own-claim", "This is the company's own account."), THIN),
        context=Context(volume=1_100_000),
    )
    return replace(found, quote=replace(found.quote, state="PRE"))


def evening() -> Brief:
    """After hours, measured from the close of the same day."""
    as_of = b.at("17:20")
    plain = b.move("118.04", "109.19", ticker="PDD", as_of=as_of)
    moved = replace(
        plain, reference=replace(plain.reference, kind=ReferenceKind.REGULAR_CLOSE, day=b.DAY)
    )
    found = measured(
        pdd().instrument,
        moved,
        b.session(),
        onset=b.at("16:10"),
        catalyst=Catalyst(Grade.NONE),
        caveats=(NOTHING, Caveat("thin", "Trading after hours is thin.")),
        context=Context(omitted=("JD: no quote in time",)),
    )
    return replace(found, quote=replace(found.quote, state="POST", close_date=b.DAY))


def half_day() -> Brief:
    """A session that closes at one."""
    day, before = date(2026, 11, 27), date(2026, 11, 25)
    session = replace(
        b.session(day, previous=before),
        closes=b.at("13:00", day=day),
        late=b.at("17:00", day=day),
        half_day=True,
    )
    as_of = b.at("12:31", day=day)
    company = Instrument("JD", "JD.com", "JD.com", "NASDAQ", "XNAS", "USD")
    return measured(
        company,
        b.move("28.10", "30.40", ticker="JD", as_of=as_of, in_session=session),
        session,
        onset=b.at("11:02", day=day),
        catalyst=Catalyst(Grade.NONE, read=1),
        caveats=(NOTHING,),
        context=Context(rarity=date(2026, 10, 14), rarity_sessions=31, average200=_short_average()),
    )


def _short_average() -> Average:
    return Average(Decimal("29.871"), 120, crossed=True)


def ocado() -> Brief:
    """A London share in pence, delayed by 15 minutes, on a rumour."""
    zone = "Europe/London"
    session = Session(
        "XLON",
        b.DAY,
        date(2026, 1, 9),
        b.at("08:00", zone=zone),
        b.at("16:30", zone=zone),
        None,
        None,
        zone,
    )
    as_of = b.at("11:47", zone=zone)
    grocer = Instrument("OCDO.L", "Ocado Group", "Ocado", "LSE", "XLON", "GBp")
    paper = Outlet("The Example Times", "Example Times", "times.example", OutletKind.PRESS)
    said = Attribution(
        b.story(
            "Ocado in talks to sell its automation arm, sources say",
            outlet=paper.name,
            published=b.at("10:02", zone=zone),
            link="https://times.example/ocado",
        ),
        paper,
        citing=("people familiar with the matter",),
        topic="Ocado deal",
        event="deal",
        words="Ocado",
    )
    move = Move(
        "OCDO.L",
        "GBp",
        Reference(ReferenceKind.PREVIOUS_CLOSE, Decimal("290.1"), date(2026, 1, 9)),
        Decimal("308.8"),
        as_of,
        session.phase(as_of),
    )
    found = measured(
        grocer,
        move,
        session,
        onset=b.at("10:05", zone=zone),
        catalyst=Catalyst(Grade.REPORTED, said, read=9, also_in=1),
        caveats=(Caveat("unnamed", "Unconfirmed: it rests on people who are not named."),),
    )
    late = timedelta(minutes=15)
    return replace(
        found, composed_at=as_of + late, quote=replace(found.quote, currency="GBp", delay=late)
    )


def hostile() -> Brief:
    """A headline, a name, a caveat and an update that try everything."""
    title = (
        "@everyone \u202e**BUY**\u202c [x](http://evil.example) <t:1:R> :moneybag: discord.gg/abc "
        "<@123> `x` ||y|| “should” https://evil.example/a_b\n# Big"
    )
    said = replace(_scmp(), story=b.story(title, link="javascript:alert(1)"), topic="SOARS @here!")
    evil = replace(
        b.BABA, name="Ali*baba* [Group](http://evil.example)", short="Ali_baba_ @everyone"
    )
    return replace(
        baba(),
        instrument=evil,
        catalyst=replace(b.catalyst(), attribution=said, rivals=(replace(said, topic=""),)),
        caveats=(Caveat("x", "> @here [click](http://evil.example) is one report."),),
        disclosure="The operator holds BABA.\n@everyone",
    )


def long_name() -> Brief:
    """Sixty letters of company, and an exchange-sized everything else."""
    name = "Internationale Beteiligungs- und Verwaltungsgesellschaft AG X"[:60]
    return replace(baba(), instrument=replace(b.BABA, name=name, short=name))


def named(ticker: str, name: str, short: str) -> Brief:
    """A company whose name is a word the stylebook forbids in our own mouth."""
    company = Instrument(ticker, name, short, "NYSE", "XNYS", "USD", benchmarks=("KWEB",))
    said = Attribution(
        b.story(f"{short} will open 40 stores, and you should buy now", link="https://a.example/1"),
        b.outlet(),
        topic="store openings",
        words=short,
    )
    return measured(
        company,
        b.move(ticker=ticker),
        b.session(),
        onset=b.at("09:40"),
        catalyst=Catalyst(Grade.REPORTED, said, headline_worthy=True, read=3),
        caveats=(Caveat("one-report", "One report, found in no other outlet by then."),),
        context=Context(benchmarks=_surroundings().benchmarks),
    )


def bare() -> Brief:
    """Nothing came in time: no context, no onset, no benchmark, a cause out before the quote."""
    return replace(
        baba(),
        onset=None,
        catalyst=replace(baba().catalyst, grade=Grade.POSSIBLE, headline_worthy=False, rivals=()),
        context=Context(omitted=("JD: no quote in time", "PDD: no quote in time")),
    )


def late_story() -> Brief:
    """The best headline came after the move began."""
    return replace(baba(), onset=b.at("07:40"))


def shy() -> Brief:
    """A fund that traded below its average and is above it again."""
    day, before = date(2026, 2, 2), date(2026, 1, 30)
    session, as_of = b.session(day, previous=before), b.at("15:10", day=day)
    fund = Instrument("SHY", "iShares 1-3 Year Treasury Bond ETF", "SHY", "NASDAQ", "XNAS", "USD")
    found = measured(
        fund,
        b.move("81.36", "82.20", ticker="SHY", as_of=as_of, in_session=session),
        session,
        onset=b.at("09:44", day=day),
        catalyst=Catalyst(Grade.NONE, read=12),
        caveats=(NOTHING,),
        context=Context(
            average200=Average(Decimal("81.35"), 200, crossed=False),
            range52=Range52(Decimal("80.55"), Decimal("82.61"), Decimal("39.3")),
        ),
    )
    low = replace(found.quote, day_low=Decimal("81.34"), day_high=Decimal("82.18"))
    return replace(found, quote=low)


def measured(instrument: Instrument, move: Move, session: Session, **changes: object) -> Brief:
    """A first revision of that move."""
    quote: Quote = b.quote(
        str(move.last),
        str(move.reference.price),
        ticker=instrument.ticker,
        as_of=move.as_of,
        currency=move.currency,
        volume=None,
    )
    plain = replace(
        b.brief(),
        piece=f"{instrument.ticker}/{session.day}/{'up' if move.up else 'down'}/1",
        instrument=instrument,
        session=session,
        quote=quote,
        move=move,
        phase=move.phase,
        composed_at=move.as_of + timedelta(seconds=2),
        updates=(Update(UpdateKind.FIRST, move.as_of, move.percent, move.last),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def at_move(brief: Brief, move: Move, **changes: object) -> Brief:
    """The same piece at another price."""
    moved = replace(
        brief,
        move=move,
        phase=move.phase,
        quote=replace(brief.quote, last=move.last, as_of=move.as_of, seen_at=move.as_of),
        composed_at=move.as_of + timedelta(seconds=2),
    )
    return replace(moved, **changes)  # type: ignore[arg-type]


def minute_bars(until: datetime) -> ChartData:
    """A made-up morning for the picture: quiet, then a climb from half past nine."""
    bars, at, climb = [], b.at("07:00"), b.at("09:31")
    while at <= until:
        minute = int((at - climb).total_seconds()) // 60
        price = Decimal("151.20") + Decimal(at.minute % 7) / 50
        if minute > 0:
            price += (
                min(Decimal(minute) / Decimal("6.7"), Decimal("14.4")) - Decimal(minute % 5) / 9
            )
        volume = 90_000 + 7_000 * (at.minute % 13) + 900 * max(minute, 0)
        bars.append(b.bar(at, price, volume=volume if minute >= 0 else 2_000))
        at += timedelta(minutes=1)
    return ChartData(tuple(bars), b.at("07:42"), "SCMP")


def _scmp() -> Attribution:
    said = b.catalyst().attribution
    assert said is not None
    story = b.story("Qwen models pass 700 million downloads on Hugging Face, AIBase data shows")
    return replace(said, story=replace(story, link=LINK))


def _plan() -> Attribution:
    return Attribution(
        b.story(
            "Beijing sets out plan for AI in manufacturing",
            outlet="Xinhua",
            published=b.at("02:30", day="2026-01-09"),
            link="https://english.news.cn/20260109/plan.html",
        ),
        XINHUA,
        topic="plan for AI in manufacturing",
        words="AI",
    )


def _surroundings() -> Context:
    at = b.at("11:08")
    return Context(
        multiple=Decimal("3.52"),
        volume=18_400_000,
        average_volume=19_900_000,
        volume_ratio=Decimal("2.91"),
        benchmarks=(
            Comparison("KWEB", "KWEB", Decimal("3.1"), at),
            Comparison("SPY", "SPY", Decimal("0.2"), at),
        ),
        residual=Decimal("6.7"),
        peers=(
            Comparison("JD", "JD.com", Decimal("2.4"), at),
            Comparison("PDD", "PDD", Decimal("1.9"), at),
            Comparison("BIDU", "Baidu", Decimal("3.3"), at),
        ),
        home=HomeMove(
            "9988.HK",
            "Hong Kong",
            Decimal("5.3"),
            Decimal("148.30"),
            "HKD",
            b.DAY,
            b.at("16:08", zone=b.HONG_KONG),
            closed=True,
        ),
        rarity=date(2025, 9, 24),
        rarity_sessions=75,
        average200=Average(Decimal("150.92"), 200, crossed=False),
        range52=Range52(Decimal("98.40"), Decimal("192.67"), Decimal("71.4")),
        headlines=(
            b.story("Taobao adds instant delivery in 40 cities", published=b.at("05:10")),
            b.story("Alibaba Cloud opens data centre", published=b.at("21:00", day="2026-01-09")),
        ),
    )
