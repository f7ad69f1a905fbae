"""Corrections, by the desk itself and by people: what is edited, what is said, what stays silent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.brief.situations.many import market_wide
from bot.errors import Permanent, Transient, UserError
from bot.model.brief import Brief, MarketBrief, Variant
from bot.model.market import Session
from bot.model.news import Grade, Story
from bot.model.piece import CorrectionKind, Matter, PieceKey, PieceState, UpdateKind
from bot.model.post import Gone
from bot.services.amending import Amending
from bot.services.corrections import Correcting
from bot.services.explain import Explaining
from bot.services.faces import Mending
from bot.services.ledger import PieceRow, Transaction
from bot.services.publication import Publication
from bot.services.watch import Pace, Watching
from bot.store import SqlStore, tables
from tests.builders import DAY, at, destination, hong_kong, minutes, session, story, watch
from tests.fakes import Exchanges
from tests.services.newsroom import Newsroom, newsroom

PIECE = "BABA/2026-01-12/up/1"
CAUSE_BARS = minutes("07:30 151.00\n07:50 152.00\n09:30 156.00\n10:00 158.60")
WHY = "it was never confirmed"


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    """
    Channel 1 of server 1 and channel 2 of server 2 watch BABA.

    Whatever is corrected, the stylebook lets it through.
    """
    async with newsroom(tmp_path) as room:
        async with room.store.transaction("setup") as tx:
            await tx.destinations.put(destination(2, guild=2))
            await tx.watches.put(watch(2))
        yield room

        assert [] == room.held


async def publish(room: Newsroom) -> None:
    """The brief is out at +5.1 %, with SCMP's report as its cause."""
    room.prices.series["BABA", "1m"] = CAUSE_BARS
    await room.read(story())
    await room.look("10:00", "158.60")
    assert 2 == len(await room.look("10:01", "158.61"))


async def newest(room: Newsroom, piece: str = PIECE) -> tuple[PieceRow, Brief]:
    async with room.store.transaction("look") as tx:
        row = await tx.pieces.get(piece)
        assert row is not None
        brief = await tx.pieces.brief(piece, row.revision)
    assert isinstance(brief, Brief)
    return row, brief


def desk(room: Newsroom) -> Correcting:
    return Correcting(room.belt, Amending(room.belt))


def mending(matter: Matter, right: str = "", wrong: str = "", guild: int | None = None) -> Mending:
    return Mending(PIECE, matter, WHY, right, wrong, guild, 42 if guild else None)


