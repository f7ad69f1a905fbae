"""Halts are kept as the exchange's list tells them, and forgotten once they are over."""

from __future__ import annotations

from dataclasses import replace

from bot.model.halt import Halt
from bot.store import SqlStore
from tests.builders import at

LIST, OTHER = "https://halts.example/nasdaq.xml", "https://halts.example/other.xml"
PENDING = Halt("BABA", at("10:31"), "T1", "news pending")
PAUSE = Halt("JD", at("10:00"), "LUDP", "volatility pause", at("10:00"), at("10:05"))


async def put(store: SqlStore, feed: str, *halts: Halt, clock: str = "10:32") -> None:
    async with store.transaction("put") as tx:
        await tx.halts.put(feed, halts, at(clock))


async def standing(store: SqlStore, clock: str) -> dict[str, Halt]:
    async with store.transaction("look") as tx:
        return await tx.halts.standing(at(clock))


async def test_a_halt_stands_until_its_announced_end(store: SqlStore) -> None:
    """From its beginning, and to the moment of its resumption."""
    await put(store, LIST, PENDING, PAUSE)

    assert {} == await standing(store, "09:59")
    assert {"JD": PAUSE} == await standing(store, "10:04")
    assert {} == await standing(store, "10:05")
    assert {"BABA": PENDING} == await standing(store, "15:00")


async def test_a_later_list_tells_the_end(store: SqlStore) -> None:
    """The same halt, by its ticker and its beginning, with another code."""
    ended = replace(PENDING, code="T3", reason="news released", resumes_at=at("11:01"))
    await put(store, LIST, PENDING)
    await put(store, LIST, ended)

    assert {"BABA": ended} == await standing(store, "11:00")
    assert {} == await standing(store, "11:01")


async def test_what_the_list_tells_no_more_stands_no_longer(store: SqlStore) -> None:
    """Only its own, and only where no end was announced; named again it stands again."""
    await put(store, LIST, PENDING, PAUSE)
    await put(store, OTHER, replace(PENDING, ticker="PDD"))
    await put(store, LIST, replace(PAUSE, at=at("10:02"), resumes_at=at("10:07")))

    assert {"JD", "PDD"} == set(await standing(store, "10:40") | await standing(store, "10:04"))
    await put(store, LIST, PENDING)
    assert {"BABA", "PDD"} == set(await standing(store, "10:40"))


async def test_the_halts_of_a_ticker(store: SqlStore) -> None:
    """Those that began in a span, over or not, oldest first."""
    again = replace(PENDING, at=at("12:00"))
    await put(store, LIST, again, PENDING, PAUSE)

    async with store.transaction("look") as tx:
        assert [PENDING, again] == await tx.halts.of("BABA", at("09:30"), at("16:00"))
        assert [PENDING] == await tx.halts.of("BABA", at("09:30"), at("11:00"))


async def test_old_halts_are_forgotten_but_not_standing_ones(store: SqlStore) -> None:
    await put(store, LIST, PENDING, PAUSE)

    async with store.transaction("purge") as tx:
        assert 1 == await tx.halts.purge(at("11:00"))
        assert [PENDING] == await tx.halts.of("BABA", at("09:30"), at("16:00"))
        assert [] == await tx.halts.of("JD", at("09:30"), at("16:00"))
