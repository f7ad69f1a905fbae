"""One brief for a falling market: who hears it, whom it hushes, and who speaks all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.together import Together
from bot.model.alert import Reason
from bot.model.brief import MarketBrief
from bot.model.market import Instrument, InstrumentKind
from bot.model.piece import PieceState
from bot.services.directory import Companies
from bot.services.publication import Publication, Spoken
from bot.services.sighting import Sight
from bot.services.watch import Pace, Watching
from tests.builders import at, destination, quote, watch
from tests.services.newsroom import Newsroom, newsroom

NAMES = ("AAA", "BBB", "CCC", "DDD", "EEE")
MARKET = "@SPY/2026-01-12/down/1"


def share(ticker: str) -> Instrument:
    return Instrument(
        ticker, f"{ticker} Holdings", ticker, "NYSE", "XNYS", "USD", benchmarks=("SPY",)
    )


SPY = Instrument("SPY", "SPDR S&P 500", "SPY", "NYSE Arca", "XNYS", "USD", InstrumentKind.ETF)


@asynccontextmanager
async def market(folder: Path) -> AsyncIterator[Newsroom]:
    """Channel 10 watches five names, channel 20 only AAA and KKK; three names make a crowd."""
    known = {name: share(name) for name in (*NAMES, "KKK")} | {"SPY": SPY}
    async with newsroom(folder) as room:
        belt = replace(
            room.belt, companies=Companies(known, room.prices), together=Together(names=3)
        )
        room.belt, room.watching = belt, Watching(belt, Publication(belt), Pace())
        async with room.store.transaction("watches") as tx:
            await tx.watches.remove(1, "BABA")
            for channel, names in ((10, NAMES), (20, ("AAA", "KKK"))):
                await tx.destinations.put(destination(channel))
                for name in names:
                    await tx.watches.put(watch(channel, name))
        yield room


async def look(room: Newsroom, clock: str, **percents: str) -> list[tuple[int, str]]:
    """One pass at these percents; the channel and notification of every message newly sent."""
    before, room.clock.at = len(room.discord.sent), at(clock)
    room.prices.quotes = {
        ticker: quote(str(100 + float(percent)), "100", ticker=ticker, as_of=at(clock))
        for ticker, percent in percents.items()
    }
    await room.watching.pass_once(at(clock))
    await room.publish()
    return sorted((sent.channel, sent.words.content) for sent in room.discord.sent[before:])


FALL = {"AAA": "-6", "BBB": "-6.5", "CCC": "-5.5", "DDD": "-1", "EEE": "0.3", "SPY": "-2.8"}


async def test_a_falling_market_is_one_brief_where_enough_of_it_is_watched(tmp_path: Path) -> None:
    async with market(tmp_path) as room:
        await look(room, "10:00", **FALL)
        told = await look(room, "10:02", **FALL)
        brief = await stored(room)

        assert [10, 20] == [channel for channel, _ in told]
        assert "3 of 5 watched names fall over 3%" in told[0][1]
        assert told[1][1].startswith("▼ AAA −6.0%")
        assert ("BBB", "AAA", "CCC") == tuple(mover.ticker for mover in brief.movers)
        assert room.held == []


async def test_a_single_that_falls_farther_than_the_market_speaks_too(tmp_path: Path) -> None:
    async with market(tmp_path) as room:
        await look(room, "10:00", **FALL)
        await look(room, "10:02", **FALL)
        told = await look(room, "10:04", **FALL | {"BBB": "-9"})

        assert [10] == [channel for channel, _ in told]
        assert told[0][1].startswith("▼ BBB −9.0%")


async def test_a_hushed_single_says_why(tmp_path: Path) -> None:
    heard: list[tuple[str, Reason]] = []

    def listen(sight: Sight, spoken: Spoken, _now: object) -> None:
        heard.append((sight.ticker, spoken.verdict.reason))

    async with market(tmp_path) as room:
        room.watching.heard = listen
        await look(room, "10:00", **FALL)
        await look(room, "10:02", **FALL)

        assert ("CCC", Reason.HUSHED) in heard


async def test_it_is_edited_when_a_good_deal_more_falls_and_closed_with_the_day(
    tmp_path: Path,
) -> None:
    async with market(tmp_path) as room:
        await look(room, "10:00", **FALL)
        await look(room, "10:02", **FALL)
        await look(room, "10:05", **FALL | {"SPY": "-4", "DDD": "-4"})
        soon = await stored(room)
        await look(room, "10:30", **FALL | {"SPY": "-4", "DDD": "-4"})
        later = await stored(room)
        await look(room, "16:00", **FALL)
        closed = await stored(room)

        assert (1, 2, 3) == (soon.revision, later.revision, closed.revision)
        assert 4 == len(later.movers)
        assert PieceState.CLOSED is closed.state
        assert 1 == sum(sent.channel == 10 for sent in room.discord.sent)


async def test_when_it_is_over_the_singles_speak_again_and_the_market_does_not(
    tmp_path: Path,
) -> None:
    async with market(tmp_path) as room:
        await look(room, "10:00", **FALL)
        await look(room, "10:02", **FALL)
        calm = dict.fromkeys(NAMES, "-0.5") | {"SPY": "-0.2"}
        await look(room, "10:30", **calm)
        await look(room, "10:40", **calm | {"CCC": "-5.5"})
        await look(room, "10:41", **calm | {"CCC": "-5.5"})
        told = await look(room, "10:42", **calm | {"CCC": "-5.5"})

        assert PieceState.FADED is (await stored(room)).state
        assert [(10, "▼ CCC −5.5%")] == [(channel, text[:11]) for channel, text in told]


@pytest.mark.parametrize("spy", ["-2.8", "0.1"])
async def test_two_names_are_no_market(tmp_path: Path, spy: str) -> None:
    async with market(tmp_path) as room:
        falls = {"AAA": "-6", "BBB": "-6", "CCC": "-1", "SPY": spy}
        await look(room, "10:00", **falls)
        told = await look(room, "10:02", **falls)

        assert [10, 10, 20] == sorted(channel for channel, _ in told)


async def stored(room: Newsroom) -> MarketBrief:
    """The newest revision of the market's piece."""
    async with room.store.transaction("stored") as tx:
        row = await tx.pieces.latest("@SPY", at("10:00").date(), False)
        assert row is not None

        brief = await tx.pieces.brief(MARKET, row.revision)
    assert isinstance(brief, MarketBrief)

    return brief
