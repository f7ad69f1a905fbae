"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_UNFINISHED = "state = 'open' AND (message_id IS NULL OR posted_rev < desired_rev)"
_READY = f"{_UNFINISHED} AND lease_until IS NULL AND due_at IS NULL"


def upgrade() -> None:
    _destinations_and_watches()
    _episodes()
    _pieces()
    _outbox()
    _feeds()
    _stories()
    op.create_table("fact", _key("key"), _needed("value", sa.Text))


def _destinations_and_watches() -> None:
    op.create_table(
        "destination",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("guild", sa.BigInteger),
        _needed("layout", sa.String(40)),
        _needed("colours", sa.String(40)),
        _text("zone"),
        _text("broken"),
    )
    op.create_index("ix_destination_guild", "destination", ["guild"])
    op.create_table("terms", _key("key"), _needed("body", sa.Text))
    op.create_table(
        "watch",
        sa.Column("destination", sa.BigInteger, _to("destination.id"), primary_key=True),
        _key("ticker"),
        sa.Column("terms", sa.Text, _to("terms.key"), primary_key=True),
        sa.Column("author", sa.BigInteger),
        _needed("origin", sa.Text),
    )
    op.create_index("watch_wanted", "watch", ["ticker", "terms"])


def _episodes() -> None:
    op.create_table(
        "episode",
        _key("terms"),
        _key("ticker"),
        sa.Column("session", sa.Date, primary_key=True),
        _needed("body", sa.Text),
        _needed("changed_at", sa.BigInteger),
    )
    op.create_index("ix_episode_session", "episode", ["session"])


def _pieces() -> None:
    op.create_table(
        "piece",
        _key("id"),
        _needed("subject", sa.Text),
        _needed("ticker", sa.Text),
        _needed("session", sa.Date),
        _needed("up", sa.Boolean),
        _needed("ordinal", sa.Integer),
        _needed("state", sa.String(40)),
        _needed("revision", sa.Integer),
        _needed("first_at", sa.BigInteger),
        sa.UniqueConstraint("ticker", "session", "up", "ordinal"),
    )
    op.create_index("ix_piece_state", "piece", ["state"])
    op.create_table(
        "alert",
        _key("terms"),
        _key("ticker"),
        sa.Column("session", sa.Date, primary_key=True),
        sa.Column("up", sa.Boolean, primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("rung", sa.Integer, primary_key=True),
        sa.Column("piece", sa.Text, _to("piece.id"), nullable=False),
        _needed("at", sa.BigInteger),
    )
    op.create_table(
        "brief",
        sa.Column("piece", sa.Text, _to("piece.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        _needed("body", sa.Text),
    )
    op.create_table("rendering", *_of_revision(), _key("variant"), _needed("body", sa.Text))
    op.create_table(
        "chart",
        *_of_revision(),
        sa.Column("colours", sa.String(40), primary_key=True),
        _needed("png", sa.LargeBinary),
    )


def _outbox() -> None:
    op.create_table(
        "post",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("piece", sa.Text, _to("piece.id"), nullable=False),
        sa.Column("destination", sa.BigInteger, _to("destination.id"), nullable=False),
        _needed("part", sa.Integer),
        _needed("kind", sa.String(40)),
        sa.Column("state", sa.String(40), nullable=False, server_default="open"),
        _text("reason"),
        _needed("priority", sa.Integer),
        _needed("desired_rev", sa.Integer),
        _count("posted_rev"),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("owner", sa.Text),
        _count("tries"),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("first_attempt_at", sa.BigInteger),
        sa.UniqueConstraint("piece", "destination", "part"),
    )
    _partial_index("post_ready", ["priority", sa.text("(tries = 0)"), "id"], _READY)
    _partial_index("post_channel", ["destination", "id"], _UNFINISHED)
    _partial_index("post_leased", ["lease_until"], "lease_until IS NOT NULL")
    _partial_index("post_waiting", ["due_at"], "due_at IS NOT NULL")
    op.create_table(
        "slot",
        _key("key"),
        _needed("next_at", sa.BigInteger),
        _needed("paused_until", sa.BigInteger),
    )


def _feeds() -> None:
    op.create_table(
        "feed",
        _key("url"),
        _needed("outlet", sa.Text),
        _needed("kind", sa.String(40)),
        _text("etag"),
        _text("last_modified"),
        _text("body_hash"),
        _count("failures"),
        sa.Column("next_poll_at", sa.BigInteger),
        sa.Column("polled_at", sa.BigInteger),
        _text("stopped"),
    )
    op.create_index("ix_feed_next_poll_at", "feed", ["next_poll_at"])
    op.create_table(
        "poll",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("feed", sa.Text, _to("feed.url"), nullable=False),
        sa.Column("at", sa.BigInteger),
        *(_needed(name, sa.Integer) for name in ("status", "size", "millis", "fresh")),
        _needed("reason", sa.Text),
    )
    op.create_index("poll_feed", "poll", ["feed", "id"])


def _stories() -> None:
    op.create_table(
        "story",
        _key("id"),
        sa.Column("feed", sa.Text, _to("feed.url"), nullable=False),
        _needed("outlet", sa.Text),
        _needed("title", sa.Text),
        _needed("link", sa.Text),
        sa.Column("published", sa.BigInteger),
        _needed("first_seen", sa.BigInteger),
        _text("summary"),
        _needed("out_at", sa.BigInteger),
    )
    op.create_index("ix_story_out_at", "story", ["out_at"])
    op.create_table(
        "mention",
        _key("ticker"),
        sa.Column("story", sa.Text, _to("story.id"), primary_key=True),
        _needed("words", sa.Text),
        _needed("reason", sa.Text),
    )


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _of_revision() -> tuple[sa.Column[str], sa.Column[int]]:
    return _key("piece"), sa.Column("revision", sa.Integer, primary_key=True)


def _needed(
    name: str, kind: sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]
) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=sa.text("0"))


def _to(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="DEFERRED")


def _partial_index(name: str, columns: list[str | sa.TextClause], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "post", columns, sqlite_where=condition, postgresql_where=condition)
