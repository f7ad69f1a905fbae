"""What servers want of the wire: feeds of their own, and the filters of their channels."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.columns import to
from bot.store.tables import metadata

feed_wish = sa.Table(
    "feed_wish",
    metadata,
    sa.Column("feed", sa.Text, to("feed.url"), primary_key=True),
    sa.Column("guild", sa.BigInteger, primary_key=True, autoincrement=False, index=True),
    sa.Column("channel", sa.BigInteger, to("destination.id"), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)

sieve = sa.Table(
    "sieve",
    metadata,
    sa.Column("destination", sa.BigInteger, to("destination.id"), primary_key=True),
    sa.Column("ticker", sa.Text, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)
