"""Nasdaq's list of halts as facts: times on New York's wall, and only from who may say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.halt import Halt
from bot.model.news import Feed, OutletKind
from bot.sandbox.feeds.primary import Halted
from bot.sandbox.feeds.primary import halts as write
from bot.sources.halts import halts
from bot.sources.parse_worker import Entry, Parsed, ParseWorker
from tests.builders import at
from tests.sources.wire import Wire

FEED = Feed("https://www.nasdaqtrader.com/rss.aspx", "Nasdaq Trader", OutletKind.REGULATOR)
FIELDS = {
    "ndaq_haltdate": "07/13/2026",
    "ndaq_halttime": "10:31:00",
    "ndaq_issuesymbol": "BABA",
    "ndaq_reasoncode": "LUDP",
}
JULY = at("10:31", day="2026-07-13")


def told(**changes: str) -> tuple[Halt, ...]:
    fields = {name: value for name, value in (FIELDS | changes).items() if value}
    return halts(Parsed("", (Entry("", "", "BABA", "", "", (), tuple(fields.items())),)), FEED)


def test_times_are_of_the_wall_in_new_york() -> None:
    """In July that is another offset than in January; seconds may have a fraction."""
    pause = Halt("BABA", JULY, "LUDP", "volatility pause")

    assert (pause,) == told()
    assert (replace(pause, at=JULY + timedelta(milliseconds=250)),) == told(
        ndaq_halttime="10:31:00.250"
    )


def test_the_resumption_is_quoted_first_and_traded_then() -> None:
    (halt,) = told(
        ndaq_resumptiondate="07/13/2026",
        ndaq_resumptionquotetime="10:31:00",
        ndaq_resumptiontradetime="10:36:00",
    )

    assert (JULY, at("10:36", day="2026-07-13")) == (halt.quotes_at, halt.resumes_at)


@pytest.mark.parametrize(
    "changes",
    [
        {"ndaq_issuesymbol": ""},
        {"ndaq_issuesymbol": "X" * 21},
        {"ndaq_haltdate": ""},
        {"ndaq_haltdate": "13/07/2026"},
        {"ndaq_halttime": "noon"},
        {"ndaq_reasoncode": "R4"},
    ],
)
def test_half_a_halt_is_no_fact(changes: dict[str, str]) -> None:
    """Nor is the code of a resumption that does not say when."""
    assert () == told(**changes)


def test_a_class_of_shares_has_the_ticker_of_the_desk() -> None:
    assert "BRK-B" == told(ndaq_issuesymbol="BRK.B")[0].ticker


def test_only_an_exchange_or_a_regulator_states_a_halt() -> None:
    """Else a feed that anybody adds could silence a ticker."""
    parsed = Parsed("", (Entry("", "", "BABA", "", "", (), tuple(FIELDS.items())),))

    for kind in OutletKind:
        found = halts(parsed, replace(FEED, kind=kind))
        assert bool(found) is (kind is OutletKind.REGULATOR)


async def test_a_list_over_http_is_facts_and_no_stories() -> None:
    """An item is called by its bare symbol, which is no headline."""
    worker = ParseWorker(workers=1)
    wire = Wire(worker)
    await wire.open()
    rows = [
        Halted("BABA", "T1", at("10:31")),
        Halted("JD", "LUDP", at("09:45"), at("09:45"), at("09:50")),
    ]
    wire.server.documents["roundup"] = write(rows)
    state = replace(wire.state, feed=replace(wire.state.feed, kind=OutletKind.REGULATOR))
    first = await wire.fetch(state)
    again = await wire.fetch(first.state)
    await wire.close()
    await worker.close()

    assert () == first.stories
    assert (
        Halt("BABA", at("10:31"), "T1", "news pending"),
        Halt("JD", at("09:45"), "LUDP", "volatility pause", at("09:45"), at("09:50")),
    ) == first.halts
    assert (304, ()) == (again.status, again.halts)
