"""
Small builders of nouns for tests: a Monday morning on the NYSE unless told otherwise.

Times are New York wall-clock words on 12 January 2026, so that a test reads like a tape:
`at("11:08")`, `at("14:30", day="2026-01-09")`, `at("16:08", zone="Asia/Hong_Kong")`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.brief.situations import alibaba
from bot.desk.facts import Facts
from bot.model.alert import Direction, Terms
from bot.model.brief import Brief, Context
from bot.model.gathered import Gathered, Other, Told
from bot.model.market import (
    Bar,
    Instrument,
    Move,
    Quote,
    Reference,
    ReferenceKind,
    Session,
)
from bot.model.news import Attribution, Catalyst, Grade, Outlet, OutletKind, Story
from bot.model.piece import PieceState, Update, UpdateKind
from bot.model.post import Destination, Watch

DAY = date(2026, 1, 12)
NEW_YORK = "America/New_York"
HONG_KONG = "Asia/Hong_Kong"

BABA = alibaba.BABA
SCMP = Outlet(
    name="South China Morning Post",
    short="SCMP",
    domain="scmp.com",
    kind=OutletKind.PRESS,
    owner="Alibaba Group",
    owner_tickers=("BABA", "9988.HK"),
    source="https://www.scmp.com/about-us",
    checked=date(2026, 11, 24),
)


def at(clock: str, *, day: date | str = DAY, zone: str = NEW_YORK) -> datetime:
    """ "11:08" or "11:08:30" on the wall of `zone` on `day`, in UTC."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    local = datetime.combine(on, time.fromisoformat(clock), ZoneInfo(zone))
    return local.astimezone(UTC)


def instrument(ticker: str = "BABA", **changes: object) -> Instrument:
    """BABA as the desk knows it; any other ticker is a plain NYSE share named after itself."""
    plain = Instrument(ticker, ticker.title(), ticker.title(), "NYSE", "XNYS", "USD")
    return replace(BABA if ticker == "BABA" else plain, **changes)  # type: ignore[arg-type]


def session(day: date | str = DAY, *, previous: date | str = "2026-01-09") -> Session:
    """A full NYSE session with extended hours, 04:00 to 20:00."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    before = date.fromisoformat(previous) if isinstance(previous, str) else previous
    return Session(
        calendar="XNYS",
        day=on,
        previous=before,
        opens=at("09:30", day=on),
        closes=at("16:00", day=on),
        early=at("04:00", day=on),
        late=at("20:00", day=on),
        zone=NEW_YORK,
    )


def hong_kong(day: date | str = DAY, *, previous: date | str = "2026-01-09") -> Session:
    """A Hong Kong session, without extended hours."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    before = date.fromisoformat(previous) if isinstance(previous, str) else previous
    return Session(
        calendar="XHKG",
        day=on,
        previous=before,
        opens=at("09:30", day=on, zone=HONG_KONG),
        closes=at("16:00", day=on, zone=HONG_KONG),
        early=None,
        late=None,
        zone=HONG_KONG,
    )


