"""
The recorded day of 12 January 2026, at every stage of its one piece.

The figures of the day are those of the shared examples; what surrounds them is invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.brief.situations.made import (
    FRIDAY,
    HONG_KONG,
    MONDAY,
    at,
    compared,
    first,
    later,
    measured,
    new_york,
    story,
)
from bot.model.brief import Average, Brief, Caveat, Context, Range52
from bot.model.home import HomeMove
from bot.model.market import HomeListing, Instrument, InstrumentKind, Phase
from bot.model.news import Attribution, Catalyst, Grade, Outlet, OutletKind
from bot.model.piece import Correction, CorrectionKind, Matter, Remedy, Update, UpdateKind

BABA = Instrument(
    ticker="BABA",
    name="Alibaba Group",
    short="Alibaba",
    exchange="NYSE",
    calendar="XNYS",
    currency="USD",
    kind=InstrumentKind.ADR,
    benchmarks=("KWEB", "SPY"),
    peers=("JD", "PDD", "BIDU"),
    aliases=("Alibaba",),
    products=("Qwen", "Taobao", "Tmall"),
    never=("Alibaba Street",),
    themes=("AI into manufacturing", "competition in food delivery"),
    home=HomeListing("9988.HK", "XHKG", "Hong Kong", Decimal(8)),
)
PAPER = "South China Morning Post"
SCMP = Outlet(PAPER, "SCMP", "scmp.com", OutletKind.PRESS, "Alibaba Group", ("BABA", "9988.HK"))
XINHUA = Outlet("Xinhua", "Xinhua", "xinhuanet.com", OutletKind.STATE_MEDIA)
LINK = "https://www.scmp.com/tech/article/3339512/qwen-passes-700-million-downloads"
DOWNLOADS = Caveat(
    "popularity",
    "Downloads are a rough gauge: one developer may pull a model many times, "
    "and a download is not revenue.",
)
OWNED = Caveat("one-report", "One report, second-hand, from an outlet that the company owns.")


def reported() -> Brief:
    """At 11:08: a reported cause from an owned outlet, with its rival and Hong Kong's leg."""
    session, as_of = new_york(), at("11:08")
    return replace(
        first(BABA, session, measured(session, as_of, "USD", "165.68", "150.96")),
        catalyst=Catalyst(Grade.REPORTED, scmp(), (plan(),), headline_worthy=True, read=31),
        caveats=(DOWNLOADS, OWNED),
        context=surroundings(),
        onset=at("09:31"),
    )


def extended() -> Brief:
    """An hour later: a further rung and a confirmation; the first figure stays to be read."""
    rung = later(reported(), "169.68", at("12:14"), UpdateKind.EXTENDED)
    newest, *older = rung.updates
    confirmed = Update(
        UpdateKind.CATALYST, at("11:31"), newest.percent, newest.last, "Alibaba Cloud"
    )
    return replace(rung, updates=(newest, confirmed, *older), revision=3)


def faded() -> Brief:
    """Most of the rise is gone by the early afternoon."""
    return later(extended(), "153.98", at("13:20"), UpdateKind.FADED)


def turned() -> Brief:
    """The price is below its reference: the cause leaves the headline."""
    return later(reported(), "150.20", at("14:05"), UpdateKind.FADED)


def closed() -> Brief:
    """The closing print, stamped after the close."""
    found = later(extended(), "164.70", at("16:00:02"), UpdateKind.CLOSED)
    move = replace(found.move, phase=Phase.AFTERNOON)
    return replace(found, move=move, phase=Phase.AFTERNOON)


def reversed_by_the_close() -> Brief:
    """The rise is gone and more: the message keeps the cause of the rise that it told."""
    found = later(reported(), "147.20", at("16:00:02"), UpdateKind.CLOSED)
    move = replace(found.move, phase=Phase.AFTERNOON)
    return replace(found, move=move, phase=Phase.AFTERNOON)


def nothing_known() -> Brief:
    """Nothing came in time: no onset, no benchmark, a cause that was out before the quote."""
    found = reported()
    doubtful = replace(found.catalyst, grade=Grade.POSSIBLE, headline_worthy=False, rivals=())
    late = ("JD: no quote in time", "PDD: no quote in time")
    return replace(found, onset=None, catalyst=doubtful, context=Context(omitted=late))


def after_the_move() -> Brief:
    """The best headline came after the move began."""
    return replace(reported(), onset=at("07:40"))


