"""Who hears of what: set, measured, refused, replaced, ended; and the config file's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.model.post import Destination, Watch
from bot.services.directory import Companies
from bot.services.faces import Typed
from bot.services.subscriptions import Subscribing
from bot.services.thresholds import Defaults
from bot.services.thresholds.known import Knowing
from bot.store import SqlStore, open_store
from tests.builders import at, daily, destination, instrument, quote
from tests.fakes import Exchanges, HastyClock, Prices, StandingClock

HERE, THERE = destination(1), destination(2)
AUTHOR = 77
SWING = [f"{100 * 1.018 ** (number % 2):.6f}" for number in range(251)]  # 1.8 % every day


@dataclass
class Office:
    """A desk's subscriptions, with a real store and prices of the test's choosing."""

    store: SqlStore
    prices: Prices = field(default_factory=Prices)
    clock: StandingClock = field(default_factory=StandingClock)

    @property
    def subscribing(self) -> Subscribing:
        names = ("BABA", "JD", "PDD")
        companies = Companies({name: instrument(name) for name in names}, self.prices)
        knowing = Knowing(self.clock, self.prices, Exchanges())
        return Subscribing(self.store, companies, Defaults(), knowing)

    def teach(self, ticker: str = "BABA") -> None:
        """The provider knows the price of a share and its year, today's bar included."""
        self.prices.quotes[ticker] = quote(ticker=ticker)
        today = daily(["250"], until="2026-01-12")
        self.prices.series[(ticker, "1d")] = (*daily(SWING), *today)

    async def set(
        self, move: str, place: Destination = HERE, expires: str = "", **options: str
    ) -> str:
        """What is said of a threshold on BABA."""
        typed = Typed(move, options, expires)
        setting = await self.subscribing.set(place, "BABA", typed, AUTHOR)
        return "; ".join(
            part for part in (setting.words, setting.note, f"instead of {setting.before}") if part
        ).removesuffix("; instead of ")

    async def refused(self, move: str, expires: str = "", **options: str) -> str:
        with pytest.raises(UserError) as caught:
            await self.set(move, HERE, expires, **options)
        return str(caught.value)

    async def here(self, place: Destination = HERE) -> list[str]:
        watches = await self.subscribing.here(place)
        return sorted(f"{one.ticker} {self.subscribing.name(one)}" for one in watches)

    async def configured(self, *entries: tuple[str, str]) -> None:
        """A start with these tickers and moves in the file's [[watch]] for HERE."""
        await self.subscribing.configured([(HERE, ticker, move) for ticker, move in entries])


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with await open_store(f"sqlite+aiosqlite:///{tmp_path}/desk.db", rate=1000) as store:
        yield Office(store)


class TestDefault:
    async def test_it_is_measured(self, office: Office) -> None:
        """Three usual daily moves, from completed sessions, said in figures."""
        office.teach()

        said = await office.set("")

        assert said == (
            "±5.4%, three times its usual daily move of 1.8%, held 1 minute, "
            "again every 5 points, re-arms below 4.4%, cool-down 30 minutes"
        )

    async def test_without_a_history_it_is_plain(self, office: Office) -> None:
        """And the answer says so."""
        office.prices.down = "Yahoo did not answer"

        said = await office.set("")

        assert said == (
            "±5%, held 1 minute, again every 5 points, re-arms below 4%, cool-down 30 minutes; "
            "its history is not known now, so this is the plain default"
        )

    async def test_a_slow_history_is_not_waited_for(self, office: Office) -> None:
        """A person is answered after two seconds at most."""
        office.teach()
        office.prices.slow = asyncio.Event()
        office.clock = HastyClock()

        assert (await office.set("")).startswith("±5%, held")

    async def test_it_is_each_share_s_own(self, office: Office) -> None:
        """One command, two shares, two thresholds."""
        office.teach("BABA")

        settings = await office.subscribing.subscribe(HERE, "baba, JD, BABA", Typed(), AUTHOR)

        assert ["BABA ±5.4%", "JD ±5%"] == await office.here()
        assert [AUTHOR] * 2 == [setting.watch.author for setting in settings]
        assert ["BABA", "JD"] == [setting.watch.ticker for setting in settings]

    async def test_asked_again_it_stays(self, office: Office) -> None:
        """A default that is hardly another one, or cannot be measured now, is left alone."""
        office.teach()
        await office.set("")
        office.prices.series.clear()

        said = await office.set("")

        assert said.startswith("±5.4%, held 1 minute")
        assert "history" not in said
        assert ["BABA ±5.4%"] == await office.here()

    async def test_it_may_be_one_way(self, office: Office) -> None:
        """And be beside options."""
        office.teach()

        assert (await office.set("down", hold="5m")).startswith(
            "−5.4%, three times its usual daily move of 1.8%, held 5 minutes"
        )


