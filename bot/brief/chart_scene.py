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
from bot.model.market import Bar, Move, ReferenceKind, Session

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1) / DAY
LABEL = 18
TICKS = 7
STEPS = (1, 2, 3, 4, 6, 8, 12)  # hours between two ticks of the time axis
MILLION = 1_000_000
TALLEST, HEADROOM = 0.98, 1.25

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Scene:
    """
    `hours` are the ticks of the time axis; `catalyst` is its place and label, if it has one.

    `since` is where the move begins to be measured: for the leg after the close, the close.
    `tallest` is the volume that fills its pane, 0 where there is none to show.
    """

    brief: Brief
    times: list[float]
    prices: list[float]
    volumes: list[int]
    close: float
    close_label: str
    span: tuple[float, float]
    regular: tuple[float, float]
    since: float
    colour: str
    now: str
    places: int
    tallest: float
    catalyst: tuple[float, str] | None
    hours: list[tuple[float, str]]

    def share(self, at: float) -> float:
        """How far along the time axis, from 0 to 1."""
        return (at - self.span[0]) / (self.span[1] - self.span[0])

    def tick(self, price: float) -> str:
        """ "97,500", "165.25"; millions are cut to "1.25m", or they would not fit."""
        if max(self.prices) >= MILLION:
            return f"{price / MILLION:.2f}m"
        return f"{price:,.{self.places}f}"

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
        close_label=_close_label(brief.move),
        span=(_days(start), _days(end)),
        regular=(_days(brief.session.opens), _days(brief.session.closes)),
        since=_days(_since(brief.move, brief.session, start)),
        colour=f"#{palette.colour_of(brief.move.percent, colours):06x}",
        places=_places([*(float(bar.close) for bar in bars), float(brief.move.reference.price)]),
        tallest=_tallest([bar.volume for bar in bars]),
        now=f"{as_of.astimezone(zone):%H:%M}",
        catalyst=_catalyst(data, start, brief),
        hours=_hours(start, end, zone),
    )


def reference_name(move: Move) -> str:
    """ "Friday's close", "the price at 00:00 UTC": what the move is measured from, in words."""
    if move.reference.kind is ReferenceKind.UTC_MIDNIGHT:
        return f"the price at {move.reference.kind.value}"
    return f"{wording.weekday(move.reference.day)}'s close"


def _close_label(move: Move) -> str:
    """ "Fri close $150.96"; with a word where it is not the close that was printed."""
    price = wording.money(move.reference.price, move.currency)
    if move.reference.kind is ReferenceKind.UTC_MIDNIGHT:
        return f"{move.reference.kind.value} {price}"
    adjusted = " adjusted" if move.reference.adjusted else ""
    return f"{wording.weekday(move.reference.day)[:3]} close{adjusted} {price}"


def _since(move: Move, session: Session, start: datetime) -> datetime:
    own = move.reference.kind is ReferenceKind.REGULAR_CLOSE and move.reference.day == session.day
    return max(start, session.closes) if own else start


def _tallest(volumes: list[int]) -> float:
    """An auction may trade a hundred times what a minute does; its bar is cut, not the others."""
    traded = sorted(volume for volume in volumes if volume > 0)
    return traded[int(TALLEST * (len(traded) - 1))] * HEADROOM if traded else 0


def _catalyst(data: ChartData, start: datetime, brief: Brief) -> tuple[float, str] | None:
    """Where the catalyst stands; one from before the picture stands at its left edge."""
    if data.catalyst_at is None or data.catalyst_at > brief.quote.as_of:
        return None
    local = data.catalyst_at.astimezone(ZoneInfo(brief.session.zone))
    when = f"{local:%H:%M}"
    if local.date() != brief.session.day:
        when = f"{wording.day(local.date())}, {when}"
    name = cut(clean(data.catalyst_label), LABEL)
    if data.catalyst_at < start:
        return _days(start), f"{name} out before the open {when}".strip()
    return _days(data.catalyst_at), f"{name} {when}".strip()


def _places(prices: list[float]) -> int:
    """Decimals of the price axis: as few as keep its figures apart."""
    if max(prices) < 1:
        return 4
    return 0 if max(prices) - min(prices) >= 5 else 2


def _hours(start: datetime, end: datetime, zone: ZoneInfo) -> list[tuple[float, str]]:
    """Full hours on the wall of the exchange, as many as there is room for."""
    hour = start.astimezone(zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    full: list[datetime] = []
    while hour <= end:
        if hour >= start:
            full.append(hour)
        hour += _HOUR
    for step in STEPS:
        told = [at for at in full if at.astimezone(zone).hour % step == 0]
        if len(told) <= TICKS:
            break
    return [(_days(at), f"{at.astimezone(zone):%H:%M}") for at in told]


def _days(at: datetime) -> float:
    return (at - _EPOCH) / DAY
