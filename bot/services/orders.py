"""
From what a person asks for to a judged setting: read, measured, refused or said in figures.

What is refused whatever the share does is refused before anybody is asked about the share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.errors import UserError
from bot.model.alert import Terms
from bot.model.market import Instrument
from bot.model.post import Destination, Watch
from bot.services import thresholds
from bot.services.faces import Setting, Typed
from bot.services.thresholds.expiry import expiry
from bot.services.thresholds.judging import judge, refuse_crowding, settled, waiting
from bot.services.thresholds.known import Knowing, Known
from bot.services.thresholds.wish import Wish

log = structlog.get_logger(__name__)

_UNMEASURED = "its history is not known now, so this is the plain default"


@dataclass(frozen=True, slots=True)
class Order:
    """One threshold on its way in, with what is known of its share."""

    ticker: str
    wish: Wish
    known: Known
    zone: str


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for what, where."""

    place: Destination
    typed: Typed
    author: int


class Orders:
    """Judges thresholds against the shares they are for."""

    def __init__(self, defaults: thresholds.Defaults, knowing: Knowing) -> None:
        self._defaults = defaults
        self._knowing = knowing

    def now(self) -> datetime:
        return self._knowing.clock.now()

    async def judged(self, listings: Sequence[Instrument], typed: Typed) -> list[Order]:
        """An order a listing; `UserError` says which figure is absurd, why, and what to try."""
        wishes = [thresholds.read(each.ticker, typed.move, typed.options) for each in listings]
        for listing, wish in zip(listings, wishes, strict=True):
            thresholds.terms_of(listing.ticker, wish, self._defaults)
        known = await self._knowing.of(listings)
        orders = [
            Order(listing.ticker, wish, known[listing.ticker], self._knowing.zone(listing))
            for listing, wish in zip(listings, wishes, strict=True)
        ]
        for order in orders:
            judge(order.ticker, self._terms(order), order.known, self._defaults)
        return orders

    def setting(self, request: Request, order: Order, watches: Iterable[Watch]) -> Setting:
        """The order beside what is watched there; `UserError` where it says the same again."""
        ticker, usual, typed = order.ticker, order.known.usual_move, request.typed
        there = [watch.terms for watch in watches if watch.ticker == ticker]
        terms = settled(order.wish, self._terms(order), there, order.known)
        refuse_crowding(ticker, terms, there)
        expires = expiry(typed.expires, self.now(), request.place.zone or order.zone)
        before = [one for one in there if one.slot == terms.slot and one != terms]
        measured = usual or order.wish.level is not None or terms in there
        return Setting(
            watch=Watch(request.place.id, ticker, terms, request.author, expires),
            words=thresholds.describe(terms, thresholds.usually(terms, usual)),
            before=thresholds.summary(before[0], self._defaults) if before else "",
            note=waiting(terms, order.known) if measured else _UNMEASURED,
        )

    async def known(self, listings: Sequence[Instrument]) -> dict[str, Known]:
        return await self._knowing.of(listings)

    def configured(self, ticker: str, move: str, known: Known, there: Sequence[Terms]) -> Terms:
        """The terms of a config file's watch. Nobody is there to ask: doubts are logged."""
        wish = thresholds.read(ticker, move)
        terms = thresholds.terms_of(ticker, wish, self._defaults, known.usual_move)
        try:
            judge(ticker, terms, known, self._defaults)
        except UserError as error:
            log.warning("an odd threshold in the settings", ticker=ticker, why=str(error))
        return settled(wish, terms, there, known)

    def _terms(self, order: Order) -> Terms:
        usual = order.known.usual_move
        return thresholds.terms_of(order.ticker, order.wish, self._defaults, usual)