class TestSet:
    async def test_several_at_once(self, office: Office) -> None:
        """Every kind has its place; a place is taken by whoever comes last."""
        office.teach()
        for move in ("5%", "3% in 1h", "4% in 2h", "above 180", "below 150", "3x usual"):
            await office.set(move)

        said = await office.set("7% up")

        assert said.endswith("; instead of ±5%, held 1 minute, again every 5 points")
        assert [
            "BABA +7%",
            "BABA above 180",
            "BABA below 150",
            "BABA ±3 times its usual daily move",
            "BABA ±3% within 1 hour",
            "BABA ±4% within 2 hours",
        ] == await office.here()

    async def test_usual_moves_are_said_in_percent(self, office: Office) -> None:
        """As of today."""
        office.teach()

        assert (await office.set("2σ up")).startswith(
            "+2 times its usual daily move, now 3.6%, held 1 minute, again every 2 times"
        )

    async def test_the_same_again_changes_its_options(self, office: Office) -> None:
        """It is no near-duplicate."""
        await office.set("5%")

        said = await office.set("5%", hold="5m")

        assert said.endswith("; instead of ±5%, held 1 minute, again every 5 points")
        assert ["BABA ±5%"] == await office.here()

    async def test_a_near_duplicate_is_refused(self, office: Office) -> None:
        """Nothing changes, and the other channel is another matter."""
        await office.set("5%")

        assert await office.refused("5.2%") == (
            "±5.2% on BABA is nearly ±5%, which is set here already; "
            "to replace it, first /alert remove BABA ±5%"
        )
        assert ["BABA ±5%"] == await office.here()
        await office.set("5.2%", THERE)

    async def test_what_speaks_all_the_time_is_refused(self, office: Office) -> None:
        """With the days on which it would have spoken."""
        office.teach()

        assert await office.refused("0.8%") == (
            "0.8% is 0.4 times BABA's usual daily move (1.8%) and would have spoken on 250 of the "
            "last 250 days; try 5.4%"
        )
        assert [] == await office.here()

    async def test_a_level_on_the_wrong_side_is_refused(self, office: Office) -> None:
        """The price decides."""
        office.teach()

        assert await office.refused("above 150") == (
            "BABA is at $165.68, already above $150.00; try above 170"
        )

    async def test_a_level_that_was_passed_before_says_so(self, office: Office) -> None:
        """With the previous close, for that is why it keeps silent today."""
        office.teach()
        office.prices.quotes["BABA"] = quote("149.20", "150.96")

        assert (await office.set("above 150")).endswith(
            "; the previous close of $150.96 is above $150.00 already, so it can speak only in a "
            "session after a close below that"
        )

    async def test_nonsense_is_refused_before_anybody_is_asked(self, office: Office) -> None:
        """The provider is not troubled with it."""
        await office.refused("0.01%")
        await office.refused("5%, hold 9h")
        await office.refused("lots")

        assert 0 == office.prices.asked

    async def test_one_refusal_sets_nothing(self, office: Office) -> None:
        """A list is set as a whole."""
        office.teach("JD")

        with pytest.raises(UserError, match=r"0.4 times JD's usual"):
            await office.subscribing.subscribe(HERE, "BABA, JD", Typed("0.8%"), AUTHOR)

        assert [] == await office.here()

    @pytest.mark.parametrize(
        ("tickers", "said"),
        [
            (" , ", "no ticker was named; try /subscribe BABA 5%"),
            (
                " ".join(f"T{number}" for number in range(26)),
                "at most 25 tickers go in one command, were 26; split the list over two commands",
            ),
        ],
    )
    async def test_a_list_of_tickers(self, office: Office, tickers: str, said: str) -> None:
        """Not empty, and not endless."""
        with pytest.raises(UserError) as caught:
            await office.subscribing.subscribe(HERE, tickers, Typed(), AUTHOR)

        assert said == str(caught.value)