class TestByTheDesk:
    async def test_a_restated_close_corrects_every_copy(self, room: Newsroom) -> None:
        """Once the provider has said it for a minute: an edit and a line, at the price as said."""
        await publish(room)
        assert [] == await room.look("11:00", "158.70", close="151.17")
        told = await room.look("11:01", "158.80", close="151.17")
        _, brief = await newest(room)
        (correction,) = brief.corrections

        assert ["edit", "edit", "post", "post"] == sorted(one.split(":")[0] for one in told)
        assert ("the rise", "5.1%", "4.9%") == (correction.what, correction.was, correction.now)
        assert (
            "the data provider restated Friday's close to $151.17 (from $150.96)" == correction.why
        )
        assert CorrectionKind.CORRECTED is correction.kind
        assert Decimal("158.61") == brief.move.last
        assert [UpdateKind.CORRECTED, UpdateKind.FIRST] == [one.kind for one in brief.updates]
        assert "5.07" == f"{brief.updates[-1].percent:.2f}"
        assert [] == await room.look("11:02", "158.80", close="151.17")

    async def test_a_slip_of_one_answer_is_no_restatement(self, room: Newsroom) -> None:
        """Nor is one that comes back later: the minute starts again."""
        await publish(room)
        for clock, close in (("11:00", "151.17"), ("11:01", "150.96"), ("11:02", "151.17")):
            assert [] == await room.look(clock, "158.70", close=close)

    async def test_a_rung_keeps_the_reference_until_it_is_corrected(self, room: Newsroom) -> None:
        """No figure changes silently: the rung is measured as published, then both are right."""
        await publish(room)
        await room.look("11:00", "167.00", close="151.17")
        _, rung = await newest(room)
        await room.look("11:01", "167.00", close="151.17")
        _, corrected = await newest(room)

        assert UpdateKind.EXTENDED is rung.updates[0].kind
        assert Decimal("150.96") == rung.move.reference.price
        assert UpdateKind.CORRECTED is corrected.updates[0].kind
        assert Decimal("151.17") == corrected.move.reference.price

    async def test_a_false_premise_is_withdrawn_and_never_extended(self, room: Newsroom) -> None:
        """+5.1 % was +1.0 %: the piece is closed, its rungs are silent, the next is another."""
        await publish(room)
        await room.look("10:02", "158.61", close="157.00", percent=None)
        await room.look("10:03", "158.61", close="157.00", percent=None)
        row, brief = await newest(room)

        assert (PieceState.CLOSED, CorrectionKind.WITHDRAWN) == (
            row.state,
            brief.corrections[0].kind,
        )
        assert "measured from that, it was up 1.0%" in brief.corrections[0].why
        assert [] == await room.look("10:30", "166.90", percent=None)
        assert [] == await room.look("11:20", "158.00", close="157.00", percent=None)
        assert [] == await room.look("11:40", "165.50", close="157.00", percent=None)
        assert 2 == len(await room.look("11:41", "165.50", close="157.00", percent=None))
        assert 2 == (await newest(room, "BABA/2026-01-12/up/2"))[0].key.ordinal

    async def test_the_official_close_is_told_the_next_morning(self, room: Newsroom) -> None:
        """The closing line is corrected before the open; the day's own reference stays."""
        await publish(room)
        await room.look("16:01", "160.10", state="POST", percent=None, regular_last=Decimal(160))
        room.belt = replace(room.belt, calendar=TwoDays())
        room.watching = Watching(room.belt, Publication(room.belt), Pace())
        for clock in ("08:00", "08:01"):
            room.clock.at = at(clock, day="2026-01-13")
            room.prices.quotes["BABA"] = replace(
                room.quote("08:00", "161.00", close="159.50", percent=None),
                as_of=room.clock.at,
                state="PRE",
                close_date=DAY,
            )
            await room.watching.pass_once(room.clock.at)
        _, brief = await newest(room)
        (correction,) = brief.corrections

        assert ("Monday's close", "$160.00", "$159.50") == (
            correction.what,
            correction.was,
            correction.now,
        )
        assert "that is the official close, as the data provider has it now" == correction.why
        assert Decimal("150.96") == brief.move.reference.price

    @pytest.mark.parametrize(
        ("title", "kind", "grade"),
        [
            (story().title.replace("700", "70"), CorrectionKind.CORRECTED, Grade.REPORTED),
            (f"WITHDRAWN: {story().title}", CorrectionKind.CORRECTED, Grade.NONE),
        ],
    )
    async def test_a_cause_that_its_outlet_changed(
        self, room: Newsroom, title: str, kind: CorrectionKind, grade: Grade
    ) -> None:
        """The headline is quoted as it reads now, or the cause is taken back."""
        await publish(room)
        await room.read(replace(story(), title=title))
        await room.look("10:02", "158.61")
        _, brief = await newest(room)

        assert (kind, grade) == (brief.corrections[0].kind, brief.catalyst.grade)
        assert story().title in brief.corrections[0].was
        assert [] == await room.look("10:03", "158.61")

    async def test_a_cause_that_its_feed_dropped(self, room: Newsroom) -> None:
        """After ten minutes, while older ones are still there; it does not come back by a rung."""
        old = [story(f"Weather of {hour}", published=at(f"0{hour}:00")) for hour in (1, 2, 3)]
        await room.read(*old)
        await publish(room)
        await carried(room, "10:05", *old)
        assert [] == await room.look("10:10", "158.61")
        assert 4 == len(await room.look("10:16", "158.61"))
        _, brief = await newest(room)
        await room.look("11:00", "166.70")
        _, rung = await newest(room)

        assert "the outlet's feed no longer carries the report" == brief.corrections[0].why
        assert [Grade.NONE, Grade.NONE] == [one.catalyst.grade for one in (brief, rung)]
        assert brief.corrections == rung.corrections

    async def test_a_provider_that_is_down_confirms_nothing(self, room: Newsroom) -> None:
        """The minute starts again once it answers."""
        await publish(room)
        await room.look("11:00", "158.70", close="151.17")
        room.prices.down = "Yahoo answered 503"
        await room.look("11:01", "158.70", close="151.17")
        room.prices.down = ""
        await room.look("11:02", "158.70", close="151.17")

        assert 4 == len(await room.look("11:03", "158.70", close="151.17"))


