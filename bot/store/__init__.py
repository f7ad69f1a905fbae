"""What the desk remembers, on SQLite or PostgreSQL: `open_store` is the way in."""

from __future__ import annotations

from bot.store.store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