class TestEnd:
    async def test_it_ends(self, office: Office) -> None:
        """At the end of that day where the exchange is; then it is in no list any more."""
        await office.set("5%", expires="until Friday")
        (watch,) = await office.subscribing.here(HERE)
        before = await office.here()
        office.clock.at = at("23:59", day="2026-01-16") + timedelta(seconds=1)

        assert at("23:59", day="2026-01-16") == watch.expires
        assert ["BABA ±5%"] == before
        assert [] == await office.here()
        assert [] == await office.subscribing.everywhere(1)

    async def test_what_has_ended_is_in_nobody_s_way(self, office: Office) -> None:
        """It makes no near-duplicate."""
        await office.set("5%", expires="1h")
        office.clock.at += timedelta(hours=2)

        assert "instead" not in await office.set("5.2%")
        assert ["BABA ±5.2%"] == await office.here()

    async def test_a_channel_s_own_zone_counts(self, office: Office) -> None:
        """Where the file sets one."""
        berlin = destination(3, zone="Europe/Berlin")
        await office.subscribing.configured([(berlin, "JD", "5%")])
        await office.set("5%", destination(3), expires="friday")

        watches = await office.subscribing.here(berlin)
        (until,) = (watch.expires for watch in watches if watch.expires)
        assert at("23:59", day="2026-01-16", zone="Europe/Berlin") == until

    async def test_an_end_in_the_past_is_refused(self, office: Office) -> None:
        """Nothing is set."""
        assert "is in the past" in await office.refused("5%", expires="2025-12-01")
        assert [] == await office.here()


class TestRemove:
    async def test_one_of_several(self, office: Office) -> None:
        """By its figures, however they are typed."""
        for move in ("5%", "above 180", "52-week high"):
            await office.set(move)

        gone = await office.subscribing.remove(HERE, "$baba", "ABOVE $180")

        assert "above 180, held 1 minute" == office.subscribing.describe(gone)
        assert ["BABA a new 52-week high", "BABA ±5%"] == await office.here()

    async def test_the_only_one(self, office: Office) -> None:
        """It needs no name."""
        await office.set("5%")

        await office.subscribing.remove(HERE, "BABA", "")

        assert [] == await office.here()

    @pytest.mark.parametrize(
        ("ticker", "which", "said"),
        [
            (
                "BABA",
                "",
                (
                    "BABA has 2 thresholds here: ±5%, above 180; "
                    "try /alert remove BABA ±5%, or /unsubscribe BABA for all of them"
                ),
            ),
            (
                "BABA",
                "7%",
                (
                    "BABA has no threshold “7%” here, only ±5%, above 180; "
                    "try /alert remove BABA ±5%"
                ),
            ),
            (
                "JD",
                "",
                "this channel is not subscribed to JD; it hears of BABA; see /alert list",
            ),
        ],
    )
    async def test_which_one(self, office: Office, ticker: str, which: str, said: str) -> None:
        """Several, none of that name, none at all: each has its way out."""
        for move in ("5%", "above 180"):
            await office.set(move)

        with pytest.raises(UserError) as caught:
            await office.subscribing.remove(HERE, ticker, which)

        assert sorted(said) == sorted(str(caught.value))  # the store has an order of its own

    async def test_unsubscribe_stops_all_of_a_ticker(self, office: Office) -> None:
        """And nothing else."""
        await office.subscribing.subscribe(HERE, "BABA JD", Typed("5%"), AUTHOR)
        await office.set("above 180")

        assert ["BABA"] == await office.subscribing.unsubscribe(HERE, "baba")
        assert ["JD ±5%"] == await office.here()
        assert ["JD"] == await office.subscribing.unsubscribe(HERE, "")
        with pytest.raises(UserError, match="not subscribed to PDD; it hears of nothing yet"):
            await office.subscribing.unsubscribe(HERE, "PDD")