class TwoDays(Exchanges):
    """Monday's sessions, and New York's of Tuesday."""

    def session(self, calendar: str, at_: datetime) -> Session:
        if at_ < at("00:00", day="2026-01-13"):
            return super().session(calendar, at_)
        return session("2026-01-13", previous=DAY) if calendar == "XNYS" else hong_kong()


async def carried(room: Newsroom, clock: str, *stories: Story) -> None:
    """The feed was read at that time, and carries these."""
    room.clock.at = at(clock)
    await room.read(*stories)


async def pictures(room: Newsroom, revision: int) -> bool:
    """Whether server 1 has a picture of its own there, beside that of all copies."""
    async with room.store.transaction("charts") as tx:
        own, all = [
            await tx.pieces.chart(name, revision, Variant().colours)
            for name in (f"{PIECE}@1", PIECE)
        ]
    return bool(own and all and own != all)


class TestByAnEditor:
    async def test_a_servers_own_copies_only(self, room: Newsroom) -> None:
        """The cause is taken back in server 1, also in every later revision; server 2 keeps it."""
        await publish(room)
        made = await desk(room).correct(mending(Matter.CAUSE, guild=1))
        await room.publish()
        here, there = (room.discord.in_channel(channel) for channel in (1, 2))

        assert ("the cause", "unknown") == (made.what, made.now)
        assert [2, 1] == [len(here), len(there)]
        assert here[0].id == here[1].reply_to
        assert "**Reported**" not in here[0].words.description
        assert "**Reported**" in there[0].words.description

        assert 4 == len(await room.look("11:00", "166.70"))
        assert "**Reported**" not in here[0].words.description
        assert "**Reported**" in there[0].words.description

    async def test_a_servers_own_figure_has_its_own_picture(self, room: Newsroom) -> None:
        """The other chart would show the figure that is wrong there; so in every later revision."""
        await publish(room)
        await desk(room).correct(mending(Matter.REFERENCE, "151.17", guild=1))
        await room.publish()
        here, there = (room.discord.in_channel(channel)[0] for channel in (1, 2))

        assert ("chart.png", "chart.png") == (here.words.chart, there.words.chart)
        assert await pictures(room, 2)

        await room.look("11:00", "166.70")

        assert "chart.png" == here.words.chart
        assert await pictures(room, 3)

    async def test_its_words_alone_leave_the_picture(self, room: Newsroom) -> None:
        """A correction that the chart does not show needs no other."""
        await publish(room)
        await desk(room).correct(mending(Matter.WORDS, "Alibaba -> Ali Baba", guild=1))
        await room.publish()
        async with room.store.transaction("charts") as tx:
            own = await tx.pieces.chart(f"{PIECE}@1", 2, Variant().colours)

        assert "chart.png" == room.discord.in_channel(1)[0].words.chart
        assert own is None

    async def test_without_bars_its_copies_have_no_picture(self, room: Newsroom) -> None:
        """Rather none than one with the figure that is wrong there."""
        await publish(room)
        room.prices.series.clear()
        await desk(room).correct(mending(Matter.REFERENCE, "151.17", guild=1))
        await room.publish()
        here, there = (room.discord.in_channel(channel)[0] for channel in (1, 2))

        assert ("", "chart.png") == (here.words.chart, there.words.chart)

    async def test_a_server_withdraws_its_own(self, room: Newsroom) -> None:
        """Later rungs are not told there; elsewhere the piece goes on."""
        await publish(room)
        await desk(room).correct(mending(Matter.PIECE, guild=1))
        await room.publish()
        before = len(room.discord.in_channel(1))
        await room.look("11:00", "166.70")

        assert (2, 2) == (before, len(room.discord.in_channel(1)))
        assert 2 == len(room.discord.in_channel(2))
        assert PieceState.LIVE is (await newest(room))[0].state

    async def test_a_preview_changes_nothing(self, room: Newsroom) -> None:
        """It reads as the message will."""
        await publish(room)
        answer = await desk(room).preview(mending(Matter.CAUSE, guild=1), Variant())

        assert "**Reported**" not in answer.rendered.description
        assert 1 == (await newest(room))[0].revision
        assert [] == await room.look("10:02", "158.61")

    async def test_the_briefs_of_a_server(self, room: Newsroom) -> None:
        """Offered by name, found by ticker and by the link of a message, and nobody else's."""
        await publish(room)
        message = room.discord.in_channel(1)[0].id
        link = f"https://discord.com/channels/1/1/{message}"
        correcting = desk(room)
        by_link = replace(mending(Matter.CAUSE, guild=1), piece=link)
        by_ticker = replace(mending(Matter.CAUSE, guild=1), piece="baba")

        assert [(PIECE, "BABA up, Jan 12")] == await correcting.recent(1, "bab")
        assert [] == await correcting.recent(1, "JD")
        assert [] == await correcting.recent(7, "")
        assert (await correcting.preview(by_link, Variant())).rendered.title
        assert (await correcting.preview(by_ticker, Variant())).rendered.title
        with pytest.raises(UserError, match="this server has no brief"):
            await correcting.preview(replace(by_link, guild=2), Variant())

    async def test_sources_keep_what_was_wrong(self, room: Newsroom) -> None:
        """In the server that corrected it; the old figure stays to be read."""
        await publish(room)
        await desk(room).correct(mending(Matter.REFERENCE, "151.17", guild=1))
        await room.publish()
        explain = Explaining(room.store, room.belt.renderer)
        here, there = (room.discord.in_channel(channel)[0].post for channel in (1, 2))
        text = await explain.sources(here, 2)

        assert "CORRECTED the rise: was 5.1%, is 4.9%" in text
        assert "this server only" in text
        assert "Corrections" not in await explain.sources(there, 1)
        assert "151.17" in await explain.why(here, 2)
        theirs, others = await explain.details(here, 2), await explain.details(there, 1)
        assert theirs.chart
        assert others.chart
        assert theirs.chart != others.chart


