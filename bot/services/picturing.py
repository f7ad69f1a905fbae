"""The picture of a brief, where there are bars to draw it from: one a colour convention."""

from __future__ import annotations

import structlog

from bot.errors import DeskError, SourceError
from bot.model.brief import Brief, ChartData, Colours
from bot.model.gathered import Gathered
from bot.services.belt import Belt

log = structlog.get_logger(__name__)

DAYS = "5d"  # a close may be restated days after


async def pictures(belt: Belt, brief: Brief, gathered: Gathered) -> dict[Colours, bytes]:
    """One for each convention that is watched in; none without bars, or where drawing fails."""
    if not gathered.minutes:
        return {}
    async with belt.store.transaction("colours") as tx:
        wanted = await tx.watches.colours(brief.instrument.ticker)
    data, charts = chart_data(brief, gathered), dict[Colours, bytes]()
    try:
        for colours in wanted or [Colours.GREEN_UP]:
            charts[colours] = await belt.renderer.chart(brief, data, colours)
    except (DeskError, ValueError, ArithmeticError) as error:
        log.warning("no chart", piece=brief.piece, why=str(error))
    return charts


async def drawn_again(belt: Belt, brief: Brief) -> dict[Colours, bytes]:
    """The pictures of a brief whose figures were corrected; none without its day's bars."""
    session = brief.session
    early, late = session.early or session.opens, session.late or session.closes
    try:
        bars = await belt.quotes.bars(brief.instrument.ticker, "1m", DAYS)
    except SourceError as error:
        log.warning("no chart", piece=brief.piece, why=str(error))
        return {}
    minutes = tuple(bar for bar in bars if early <= bar.at < late)
    gathered = Gathered(
        brief.instrument, session, brief.quote, brief.move, brief.composed_at, minutes=minutes
    )
    return await pictures(belt, brief, gathered)


def chart_data(brief: Brief, gathered: Gathered) -> ChartData:
    """The picture's facts: the day's minutes and the moment the cause was out."""
    said = brief.catalyst.attribution
    if said is None or said.story.out_at < gathered.minutes[0].at:
        return ChartData(gathered.minutes)
    return ChartData(gathered.minutes, said.story.out_at, said.outlet.short)
