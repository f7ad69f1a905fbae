"""Kinds of columns: a moment in time, one of an enum's values, text and counts with a default."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa

EPOCH = datetime.fromtimestamp(0, UTC)


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds since 1970: it comes back as it was given."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


def moment(value: datetime) -> sa.ColumnElement[datetime]:
    """That moment inside an expression, where no column beside it tells the type."""
    return sa.literal(value, Instant())


def one_of(choices: type[Enum]) -> sa.Enum:
    """An enum kept by its value, as text, so that a new value needs no migration."""
    return sa.Enum(
        choices,
        native_enum=False,
        length=40,
        values_callable=lambda all: [one.value for one in all],
    )


def text(name: str) -> sa.Column[str]:
    """Text that is empty unless said otherwise."""
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def count(name: str) -> sa.Column[int]:
    """A number that starts at 0."""
    return sa.Column(name, sa.Integer, nullable=False, server_default=sa.text("0"))


def to(column: str) -> sa.ForeignKey:
    """Checked at the commit, so the order of writes inside one transaction is free."""
    return sa.ForeignKey(column, deferrable=True, initially="DEFERRED")


def counter() -> sa.types.TypeEngine[int]:
    """A 64-bit id that the database counts up."""
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")
