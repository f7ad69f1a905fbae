"""Services in memory, for the face: they answer at once, refuse, fail or hang as they are told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from bot.errors import UserError
from bot.model.alert import Terms
from bot.model.brief import Rendered, Variant
from bot.model.market import Instrument, InstrumentKind
from bot.model.piece import Correction, CorrectionKind
from bot.model.post import Destination, Watch
from bot.services.faces import Answer, Mending, Services, Setting, Typed
from bot.services.thresholds import Defaults, default, name, parse
from tests.builders import instrument
from tests.cogs.fake_feeds import FakeFeeds
from tests.cogs.moods import Mood
from tests.delivery.examples import PNG, rendered

EXPIRES = datetime(2026, 1, 16, 21, tzinfo=UTC)
COMPANIES = (
    instrument("BABA"),
    instrument("JD", name="JD.com", exchange="NASDAQ"),
    instrument("PDD", name="PDD Holdings", exchange="NASDAQ"),
)


class FakeDirectory:
    def __init__(self) -> None:
        self.companies: tuple[Instrument, ...] = COMPANIES

    def complete(self, words: str, limit: int = 25) -> list[Instrument]:
        wanted = words.casefold()
        known = [c for c in self.companies if wanted in f"{c.ticker} {c.name}".casefold()]
        return known[:limit]

    def spelled(self, found: Instrument) -> str:
        return found.name if found.kind is InstrumentKind.ETF else found.ticker

    async def resolve(self, words: str) -> Instrument:
        for company in self.companies:
            if words.upper() == company.ticker:
                return company
        raise UserError(
            f"I don't know **{words}**", hint="did you mean BABA (Alibaba Group, NYSE)?"
        )


class FakeSubscriptions:
    def __init__(self, mood: Mood, directory: FakeDirectory) -> None:
        self.watches: list[Watch] = []
        self.heard: list[Typed] = []
        self.defaults = Defaults()
        self.setting = Setting(Watch(0, "", Terms(Decimal(5))), "")
        self._mood = mood
        self._directory = directory

    async def subscribe(
        self, place: Destination, tickers: str, typed: Typed, author: int
    ) -> list[Setting]:
        await self._mood.passes()
        return [await self.set(place, name, typed, author) for name in tickers.split(", ")]

    async def unsubscribe(self, place: Destination, tickers: str) -> list[str]:
        await self._mood.passes()
        named = tickers.split(", ") if tickers else [w.ticker for w in await self.here(place)]
        self.watches = [
            w for w in self.watches if w.destination != place.id or w.ticker not in named
        ]
        return named

    async def set(self, place: Destination, ticker: str, typed: Typed, author: int) -> Setting:
        await self._mood.passes()
        self.heard.append(typed)
        company = await self._directory.resolve(ticker)
        if typed.move == "0":
            raise UserError(
                "threshold for BABA must be between 0.5 and 50 percent, was 0",
                hint="try /alert set BABA 5",
            )
        terms = parse(ticker, typed.move, Defaults())
        expires = EXPIRES if typed.expires else None
        watch = Watch(place.id, company.ticker, terms, author, expires)
        self.watches.append(watch)
        return replace(self.setting, watch=watch, words=self.describe(watch))

    async def remove(self, place: Destination, ticker: str, which: str) -> Watch:
        await self._mood.passes()
        found = [
            watch
            for watch in await self.here(place)
            if watch.ticker == ticker and which in ("", self.name(watch))
        ]
        if not found:
            raise UserError(f"this channel is not subscribed to {ticker}", hint="see /alert list")
        self.watches.remove(found[0])
        return found[0]

    async def here(self, place: Destination) -> list[Watch]:
        return [watch for watch in self.watches if watch.destination == place.id]

    async def everywhere(self, guild: int) -> list[Watch]:
        await self._mood.passes()
        return self.watches

    def describe(self, watch: Watch) -> str:
        return f"{self.name(watch)}, held 1 minute"

    def name(self, watch: Watch) -> str:
        return name(watch.terms)

    def default(self) -> str:
        return default(self.defaults)

    def preview(self, words: str) -> str:
        try:
            return name(parse("BABA", words, Defaults()))
        except UserError:
            return ""


class FakeBriefing:
    def __init__(self, mood: Mood, directory: FakeDirectory) -> None:
        self.variants: list[Variant] = []
        self._mood = mood
        self._directory = directory

    async def brief(self, words: str, variant: Variant) -> Answer:
        self.variants.append(variant)
        await self._mood.passes()
        await self._directory.resolve(words)
        return Answer(rendered(), PNG)


class FakeExplain:
    def __init__(self, mood: Mood) -> None:
        self._mood = mood
        self.words: Rendered = rendered(content="", title="Details")

    async def details(self, post: int, revision: int) -> Answer:
        await self._mood.passes()
        return Answer(self.words, PNG)

    async def why(self, post: int, revision: int) -> str:
        await self._mood.passes()
        return f"post {post}, revision {revision}: the move passed the threshold"

    async def sources(self, post: int, revision: int) -> str:
        await self._mood.passes()
        return "South China Morning Post, 07:42 EST"


class FakeCorrections:
    """Remembers what it was asked to put right."""

    def __init__(self, mood: Mood) -> None:
        self.mendings: list[Mending] = []
        self._mood = mood

    async def recent(self, guild: int | None, typed: str) -> list[tuple[str, str]]:
        await self._mood.passes()
        return [("BABA/2026-01-12/up/1", "BABA up 9.8% on Jan 12")]

    async def preview(self, mending: Mending, variant: Variant) -> Answer:
        await self._mood.passes()
        return Answer(rendered(), PNG)

    async def correct(self, mending: Mending) -> Correction:
        await self._mood.passes()
        self.mendings.append(mending)
        at = datetime(2026, 1, 12, 17, tzinfo=UTC)
        right = (mending.wrong, mending.right, mending.why)
        kind = CorrectionKind.CORRECTED
        return Correction(kind, mending.matter.value, *right, at, mending.guild, mending.by)


class FakeChannels:
    """Remembers why each channel is broken; `changed` is notified of every call."""

    def __init__(self) -> None:
        self.why: dict[int, str] = {}
        self.changed = asyncio.Condition()

    async def broken(self, channel: int, why: str) -> bool:
        return await self._mark(channel, why)

    async def mended(self, channel: int) -> bool:
        return await self._mark(channel, "")

    async def until(self, channel: int, why: str) -> None:
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(lambda: self.why.get(channel, "") == why)

    async def _mark(self, channel: int, why: str) -> bool:
        async with self.changed:
            changed = self.why.get(channel, "") != why
            self.why[channel] = why
            self.changed.notify_all()
        return changed


class Desk:
    """All of them, and the bundle that the face is given."""

    def __init__(self) -> None:
        self.mood = Mood()
        self.directory = FakeDirectory()
        self.subscriptions = FakeSubscriptions(self.mood, self.directory)
        self.briefing = FakeBriefing(self.mood, self.directory)
        self.explain = FakeExplain(self.mood)
        self.channels = FakeChannels()
        self.corrections = FakeCorrections(self.mood)
        self.feeds = FakeFeeds(self.mood)

    @property
    def services(self) -> Services:
        return Services(
            self.directory,
            self.subscriptions,
            self.briefing,
            self.explain,
            self.channels,
            self.corrections,
            self.feeds,
        )
