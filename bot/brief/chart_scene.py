"""
What is in the picture, in the chart's own numbers: days since 1970 for time, floats for prices.

No drawing here; a print after the quote is not part of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.brief import palette, wording
from bot.brief.escape import clean, cut
from bot.model.brief import Brief, ChartData, Colours
from bot.model.market import Bar

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1) / DAY
LABEL = 18

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Scene:
    """`hours` are the ticks of the time axis; `catalyst` is its place and label, if it has one."""

    brief: Brief
    times: list[float]
    prices: list[float]
    volumes: list[int]
    close: float
    span: tuple[float, float]
    regular: tuple[float, float]
    colour: str
    now: str
    places: int
    catalyst: tuple[float, str] | None
    hours: list[tuple[float, str]]

    def share(self, at: float) -> float:
        """How far along the time axis, from 0 to 1."""
        return (at - self.span[0]) / (self.span[1] - self.span[0])

    def price_at(self, at: float) -> float:
        """The last price at that time, or the first one of the picture."""
        before = [p for time, p in zip(self.times, self.prices, strict=True) if time <= at]
        return before[-1] if before else self.prices[0]


def scene_of(brief: Brief, data: ChartData, colours: Colours) -> Scene:
    """Bars up to the quote, which is the last point of the line."""
    zone, as_of = ZoneInfo(brief.session.zone), brief.quote.as_of
    last = Bar(as_of, *(brief.move.last,) * 4, volume=0)
    bars = [*(bar for bar in data.bars if bar.at <= as_of), last]
    start, end = min(bars[0].at, brief.session.opens), max(as_of, brief.session.closes)
    return Scene(
        brief=brief,
        times=[_days(bar.at) for bar in bars],
        prices=[float(bar.close) for bar in bars],
        volumes=[bar.volume for bar in bars],
        close=float(brief.move.reference.price),
        span=(_days(start), _days(end)),
        regular=(_days(brief.session.opens), _days(brief.session.closes)),
        colour=f"#{palette.colour_of(brief.move.percent, colours):06x}",
        places=_places([*(float(bar.close) for bar in bars), float(brief.move.reference.price)]),
        now=f"{as_of.astimezone(zone):%H:%M}",
        catalyst=_catalyst(data, start, brief),
        hours=_hours(start, end, zone),
    )


def _catalyst(data: ChartData, start: datetime, brief: Brief) -> tuple[float, str] | None:
    """Where the catalyst stands; one from before the picture stands at its left edge."""
    if data.catalyst_at is None or data.catalyst_at > brief.quote.as_of:
        return None
    local = data.catalyst_at.astimezone(ZoneInfo(brief.session.zone))
    when = f"{local:%H:%M}"
    if local.date() != brief.session.day:
        when = f"{wording.day(local.date())}, {when}"
    label = f"{cut(clean(data.catalyst_label), LABEL)} {when}".strip()
    return _days(max(data.catalyst_at, start)), label


def _places(prices: list[float]) -> int:
    """Decimals of the price axis: as few as keep its figures apart."""
    if max(prices) < 1:
        return 4
    return 0 if max(prices) - min(prices) >= 5 else 2


def _hours(start: datetime, end: datetime, zone: ZoneInfo) -> list[tuple[float, str]]:
    """Every second full hour on the wall of the exchange."""
    hour = start.astimezone(zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    ticks: list[tuple[float, str]] = []
    while hour <= end:
        local = hour.astimezone(zone)
        if hour >= start and local.hour % 2 == 0:
            ticks.append((_days(hour), f"{local:%H:%M}"))
        hour += _HOUR
    return ticks


def _days(at: datetime) -> float:
    return (at - _EPOCH) / DAY
