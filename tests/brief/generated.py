"""Situations that nobody thought of: briefs of every kind, drawn at random but true to themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from bot.brief.situations.made import around_the_clock, london, new_york
from bot.model.alert import Measure, Said
from bot.model.brief import (
    AnyBrief,
    Average,
    Brief,
    Caveat,
    Colours,
    Comparison,
    Context,
    Layout,
    MarketBrief,
    Range52,
    Variant,
)
from bot.model.home import HomeMove
from bot.model.market import (
    ActionKind,
    CorporateAction,
    HomeListing,
    Instrument,
    InstrumentKind,
    Move,
    Phase,
    Quote,
    Reference,
    ReferenceKind,
    Session,
)
from bot.model.news import Attribution, Candidate, Catalyst, Grade, Outlet, OutletKind, Story
from bot.model.piece import Correction, CorrectionKind, PieceState, Update, UpdateKind
from tests import builders as b
from tests.brief import facts

WORDS = (
    "Qwen passes 700 million downloads, AIBase data shows",
    "Company to buy rival; you should sell, sources say",
    "@everyone [x](http://evil.example) <t:1:R> discord.gg/abc",
    "“Nested ”quotes“ because of | pipes*",
    "ALLCAPS! soars due to **because**",
    "\u202e1. one\n# two\u200b",
    "家" * 80,
    "👨‍👩‍👧" * 60,
    "a_b" * 120,
)
TEXT = st.one_of(st.sampled_from(WORDS), st.text(min_size=1, max_size=60))
NAMES = st.one_of(
    st.sampled_from(
        (
            "Target",
            "Best Buy",
            "NVIDIA",
            "Alibaba",
            "A",
            "fall",
            "Rise after",
            "Ünïversal * Co",
            "x" * 90,
        )
    ),
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30),
)
PERCENTS = st.decimals(min_value=-45, max_value=45, places=3)
ZONES = ("", "Asia/Tokyo", "Europe/London", "Asia/Kathmandu")
LINKS = st.one_of(
    st.sampled_from(("", "javascript:1", "https://a.example/" + "x" * 300, "https://scmp.com/a")),
    st.text(max_size=40).map(lambda path: f"https://news.example/{path}"),
)
MARKET_TICKERS = ("SMCI", "MSTR", "BTC-USD", "^NDX", "BRK.B", "A", "9988.HK", "NVDA", "TGT")
GUILDS = (None, 1, 2)


def near(start: datetime, minutes: int) -> st.SearchStrategy[datetime]:
    return st.integers(-minutes, minutes).map(lambda n: start + timedelta(minutes=n))


@st.composite
def outlets(draw: st.DrawFn) -> Outlet:
    owner = draw(st.sampled_from(("", "Alibaba Group", "JD.com [x]")))
    return Outlet(
        name=draw(NAMES),
        short=draw(NAMES),
        domain="news.example",
        kind=draw(st.sampled_from(OutletKind)),
        owner=owner,
        owner_tickers=draw(st.sampled_from(((), ("BABA",), ("JD",), ("9988.HK",)))),
        added=draw(st.booleans()),
    )


@st.composite
def attributions(draw: st.DrawFn, as_of: datetime) -> Attribution:
    out = as_of - timedelta(minutes=draw(st.integers(0, 3000)))
    outlet = draw(outlets())
    published = draw(st.sampled_from((None, out, out + timedelta(hours=2))))
    story = Story("1", "feed", outlet.name, draw(TEXT), draw(LINKS), published, out)
    return Attribution(
        story,
        outlet,
        citing=tuple(draw(st.lists(st.one_of(NAMES, st.just("people familiar")), max_size=2))),
        topic=draw(st.one_of(TEXT, st.sampled_from(("Qwen downloads", "results", "")))),
        words="Qwen",
    )


@st.composite
def catalysts(draw: st.DrawFn, as_of: datetime) -> Catalyst:
    grade = draw(st.sampled_from(Grade))
    rivals = () if grade is Grade.NONE else draw(st.lists(attributions(as_of), max_size=2))
    later = draw(st.none() | attributions(as_of)) if grade is Grade.NONE else None
    return Catalyst(
        grade,
        None if grade is Grade.NONE else draw(attributions(as_of)),
        rivals=tuple(rivals),
        headline_worthy=draw(st.booleans()),
        candidates=(Candidate("1", ()),) * draw(st.integers(0, 3)),
        read=draw(st.integers(0, 5000)),
        also_in=draw(st.integers(0, 3)),
        later=later,
    )


@st.composite
def contexts(draw: st.DrawFn, move: Move) -> Context:
    def compared(tickers: tuple[str, ...]) -> tuple[Comparison, ...]:
        return tuple(Comparison(one, one, draw(PERCENTS), move.as_of) for one in tickers)

    implied = draw(st.none() | st.just(Decimal("152.29")))
    home = HomeMove(
        "9988.HK",
        "Hong Kong",
        draw(PERCENTS),
        Decimal("148.3"),
        "HKD",
        draw(st.sampled_from((b.DAY, date(2026, 1, 9)))),
        draw(near(move.as_of, 900)),
        draw(st.booleans()),
        implied,
        Decimal("7.8") if implied else None,
        draw(PERCENTS) if implied else None,
    )
    maybe = st.booleans()
    return Context(
        multiple=draw(st.none() | st.decimals(min_value=0, max_value=40, places=3)),
        volume=draw(st.none() | st.integers(0, 10**10)),
        average_volume=draw(st.none() | st.integers(0, 10**10)),
        volume_ratio=draw(st.none() | st.decimals(min_value=0, max_value=99, places=3)),
        benchmarks=compared(draw(st.sampled_from(((), ("KWEB",), ("KWEB", "SPY"))))),
        peers=compared(draw(st.sampled_from(((), ("JD",), ("JD", "PDD", "BIDU"))))),
        omitted=("JD: no quote in time",),
        home=home if draw(maybe) else None,
        rarity=draw(st.none() | st.just(date(2025, 9, 24))),
        rarity_sessions=draw(st.none() | st.integers(1, 300)),
        average200=draw(st.none() | averages(move.last)),
        range52=draw(st.none() | ranges(move.last)),
        headlines=tuple(
            b.story(draw(TEXT), outlet=draw(NAMES)) for _ in range(draw(st.integers(0, 2)))
        ),
    )


@st.composite
def averages(draw: st.DrawFn, last: Decimal) -> Average:
    """Near the price or far; touched only beyond it."""
    value = last * (1 + draw(st.sampled_from((Decimal(0), Decimal("0.00001"))) | PERCENTS) / 100)
    touched = value + (value - last) * draw(st.sampled_from((0, 1)))
    sessions, crossed = draw(st.integers(50, 200)), draw(st.booleans())
    return Average(value, sessions, crossed, draw(st.sampled_from((None, touched))))


@st.composite
def ranges(draw: st.DrawFn, last: Decimal) -> Range52:
    low = last * draw(st.sampled_from((Decimal(1), Decimal("0.999"), Decimal("0.5"))))
    high = last * draw(st.sampled_from((Decimal("1.0001"), Decimal("1.9"))))
    return Range52(low, high, (last - low) / (high - low) * 100)


@st.composite
def references(draw: st.DrawFn, session: Session, as_of: datetime, price: Decimal) -> Reference:
    """The one that belongs to the hour, adjusted on some days."""
    if session.calendar == "24/7":
        return Reference(ReferenceKind.UTC_MIDNIGHT, price, session.day)
    if as_of >= session.closes and draw(st.booleans()):
        return Reference(ReferenceKind.REGULAR_CLOSE, price, session.day)
    action = draw(
        st.none()
        | st.just(CorporateAction(ActionKind.SPLIT, session.day, Decimal("0.1")))
        | st.just(CorporateAction(ActionKind.DIVIDEND, session.day, Decimal("0.83")))
    )
    printed = None
    if action is not None:
        split = action.kind is ActionKind.SPLIT
        printed = price * action.amount if split else price + action.amount
    return Reference(ReferenceKind.PREVIOUS_CLOSE, price, session.previous, action, printed)


@st.composite
def moves(draw: st.DrawFn, session: Session, currency: str) -> Move:
    first, last = session.early or session.opens, session.late or session.closes
    seconds = int((last - first).total_seconds())
    as_of = first + timedelta(seconds=draw(st.integers(0, seconds - 1)))
    price = draw(
        st.decimals(min_value="0.01", max_value=5000, places=4)
        | st.decimals(min_value="0.000001", max_value="0.001", places=9)
    )
    end = (price * (1 + draw(PERCENTS) / 100)).quantize(price)
    reference = draw(references(session, as_of, price))
    return Move("BABA", currency, reference, end or price, as_of, session.phase(as_of))


@st.composite
def updates(draw: st.DrawFn, at: datetime, names: tuple[str, ...] = ()) -> tuple[Update, ...]:
    kinds = [kind for kind in UpdateKind if kind is not UpdateKind.FIRST]
    later = [
        Update(
            draw(st.sampled_from(kinds)),
            at,
            draw(PERCENTS),
            Decimal(100),
            draw(st.sampled_from(("", "The company confirmed it", "@here [x](y)"))),
            draw(st.sampled_from(((), names))),
        )
        for _ in range(draw(st.integers(0, 6)))
    ]
    first = Update(UpdateKind.FIRST, at, draw(PERCENTS), Decimal(100), "", names)
    return (*later, first)


@st.composite
def corrections(draw: st.DrawFn, at: datetime) -> tuple[Correction, ...]:
    """Up to three; figures are CORRECTED, words refiled, as the rule says."""
    found = []
    for place in range(draw(st.sampled_from((0, 0, 0, 1, 1, 3)))):
        kind = draw(st.sampled_from(CorrectionKind))
        gone = kind is CorrectionKind.WITHDRAWN
        figure = draw(st.sampled_from((("9.8%", "9.6%"), ("$150.96", "$151.17"))))
        words = draw(st.sampled_from((("Alibba", "Alibaba"), ("@here *x*", "[x](y) :z:"))))
        was, now = words if kind is CorrectionKind.REFILE else figure
        found.append(
            Correction(
                kind,
                draw(st.sampled_from(("the rise", "Friday's close", "the @everyone"))),
                was,
                "" if gone else now,
                draw(st.sampled_from(("the provider restated it",)) | TEXT) + " x",
                at + timedelta(minutes=place),
                guild=draw(st.sampled_from(GUILDS)),
            )
        )
    return tuple(reversed(found))


@st.composite
def instruments(draw: st.DrawFn, session: Session, currency: str) -> Instrument:
    name = draw(NAMES)
    crypto = session.calendar == "24/7"
    return Instrument(
        "BABA",
        name,
        draw(st.one_of(st.just(name), NAMES)),
        "NYSE",
        session.calendar,
        currency,
        kind=InstrumentKind.CRYPTO if crypto else draw(st.sampled_from(InstrumentKind)),
        benchmarks=draw(st.sampled_from(((), ("KWEB",)))),
        peers=("JD", "PDD"),
        home=draw(st.none() | st.just(HomeListing("9988.HK", "XHKG", "Hong Kong", Decimal(8)))),
    )


@st.composite
def quotes(draw: st.DrawFn, move: Move) -> Quote:
    state = "REGULAR" if move.phase.regular else "PRE" if move.phase is Phase.PRE else "POST"
    spread = 1 + abs(draw(PERCENTS)) / 100
    action = move.reference.adjusted
    return Quote(
        "BABA",
        move.last,
        move.currency,
        move.as_of,
        move.as_of,
        state,
        day_low=draw(st.none() | st.just(move.last / spread)),
        day_high=draw(st.none() | st.just(move.last * spread)),
        delay=timedelta(minutes=draw(st.sampled_from((0, 0, 15)))),
        actions=(action,) if action else (),
    )


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """One instrument: a share in New York or London, in pence or not, or a crypto pair."""
    where = draw(st.sampled_from((new_york(), new_york(), london(), around_the_clock())))
    session = replace(where, half_day=draw(st.booleans()))
    pence = st.sampled_from(("GBp", "GBX", "GBP"))
    dollars = st.sampled_from(("USD", "HKD", "GBp", "JPY", "EUR", "XYZ"))
    currency = draw(pence if session.calendar == "XLON" else dollars)
    move = draw(moves(session, currency))
    thin = [facts.THIN] if move.phase.extended else []
    caveats = [
        facts.DOWNLOADS,
        Caveat("other", draw(st.sampled_from(("> *x* @here", "Note.")))),
        *thin,
    ]
    state = draw(st.sampled_from(PieceState))
    closing = state is PieceState.CLOSED and move.phase.regular
    return Brief(
        piece="BABA/2026-01-12/up/1",
        revision=1,
        state=state,
        instrument=draw(instruments(session, currency)),
        session=session,
        quote=draw(quotes(move)),
        move=move,
        phase=Phase.CLOSED if closing and draw(st.booleans()) else move.phase,
        composed_at=move.as_of + timedelta(seconds=draw(st.integers(0, 3600))),
        onset=draw(st.none() | near(move.as_of, 600)),
        catalyst=draw(catalysts(move.as_of)),
        caveats=tuple(draw(st.permutations(caveats))),
        context=draw(contexts(move)),
        updates=draw(updates(move.as_of)),
        disclosure=draw(st.sampled_from(("", "The operator holds BABA.", "x" * 400))),
        corrections=draw(corrections(move.as_of)),
        spoke=tuple(draw(st.lists(said(), max_size=3))),
    )


def said() -> st.SearchStrategy[Said]:
    """What thresholds of every measure spoke of."""
    return st.builds(
        Said,
        st.sampled_from(Measure),
        st.booleans(),
        PERCENTS.map(abs),
        st.none() | st.just(Decimal("161.50")),
        st.sampled_from((timedelta(minutes=5), timedelta(hours=3), timedelta(days=5))),
    )


@st.composite
def market_briefs(draw: st.DrawFn) -> MarketBrief:
    """Many names, all of which went at least as far as it says."""
    session = replace(new_york(), half_day=draw(st.booleans()))
    as_of = session.opens + timedelta(seconds=draw(st.integers(0, 23_399)))
    up = draw(st.booleans())
    level = draw(st.sampled_from((Decimal(3), Decimal("2.5"), Decimal(10))))
    far = st.decimals(min_value=level, max_value=90, places=3)
    tickers = tuple(f"{name}{n}" for n in range(20) for name in MARKET_TICKERS)
    many = draw(st.integers(1, 150))
    movers = tuple(
        Comparison(name, draw(NAMES) if n < 5 else name, draw(far) * (1 if up else -1), as_of)
        for n, name in enumerate(tickers[:many])
    )
    ranked = tuple(sorted(movers, key=lambda one: -abs(one.percent)))
    names = tuple(one.ticker for one in ranked)
    index = draw(st.none() | st.builds(Comparison, st.just("SPY"), NAMES, PERCENTS, st.just(as_of)))
    return MarketBrief(
        piece="market/2026-01-12/down/1",
        revision=1,
        state=draw(st.sampled_from(PieceState)),
        scope=draw(st.sampled_from(("Market-wide", "KWEB group")) | NAMES),
        up=up,
        level=level,
        movers=ranked,
        watched=(*names, "KO", "PEP"),
        index=index,
        alone=names[: draw(st.integers(0, 12))],
        session=session,
        phase=session.phase(as_of),
        as_of=as_of,
        composed_at=as_of,
        updates=draw(updates(as_of, names[: draw(st.integers(0, many))])),
        caveats=(Caveat("market-wide", "Many names moved together."),),
        disclosure=draw(st.sampled_from(("", "The operator holds BABA.", "x" * 400))),
        corrections=draw(corrections(as_of)),
    )


def any_briefs() -> st.SearchStrategy[AnyBrief]:
    """Three of one instrument for each of many names."""
    return st.one_of(briefs(), briefs(), briefs(), market_briefs())


VARIANTS = st.builds(
    Variant,
    st.sampled_from(Layout),
    st.sampled_from(Colours),
    st.sampled_from(ZONES),
    st.sampled_from(((), ("KO", "SMCI0"), ("MSTR0", "NVDA0", "PEP", "SMCI0", "TGT1"))),
    st.sampled_from(GUILDS),
)