class TestConfigured:
    async def test_the_file_s_watches_are_there(self, office: Office) -> None:
        """Several on one ticker too; those that left the file go."""
        await office.configured(("BABA", "5%"), ("BABA", "above 200"), ("jd", "4%"))
        first = await office.here()
        await office.configured(("BABA", "above 200"))

        assert ["BABA above 200", "BABA ±5%", "JD ±4%"] == first
        assert ["BABA above 200"] == await office.here()

    async def test_a_person_s_threshold_stays(self, office: Office) -> None:
        """A restart does not take it back, nor when it leaves the file."""
        await office.configured(("BABA", "5%"))
        await office.set("8%")
        await office.set("3% in 1h")
        await office.configured(("BABA", "5%"))
        restarted = await office.here()
        await office.configured()

        assert ["BABA ±3% within 1 hour", "BABA ±8%"] == restarted
        assert ["BABA ±3% within 1 hour", "BABA ±8%"] == await office.here()

    async def test_what_a_person_set_first_stays(self, office: Office) -> None:
        """Beside what the file adds."""
        await office.set("8%")
        await office.configured(("BABA", "5%"), ("BABA", "above 200"))

        assert ["BABA above 200", "BABA ±8%"] == await office.here()

    async def test_the_same_figure_becomes_the_person_s(self, office: Office) -> None:
        """Whoever names it wants it, whatever becomes of the file."""
        await office.configured(("BABA", "5%"))
        await office.set("5%")
        await office.configured()

        assert ["BABA ±5%"] == await office.here()

    async def test_what_a_person_removed_comes_back(self, office: Office) -> None:
        """The file says what is watched from the start."""
        await office.configured(("BABA", "5%"))
        await office.subscribing.remove(HERE, "BABA", "")
        await office.configured(("BABA", "5%"))

        assert ["BABA ±5%"] == await office.here()

    async def test_its_default_is_measured(self, office: Office) -> None:
        """And a restart without the provider does not change it."""
        office.teach()
        await office.configured(("BABA", ""))
        first = await office.subscribing.here(HERE)
        office.prices.down = "Yahoo did not answer"
        await office.configured(("BABA", ""))

        assert ["BABA ±5.4%"] == await office.here()
        assert first == await office.subscribing.here(HERE)

    async def test_an_odd_one_is_set_all_the_same(self, office: Office) -> None:
        """Nobody is there to ask; the log says so."""
        office.teach()

        await office.configured(("BABA", "0.8%"))

        assert ["BABA ±0.8%"] == await office.here()

    async def test_a_long_list_asks_for_little(self, office: Office) -> None:
        """A start is not held up by two thousand histories."""
        companies = Companies({f"T{n}": instrument(f"T{n}") for n in range(100)}, office.prices)
        knowing = Knowing(office.clock, office.prices, Exchanges())
        many = Subscribing(office.store, companies, Defaults(), knowing)

        await many.configured([(HERE, f"T{n}", "5%") for n in range(100)])

        assert 100 == len(await office.here())
        assert 1 == office.prices.asked


async def test_what_was_set_is_kept(office: Office) -> None:
    """With its author, for the whole server."""
    await office.set("5%")
    await office.set("7%", THERE)

    found = await office.subscribing.everywhere(1)
    assert [(1, "BABA", AUTHOR), (2, "BABA", AUTHOR)] == [told(watch) for watch in found]


def told(watch: Watch) -> tuple[int, str, int | None]:
    return watch.destination, watch.ticker, watch.author


def test_a_threshold_being_typed(office: Office) -> None:
    """Its meaning while it can be read, else nothing."""
    assert office.subscribing.preview("3% in 1h") == (
        "±3% within 1 hour, held 1 minute, again every 5 points"
    )
    assert office.subscribing.preview("3% i") == ""
    assert office.subscribing.default() == "three times its usual daily move, at least 3%"
