"""The schema's history, forward only. Each revision is frozen once it was released."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DeskError


async def migrate(connection: AsyncConnection) -> None:
    """Bring the schema to this program's revision; `DeskError` when it is newer than that."""
    await connection.run_sync(_upgrade)


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in known:
        raise DeskError(
            f"the store's schema must be revision {max(known)} or older, was {found}",
            hint="run the newer program that made it, or restore a backup from before",
        )
    command.upgrade(config, "head")
