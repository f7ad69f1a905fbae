"""Feeds remember more, as one noun; polls are a ring; stories have further keys and a past."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_EPOCH = datetime.fromtimestamp(0, UTC)
_KEPT = 50
_TOLD = ("etag", "last_modified", "body_hash", "failures", "stopped")
_MOMENTS = ("next_poll_at", "polled_at")
_MOVED = ("outlet", "kind", "etag", "last_modified", "body_hash", "failures", "polled_at")


def upgrade() -> None:
    polls = _polls()
    _feeds({url: len(rows) for url, rows in polls.items()})
    _ring(polls)
    _stories()


def _polls() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    told = "SELECT feed, at, status, size, millis, fresh, reason FROM poll ORDER BY id"
    for row in op.get_bind().exec_driver_sql(told):
        if row.at is not None:
            found.setdefault(row.feed, []).append(row)
    return found


def _feeds(polls: dict[str, int]) -> None:
    op.add_column("feed", sa.Column("body", sa.Text, nullable=False, server_default=""))
    bind = op.get_bind()
    write = sa.text("UPDATE feed SET body = :body WHERE url = :url")
    for row in bind.exec_driver_sql("SELECT * FROM feed").mappings().all():
        bind.execute(write, {"url": row["url"], "body": _body(row, polls.get(row["url"], 0))})
    for column in _MOVED:
        op.drop_column("feed", column)


def _body(row: Any, polls: int) -> str:
    feed = {name: row[name] for name in ("url", "outlet", "kind")}
    state = {name: row[name] for name in _TOLD} | {name: _moment(row[name]) for name in _MOMENTS}
    return json.dumps({"feed": feed, "polls": polls} | state)


def _moment(micros: int | None) -> str | None:
    return None if micros is None else (_EPOCH + timedelta(microseconds=micros)).isoformat()


def _ring(polls: dict[str, list[Any]]) -> None:
    op.drop_table("poll")
    poll = op.create_table(
        "poll",
        sa.Column("feed", sa.Text, _to("feed.url"), primary_key=True),
        sa.Column("slot", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *(_number(name) for name in ("status", "size", "millis", "fresh")),
        sa.Column("next_poll_at", sa.BigInteger),
        sa.Column("reason", sa.Text, nullable=False),
    )
    rows = [
        {"slot": number % _KEPT} | dict(row._mapping)
        for of_feed in polls.values()
        for number, row in list(enumerate(of_feed))[-_KEPT:]
    ]
    op.bulk_insert(poll, rows)


def _stories() -> None:
    for column in ("dated", "link_key", "title_key"):
        op.add_column("story", sa.Column(column, sa.Text, nullable=False, server_default=""))
    op.add_column("story", sa.Column("carried_at", sa.BigInteger))
    absorbed = sa.Column("absorbed", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("story", absorbed)
    op.execute("UPDATE story SET carried_at = first_seen")
    for column in ("link_key", "title_key"):
        op.create_index(f"ix_story_{column}", "story", [column])
    op.create_index("story_of_feed", "story", ["feed", "out_at"])
    op.create_table(
        "earlier_words",
        sa.Column("story", sa.Text, _to("story.id"), primary_key=True),
        sa.Column("until", sa.BigInteger, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _to(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="DEFERRED")
