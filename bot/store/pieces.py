"""What was published and decided: episodes and alerts, pieces, their briefs, words and charts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from bot.model.alert import Episode
from bot.model.brief import Brief, Colours, Rendered, Variant
from bot.model.piece import PieceKey, PieceState
from bot.services.ledger import EpisodeKey, PieceRow
from bot.store import codec, tables
from bot.store.work import Work

_AT_ONCE = 1000


class SqlEpisodes:
    """Satisfies `bot.services.ledger.Episodes`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def load(self, keys: Collection[EpisodeKey]) -> dict[EpisodeKey, Episode]:
        wanted = set(keys)
        days = {key.session for key in wanted}
        tickers = iter({key.ticker for key in wanted})
        found = {}
        while some := list(islice(tickers, _AT_ONCE)):
            near = sa.select(tables.episode).where(
                tables.episode.c.session.in_(days), tables.episode.c.ticker.in_(some)
            )
            for row in await self._work.rows(near):
                key = EpisodeKey(row.terms, row.ticker, row.session)
                if key in wanted:
                    found[key] = codec.load(Episode, row.body)
        return found

    async def save(self, key: EpisodeKey, episode: Episode, at: datetime) -> None:
        await self._work.put(
            tables.episode,
            "terms",
            "ticker",
            "session",
            terms=key.terms,
            ticker=key.ticker,
            session=key.session,
            body=codec.dump(episode),
            changed_at=at,
        )

    async def add_alert(self, key: EpisodeKey, episode: Episode, piece: str, at: datetime) -> None:
        await self._work.add(
            tables.alert,
            terms=key.terms,
            ticker=key.ticker,
            session=key.session,
            up=bool(episode.up),
            ordinal=episode.ordinal,
            rung=episode.rungs,
            piece=piece,
            at=at,
        )


class SqlPieces:
    """Satisfies `bot.services.ledger.Pieces`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def latest(self, ticker: str, session: date, up: bool) -> PieceRow | None:
        row = await self._work.row(
            sa.select(tables.piece)
            .where(
                tables.piece.c.ticker == ticker,
                tables.piece.c.session == session,
                tables.piece.c.up == up,
            )
            .order_by(tables.piece.c.ordinal.desc())
            .limit(1)
        )
        return None if row is None else _to_piece(row)

    async def live(self) -> list[PieceRow]:
        rows = await self._work.rows(
            sa.select(tables.piece)
            .where(tables.piece.c.state != PieceState.CLOSED)
            .order_by(tables.piece.c.first_at, tables.piece.c.id)
        )
        return [_to_piece(row) for row in rows]

    async def add_revision(self, row: PieceRow, brief: Brief) -> None:
        changing = {"state": row.state, "revision": row.revision}
        await self._work.run(
            self._work.insert(tables.piece)
            .values(
                id=row.key.id,
                subject=row.key.subject,
                ticker=row.key.ticker,
                session=row.key.session,
                up=row.key.up,
                ordinal=row.key.ordinal,
                first_at=brief.composed_at,
                **changing,
            )
            .on_conflict_do_update(index_elements=["id"], set_=changing)
        )
        await self._work.run(
            sa.insert(tables.brief).values(
                piece=row.key.id, revision=row.revision, body=codec.dump(brief)
            )
        )

    async def close(self, piece: str) -> None:
        await self._work.run(
            sa.update(tables.piece)
            .where(tables.piece.c.id == piece)
            .values(state=PieceState.CLOSED)
        )

    async def brief(self, piece: str, revision: int) -> Brief | None:
        body = await self._work.value(
            sa.select(tables.brief.c.body).where(_is(tables.brief, piece, revision))
        )
        return None if body is None else codec.load(Brief, body)

    async def put_rendered(
        self, piece: str, revision: int, variant: Variant, rendered: Rendered
    ) -> None:
        await self._work.put(
            tables.rendering,
            "piece",
            "revision",
            "variant",
            piece=piece,
            revision=revision,
            variant=variant.key,
            body=codec.dump(rendered),
        )

    async def rendered(self, piece: str, revision: int, variant: Variant) -> Rendered | None:
        body = await self._work.value(
            sa.select(tables.rendering.c.body).where(
                _is(tables.rendering, piece, revision), tables.rendering.c.variant == variant.key
            )
        )
        return None if body is None else codec.load(Rendered, body)

    async def put_chart(self, piece: str, revision: int, colours: Colours, png: bytes) -> None:
        await self._work.put(
            tables.chart,
            "piece",
            "revision",
            "colours",
            piece=piece,
            revision=revision,
            colours=colours,
            png=png,
        )

    async def chart(self, piece: str, revision: int, colours: Colours) -> bytes | None:
        png: bytes | None = await self._work.value(
            sa.select(tables.chart.c.png).where(
                _is(tables.chart, piece, revision), tables.chart.c.colours == colours
            )
        )
        return png


def _is(table: sa.Table, piece: str, revision: int) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.piece == piece, table.c.revision == revision)


def _to_piece(row: sa.Row[Any]) -> PieceRow:
    key = PieceKey(row.subject, row.ticker, row.session, row.up, row.ordinal)
    return PieceRow(key, row.state, row.revision)
