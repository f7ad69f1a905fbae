"""Servers have feeds of their own, and their channels filters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    listed = sa.Column("listed", sa.Boolean, nullable=False, server_default=sa.true())
    op.add_column("feed", listed)
    op.create_table(
        "feed_wish",
        sa.Column("feed", sa.Text, _to("feed.url"), primary_key=True),
        sa.Column("guild", sa.BigInteger, primary_key=True, autoincrement=False, index=True),
        sa.Column("channel", sa.BigInteger, _to("destination.id"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "sieve",
        sa.Column("destination", sa.BigInteger, _to("destination.id"), primary_key=True),
        sa.Column("ticker", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )


def _to(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="DEFERRED")
