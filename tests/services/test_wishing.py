"""Adding, filtering, bringing and trying again: what a server may do with feeds of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import Unreachable, UserError
from bot.model.feed import FeedState
from bot.model.found import Found, Imported, Offer
from bot.model.news import Feed
from bot.model.post import Destination
from bot.model.wish import Sieve, Wish
from bot.services.feed_faces import FeedTyped
from bot.services.feed_names import key_of
from bot.services.wishing import MOST, Wishing
from bot.store import SqlStore, open_store
from tests.builders import at, story
from tests.fakes import StandingClock
from tests.store.desk import Desk

CHIPS = "https://chips.example/feed"
NOON = at("12:00")
HERE = Destination(70, 7)
LISTED = Feed("https://feeds.example/news.xml", "Example Wire")


@dataclass
class Web:
    """Finds what the test put there, and remembers what it was asked."""

    pages: dict[str, Found] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def discover(self, address: str, now: datetime) -> Found:
        self.asked.append(address)
        if address in self.pages:
            return self.pages[address]
        raise Unreachable(f"{address} answered 404", hint="try it in a browser")


class Lines:
    """A list of feeds is a line each, and what may not be read begins with "!"."""

    def read(self, document: bytes, name: str) -> Imported:
        urls = document.decode().split()
        refused = tuple((url, "may not be read") for url in urls if url[0] == "!")
        return Imported(tuple(Feed(url, "") for url in urls if url[0] != "!"), refused)

    def write(self, title: str, feeds: Iterable[Feed]) -> bytes:
        return "\n".join(f"{feed.outlet} {feed.url}" for feed in feeds).encode()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with await open_store(f"sqlite+aiosqlite:///{tmp_path}/desk.db") as store:
        async with store.transaction("list") as tx:
            await tx.wire.put([LISTED])
        yield store


@pytest.fixture
def web() -> Web:
    return Web({CHIPS: Found(CHIPS, "Chip Notes", True, (story("Qwen"),))})


@pytest.fixture
def feeds(store: SqlStore, web: Web) -> Wishing:
    return Wishing(store, StandingClock(NOON), web, Lines())


async def add(feeds: Wishing, url: str = CHIPS, *, outlet: str = "", deny: str = "") -> Wish:
    typed = FeedTyped(url, outlet, deny=deny)
    return await feeds.add(HERE, typed, Found(url, "Chip Notes", True), 99)


async def test_looking_changes_nothing(feeds: Wishing) -> None:
    """The preview is what was found there."""
    found = await feeds.look(7, FeedTyped(CHIPS))

    assert ["Qwen"] == [one.title for one in found.preview]
    assert [] == await feeds.of(7)


async def test_what_is_added_is_read_from_now_on(feeds: Wishing, store: SqlStore) -> None:
    """Under its own name, or the one that somebody gave it; the address is kept as one knows it."""
    first = await add(feeds, "HTTPS://Chips.Example:443/feed#top", deny="rumour, /buy|sell/, a,b")
    second = await add(feeds, "https://other.example/", outlet="  The   Other ")
    async with store.transaction("due") as tx:
        due = [state.feed.url for state in await tx.wire.due(NOON, 10)]

    deny = ("rumour", "/buy|sell/", "a", "b")
    assert Wish(CHIPS, 7, 70, "Chip Notes", NOON, 99, (), deny) == first
    assert "The Other" == second.outlet
    assert [CHIPS, LISTED.url, "https://other.example/"] == due


async def test_a_comma_inside_a_pattern_is_its_own(feeds: Wishing) -> None:
    """As in a repetition."""
    wish = await add(feeds, deny="/a{1,3}b/, chips")

    assert ("/a{1,3}b/", "chips") == wish.deny


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (FeedTyped(CHIPS, deny="/(/"), "the pattern /(/ cannot be used"),
        (FeedTyped(LISTED.url), f"the desk reads {LISTED.url} already, for every server"),
        (FeedTyped("https://nowhere.example/"), "https://nowhere.example/ answered 404"),
    ],
)
async def test_what_cannot_be_added_is_said_first(
    feeds: Wishing, web: Web, typed: FeedTyped, why: str
) -> None:
    """Before anybody presses a button; a bad pattern before anything is fetched."""
    web.pages[LISTED.url] = Found(LISTED.url, "Wire", True)
    with pytest.raises((UserError, Unreachable)) as refused:
        await feeds.look(7, typed)

    assert refused.value.message.startswith(why)
    assert ([] if typed.deny else [typed.address]) == web.asked


async def test_a_page_is_shown_as_it_is(feeds: Wishing, web: Web) -> None:
    """Which of its feeds is known already is told when it is picked."""
    offers = (Offer(CHIPS, "Chips", "RSS"),)
    web.pages["chips.example"] = Found("https://chips.example/", "", False, offers=offers)

    assert offers == (await feeds.look(7, FeedTyped("chips.example"))).offers


async def test_twice_is_refused_and_another_server_is_not(feeds: Wishing) -> None:
    """Each server has its own."""
    await add(feeds)
    with pytest.raises(UserError, match="this server reads .* already, as Chip Notes"):
        await feeds.look(7, FeedTyped(CHIPS))
    with pytest.raises(UserError, match="already, as Chip Notes"):
        await add(feeds)

    assert (await feeds.look(8, FeedTyped(CHIPS))).is_feed


async def test_a_server_has_so_many_and_no_more(feeds: Wishing, web: Web) -> None:
    """The limit is said before anything is fetched."""
    document = "\n".join(f"https://chips.example/{n}" for n in range(MOST + 5)).encode()
    brought = await feeds.bring(HERE, document, "mine.opml", 99)
    with pytest.raises(UserError) as refused:
        await feeds.look(7, FeedTyped(CHIPS))

    assert (MOST, 5) == (len(brought.added), len(brought.left_out))
    assert (
        "a server may have 50 feeds of its own, and this one has them; "
        "remove one with /desk feeds remove first"
    ) == str(refused.value)
    assert [] == web.asked


async def test_a_list_brings_what_is_new(feeds: Wishing) -> None:
    """What may not be read, is listed or is there already is left out with its reason."""
    await add(feeds)
    document = f"https://new.example/a !http://10.0.0.1/ {CHIPS} {LISTED.url}".encode()
    brought = await feeds.bring(HERE, document, "mine.opml", 99)

    assert [("https://new.example/a", "new.example")] == [
        (one.feed, one.outlet) for one in brought.added
    ]
    assert [
        ("!http://10.0.0.1/", "may not be read"),
        (CHIPS, f"this server reads {CHIPS} already, as Chip Notes"),
        (LISTED.url, f"the desk reads {LISTED.url} already, for every server"),
    ] == list(brought.left_out)


async def test_a_list_takes_the_servers_own_away(feeds: Wishing) -> None:
    """Under its own names; without any there is nothing to write."""
    with pytest.raises(UserError, match="no feeds of its own"):
        await feeds.write(7)
    await add(feeds, outlet="Semis")

    assert f"Semis {CHIPS}".encode() == await feeds.write(7)


@pytest.mark.parametrize("which", [CHIPS, "chip notes", f"  {CHIPS}#x ", key_of(CHIPS)])
async def test_a_feed_is_meant_by_its_names(feeds: Wishing, which: str) -> None:
    """Its address, its outlet, or the id that is offered."""
    await add(feeds)

    assert CHIPS == (await feeds.remove(7, which)).feed
    assert [] == await feeds.of(7)


async def test_another_servers_feed_is_nobody_elses(feeds: Wishing) -> None:
    """It is neither removed, nor filtered, nor explained, nor offered there."""
    await add(feeds)
    for ask in (feeds.remove(8, CHIPS), feeds.filter(8, FeedTyped(CHIPS)), feeds.why(8, CHIPS)):
        with pytest.raises(UserError, match="this server reads no feed"):
            await ask

    assert [] == await feeds.offered(8, "chip", all=True)


async def test_feeds_are_offered_while_somebody_types(feeds: Wishing) -> None:
    """Own ones first; an address that is too long for Discord goes by an id."""
    long = "https://long.example/" + "a" * 100
    await add(feeds)
    await add(feeds, long, outlet="Long")

    assert [(CHIPS, "Chip Notes (chips.example/feed)")] == await feeds.offered(7, "chip")
    assert [(LISTED.url, "Example Wire (feeds.example/news.xml)")] == await feeds.offered(
        7, "wire", all=True
    )
    ((id, _),) = await feeds.offered(7, "long.ex")
    assert 16 == len(id)
    assert long == (await feeds.remove(7, id)).feed


async def test_filters_are_changed_and_kept(feeds: Wishing) -> None:
    """Of a feed, and of a channel that has to be no destination yet."""
    await add(feeds, deny="rumour")
    wish = await feeds.filter(7, FeedTyped(CHIPS, allow="chips"))
    sieve = await feeds.sieve(HERE, " $baba ", FeedTyped("", deny="rumour"))
    with pytest.raises(UserError, match="looking ahead"):
        await feeds.filter(7, FeedTyped(CHIPS, allow="/(?=x)/"))

    assert (("chips",), ()) == (wish.allow, wish.deny)
    assert [wish] == [one.wish for one in await feeds.of(7)]
    assert Sieve(70, "BABA", (), ("rumour",)) == sieve
    assert [sieve] == await feeds.sieves(7)


async def test_why_tells_what_is_known(feeds: Wishing, store: SqlStore) -> None:
    """Who wants it, when it is read, its filter; others are counted and never named."""
    await add(feeds, deny="rumour")
    await feeds.add(Destination(80, 8), FeedTyped(CHIPS, "Secret name"), Found(CHIPS, "", True), 1)
    lines = await feeds.why(7, CHIPS)
    listed = await feeds.why(7, "Example Wire")

    assert [
        f"Chip Notes · {CHIPS}",
        "Wanted by this server and 1 other server",
        "Read never, next at once",
        "Clock: too few stories yet to judge its clock",
        "Filter: never rumour",
        "No poll yet",
    ] == lines
    assert "Wanted by the operator's list, for every server" in listed


async def stop(store: SqlStore, told: str) -> int:
    """The feed is in that trouble; returns the post of the notice."""
    async with store.transaction("trouble") as tx:
        state = replace(
            FeedState(Feed(CHIPS, "chips.example"), '"tag"'), told=told, stopped=told, strikes=2
        )
        await tx.wire.put_state(state)
        await tx.notices.say(CHIPS, told, NOON)
    (post,) = await Desk(store).send_all()
    return post.id


async def test_one_press_tries_a_stopped_feed_again(feeds: Wishing, store: SqlStore) -> None:
    """It is due at once, as if it had never failed; the notice says so."""
    await add(feeds)
    post = await stop(store, "chips.example is read no more: gone")
    said = await feeds.again(7, post)
    async with store.transaction("look") as tx:
        (due,) = [one for one in await tx.wire.due(NOON, 10) if one.feed.url == CHIPS]
        kept = await tx.outbox.find(post)
        assert kept is not None
        notice = await tx.notices.get(kept.piece, 2)

    assert "Chip Notes is asked again now. The notice here says how that goes." == said
    assert ("", 0, 0, "", NOON) == (
        due.stopped,
        due.failures,
        due.strikes,
        due.etag,
        due.next_poll_at,
    )
    assert notice is not None
    assert due.told == notice.words
    assert notice.words.startswith("chips.example is tried again since Jan 12, 17:00 UTC")


async def test_a_press_that_comes_too_late_says_so(feeds: Wishing, store: SqlStore) -> None:
    """The feed is well again, or nobody wants it; another server's notice is not ours."""
    await add(feeds)
    post = await stop(store, "down")
    for guild, number in ((8, post), (7, post + 1)):
        with pytest.raises(UserError, match="no longer keeps this notice"):
            await feeds.again(guild, number)
    async with store.transaction("well") as tx:
        await tx.wire.put_state(FeedState(Feed(CHIPS, "chips.example")))
    well = await feeds.again(7, post)
    await feeds.remove(7, CHIPS)
    with pytest.raises(UserError, match=f"this server reads {CHIPS} no more"):
        await feeds.again(7, post)

    assert "Chip Notes is read as it should be already." == well


async def test_added_again_a_stopped_feed_goes_on(feeds: Wishing, store: SqlStore) -> None:
    """It was read just now, when it was looked at; the notice is over."""
    await add(feeds)
    post = await stop(store, "down")
    await feeds.remove(7, CHIPS)
    await add(feeds)
    async with store.transaction("look") as tx:
        state, kept = await tx.wire.feed(CHIPS), await tx.outbox.find(post)
        assert kept is not None
        notice = await tx.notices.get(kept.piece, kept.desired_rev)

    assert notice is not None
    assert notice.over
    assert state is not None
    assert ("", "") == (state.stopped, state.told)
    assert timedelta(0) == (state.next_poll_at or NOON) - NOON
