"""What was published and decided: episodes and alerts, pieces, their briefs, words and charts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.model.alert import Episode
from bot.model.brief import AnyBrief, Colours, Rendered, Variant
from bot.model.piece import PieceKey, PieceState
from bot.services.ledger import EpisodeKey, PieceRow
from bot.store import codec, tables
from bot.store.work import Work

_EPISODES = sa.select(
    tables.episode.c.terms,
    tables.episode.c.ticker,
    tables.episode.c.evening,
    tables.episode.c.body,
).where(tables.episode.c.session == sa.bindparam("day"))
_LIVE = (
    sa.select(tables.piece)
    .where(tables.piece.c.state.in_((PieceState.LIVE, PieceState.FADED)))
    .order_by(tables.piece.c.first_at, tables.piece.c.id)
)


class SqlEpisodes:
    """Satisfies `bot.services.ledger.Episodes`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def of(self, days: Collection[date]) -> dict[EpisodeKey, Episode]:
        found: dict[EpisodeKey, Episode] = {}
        for day in set(days):
            rows = await self._work.rows(_EPISODES, day=day)
            for terms, ticker, evening, body in map(tuple, rows):
                found[EpisodeKey(terms, ticker, day, evening)] = _episode(body)
        return found

    async def save(self, key: EpisodeKey, episode: Episode, at: datetime) -> None:
        await self.save_all({key: episode}, at)

    async def save_all(self, changed: Mapping[EpisodeKey, Episode], at: datetime) -> None:
        rows = [
            {**key._asdict(), "body": codec.dump(episode), "changed_at": at}
            for key, episode in changed.items()
        ]
        await self._work.put_all(tables.episode, EpisodeKey._fields, rows)

    async def add_alert(self, key: EpisodeKey, episode: Episode, piece: str, at: datetime) -> None:
        await self._work.add(
            tables.alert,
            **key._asdict(),
            up=bool(episode.up),
            ordinal=episode.ordinal,
            rung=episode.rungs,
            piece=piece,
            at=at,
        )

    async def purge(self, before: date) -> int:
        return await self._work.run(
            sa.delete(tables.episode).where(tables.episode.c.session < before)
        )


class SqlPieces:
    """Satisfies `bot.services.ledger.Pieces`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def latest(
        self, ticker: str, session: date, up: bool, evening: bool = False
    ) -> PieceRow | None:
        row = await self._work.row(
            sa.select(tables.piece)
            .where(
                tables.piece.c.ticker == ticker,
                tables.piece.c.session == session,
                tables.piece.c.evening == evening,
                tables.piece.c.up == up,
            )
            .order_by(tables.piece.c.ordinal.desc())
            .limit(1)
        )
        return None if row is None else to_piece(row)

    async def get(self, piece: str) -> PieceRow | None:
        row = await self._work.row(
            sa.select(tables.piece).where(tables.piece.c.id == piece).with_for_update()
        )
        return None if row is None else to_piece(row)

    async def live(self) -> list[PieceRow]:
        return [to_piece(row) for row in await self._work.rows(_LIVE)]

    async def add_revision(self, row: PieceRow, brief: AnyBrief) -> None:
        changing = {"state": row.state, "revision": row.revision}
        await self._work.run(
            self._work.insert(tables.piece)
            .values(
                id=row.key.id,
                subject=row.key.subject,
                ticker=row.key.ticker,
                session=row.key.session,
                evening=row.key.evening,
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

    async def brief(self, piece: str, revision: int) -> AnyBrief | None:
        body = await self._work.value(
            sa.select(tables.brief.c.body).where(_is(tables.brief, piece, revision))
        )
        return None if body is None else codec.load_brief(body)

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


@lru_cache(maxsize=20_000)
def _episode(body: str) -> Episode:
    """Most are as the pass before read them."""
    return codec.load(Episode, body)


def to_piece(row: sa.Row[Any]) -> PieceRow:
    """A row that has the columns of `piece`."""
    key = PieceKey(row.subject, row.ticker, row.session, row.up, row.ordinal, row.evening)
    return PieceRow(key, row.state, row.revision)
