"""How a situation is made by hand: clocks in the words of a wall, prices as they are printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.model.brief import Brief, Comparison, Context
from bot.model.market import Instrument, Move, Phase, Quote, Reference, ReferenceKind, Session
from bot.model.news import Catalyst, Grade, Story
from bot.model.piece import PieceState, Update, UpdateKind

NEW_YORK, LONDON, HONG_KONG = "America/New_York", "Europe/London", "Asia/Hong_Kong"
MONDAY, FRIDAY = date(2026, 1, 12), date(2026, 1, 9)


def at(clock: str, day: date = MONDAY, zone: str = NEW_YORK) -> datetime:
    """ "11:08" or "16:00:02" on the wall of `zone`, in UTC."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone)).astimezone(UTC)


def new_york(day: date = MONDAY, previous: date = FRIDAY, closes: str = "16:00") -> Session:
    """A session of the New York exchanges, with extended hours from 04:00 to 4 hours after."""
    end = at(closes, day)
    late, half = end + timedelta(hours=4), closes != "16:00"
    opens, early = at("09:30", day), at("04:00", day)
    return Session("XNYS", day, previous, opens, end, early, late, NEW_YORK, half)


def london() -> Session:
    """A Monday in London, without extended hours."""
    opens, closes = at("08:00", zone=LONDON), at("16:30", zone=LONDON)
    return Session("XLON", MONDAY, FRIDAY, opens, closes, None, None, LONDON)


def around_the_clock() -> Session:
    """A day of a crypto pair, from midnight to midnight UTC."""
    opens = at("00:00", zone="UTC")
    before = MONDAY - timedelta(days=1)
    return Session("24/7", MONDAY, before, opens, opens + timedelta(days=1), None, None, "UTC")


def measured(
    session: Session, as_of: datetime, currency: str, last: str, close: str | Reference
) -> Move:
    """The move to `last`, from a previous close or from another reference."""
    reference = close
    if isinstance(reference, str):
        price = Decimal(reference)
        reference = Reference(ReferenceKind.PREVIOUS_CLOSE, price, session.previous)
    return Move("", currency, reference, Decimal(last), as_of, session.phase(as_of))


def first(instrument: Instrument, session: Session, move: Move) -> Brief:
    """The first revision of a piece about that move, with no cause and nothing around it."""
    move = replace(move, ticker=instrument.ticker)
    states = {Phase.PRE: "PRE", Phase.AFTER_HOURS: "POST"}
    quote = Quote(
        ticker=instrument.ticker,
        last=move.last,
        currency=move.currency,
        as_of=move.as_of,
        seen_at=move.as_of,
        state=states.get(move.phase, "REGULAR"),
        close=move.reference.price,
        close_date=move.reference.day,
    )
    return Brief(
        piece=f"{instrument.ticker}/{session.day.isoformat()}/{'up' if move.up else 'down'}/1",
        revision=1,
        state=PieceState.LIVE,
        instrument=instrument,
        session=session,
        quote=quote,
        move=move,
        phase=move.phase,
        composed_at=move.as_of + timedelta(seconds=2),
        onset=None,
        catalyst=Catalyst(Grade.NONE),
        caveats=(),
        context=Context(),
        updates=(Update(UpdateKind.FIRST, move.as_of, move.percent, move.last),),
    )


def later(brief: Brief, last: str, as_of: datetime, kind: UpdateKind, text: str = "") -> Brief:
    """The next revision of that piece, at another price, with its stamped line."""
    move = replace(brief.move, last=Decimal(last), as_of=as_of, phase=brief.session.phase(as_of))
    stamp = Update(kind, as_of, move.percent, move.last, text)
    states = {UpdateKind.FADED: PieceState.FADED, UpdateKind.CLOSED: PieceState.CLOSED}
    return replace(
        brief,
        revision=brief.revision + 1,
        state=states.get(kind, brief.state),
        move=move,
        phase=move.phase,
        quote=replace(brief.quote, last=move.last, as_of=as_of, seen_at=as_of),
        composed_at=as_of + timedelta(seconds=2),
        updates=(stamp, *brief.updates),
    )


def story(title: str, outlet: str, out: datetime, link: str = "") -> Story:
    """A story that the desk read a minute after it was out."""
    return Story(
        id=title,
        feed="https://feeds.example/news.xml",
        outlet=outlet,
        title=title,
        link=link or "https://news.example/" + "-".join(title.lower().split()),
        published=out,
        first_seen=out + timedelta(minutes=1),
    )


def compared(as_of: datetime, *rows: str) -> tuple[Comparison, ...]:
    """Rows such as "KWEB 3.1" at that time."""
    pairs = (row.split() for row in rows)
    return tuple(Comparison(name, name, Decimal(far), as_of) for name, far in pairs)
