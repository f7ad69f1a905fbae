"""Many names at once: as they fall, when they are steadier, at the close, counted for one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.brief.situations.made import at, compared, new_york
from bot.model.brief import Caveat, MarketBrief
from bot.model.market import Phase
from bot.model.piece import Correction, CorrectionKind, PieceState, Update, UpdateKind

_FALLEN = (
    "SMCI -11.2,MSTR -9.7,COIN -8.8,AMD -7.9,NVDA -6.4,TSLA -6.1,MU -5.9,PLTR -5.6,AVGO -5.2,"
    "META -4.9,INTC -4.7,AMZN -4.6,BABA -4.4,PDD -4.2,JD -4.1,NFLX -3.9,GOOGL -3.8,CRM -3.6,"
    "ORCL -3.5,ADBE -3.4,AAPL -3.3,MSFT -3.2,QCOM -3.1"
)
_STEADY = ("KO", "PEP", "PG", "JNJ", "WMT", "MRK", "T", "VZ")
_TOGETHER = Caveat(
    "market-wide", "Many names moved together; no cause was looked for in any one of them."
)


def market_wide() -> MarketBrief:
    """23 of 31 names fall."""
    as_of = at("10:41")
    movers = compared(as_of, *_FALLEN.split(","))
    names = tuple(one.ticker for one in movers)
    index = compared(as_of, "SPY -2.8")[0]
    return MarketBrief(
        piece="market/2026-01-12/down/1",
        revision=1,
        state=PieceState.LIVE,
        scope="Market-wide",
        up=False,
        level=Decimal(3),
        movers=movers,
        watched=(*names, *_STEADY),
        index=index,
        alone=("SMCI", "MSTR"),
        session=new_york(),
        phase=Phase.LATE_MORNING,
        as_of=as_of,
        composed_at=as_of + timedelta(seconds=2),
        caveats=(_TOGETHER,),
        updates=(Update(UpdateKind.FIRST, as_of, index.percent, Decimal("612.40"), names=names),),
    )


def grown() -> MarketBrief:
    """Two more names have followed."""
    found, as_of = market_wide(), at("11:20")
    movers = (*found.movers, *compared(as_of, "PEP -3.0", "WMT -3.0"))
    names = tuple(one.ticker for one in movers)
    stamp = Update(UpdateKind.EXTENDED, as_of, Decimal("-3.1"), Decimal("610.51"), names=names)
    return replace(
        found,
        revision=2,
        movers=movers,
        index=compared(as_of, "SPY -3.1")[0],
        as_of=as_of,
        composed_at=as_of + timedelta(seconds=2),
        updates=(stamp, *found.updates),
    )


def apart_again() -> MarketBrief:
    """By the afternoon they no longer move together; the last figures are those of the morning."""
    found, now = market_wide(), at("14:10")
    names = found.updates[0].names
    stamp = Update(UpdateKind.FADED, now, Decimal("-2.8"), Decimal(0), names=names)
    return replace(
        found,
        revision=2,
        state=PieceState.FADED,
        composed_at=now,
        updates=(stamp, *found.updates),
    )


def at_the_close() -> MarketBrief:
    """How the day ended."""
    found, as_of = market_wide(), at("16:00:02")
    movers = found.movers[:12]
    names = tuple(one.ticker for one in movers)
    stamp = Update(UpdateKind.CLOSED, as_of, Decimal("-1.4"), Decimal("621.09"), names=names)
    return replace(
        found,
        revision=2,
        state=PieceState.CLOSED,
        phase=Phase.AFTERNOON,
        movers=movers,
        index=compared(as_of, "SPY -1.4")[0],
        as_of=as_of,
        composed_at=as_of + timedelta(seconds=2),
        alone=("SMCI",),
        updates=(stamp, *found.updates),
    )


def sector() -> MarketBrief:
    """A sector rises, without a quote of its index."""
    found = market_wide()
    movers = compared(found.as_of, "BABA 5.1", "JD 4.4", "PDD 3.9", "BIDU 3.0", "NTES 3.0")
    names = tuple(one.ticker for one in movers)
    return replace(
        found,
        piece="KWEB/2026-01-12/up/1",
        scope="KWEB group",
        up=True,
        movers=movers,
        watched=(*names, "BILI", "TME"),
        index=None,
        alone=(),
        updates=(replace(found.updates[0], names=names),),
    )


def market_corrected() -> MarketBrief:
    """One name had been counted on a quote that the provider took back."""
    found = market_wide()
    movers = found.movers[:-1]
    names = tuple(one.ticker for one in movers)
    count = Correction(
        CorrectionKind.CORRECTED,
        "the count",
        "23 of 31",
        "22 of 31",
        "the provider took back a price of QCOM",
        at("10:58"),
    )
    stamp = Update(
        UpdateKind.CORRECTED, count.at, Decimal("-2.8"), Decimal("612.40"), "the count", names
    )
    return replace(
        found,
        revision=2,
        movers=movers,
        corrections=(count,),
        updates=(stamp, *found.updates),
    )
