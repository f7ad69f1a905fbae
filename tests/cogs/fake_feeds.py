"""A server's feeds in memory, for the face."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.errors import UserError
from bot.model.feed import FeedState
from bot.model.found import Found, Offer
from bot.model.news import Feed
from bot.model.post import Destination
from bot.model.wish import Sieve, Wish, Wished
from bot.services.feed_faces import Brought, FeedTyped
from tests.builders import story
from tests.cogs.moods import Mood

AT = datetime(2026, 1, 12, 16, tzinfo=UTC)
CHIPS = "https://chips.example/feed.xml"
RUMOUR = "Rumour: *Qwen* [moves](https://evil.example)"
OFFERS = (Offer(CHIPS, "Chip Notes", "RSS"), Offer(f"{CHIPS}?all", "All of it", "Atom"))
PAGES = {
    "chips.example": Found("https://chips.example/", "", False, offers=OFFERS),
    "one.example": Found("https://one.example/", "", False, offers=OFFERS[:1]),
}


class FakeFeeds:
    """Knows one feed and two pages that name it; remembers what it was asked."""

    def __init__(self, mood: Mood) -> None:
        self.wishes: list[Wish] = []
        self.filters: list[Sieve] = []
        self.brought: list[bytes] = []
        self.tried: list[int] = []
        self.troubled: list[FeedState] = []
        self.left_out: tuple[tuple[str, str], ...] = ()
        self._mood = mood

    async def look(self, guild: int, typed: FeedTyped) -> Found:
        await self._mood.passes()
        preview = (story("Qwen passes a mark"), story(RUMOUR))
        return PAGES.get(typed.address) or Found(typed.address, "Chip Notes", True, preview)

    async def add(self, place: Destination, typed: FeedTyped, found: Found, author: int) -> Wish:
        await self._mood.passes()
        rules = [tuple(filter(None, text.split(","))) for text in (typed.allow, typed.deny)]
        outlet = typed.outlet or found.title
        wish = Wish(found.url, place.guild or 0, place.id, outlet, AT, author, *rules)
        self.wishes.append(wish)
        return wish

    async def remove(self, guild: int, which: str) -> Wish:
        await self._mood.passes()
        wish = next((one for one in self.wishes if which in (one.feed, one.outlet)), None)
        if wish is None:
            raise UserError(f"this server reads no feed “{which}”", hint="pick one")
        self.wishes.remove(wish)
        return wish

    async def of(self, guild: int) -> list[Wished]:
        await self._mood.passes()
        return [Wished(one, FeedState(Feed(one.feed, one.outlet))) for one in self.wishes]

    async def in_trouble(self) -> tuple[int, list[FeedState]]:
        return 40, self.troubled

    async def offered(self, guild: int, typed: str, *, all: bool = False) -> list[tuple[str, str]]:
        own = [(one.feed, one.outlet) for one in self.wishes]
        return own + ([("https://wire.example/", "Wire")] if all else [])

    async def why(self, guild: int, which: str) -> list[str]:
        await self._mood.passes()
        return [f"Chip Notes · {which}", "Wanted by this server", "Jan 12 16:00:00 304 `x`"]

    async def filter(self, guild: int, typed: FeedTyped) -> Wish:
        await self._mood.passes()
        self.wishes[0] = replace(self.wishes[0], allow=(typed.allow,), deny=(typed.deny,))
        return self.wishes[0]

    async def sieve(self, place: Destination, ticker: str, typed: FeedTyped) -> Sieve:
        await self._mood.passes()
        self.filters.append(Sieve(place.id, ticker, (), (typed.deny,)))
        return self.filters[-1]

    async def sieves(self, guild: int) -> list[Sieve]:
        return self.filters

    async def bring(self, place: Destination, document: bytes, name: str, by: int) -> Brought:
        await self._mood.passes()
        self.brought.append(document)
        return Brought((Wish(CHIPS, 0, place.id, "Chip Notes", AT),), self.left_out)

    async def write(self, guild: int) -> bytes:
        await self._mood.passes()
        return b"<opml/>"

    async def again(self, guild: int, post: int) -> str:
        await self._mood.passes()
        self.tried.append(post)
        return "Chip Notes is asked again now."