def hostile() -> Brief:
    """A headline, a name, a caveat and a disclosure that try everything."""
    title = (
        "@everyone \u202e**BUY**\u202c [x](http://evil.example) <t:1:R> :moneybag: discord.gg/abc "
        "<@123> `x` ||y|| “should” https://evil.example/a_b\n# Big"
    )
    told = story(title, PAPER, at("07:42"), "javascript:alert(1)")
    said = replace(scmp(), story=told, topic="SOARS @here!")
    evil = replace(BABA, name="Ali*baba* [Group](http://evil.example)", short="Ali_baba_ @everyone")
    found = reported()
    return replace(
        found,
        instrument=evil,
        catalyst=replace(found.catalyst, attribution=said, rivals=(replace(said, topic=""),)),
        caveats=(Caveat("x", "> @here [click](http://evil.example) is one report."),),
        disclosure="The operator holds BABA.\n@everyone",
    )


def long_name() -> Brief:
    """Sixty letters of company."""
    name = "Internationale Beteiligungs- und Verwaltungsgesellschaft AG X"[:60]
    return replace(reported(), instrument=replace(BABA, name=name, short=name))


def corrected() -> Brief:
    """The provider restated Friday's close: the rise is a little smaller."""
    found = reported()
    reference = replace(found.move.reference, price=Decimal("151.17"))
    move = replace(found.move, reference=reference)
    stamp = Update(UpdateKind.CORRECTED, at("12:02"), move.percent, move.last, "the rise")
    context = replace(found.context, rarity=None, rarity_sessions=None)
    return replace(
        found,
        revision=2,
        move=move,
        quote=replace(found.quote, close=reference.price),
        updates=(stamp, *found.updates),
        context=context,
        corrections=(
            Correction(
                CorrectionKind.CORRECTED,
                "the rise",
                "9.8%",
                "9.6%",
                "the data provider restated Friday's close to $151.17 (from $150.96)",
                at("12:02"),
                remedy=Remedy(Matter.REFERENCE, "150.96", "151.17"),
            ),
        ),
    )


def refiled() -> Brief:
    """A slip of the words, mended after a correction that stays to be read."""
    found = corrected()
    slip = Correction(
        CorrectionKind.REFILE,
        "the company's name",
        "“Alibba Group”",
        "“Alibaba Group”",
        "it was misspelt",
        at("12:20"),
        remedy=Remedy(Matter.WORDS, "Alibba", "Alibaba"),
    )
    newest = found.updates[0]
    stamp = replace(newest, at=at("12:20"), text="the company's name")
    return replace(
        found,
        revision=3,
        updates=(stamp, *found.updates),
        corrections=(slip, *found.corrections),
    )


def scmp() -> Attribution:
    title = "Qwen models pass 700 million downloads on Hugging Face, AIBase data shows"
    told = story(title, PAPER, at("07:42"), LINK)
    return Attribution(told, SCMP, ("AIBase",), "Qwen downloads", "popularity", "Qwen")


def plan() -> Attribution:
    """Another explanation, out days earlier."""
    link = "https://english.news.cn/20260109/plan.html"
    told = story(
        "Beijing sets out plan for AI in manufacturing", "Xinhua", at("02:30", FRIDAY), link
    )
    return Attribution(told, XINHUA, topic="plan for AI in manufacturing", words="AI")


def surroundings() -> Context:
    as_of = at("11:08")
    home = HomeMove(
        "9988.HK",
        "Hong Kong",
        Decimal("5.3"),
        Decimal("148.30"),
        "HKD",
        MONDAY,
        at("16:08", zone=HONG_KONG),
        closed=True,
        implied=Decimal("152.29"),
        rate=Decimal("7.79"),
        leg=Decimal("0.88"),
    )
    return Context(
        multiple=Decimal("3.52"),
        volume=18_400_000,
        average_volume=19_900_000,
        volume_ratio=Decimal("2.91"),
        benchmarks=compared(as_of, "KWEB 3.1", "SPY 0.2"),
        residual=Decimal("6.7"),
        peers=compared(as_of, "JD 2.4", "PDD 1.9", "BIDU 3.3"),
        home=home,
        rarity=date(2025, 9, 24),
        rarity_sessions=75,
        average200=Average(Decimal("150.92"), 200, crossed=False),
        range52=Range52(Decimal("98.40"), Decimal("192.67"), Decimal("71.4")),
        headlines=(
            story("Taobao adds instant delivery in 40 cities", PAPER, at("05:10")),
            story("Alibaba Cloud opens data centre", PAPER, at("21:00", FRIDAY)),
        ),
    )
