"""Whatever the facts: what leaves is within Discord's limits and passes the stylebook."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.brief.renderer import StylebookRenderer
from bot.model.brief import (
    Average,
    Brief,
    Caveat,
    Colours,
    Comparison,
    Context,
    HomeMove,
    Layout,
    Range52,
    Rendered,
    Variant,
    Violation,
)
from bot.model.market import (
    HomeListing,
    Instrument,
    InstrumentKind,
    Move,
    Quote,
    Reference,
    ReferenceKind,
    Session,
)
from bot.model.news import Attribution, Candidate, Catalyst, Grade, Outlet, OutletKind, Story
from bot.model.piece import PieceState, Update, UpdateKind
from tests import builders as b
from tests.brief import facts
from tests.brief.goldens import TEMPLATES

POOL = ThreadPoolExecutor(1)  # asked for nothing here
OPEN = b.at("04:00")
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
    return Catalyst(
        grade,
        None if grade is Grade.NONE else draw(attributions(as_of)),
        rivals=tuple(rivals),
        headline_worthy=draw(st.booleans()),
        candidates=(Candidate("1", ()),) * draw(st.integers(0, 3)),
        read=draw(st.integers(0, 5000)),
        also_in=draw(st.integers(0, 3)),
    )


@st.composite
def contexts(draw: st.DrawFn, move: Move) -> Context:
    def compared(tickers: tuple[str, ...]) -> tuple[Comparison, ...]:
        return tuple(Comparison(one, one, draw(PERCENTS), move.as_of) for one in tickers)

    home = HomeMove(
        "9988.HK",
        "Hong Kong",
        draw(PERCENTS),
        Decimal("148.3"),
        "HKD",
        draw(st.sampled_from((b.DAY, date(2026, 1, 9)))),
        draw(near(move.as_of, 900)),
        draw(st.booleans()),
    )
    value = move.last * (1 + draw(PERCENTS) / 100)
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
        average200=Average(value, draw(st.integers(50, 200)), draw(maybe)) if draw(maybe) else None,
        range52=draw(
            st.none()
            | st.decimals(min_value=0, max_value=100, places=2).map(
                lambda position: Range52(move.last / 2, move.last * 2, position)
            )
        ),
        headlines=tuple(
            b.story(draw(TEXT), outlet=draw(NAMES)) for _ in range(draw(st.integers(0, 2)))
        ),
    )


@st.composite
def moves(draw: st.DrawFn, session: Session, currency: str) -> Move:
    as_of = OPEN + timedelta(seconds=draw(st.integers(0, 16 * 3600 - 1)))
    price = draw(st.decimals(min_value="0.01", max_value=5000, places=4))
    last = (price * (1 + draw(PERCENTS) / 100)).quantize(Decimal("0.0001"))
    phase = session.phase(as_of)
    kind = draw(st.sampled_from(ReferenceKind))
    evening = kind is ReferenceKind.REGULAR_CLOSE and as_of >= session.closes
    day = session.day if evening else session.previous
    return Move("BABA", currency, Reference(kind, price, day), last, as_of, phase)


@st.composite
def updates(draw: st.DrawFn, move: Move) -> tuple[Update, ...]:
    later = tuple(
        Update(
            draw(st.sampled_from([kind for kind in UpdateKind if kind is not UpdateKind.FIRST])),
            move.as_of,
            draw(PERCENTS),
            move.last,
            draw(st.sampled_from(("", "The company confirmed it", "@here [x](y)"))),
        )
        for _ in range(draw(st.integers(0, 6)))
    )
    first = Update(UpdateKind.FIRST, move.as_of, draw(PERCENTS), move.last)
    return (*later, first)


@st.composite
def instruments(draw: st.DrawFn, currency: str) -> Instrument:
    name = draw(NAMES)
    return Instrument(
        "BABA",
        name,
        draw(st.one_of(st.just(name), NAMES)),
        "NYSE",
        "XNYS",
        currency,
        kind=draw(st.sampled_from(InstrumentKind)),
        benchmarks=draw(st.sampled_from(((), ("KWEB",)))),
        peers=("JD", "PDD"),
        home=draw(st.none() | st.just(HomeListing("9988.HK", "XHKG", "Hong Kong", Decimal(8)))),
    )


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    session = replace(b.session(), half_day=draw(st.booleans()))
    currency = draw(st.sampled_from(("USD", "HKD", "GBp", "JPY", "EUR", "XYZ")))
    move = draw(moves(session, currency))
    delay = timedelta(minutes=draw(st.sampled_from((0, 0, 15))))
    state = "REGULAR" if move.phase.regular else "PRE"
    spread = 1 + abs(draw(PERCENTS)) / 100
    quote = Quote(
        "BABA",
        move.last,
        currency,
        move.as_of,
        move.as_of,
        state,
        day_low=draw(st.none() | st.just(move.last / spread)),
        day_high=draw(st.none() | st.just(move.last * spread)),
        delay=delay,
    )
    caveats = [
        facts.DOWNLOADS,
        Caveat("other", draw(st.sampled_from(("> *x* @here", "Note.")))),
        *([facts.THIN] if move.phase.extended else []),
    ]
    return Brief(
        piece="BABA/2026-01-12/up/1",
        revision=1,
        state=draw(st.sampled_from(PieceState)),
        instrument=draw(instruments(currency)),
        session=session,
        quote=quote,
        move=move,
        phase=move.phase,
        composed_at=move.as_of + timedelta(seconds=draw(st.integers(0, 3600))),
        onset=draw(st.none() | near(move.as_of, 600)),
        catalyst=draw(catalysts(move.as_of)),
        caveats=tuple(draw(st.permutations(caveats))),
        context=draw(contexts(move)),
        updates=draw(updates(move)),
        disclosure=draw(st.sampled_from(("", "The operator holds BABA.", "x" * 400))),
    )


VARIANTS = st.builds(
    Variant, st.sampled_from(Layout), st.sampled_from(Colours), st.sampled_from(ZONES)
)


class Collected:
    def __init__(self) -> None:
        self.violations: list[Violation] = []

    def __call__(self, brief: Brief, violations: list[Violation]) -> None:
        self.violations += violations


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(briefs(), VARIANTS)
def test_no_combination_of_facts_fails_the_stylebook_or_discords_limits(
    brief: Brief, variant: Variant
) -> None:
    """Held is only what cannot be said in the room there is; then the plain fallback leaves."""
    held = Collected()
    rendered = StylebookRenderer(TEMPLATES, POOL, held).render(brief, variant)

    unexpected = [one for one in held.violations if "even at its shortest" not in one.text]
    assert unexpected == []
    assert within_limits(rendered, variant)
    assert not re.search(
        r"(?<!\\)(?:@everyone|@here|<@)", f"{rendered.content}{rendered.description}"
    )


def within_limits(rendered: Rendered, variant: Variant) -> bool:
    """Discord's own, and ours for a phone."""
    most = {Layout.LINE: 0, Layout.BRIEF: 900, Layout.FULL: 4096}[variant.layout]
    embed = len(rendered.title) + len(rendered.description) + len(rendered.footer)
    return (
        len(rendered.content) <= (240 if variant.layout is Layout.LINE else 90)
        and len(rendered.title) <= 256
        and len(rendered.description) <= most
        and len(rendered.footer) <= 2048
        and embed <= 6000
        and len(rendered.reply) <= 90
        and len(rendered.alt) <= 1024
    )
