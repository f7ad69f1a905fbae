"""The evening is a leg of its own; watches expire."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("watch", sa.Column("expires", sa.BigInteger))
    expiring = sa.text("expires IS NOT NULL")
    op.create_index(
        "watch_expires", "watch", ["expires"], sqlite_where=expiring, postgresql_where=expiring
    )
    op.execute("INSERT INTO fact (key, value) VALUES ('watches', 'revision 0002')")
    if op.get_context().dialect.name == "sqlite":
        _made_again()
    else:
        _altered()


def _altered() -> None:
    """Every row so far is of a day; the next ones say it themselves."""
    for table in ("episode", "alert", "piece"):
        day = sa.Column("evening", sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column(table, day)
        op.alter_column(table, "evening", server_default=None)
    for table, columns in _KEYS.items():
        op.drop_constraint(f"{table}_pkey", table)
        op.create_primary_key(f"{table}_pkey", table, columns)
    op.drop_constraint("piece_ticker_session_up_ordinal_key", "piece")
    op.create_unique_constraint("piece_ticker_session_evening_up_ordinal_key", "piece", _UNIQUE)


def _made_again() -> None:
    """
    SQLite cannot change a key, so the rows are put aside and the table is made anew.

    It takes its own name again with its rows: what refers to it is counted as violated when it
    is dropped, and as mended row by row when it is filled.
    """
    for table, columns in _COLUMNS.items():
        op.execute(f"CREATE TEMPORARY TABLE aside AS SELECT * FROM {table}")
        op.drop_table(table)
        op.create_table(table, *columns())
        names = ", ".join(column.name for column in columns() if isinstance(column, sa.Column))
        values = names.replace("evening", "0")
        op.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM aside")
        op.execute("DROP TABLE aside")
    op.create_index("ix_episode_session", "episode", ["session"])
    op.create_index("ix_piece_state", "piece", ["state"])


def _episode() -> tuple[sa.Column[Any], ...]:
    return (
        *_keys(sa.Text, "terms", "ticker"),
        *_keys(sa.Date, "session"),
        *_keys(sa.Boolean, "evening"),
        _needed("body", sa.Text),
        _needed("changed_at", sa.BigInteger),
    )


def _alert() -> tuple[sa.Column[Any], ...]:
    piece = sa.ForeignKey("piece.id", deferrable=True, initially="DEFERRED")
    return (
        *_keys(sa.Text, "terms", "ticker"),
        *_keys(sa.Date, "session"),
        *_keys(sa.Boolean, "evening", "up"),
        *_keys(sa.Integer, "ordinal", "rung"),
        sa.Column("piece", sa.Text, piece, nullable=False),
        _needed("at", sa.BigInteger),
    )


def _piece() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        *_keys(sa.Text, "id"),
        _needed("subject", sa.Text),
        _needed("ticker", sa.Text),
        _needed("session", sa.Date),
        _needed("evening", sa.Boolean),
        _needed("up", sa.Boolean),
        _needed("ordinal", sa.Integer),
        _needed("state", sa.String(40)),
        _needed("revision", sa.Integer),
        _needed("first_at", sa.BigInteger),
        sa.UniqueConstraint(*_UNIQUE),
    )


def _keys(kind: type[sa.types.TypeEngine[Any]], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, primary_key=True) for name in names]


def _needed(
    name: str, kind: sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]
) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


_UNIQUE = ["ticker", "session", "evening", "up", "ordinal"]
_KEYS = {
    "episode": ["terms", "ticker", "session", "evening"],
    "alert": ["terms", "ticker", "session", "evening", "up", "ordinal", "rung"],
}
_COLUMNS = {"episode": _episode, "alert": _alert, "piece": _piece}
