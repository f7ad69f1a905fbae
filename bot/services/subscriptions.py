"""Who wants to hear of what, on which terms."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.errors import UserError
from bot.model.alert import Terms
from bot.model.post import Destination, Watch
from bot.services import moves
from bot.services.directory import Companies
from bot.services.ledger import Store

MOST_TICKERS = 25


class Subscribing:
    """Subscriptions and thresholds: one command sets both, the default shown as a number."""

    def __init__(self, store: Store, companies: Companies, defaults: moves.Defaults) -> None:
        self._store = store
        self._companies = companies
        self._defaults = defaults

    async def subscribe(
        self, place: Destination, tickers: str, move: str, author: int
    ) -> list[Watch]:
        names = _split(tickers)
        if not names:
            raise UserError("no ticker was named", hint="try /subscribe BABA 5%")
        if len(names) > MOST_TICKERS:
            raise UserError(
                f"at most {MOST_TICKERS} tickers go in one command, were {len(names)}",
                hint="split the list over two commands",
            )
        found = [await self._companies.resolve(name) for name in names]
        watches = [
            Watch(place.id, company.ticker, self._terms(company.ticker, move), author)
            for company in found
        ]
        await self._put(place, watches)
        return watches

    async def unsubscribe(self, place: Destination, tickers: str) -> list[str]:
        wanted = {name.upper() for name in _split(tickers)}
        async with self._store.transaction("unsubscribe") as tx:
            here = {watch.ticker for watch in await tx.watches.of(place.id)}
            stopped = sorted(here & wanted if wanted else here)
            for ticker in stopped:
                await tx.watches.remove(place.id, ticker)
        if missing := sorted(wanted - here):
            raise UserError(
                f"this channel is not subscribed to {', '.join(missing)}",
                hint=f"it hears of {', '.join(sorted(here)) or 'nothing yet'}; see /alert list",
            )
        return stopped

    async def set(self, place: Destination, ticker: str, move: str, author: int) -> Watch:
        company = await self._companies.resolve(ticker)
        watch = Watch(place.id, company.ticker, self._terms(company.ticker, move), author)
        await self._put(place, [watch])
        return watch

    async def here(self, place: Destination) -> list[Watch]:
        async with self._store.transaction("list") as tx:
            return await tx.watches.of(place.id)

    async def everywhere(self, guild: int) -> list[Watch]:
        async with self._store.transaction("list") as tx:
            return await tx.watches.of_guild(guild)

    async def configured(self, entries: list[tuple[Destination, str, str]]) -> None:
        """Make the config file's watches (place, ticker, move) true, and drop its former ones."""
        watches = [
            (place, Watch(place.id, ticker.upper(), self._terms(ticker.upper(), move)))
            for place, ticker, move in entries
        ]
        async with self._store.transaction("configured") as tx:
            for place, watch in watches:
                await tx.destinations.put(place)
                await tx.watches.put(watch, origin="config")
            keep = {(watch.destination, watch.ticker) for _, watch in watches}
            await tx.watches.keep_only("config", keep)

    def describe(self, watch: Watch) -> str:
        return moves.describe(watch.terms)

    def _terms(self, ticker: str, move: str) -> Terms:
        return moves.parse(ticker, move, self._defaults)

    async def _put(self, place: Destination, watches: list[Watch]) -> None:
        async with self._store.transaction("subscribe") as tx:
            known = await tx.destinations.get(place.id)
            if known is not None:
                place = replace(known, guild=place.guild)
            await tx.destinations.put(place)
            for watch in watches:
                await tx.watches.put(watch)


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


def _split(tickers: str) -> list[str]:
    """The names of "BABA, JD" or "BABA JD", each once, in order."""
    names = re.split(r"[,;]" if re.search(r"[,;]", tickers) else r"\s+", tickers)
    return list(dict.fromkeys(name.strip().lstrip("$") for name in names if name.strip()))
