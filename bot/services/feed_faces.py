"""What a face may ask about feeds: those that servers add for themselves, and their filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.model.feed import FeedState
from bot.model.found import Found
from bot.model.post import Destination
from bot.model.wish import Sieve, Wish, Wished


@dataclass(frozen=True, slots=True)
class FeedTyped:
    """
    A feed as a person wants it: `outlet` is what to call it, "" for what it calls itself;
    `allow` and `deny` are lists of words and of patterns between slashes.
    """

    address: str
    outlet: str = ""
    allow: str = ""
    deny: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a list of feeds brought; `left_out` are addresses, and why."""

    added: tuple[Wish, ...]
    left_out: tuple[tuple[str, str], ...]


class ServerFeeds(Protocol):
    """The feeds that servers add for themselves. `which` is a feed's id, address or outlet."""

    async def look(self, guild: int, typed: FeedTyped) -> Found:
        """What would be added; `DeskError` says why it cannot be. Nothing is changed."""
        ...

    async def add(self, place: Destination, typed: FeedTyped, found: Found, author: int) -> Wish:
        """Read it for that server from now on; `place` hears of its trouble."""
        ...

    async def remove(self, guild: int, which: str) -> Wish: ...
    async def of(self, guild: int) -> list[Wished]: ...
    async def in_trouble(self) -> tuple[int, list[FeedState]]:
        """How many feeds every server reads, and those of them that fail."""
        ...

    async def offered(self, guild: int, typed: str, *, all: bool = False) -> list[tuple[str, str]]:
        """(id, name) of the server's own feeds, or of `all` it reads, that match."""
        ...

    async def why(self, guild: int, which: str) -> list[str]:
        """What is known of a feed that the server reads, and its last polls: plain lines."""
        ...

    async def filter(self, guild: int, typed: FeedTyped) -> Wish:
        """Other filters for one of its feeds, `typed.address`; "" for none."""
        ...

    async def sieve(self, place: Destination, ticker: str, typed: FeedTyped) -> Sieve:
        """A filter for what a channel subscribes to, `ticker` "" for all of it."""
        ...

    async def sieves(self, guild: int) -> list[Sieve]: ...
    async def bring(self, place: Destination, document: bytes, name: str, by: int) -> Brought:
        """Add the feeds of a list that somebody hands in."""
        ...

    async def write(self, guild: int) -> bytes:
        """The server's own feeds as a list that other readers understand."""
        ...

    async def again(self, guild: int, post: int) -> str:
        """Try the feed of that notice again; returns what is said about it."""
        ...
