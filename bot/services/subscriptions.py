"""Who wants to hear of what, on which terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.errors import UserError
from bot.model.alert import Terms
from bot.model.market import Instrument
from bot.model.post import Destination, Watch
from bot.services import thresholds
from bot.services.directory import Companies
from bot.services.faces import Setting, Typed
from bot.services.ledger import Store, Transaction
from bot.services.orders import Orders, Request
from bot.services.thresholds.known import Knowing, Known
from bot.services.thresholds.wish import Wish

MOST_TICKERS = 25
MOST_JUDGED = 25
"""Shares of a config file that are looked up at the start, so that a long list costs nothing."""


class Subscribing:
    """Subscriptions and thresholds: one command sets both, every default shown as a number."""

    def __init__(
        self, store: Store, companies: Companies, defaults: thresholds.Defaults, knowing: Knowing
    ) -> None:
        self._store = store
        self._companies = companies
        self._defaults = defaults
        self._orders = Orders(defaults, knowing)

    async def subscribe(
        self, place: Destination, tickers: str, typed: Typed, author: int
    ) -> list[Setting]:
        names = _split(tickers)
        if not names:
            raise UserError("no ticker was named", hint="try /subscribe BABA 5%")
        if len(names) > MOST_TICKERS:
            raise UserError(
                f"at most {MOST_TICKERS} tickers go in one command, were {len(names)}",
                hint="split the list over two commands",
            )
        found = [await self._companies.resolve(name) for name in names]
        listings = {listing.ticker: listing for listing in found}
        return await self._set(list(listings.values()), Request(place, typed, author))

    async def set(self, place: Destination, ticker: str, typed: Typed, author: int) -> Setting:
        listing = await self._companies.resolve(ticker)
        (setting,) = await self._set([listing], Request(place, typed, author))
        return setting

    async def unsubscribe(self, place: Destination, tickers: str) -> list[str]:
        wanted = {name.upper() for name in _split(tickers)}
        async with self._store.transaction("unsubscribe") as tx:
            here = {watch.ticker for watch in await tx.watches.of(place.id)}
            stopped = sorted(here & wanted if wanted else here)
            for ticker in stopped:
                await tx.watches.remove(place.id, ticker)
        if missing := sorted(wanted - here):
            raise _not_subscribed(missing, here)
        return stopped

    async def remove(self, place: Destination, ticker: str, which: str) -> Watch:
        name = ticker.strip().lstrip("$").upper()
        async with self._store.transaction("remove") as tx:
            here = self._running(await tx.watches.of(place.id))
            there = [watch for watch in here if watch.ticker == name]
            if not there:
                raise _not_subscribed([name], {watch.ticker for watch in here})
            watch = _chosen(there, which, place)
            await tx.watches.remove(place.id, name, watch.terms.key)
        return watch

    async def here(self, place: Destination) -> list[Watch]:
        async with self._store.transaction("list") as tx:
            return self._running(await tx.watches.of(place.id))

    async def everywhere(self, guild: int) -> list[Watch]:
        async with self._store.transaction("list") as tx:
            return self._running(await tx.watches.of_guild(guild))

    async def configured(self, entries: list[tuple[Destination, str, str]]) -> None:
        """
        Make the config file's watches (place, ticker, move) true, and drop its former ones.

        What a person set there is theirs: it stays, and where it measures the same it holds.
        """
        known = await self._known([ticker.upper() for _, ticker, _ in entries])
        async with self._store.transaction("configured") as tx:
            watches: list[Watch] = []
            for place, ticker, move in entries:
                name, there = ticker.upper(), await tx.watches.of(place.id)
                terms = [watch.terms for watch in there if watch.ticker == name]
                chosen = self._orders.configured(name, move, known.get(name, Known()), terms)
                watches.append(Watch(place.id, name, chosen))
                await tx.destinations.put(place)
            await tx.watches.keep_only("config", watches)
            for watch in watches:
                if not _taken(watch, await tx.watches.of(watch.destination)):
                    await tx.watches.put(watch, origin="config")

    def describe(self, watch: Watch) -> str:
        return thresholds.summary(watch.terms, self._defaults)

    def name(self, watch: Watch) -> str:
        return thresholds.name(watch.terms)

    def default(self) -> str:
        return thresholds.default(self._defaults)

    def preview(self, words: str) -> str:
        try:
            terms = thresholds.parse("BABA", words, self._defaults)
        except UserError:
            return ""
        return thresholds.summary(terms, self._defaults)

    async def _set(self, listings: Sequence[Instrument], request: Request) -> list[Setting]:
        orders = await self._orders.judged(listings, request.typed)
        async with self._store.transaction("subscribe") as tx:
            request = replace(request, place=await kept(tx, request.place))
            there = self._running(await tx.watches.of(request.place.id))
            settings = [self._orders.setting(request, order, there) for order in orders]
            for setting in settings:
                await tx.watches.put(setting.watch)
        return settings

    async def _known(self, tickers: Iterable[str]) -> dict[str, Known]:
        found = [self._companies.get(ticker) for ticker in dict.fromkeys(tickers)]
        listings = [listing for listing in found if listing is not None]
        return await self._orders.known(listings[:MOST_JUDGED])

    def _running(self, watches: Iterable[Watch]) -> list[Watch]:
        now = self._orders.now()
        return [watch for watch in watches if watch.expires is None or watch.expires > now]


class Places:
    """What happens to the desk's channels in Discord."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def broken(self, channel: int, why: str) -> bool:
        async with self._store.transaction("broken") as tx:
            return await tx.destinations.mark(channel, why)

    async def mended(self, channel: int) -> bool:
        async with self._store.transaction("mended") as tx:
            return await tx.destinations.mark(channel, "")


