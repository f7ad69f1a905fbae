"""The situations that ship with the desk, under the names of their companies, and a little more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from bot.brief.situations.alibaba import (
    DOWNLOADS,
    LINK,
    after_the_move,
    closed,
    corrected,
    extended,
    faded,
    hostile,
    long_name,
    nothing_known,
    refiled,
    turned,
)
from bot.brief.situations.alibaba import reported as baba
from bot.brief.situations.hours import BEFORE_THE_OPEN as THIN
from bot.brief.situations.hours import before_the_open as intel
from bot.brief.situations.hours import crypto, evening, evening_closed, half_day
from bot.brief.situations.many import market_corrected, market_wide
from bot.brief.situations.shares import average_crossed_intraday as shy
from bot.brief.situations.shares import dividend_day, named, split_day, withdrawn, year_low
from bot.brief.situations.shares import no_cause as pdd
from bot.brief.situations.shares import pence as ocado
from bot.model.brief import Brief, ChartData
from bot.model.market import Instrument, Move, Quote, Session
from bot.model.piece import Update, UpdateKind
from tests import builders as b

__all__ = [
    "DOWNLOADS",
    "LINK",
    "THIN",
    "after_the_move",
    "baba",
    "closed",
    "corrected",
    "crypto",
    "dividend_day",
    "evening",
    "evening_closed",
    "extended",
    "faded",
    "half_day",
    "hostile",
    "intel",
    "long_name",
    "market_corrected",
    "market_wide",
    "named",
    "nothing_known",
    "ocado",
    "pdd",
    "refiled",
    "shy",
    "split_day",
    "turned",
    "withdrawn",
    "year_low",
]


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
