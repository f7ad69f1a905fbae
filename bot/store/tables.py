"""
What the desk remembers, table by table; the migrations build exactly this.

Nouns that are only ever read whole are kept as JSON, in a column named `body`.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.model.brief import Colours, Layout
from bot.model.piece import PieceState
from bot.model.post import PostKind, PostState
from bot.store.columns import Instant, count, counter, one_of, text, to

metadata = sa.MetaData()

destination = sa.Table(
    "destination",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("guild", sa.BigInteger, index=True),
    sa.Column("layout", one_of(Layout), nullable=False),
    sa.Column("colours", one_of(Colours), nullable=False),
    text("zone"),
    text("broken"),
)

terms = sa.Table(
    "terms",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)

watch = sa.Table(
    "watch",
    metadata,
    sa.Column("destination", sa.BigInteger, to("destination.id"), primary_key=True),
    sa.Column("ticker", sa.Text, primary_key=True),
    sa.Column("terms", sa.Text, to("terms.key"), primary_key=True),
    sa.Column("author", sa.BigInteger),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("expires", Instant),
    sa.Index("watch_wanted", "ticker", "terms"),
)
sa.Index(
    "watch_expires",
    watch.c.expires,
    sqlite_where=watch.c.expires.is_not(None),
    postgresql_where=watch.c.expires.is_not(None),
)

episode = sa.Table(
    "episode",
    metadata,
    sa.Column("terms", sa.Text, primary_key=True),
    sa.Column("ticker", sa.Text, primary_key=True),
    sa.Column("session", sa.Date, primary_key=True, index=True),
    sa.Column("evening", sa.Boolean, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
)

piece = sa.Table(
    "piece",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("ticker", sa.Text, nullable=False),
    sa.Column("session", sa.Date, nullable=False),
    sa.Column("evening", sa.Boolean, nullable=False),
    sa.Column("up", sa.Boolean, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("state", one_of(PieceState), nullable=False, index=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("first_at", Instant, nullable=False),
    sa.UniqueConstraint("ticker", "session", "evening", "up", "ordinal"),
)

alert = sa.Table(
    "alert",
    metadata,
    sa.Column("terms", sa.Text, primary_key=True),
    sa.Column("ticker", sa.Text, primary_key=True),
    sa.Column("session", sa.Date, primary_key=True),
    sa.Column("evening", sa.Boolean, primary_key=True),
    sa.Column("up", sa.Boolean, primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("rung", sa.Integer, primary_key=True),
    sa.Column("piece", sa.Text, to("piece.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

brief = sa.Table(
    "brief",
    metadata,
    sa.Column("piece", sa.Text, to("piece.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)

rendering = sa.Table(
    "rendering",
    metadata,
    sa.Column("piece", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("variant", sa.Text, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)

chart = sa.Table(
    "chart",
    metadata,
    sa.Column("piece", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("colours", one_of(Colours), primary_key=True),
    sa.Column("png", sa.LargeBinary, nullable=False),
)

post = sa.Table(
    "post",
    metadata,
    sa.Column("id", counter(), primary_key=True),
    sa.Column("piece", sa.Text, to("piece.id"), nullable=False),
    sa.Column("destination", sa.BigInteger, to("destination.id"), nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("kind", one_of(PostKind), nullable=False),
    sa.Column("state", one_of(PostState), nullable=False, server_default=PostState.OPEN.value),
    text("reason"),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("desired_rev", sa.Integer, nullable=False),
    count("posted_rev"),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("owner", sa.Text),
    count("tries"),
    sa.Column("lease_until", Instant),
    sa.Column("due_at", Instant),
    sa.Column("first_attempt_at", Instant),
    sa.UniqueConstraint("piece", "destination", "part"),
)

slot = sa.Table(
    "slot",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("next_at", Instant, nullable=False),
    sa.Column("paused_until", Instant, nullable=False),
)

feed = sa.Table(
    "feed",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("next_poll_at", Instant, index=True),
    text("stopped"),
    text("body"),
    sa.Column("listed", sa.Boolean, nullable=False, server_default=sa.true()),
)

story = sa.Table(
    "story",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("feed", sa.Text, to("feed.url"), nullable=False),
    sa.Column("outlet", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("published", Instant),
    sa.Column("first_seen", Instant, nullable=False),
    text("summary"),
    sa.Column("out_at", Instant, nullable=False, index=True),
    sa.Column("dropped_at", Instant),
    text("dated"),
    sa.Column("link_key", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("title_key", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("carried_at", Instant),
    sa.Column("absorbed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("story_of_feed", "feed", "out_at"),
)

earlier_words = sa.Table(
    "earlier_words",
    metadata,
    sa.Column("story", sa.Text, to("story.id"), primary_key=True),
    sa.Column("until", Instant, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
)

mention = sa.Table(
    "mention",
    metadata,
    sa.Column("ticker", sa.Text, primary_key=True),
    sa.Column("story", sa.Text, to("story.id"), primary_key=True),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

poll = sa.Table(
    "poll",
    metadata,
    sa.Column("feed", sa.Text, to("feed.url"), primary_key=True),
    sa.Column("slot", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("millis", sa.Integer, nullable=False),
    sa.Column("fresh", sa.Integer, nullable=False),
    sa.Column("next_poll_at", Instant),
    sa.Column("reason", sa.Text, nullable=False),
)

halt = sa.Table(
    "halt",
    metadata,
    sa.Column("ticker", sa.Text, primary_key=True),
    sa.Column("at", Instant, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("quotes_at", Instant),
    sa.Column("resumes_at", Instant, index=True),
    sa.Column("feed", sa.Text, nullable=False),
    sa.Column("dropped_at", Instant),
)

fact = sa.Table(
    "fact",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

correction = sa.Table(
    "correction",
    metadata,
    sa.Column("piece", sa.Text, to("piece.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("guild", sa.BigInteger, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
