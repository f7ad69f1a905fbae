"""The picture of a brief, where there are bars to draw it from: one a colour convention."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from bot.desk.amend import redraws, withdrawn
from bot.desk.own import read_there
from bot.errors import DeskError, SourceError
from bot.model.brief import Brief, ChartData, Colours, Variant
from bot.model.gathered import Gathered
from bot.model.piece import Correction
from bot.services.belt import Belt
from bot.services.copies import kept_as, made_right

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


async def for_servers(
    belt: Belt,
    brief: Brief,
    draw: Callable[[Brief], Awaitable[dict[Colours, bytes]]],
    newest: Correction | None = None,
) -> dict[str, dict[Colours, bytes]]:
    """
    Further pictures, by `kept_as`: for servers that corrected what theirs shows, and one that
    marks no cause where a channel's filter may hold it back.

    `newest` is a server's correction that the store does not have yet.
    """
    piece, own = brief.piece, dict[int, list[Correction]]()
    async with belt.store.transaction("own pictures") as tx:
        for guild in await tx.corrections.guilds(piece, brief.revision):
            own[guild] = await tx.corrections.of(piece, brief.revision, guild)
        filtering = await tx.wishes.filtering(brief.instrument.ticker)
    if newest is not None and newest.guild is not None:
        own.setdefault(newest.guild, []).append(newest)
    charts, said = {}, brief.catalyst.attribution
    if said is not None and filtering:
        plain = read_there(brief, Variant(aside=(said.story.id,)))
        charts[kept_as(piece, (), None, plain=True)] = await draw(plain)
    for guild, corrections in own.items():
        read = made_right(read_there(brief, Variant(guild=guild)), corrections)
        if redraws(corrections) and isinstance(read, Brief) and not withdrawn(read):
            charts[kept_as(piece, corrections, guild)] = await draw(read)
    return charts


def chart_data(brief: Brief, gathered: Gathered) -> ChartData:
    """The picture's facts: the day's minutes and the moment the cause was out."""
    said = brief.catalyst.attribution
    if said is None:
        return ChartData(gathered.minutes)
    return ChartData(gathered.minutes, said.story.out_at, said.outlet.short)
