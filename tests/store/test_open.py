"""Opening a store: what is made, what is kept, and what is refused in one sentence."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import DeskError
from bot.services.ledger import Store
from bot.store import SqlStore, open_store
from bot.store.dialect import dialect_of
from bot.store.tables import metadata
from tests import builders
from tests.store.desk import Desk

_SQLITE_SCHEMA = "SELECT name, sql FROM sqlite_master"
_POSTGRES_SCHEMA = """
    SELECT table_name || '.' || column_name, data_type || is_nullable
           || coalesce(column_default, '') || coalesce(character_maximum_length, 0)
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


async def test_the_migrations_build_exactly_the_tables(empty_url: str, url: str) -> None:
    """A database made by the migrations is the one that the tables describe."""
    speaks, address = dialect_of(empty_url)
    engine = speaks.engine(address)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    described = await _schema(empty_url)
    await engine.dispose()

    assert described == await _schema(url)


async def _schema(url: str) -> dict[str, str]:
    speaks, address = dialect_of(url)
    engine = speaks.engine(address)
    query = _SQLITE_SCHEMA if address.get_backend_name() == "sqlite" else _POSTGRES_SCHEMA
    async with engine.connect() as connection:
        rows = (await connection.execute(sa.text(query))).all()
    await engine.dispose()
    # SQLite keeps the statement as it was written: only the spelling may differ
    plain = str.maketrans("", "", " \t\n()")
    return {name: (sql or "").translate(plain) for name, sql in rows if "alembic" not in name}


async def test_what_was_written_is_there_after_opening_again(empty_url: str) -> None:
    """The installation's id is made once, and everything else is kept."""
    async with await open_store(empty_url, new_id=lambda: "first") as store:
        await Desk(store).watch(builders.watch())
        first = store.installation
    async with await open_store(empty_url, new_id=lambda: "second") as store:
        async with store.transaction("look") as tx:
            kept = await tx.watches.of(1)

        assert "first" == first == store.installation
        assert [builders.watch()] == kept


async def test_replicas_may_open_a_new_database_at_once(empty_url: str) -> None:
    """Two processes that start together migrate one after the other."""
    first, second = await asyncio.gather(open_store(empty_url), open_store(empty_url))
    await first.close()
    await second.close()

    assert first.installation == second.installation


async def test_a_newer_schema_is_refused(empty_url: str) -> None:
    """An older program does not touch what a newer one has made of the database."""
    await (await open_store(empty_url)).close()
    speaks, address = dialect_of(empty_url)
    engine = speaks.engine(address)
    async with engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()

    with pytest.raises(DeskError) as refused:
        await open_store(empty_url)

    assert str(refused.value) == (
        "the store's schema must be revision 0006 or older, was 9999;"
        " run the newer program that made it, or restore a backup from before"
    )


async def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """The path is named, and what to change."""
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "desk.db"

    with pytest.raises(DeskError) as refused:
        await open_store(f"sqlite+aiosqlite:///{path}")

    assert str(refused.value) == (
        f"the store's file {path} cannot be written: file exists;"
        " set store.url to a file in a folder that the desk may write to"
    )


async def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    """SQLite's own words are kept, with the file they are about."""
    path = tmp_path / "desk.db"
    path.write_text("these are words, not pages; " * 100)

    with pytest.raises(DeskError) as refused:
        await open_store(f"sqlite:///{path}")

    assert str(refused.value) == (
        f"the store at sqlite+aiosqlite:///{path} failed: file is not a database;"
        " nothing of that step was kept; check store.url and that the database is up"
    )


async def test_a_database_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """A password in the URL is not repeated."""
    with pytest.raises(DeskError) as refused:
        await open_store(f"postgresql://desk:secret@/desk?host={tmp_path}")

    assert "postgresql+psycopg://desk:***@/desk" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("url", ["mysql://localhost/desk", "desk.db", ""])
async def test_another_database_is_refused(url: str) -> None:
    """Only the two that are tested are spoken."""
    with pytest.raises(DeskError) as refused:
        await open_store(url)

    assert str(refused.value) == (
        "store.url must start with sqlite+aiosqlite:/// or postgresql+psycopg://,"
        f" was {url or 'empty'}; try sqlite+aiosqlite:///data/desk.db"
    )


async def test_a_transaction_that_fails_keeps_nothing(store: SqlStore) -> None:
    """Everything inside one transaction commits together, or not at all."""
    with pytest.raises(KeyError):
        async with store.transaction("half") as tx:
            await tx.facts.set("tree", "1")
            raise KeyError

    async with store.transaction("look") as tx:
        found = await tx.facts.get("tree")

    assert found is None


async def test_a_cancelled_transaction_keeps_nothing(store: SqlStore) -> None:
    """A task that is cancelled in the middle leaves the store usable and unchanged."""
    written = asyncio.Event()

    async def write() -> None:
        async with store.transaction("cancelled") as tx:
            await tx.facts.set("tree", "1")
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await written.wait()
    task.cancel()
    await asyncio.wait([task])
    async with store.transaction("look") as tx:
        found = await tx.facts.get("tree")

    assert task.cancelled()
    assert found is None


async def test_a_broken_rule_is_told_plainly(store: SqlStore) -> None:
    """A watch of a destination that was never put does not commit."""
    with pytest.raises(DeskError, match=r"the store at .* failed: .*(?i:foreign key)"):
        async with store.transaction("watch") as tx:
            await tx.watches.put(builders.watch())


async def test_the_edges_of_a_commit_are_named(url: str) -> None:
    """A process can be stopped just before and just after every commit."""
    edges: list[str] = []
    async with await open_store(url, edge=edges.append) as store, store.transaction("speak"):
        edges.append("inside")

    assert edges == ["inside", "store.speak.before", "store.speak.after"]


async def test_before_the_commit_nothing_is_kept_and_after_it_all_is(url: str) -> None:
    """The edges stand where they say."""

    def die(at: str) -> None:
        if at in ("store.one.before", "store.two.after"):
            raise KeyError(at)

    async with await open_store(url, edge=die) as store:
        for name in ("one", "two"):
            with pytest.raises(KeyError):
                async with store.transaction(name) as tx:
                    await tx.facts.set(name, "written")
        async with store.transaction("look") as tx:
            found = [await tx.facts.get(name) for name in ("one", "two")]

    assert found == [None, "written"]


async def test_a_commit_that_adds_posts_wakes_the_publisher(store: SqlStore) -> None:
    """Without one, waking takes its time-out; with one, it does not."""
    desk = Desk(store)
    waiting = asyncio.create_task(store.wake(30))
    await desk.watch(builders.watch())
    await desk.speak()

    await asyncio.wait_for(waiting, 5)
    await store.wake(0.01)


@pytest.mark.parametrize("kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_a_commit_wakes_the_other_replicas(url: str) -> None:
    """PostgreSQL carries the call; a replica that begins to listen late has the poll."""
    async with await open_store(url) as here, await open_store(url) as there:
        desk = Desk(here)
        await desk.watch(builders.watch())
        woken = asyncio.create_task(there.wake(30))
        while not woken.done():
            await desk.speak()
            await asyncio.wait([woken], timeout=0.05)


async def test_the_store_is_what_the_services_ask_for(store: SqlStore) -> None:
    """The type checker reads this line; the run sees that the id is there."""
    asked: Store = store

    assert asked is store
    assert store.installation


async def test_a_wake_without_a_call_takes_its_time(store: SqlStore) -> None:
    """The time-out is the poll under every call."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    await store.wake(0.02)

    assert loop.time() - began >= timedelta(milliseconds=15).total_seconds()
