"""What was decided and published comes back exactly: episodes, pieces, briefs, words, charts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import DeskError
from bot.model.alert import Episode, State, Terms
from bot.model.brief import Brief, Colours, Layout, Rendered, Variant
from bot.model.news import Story
from bot.model.piece import PieceState
from bot.services.ledger import EpisodeKey, PieceRow
from bot.store import SqlStore, codec
from tests import builders
from tests.store.desk import Desk, key

ROW = PieceRow(key(), PieceState.LIVE, 1)
WORDS = Rendered("Alibaba up 9.8 %", "t", "d", "f", 0x2E7D32, builders.at("11:08"), reply="+12 %")
FIRED = Episode(State.FIRED, True, builders.at("11:07"), builders.at("11:08"), 1, 1)

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=None)
moments = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(fold=0))
spans = st.timedeltas(timedelta(days=-999), timedelta(days=999))
nouns = (
    st.builds(Terms, level=decimals, hold=spans, rearm=decimals, rung=decimals, cooldown=spans)
    | st.builds(Episode, since=st.none() | moments, spoke_at=moments)
    | st.builds(Story, published=st.none() | moments, first_seen=moments)
    | st.builds(Rendered, timestamp=moments)
    | st.builds(
        builders.brief,
        quote=st.builds(
            builders.quote,
            as_of=moments,
            day_high=st.none() | decimals,
            delay=spans,
            close_date=st.none() | st.dates(),
        ),
        composed_at=moments,
        stale_after=spans,
        disclosure=st.text(),
    )
)


@settings(max_examples=60, deadline=None)
@given(nouns)
def test_every_noun_comes_back_exactly(noun: object) -> None:
    """Decimals with their digits, times with their microseconds, texts with every character."""
    back = codec.load(type(noun), codec.dump(noun))

    assert back == noun
    assert repr(back) == repr(noun).replace("datetime.timezone.utc", "TzInfo(0)")


async def test_the_newest_piece_of_a_move_is_found(store: SqlStore) -> None:
    """By ticker, session and direction; a reversal is another piece."""
    rows = [PieceRow(key(ordinal=ordinal), PieceState.LIVE, 1) for ordinal in (1, 2, 10)]
    down = PieceRow(replace(key(), up=False), PieceState.FADED, 1)
    async with store.transaction("write") as tx:
        for row in (*rows, down):
            await tx.pieces.add_revision(row, builders.brief())
        up, fallen = [await tx.pieces.latest("BABA", builders.DAY, one) for one in (True, False)]
        none = await tx.pieces.latest("JD", builders.DAY, True)

    assert (up, fallen, none) == (rows[-1], down, None)


async def test_revisions_are_kept_and_never_changed(store: SqlStore) -> None:
    """Numbers once published never change silently."""
    first, second = builders.brief(), builders.brief(revision=2, state=PieceState.FADED)
    faded = PieceRow(key(), PieceState.FADED, 2)
    async with store.transaction("write") as tx:
        await tx.pieces.add_revision(ROW, first)
        await tx.pieces.add_revision(faded, second)
        found = [await tx.pieces.brief(ROW.key.id, revision) for revision in (1, 2, 3)]
        latest = await tx.pieces.latest("BABA", builders.DAY, True)
    with pytest.raises(DeskError):
        async with store.transaction("again") as tx:
            await tx.pieces.add_revision(ROW, second)

    assert found == [first, second, None]
    assert latest == faded


async def test_live_pieces_are_those_not_closed_oldest_first(store: SqlStore) -> None:
    """A faded one still lives; a closed one does not, however it was closed."""
    later = builders.brief(composed_at=builders.at("12:00"))
    desk = Desk(store)
    async with store.transaction("write") as tx:
        await tx.pieces.add_revision(PieceRow(key("AAA"), PieceState.FADED, 1), later)
    await desk.revise("BABA")
    await desk.revise("JD")
    async with store.transaction("write") as tx:
        closed = PieceRow(key("JD"), PieceState.CLOSED, 2)
        await tx.pieces.add_revision(closed, builders.brief(revision=2))
        before = await tx.pieces.live()
        await tx.pieces.close(key("BABA").id)
        after = await tx.pieces.live()

    assert [row.key for row in before] == [key("BABA"), key("AAA")]
    assert [row.key for row in after] == [key("AAA")]


async def test_words_are_kept_by_revision_and_variant(store: SqlStore) -> None:
    """The same revision rendered again takes the place of the first."""
    full = Variant(Layout.FULL)
    async with store.transaction("write") as tx:
        await tx.pieces.add_revision(ROW, builders.brief())
        for words in (WORDS, replace(WORDS, title="again")):
            await tx.pieces.put_rendered(ROW.key.id, 1, full, words)
        found = await tx.pieces.rendered(ROW.key.id, 1, full)
        others = [
            await tx.pieces.rendered(ROW.key.id, 2, full),
            await tx.pieces.rendered(ROW.key.id, 1, Variant()),
        ]

    assert found == replace(WORDS, title="again")
    assert others == [None, None]


async def test_charts_are_kept_by_revision_and_colours(store: SqlStore) -> None:
    """Byte for byte."""
    png = bytes(range(256))
    async with store.transaction("write") as tx:
        await tx.pieces.put_chart(ROW.key.id, 1, Colours.RED_UP, png)
        found = [await tx.pieces.chart(ROW.key.id, 1, colours) for colours in Colours]

    assert found == [None, png]


def of(ticker: str, session: date = builders.DAY) -> EpisodeKey:
    return EpisodeKey(builders.terms().key, ticker, session)


async def test_episodes_are_loaded_by_terms_ticker_and_session(store: SqlStore) -> None:
    """The newest state only, of the sessions that were asked for."""
    async with store.transaction("write") as tx:
        await tx.episodes.save(of("BABA", date(2026, 1, 9)), Episode(), builders.at("11:08"))
        for episode in (Episode(), FIRED):
            await tx.episodes.save(of("BABA"), episode, builders.at("11:08"))
        found = await tx.episodes.of([builders.DAY])

    assert found == {of("BABA"): FIRED}


async def test_thousands_of_episodes_are_saved_and_read_at_once(store: SqlStore) -> None:
    """More rows than a statement may have parameters."""
    changed = {of(f"T{number}"): FIRED for number in range(12_000)}
    async with store.transaction("write") as tx:
        await tx.episodes.save_all(changed, builders.at("11:08"))
        found = await tx.episodes.of([builders.DAY])

    assert found == changed


async def test_the_evening_has_episodes_and_pieces_of_its_own(store: SqlStore) -> None:
    """The same terms, ticker and direction after the close are another story."""
    evening, ended = of("BABA")._replace(evening=True), replace(key(), evening=True)
    await Desk(store).revise()
    async with store.transaction("write") as tx:
        await tx.episodes.save(of("BABA"), FIRED, builders.at("11:08"))
        await tx.episodes.save(evening, Episode(), builders.at("16:08"))
        row = PieceRow(ended, PieceState.LIVE, 1)
        await tx.pieces.add_revision(row, builders.brief(piece=ended.id))
        for one in (of("BABA"), evening):
            await tx.episodes.add_alert(one, FIRED, ended.id, builders.at("16:08"))
        episodes = await tx.episodes.of([builders.DAY])
        latest = [
            await tx.pieces.latest("BABA", builders.DAY, True, late) for late in (False, True)
        ]

    assert episodes == {of("BABA"): FIRED, evening: Episode()}
    assert ended.id == "BABA/2026-01-12/evening-up/1"
    assert [one.key for one in latest if one] == [key(), ended]


async def test_episodes_of_earlier_days_are_forgotten(store: SqlStore) -> None:
    """Those before the day; what they said, and when, stays."""
    old = of("BABA")._replace(session=builders.DAY - timedelta(days=1))
    await Desk(store).revise()
    async with store.transaction("write") as tx:
        await tx.episodes.save_all({old: FIRED, of("BABA"): FIRED}, builders.at("11:08"))
        await tx.episodes.add_alert(old, FIRED, key().id, builders.at("11:08"))
        gone = [await tx.episodes.purge(builders.DAY) for _ in range(2)]
        left = await tx.episodes.of([old.session, builders.DAY])

    assert [1, 0] == gone
    assert {of("BABA"): FIRED} == left


async def test_the_moment_of_an_alert_is_recorded_once(store: SqlStore) -> None:
    """A pass that is repeated after a crash does not double it."""
    desk = Desk(store)
    await desk.revise()
    for _ in range(2):
        async with store.transaction("alert") as tx:
            await tx.episodes.add_alert(of("BABA"), FIRED, key().id, builders.at("11:08"))
    with pytest.raises(DeskError):
        async with store.transaction("alert") as tx:
            await tx.episodes.add_alert(of("JD"), FIRED, "no such piece", builders.at("11:08"))


async def test_times_in_columns_keep_their_microseconds(store: SqlStore) -> None:
    """In any zone they were given, they come back as the same moment in UTC."""
    zone = timezone(timedelta(hours=-5))
    composed = datetime(2026, 1, 12, 11, 8, 2, 123457, tzinfo=zone)
    brief: Brief = builders.brief(composed_at=composed)
    async with store.transaction("write") as tx:
        await tx.pieces.add_revision(ROW, brief)
        found = await tx.pieces.brief(ROW.key.id, 1)

    assert found == brief
    assert Decimal("9.75") < brief.move.percent