def _chosen(there: Sequence[Watch], which: str, place: Destination) -> Watch:
    """The watch that `which` says, or the only one."""
    ticker = there[0].ticker
    names = [thresholds.name(watch.terms) for watch in there]
    example = f"try /alert remove {ticker} {names[0]}"
    if which.strip():
        wish = thresholds.read(ticker, which)
        found = [watch for watch in there if _means(wish, watch.terms)]
        if found:
            return found[0]
        raise UserError(
            f"{ticker} has no threshold “{which.strip()[:40]}” here, only {', '.join(names)}",
            hint=example,
        )
    if len(there) > 1:
        raise UserError(
            f"{ticker} has {len(there)} thresholds here: {', '.join(names)}",
            hint=f"{example}, or /unsubscribe {ticker} for all of them" if place.guild else example,
        )
    return there[0]


def _means(wish: Wish, terms: Terms) -> bool:
    same = (wish.measure, wish.window) == (terms.measure, terms.window)
    return same and wish.direction is terms.direction and wish.level in (None, terms.level)


def _taken(watch: Watch, there: Iterable[Watch]) -> bool:
    """Somebody set a threshold there that measures the same, or it is there as it is."""
    return any(one.ticker == watch.ticker and one.terms.slot == watch.terms.slot for one in there)


def _not_subscribed(missing: Iterable[str], here: Iterable[str]) -> UserError:
    return UserError(
        f"this channel is not subscribed to {', '.join(missing)}",
        hint=f"it hears of {', '.join(sorted(here)) or 'nothing yet'}; see /alert list",
    )


async def kept(tx: Transaction, place: Destination) -> Destination:
    """The destination as the store knows it, or as a new row."""
    known = await tx.destinations.get(place.id)
    if known is not None:
        place = replace(known, guild=place.guild)
    await tx.destinations.put(place)
    return place


def _split(tickers: str) -> list[str]:
    """The names of "BABA, JD" or "BABA JD", each once, in order."""
    names = re.split(r"[,;]" if re.search(r"[,;]", tickers) else r"\s+", tickers)
    return list(dict.fromkeys(name.strip().lstrip("$") for name in names if name.strip()))