def quote(
    last: str = "165.68",
    close: str | None = "150.96",
    *,
    ticker: str = "BABA",
    as_of: datetime | None = None,
    **changes: object,
) -> Quote:
    """A fresh regular-hours quote at 11:08, measured from Friday's close; percent agrees."""
    when = as_of or at("11:08")
    reference = Decimal(close) if close else None
    plain = Quote(
        ticker=ticker,
        last=Decimal(last),
        currency="USD",
        as_of=when,
        seen_at=when,
        state="REGULAR",
        close=reference,
        close_date=date(2026, 1, 9),
        percent=(Decimal(last) / reference - 1) * 100 if reference else None,
        volume=18_400_000,
        average_volume=19_900_000,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def move(
    last: str = "165.68",
    close: str = "150.96",
    *,
    ticker: str = "BABA",
    as_of: datetime | None = None,
    in_session: Session | None = None,
) -> Move:
    """The move of that price from the previous close, in the phase of its time."""
    when, day = as_of or at("11:08"), in_session or session()
    return Move(
        ticker=ticker,
        currency="USD",
        reference=Reference(ReferenceKind.PREVIOUS_CLOSE, Decimal(close), day.previous),
        last=Decimal(last),
        as_of=when,
        phase=day.phase(when),
    )


def percent_move(percent: str | Decimal, *, as_of: datetime | None = None) -> Move:
    """A move of exactly that many percent, from a previous close of 100."""
    last = Decimal(100) + Decimal(percent)
    return move(str(last), "100", as_of=as_of)


def facts(of: Move | None = None, **changes: object) -> Facts:
    """What a pass knows of that move: a quote with the same last, no history, no benchmark."""
    seen = of or move()
    plain = Facts(
        seen, quote(str(seen.last), str(seen.reference.price), as_of=seen.as_of), session()
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def terms(percent: str = "5", **changes: object) -> Terms:
    """±5 %, held a minute, rungs of 5 points, 30 minutes of cool-down."""
    plain = Terms(Decimal(percent), direction=Direction.BOTH)
    return replace(plain, **changes)  # type: ignore[arg-type]


def bar(start: datetime, close: str | Decimal, *, volume: int = 1_000) -> Bar:
    """A bar that opened and closed at the same price."""
    price = Decimal(close)
    return Bar(start, price, price, price, price, volume)


def minutes(tape: str, *, day: date | str = DAY, volume: int = 1_000) -> tuple[Bar, ...]:
    """One-minute bars from a tape of "07:42 151.10" lines; gaps are minutes without a print."""
    rows = (line.split() for line in tape.splitlines() if line.strip())
    return tuple(bar(at(row[0], day=day), row[1], volume=volume) for row in rows)


def daily(
    closes: Iterable[str | Decimal | int], *, until: date | str = "2026-01-09"
) -> tuple[Bar, ...]:
    """Completed sessions, oldest first, one a weekday, the newest on `until`."""
    on = date.fromisoformat(until) if isinstance(until, str) else until
    bars: list[Bar] = []
    for close in reversed(list(closes)):
        bars.append(bar(at("09:30", day=on), Decimal(close), volume=20_000_000))
        on -= timedelta(days=3 if on.weekday() == 0 else 1)
    return tuple(reversed(bars))


def story(
    title: str = "Qwen passes 700 million downloads on Hugging Face, AIBase data shows",
    *,
    outlet: str = "South China Morning Post",
    published: datetime | None = None,
    **changes: object,
) -> Story:
    """A story out at 07:42 and seen a minute later; its id is its title."""
    out = published or at("07:42")
    plain = Story(
        id=title,
        feed="https://feeds.example/news.xml",
        outlet=outlet,
        title=title,
        link="https://news.example/" + "-".join(title.lower().split()),
        published=out,
        first_seen=out + timedelta(minutes=1),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def outlet(name: str = "Example Times", **changes: object) -> Outlet:
    """A newspaper that nobody in these tests owns."""
    plain = Outlet(name, name, "news.example", OutletKind.PRESS)
    return replace(plain, **changes)  # type: ignore[arg-type]


def told(what: Story | str | None = None, by: Outlet = SCMP, *, words: str = "Qwen") -> Told:
    """A story that mentions BABA, and the outlet behind it."""
    if isinstance(what, Story):
        return Told(replace(what, outlet=by.name), by, words)
    return Told(story(what, outlet=by.name) if what else story(outlet=by.name), by, words)


def other(percent: str, *, ticker: str, as_of: datetime | None = None) -> Other:
    """A benchmark or peer that moved that many percent, at the same time."""
    last = Decimal(100) + Decimal(percent)
    priced = quote(str(last), "100", ticker=ticker, as_of=as_of)
    return Other(instrument(ticker), priced, session())


def gathered(
    *,
    told: Iterable[Told] = (),
    others: Mapping[str, Other] | None = None,
    **changes: object,
) -> Gathered:
    """BABA up 9.75 % at 11:08, with nothing around it but what is given."""
    stories = tuple(told)
    plain = Gathered(
        instrument=BABA,
        session=session(),
        quote=quote(),
        move=move(),
        now=at("11:08"),
        others=others or {},
        told=stories,
        read=len(stories),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def catalyst(**changes: object) -> Catalyst:
    """SCMP's report on Qwen downloads, citing AIBase: reported and fit for the headline."""
    said = Attribution(
        story=story(),
        outlet=SCMP,
        citing=("AIBase",),
        topic="Qwen downloads",
        event="popularity",
        words="Qwen",
    )
    plain = Catalyst(Grade.REPORTED, said, headline_worthy=True, read=1)
    return replace(plain, **changes)  # type: ignore[arg-type]


def brief(**changes: object) -> Brief:
    """The first revision of the BABA piece of the recorded day, without context."""
    plain = Brief(
        piece="BABA/2026-01-12/up/1",
        revision=1,
        state=PieceState.LIVE,
        instrument=BABA,
        session=session(),
        quote=quote(),
        move=move(),
        phase=move().phase,
        composed_at=at("11:08:02"),
        onset=at("07:50"),
        catalyst=catalyst(),
        caveats=(),
        context=Context(),
        updates=(Update(UpdateKind.FIRST, at("11:08"), move().percent, move().last),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def destination(id: int = 1, **changes: object) -> Destination:
    """A channel of guild 1 with the default layout."""
    return replace(Destination(id, guild=1), **changes)  # type: ignore[arg-type]


def watch(to: int = 1, ticker: str = "BABA", on: Terms | None = None) -> Watch:
    """Channel 1 wants BABA at ±5 %."""
    return Watch(to, ticker, on or terms())
