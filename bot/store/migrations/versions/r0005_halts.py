"""What exchanges say of halts is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "halt",
        sa.Column("ticker", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("quotes_at", sa.BigInteger),
        sa.Column("resumes_at", sa.BigInteger, index=True),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("dropped_at", sa.BigInteger),
    )
