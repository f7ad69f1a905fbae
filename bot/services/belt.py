"""What travels with every use case: the ports, and what the seeds taught."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.desk.measure import Limits
from bot.desk.together import Together
from bot.desk.weights import Weights
from bot.model.feed import OwnFeeds
from bot.model.news import Mention, Outlet, Story
from bot.services.directory import Companies
from bot.services.ledger import Store
from bot.services.ports import Calendar, Feeds, MarketClock, Quotes, Renderer


@dataclass(frozen=True, slots=True)
class Belt:
    """
    The ports and registers that services share.

    `outlet` looks a publisher up in the disclosure register; `link` says which instruments a
    story names; `denied` whether the operator wants it left out; `gather` is how long a
    crossing waits for its context, in market time; `together` says when names move together;
    `own_feeds` are those of tickers.
    """

    clock: MarketClock
    quotes: Quotes
    calendar: Calendar
    feeds: Feeds
    store: Store
    renderer: Renderer
    companies: Companies
    outlet: Callable[[str], Outlet]
    link: Callable[[Story], list[Mention]]
    limits: Limits
    weights: Weights
    gather: timedelta = timedelta(seconds=1.5)
    disclosure: str = ""
    denied: Callable[[Story], bool] = lambda story: False
    together: Together = field(default_factory=Together)
    own_feeds: Callable[[Iterable[str]], OwnFeeds] = lambda tickers: OwnFeeds()