class TestByTheOperator:
    async def test_every_copy(self, room: Newsroom) -> None:
        """The figure is right in every server, and in every later revision while it is needed."""
        await publish(room)
        await desk(room).correct(mending(Matter.REFERENCE, "151.17"))
        await room.publish()
        await room.look("11:00", "167.20")
        _, rung = await newest(room)

        assert [3, 3] == [len(room.discord.in_channel(channel)) for channel in (1, 2)]
        assert Decimal("151.17") == rung.move.reference.price
        assert 1 == len(rung.corrections)

    async def test_the_picture_is_drawn_anew(self, room: Newsroom) -> None:
        """At the corrected figures, where the day's bars are still to be had."""
        await publish(room)
        await desk(room).correct(mending(Matter.REFERENCE, "151.17"))
        async with room.store.transaction("charts") as tx:
            first, second = [
                await tx.pieces.chart(PIECE, revision, Variant().colours) for revision in (1, 2)
            ]

        assert first
        assert second
        assert first != second

    async def test_withdrawn_before_it_was_posted(self, room: Newsroom) -> None:
        """Nobody is told of a brief that nobody has read."""
        await room.look("10:00", "158.60")
        room.clock.at = at("10:01")
        room.prices.quotes["BABA"] = room.quote("10:01", "158.61")
        await room.watching.pass_once(room.clock.at)
        await desk(room).correct(mending(Matter.PIECE))
        await room.publish()

        assert [] == room.discord.sent

    async def test_a_withdrawal_that_overtakes_an_attempt(self, room: Newsroom) -> None:
        """What Discord may have taken is looked for, then edited; what it has not is not sent."""
        await room.look("10:00", "158.60")
        room.clock.at = at("10:01")
        room.prices.quotes["BABA"] = room.quote("10:01", "158.61")
        await room.watching.pass_once(room.clock.at)
        room.discord.fail(Transient("lost", ambiguous=True), applied=True)
        room.discord.fail(Transient("lost", ambiguous=True), applied=False)
        await room.publisher.publish_once()
        await desk(room).correct(mending(Matter.PIECE))
        await released(room)
        await room.publish()

        assert 2 == room.discord.looked_up
        assert [2] == [one.revision for one in room.discord.sent if one.reply_to is None]

    async def test_a_deleted_message_is_followed_up(self, room: Newsroom) -> None:
        """The withdrawal is told where the message is gone or frozen, by what takes its place."""
        await publish(room)
        gone = Permanent("the message was deleted", gone=Gone.MESSAGE.value)
        frozen = Permanent("Discord refuses further edits", gone=Gone.EDITS.value)
        await desk(room).correct(mending(Matter.PIECE))
        room.discord.fail(gone)
        room.discord.fail(frozen)
        await room.publish()
        follow_ups = [one for one in room.discord.sent if one.revision == 2]

        assert 2 == len(follow_ups)
        assert all(one.words.title for one in follow_ups)

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            (
                mending(Matter.REFERENCE, "150.96"),
                (
                    "Friday's close is $150.96 in the brief already; name the right figure, or "
                    "another thing to correct"
                ),
            ),
            (
                mending(Matter.PRICE, "abc"),
                "the price must be a price in USD, was “abc”; try 150.96",
            ),
            (
                mending(Matter.REFERENCE, "15.10"),
                (
                    "with $15.10 the move would be +950.4%, was +5.1%; check the figure; if the "
                    "brief should not have run, withdraw it"
                ),
            ),
            (
                mending(Matter.CAUSE, "another report"),
                (
                    "a cause is taken back, not named by hand; leave `right` empty; the brief then "
                    "says that no catalyst is confirmed"
                ),
            ),
            (
                mending(Matter.WORDS, "Qwen"),
                "to correct words, name those that stand and those that should; try dowloads -> downloads",
            ),
            (
                mending(Matter.WORDS, "Qwen 3", "Gwen"),
                (
                    "the desk's own words in this brief do not say “Gwen”; copy them as they stand; "
                    "a quoted headline is the outlet's, and stays"
                ),
            ),
            (
                replace(mending(Matter.PIECE), piece="NOPE"),
                (
                    "the desk has no brief “NOPE”; pick one of the list, or paste the link of its "
                    "message"
                ),
            ),
            (
                replace(mending(Matter.PIECE), why=" "),
                "a correction says why; add it in a few words: the exchange corrected its close",
            ),
        ],
    )
    async def test_what_cannot_be_corrected(
        self, room: Newsroom, asked: Mending, said: str
    ) -> None:
        """One sentence: what was asked, what the brief says, the way out."""
        await publish(room)
        with pytest.raises(UserError) as refused:
            await desk(room).preview(asked, Variant())

        assert said == str(refused.value)

    async def test_what_is_withdrawn_stays_so(self, room: Newsroom) -> None:
        """Nothing in it can be corrected any more."""
        await publish(room)
        await desk(room).correct(mending(Matter.PIECE))
        with pytest.raises(UserError) as refused:
            await desk(room).correct(mending(Matter.CAUSE))

        assert (
            "the brief on BABA up, Jan 12 was withdrawn at 10:01 EST already; nothing in it can "
            "be corrected any more; the next move makes a new brief" == str(refused.value)
        )

    async def test_a_cause_that_is_not_there(self, room: Newsroom) -> None:
        """There is none to take back, the second time too."""
        await publish(room)
        await desk(room).correct(mending(Matter.CAUSE))
        with pytest.raises(UserError, match="names no cause, so there is none to take back"):
            await desk(room).correct(mending(Matter.CAUSE))

    async def test_words_are_refiled(self, room: Newsroom) -> None:
        """A slip of form is no error of fact."""
        await publish(room)
        slip = await desk(room).correct(mending(Matter.WORDS, "downloads -> model downloads"))
        figure = await desk(room).correct(mending(Matter.WORDS, "Qwen 3", "Qwen"))
        await room.publish()
        lines = room.discord.in_channel(1)[1:]

        assert (CorrectionKind.REFILE, "the wording") == (slip.kind, slip.what)
        assert CorrectionKind.CORRECTED is figure.kind
        assert [
            "REFILE BABA: the wording is “model downloads”, not “downloads”",
            "CORRECTED BABA: the wording is “Qwen 3”, not “Qwen”",
        ] == [one.words.reply for one in lines]

    async def test_a_market_wide_brief_is_withdrawn_or_stands(self, room: Newsroom) -> None:
        """It is about many names: no one figure of it is corrected by hand."""
        key = PieceKey("market", "@SPY", DAY, False, 1)
        async with room.store.transaction("wide") as tx:
            await tx.pieces.add_revision(
                PieceRow(key, PieceState.LIVE, 1), replace(market_wide(), piece=key.id)
            )
        asked = replace(mending(Matter.PRICE, "612"), piece=key.id)
        with pytest.raises(UserError, match="can only be withdrawn as a whole"):
            await desk(room).correct(asked)
        made = await desk(room).correct(replace(asked, matter=Matter.PIECE))
        async with room.store.transaction("look") as tx:
            row, brief = await tx.pieces.get(key.id), await tx.pieces.brief(key.id, 2)

        assert "Market-wide: 23 of 31 watched names fall" == made.was
        assert row == PieceRow(key, PieceState.CLOSED, 2)
        assert isinstance(brief, MarketBrief)
        assert brief.updates[0].names == brief.updates[1].names

    async def test_what_was_revised_meanwhile_is_looked_at_again(self, room: Newsroom) -> None:
        """A correction is made on the brief that it was asked for."""
        await publish(room)
        row, brief = await newest(room)
        made = await desk(room).correct(mending(Matter.CAUSE))
        amending = Amending(room.belt)

        assert not await amending.commit(row, brief, made)
        assert row.revision + 1 == (await newest(room))[0].revision


async def released(room: Newsroom) -> None:
    """As if the time that the posts were put off had passed."""
    async with room.store._database.engine.begin() as connection:
        await connection.execute(sa.update(tables.post).values(due_at=None))


class Counting:
    """A store that remembers which transactions were opened."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self.names: list[str] = []

    def transaction(self, name: str) -> AbstractAsyncContextManager[Transaction]:
        self.names.append(name)
        return self._store.transaction(name)

    async def wake(self, timeout: float) -> None:
        await self._store.wake(timeout)


async def test_an_edit_reads_the_brief_before_it_once(room: Newsroom) -> None:
    """However many questions are asked of it."""
    await publish(room)
    counting = Counting(room.store)
    belt = replace(room.belt, store=counting)
    row, brief = await newest(room)
    sights = await room.watching._sighting.look(["BABA"], room.clock.at)
    found = sights["BABA"].seen
    assert found is not None

    await Publication(belt).follow(row, found, UpdateKind.DETAILS, (), room.clock.at)

    assert 1 == counting.names.count("before")
    assert brief.missing == ()
