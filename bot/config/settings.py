"""What may stand in config.toml: every key with its type, its bounds and its default."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.desk.together import Together
from bot.services.thresholds import Defaults


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _url(value: str) -> str:
    if value and not re.match(r"(https?|wss?)://[^/\s]+", value):
        raise ValueError('must be "" or a whole address such as "http://127.0.0.1:8801"')
    return value


def _zone(value: str) -> str:
    if value and value not in available_timezones():
        raise ValueError('must be "" or an IANA zone such as "Europe/Berlin"')
    return value


Url = Annotated[str, AfterValidator(_url)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
Percent = Annotated[float, Field(ge=0.1, le=100)]


class DeskSection(Section):
    data_dir: str = "data"
    templates: str = "templates"
    instruments: str = "seeds/instruments.toml"
    outlets: str = "seeds/outlets.toml"
    disclosure: Annotated[str, Field(max_length=200)] = ""


class StoreSection(Section):
    url: Annotated[str, Field(pattern=r"^$|^sqlite\+aiosqlite:///|^postgresql\+psycopg://")] = ""


class DiscordSection(Section):
    api_url: Url = ""
    gateway_url: Url = ""
    posts_per_second: Annotated[float, Field(gt=0, le=50)] = 45.0
    sync_commands: bool = True

    @model_validator(mode="after")
    def _both_addresses(self) -> Self:
        if bool(self.api_url) != bool(self.gateway_url):
            raise ValueError("must set api_url and gateway_url together, or leave both empty")
        return self


class QuotesSection(Section):
    url: Url = ""
    timeout: Annotated[float, Field(gt=0, le=8)] = 5.0
    poll_regular: Annotated[int, Field(ge=10, le=3600)] = 30
    poll_extended: Annotated[int, Field(ge=10, le=3600)] = 60
    poll_closed: Annotated[int, Field(ge=60, le=86_400)] = 900
    stale_after: Seconds = 180


class ThresholdSection(Section):
    move: Percent = 5.0
    usual: Annotated[float, Field(ge=1, le=20)] = 3.0
    at_least: Percent = 3.0
    hold: Annotated[float, Field(ge=0, le=3600)] = 60
    rearm: Annotated[float, Field(gt=0, le=10)] = 1.0
    rung: Annotated[float, Field(gt=0, le=100)] = 5.0
    cooldown: Annotated[float, Field(ge=0, le=86_400)] = 1800
    smallest: Percent = 0.5
    largest: Percent = 50.0
    gather: Annotated[float, Field(gt=0, le=10)] = 1.5

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.smallest <= self.move <= self.largest:
            raise ValueError("must have smallest ≤ move ≤ largest")
        if not self.smallest <= self.at_least <= self.largest:
            raise ValueError("must have smallest ≤ at_least ≤ largest")
        return self

    def defaults(self) -> Defaults:
        """What a threshold is where a person does not say."""
        return Defaults(
            move=Decimal(str(self.move)),
            usual=Decimal(str(self.usual)),
            at_least=Decimal(str(self.at_least)),
            hold=timedelta(seconds=self.hold),
            rearm=Decimal(str(self.rearm)),
            rung=Decimal(str(self.rung)),
            cooldown=timedelta(seconds=self.cooldown),
            smallest=Decimal(str(self.smallest)),
            largest=Decimal(str(self.largest)),
        )


class MarketWideSection(Section):
    level: Percent = 3.0
    names: Annotated[int, Field(ge=2, le=1000)] = 5
    share: Annotated[float, Field(gt=0, le=1)] = 0.4
    index: Percent = 2.0
    each: Annotated[int, Field(ge=1, le=1000)] = 3

    def together(self) -> Together:
        """From when on names move together."""
        return Together(
            level=Decimal(str(self.level)),
            names=self.names,
            share=Decimal(str(self.share)),
            index=Decimal(str(self.index)),
            each=self.each,
        )


class FeedsSection(Section):
    opml: str = "seeds/feeds.opml"
    interval: Annotated[int, Field(ge=60, le=86_400)] = 900
    floor: Annotated[int, Field(ge=30, le=86_400)] = 300
    contact: Annotated[str, Field(max_length=200)] = ""
    allowed_origins: tuple[Url, ...] = ()
    denied: tuple[Annotated[str, Field(min_length=1)], ...] = ()


class ClockSection(Section):
    url: Url = ""


class LogSection(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class WatchSection(Section):
    channel: Annotated[int, Field(gt=0)]
    tickers: Annotated[tuple[str, ...], Field(min_length=1)]
    guild: Annotated[int, Field(ge=0)] = 0
    move: str = ""
    layout: Literal["line", "brief", "full"] = "brief"
    colours: Literal["green-up", "red-up"] = "green-up"
    zone: Annotated[str, AfterValidator(_zone)] = ""


class Settings(Section):
    desk: DeskSection = DeskSection()
    store: StoreSection = StoreSection()
    discord: DiscordSection = DiscordSection()
    quotes: QuotesSection = QuotesSection()
    thresholds: ThresholdSection = ThresholdSection()
    market_wide: MarketWideSection = MarketWideSection()
    feeds: FeedsSection = FeedsSection()
    clock: ClockSection = ClockSection()
    log: LogSection = LogSection()
    watch: tuple[WatchSection, ...] = ()
