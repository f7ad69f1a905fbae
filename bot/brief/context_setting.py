"""
How unusual is it, compared with what? The figures around the move, each in words once.

What is not known is "" or left out; it is never a nought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.brief import phrases, wording
from bot.brief.context_halts import halts
from bot.brief.context_move import closing
from bot.brief.escape import clean, cut, escape, quotable
from bot.brief.fit import Room
from bot.model.alert import Measure, Said
from bot.model.brief import Brief, Comparison, Context
from bot.model.home import HomeMove
from bot.model.market import ReferenceKind
from bot.model.news import Story
from bot.model.piece import PieceState

RARE = 20


@dataclass(frozen=True, slots=True)
class Setting:
    """
    The surroundings of a move. `home` is told against the catalyst's time, `home_full` with
    its date and price; `remainder` is "6.7 points above KWEB"; `spoke` what a threshold measured
    besides the move ("crossed $180.00 on the way up"); `marks` are the lines that it reached or
    crossed: its average, its 52-week high or low; `halts` when its exchange stopped trading.
    """

    multiple: str
    volume: str
    benchmarks: str
    home: str
    home_full: str
    peers: str
    remainder: str
    rarity: str
    average: str
    range52: str
    spoke: tuple[str, ...]
    marks: tuple[str, ...]
    headlines: tuple[str, ...]
    halts: str


def setting(brief: Brief, zone: str, room: Room) -> Setting:
    """Every figure around the move, in words."""
    context = brief.context
    return Setting(
        multiple=_multiple(context) if room.aside else "",
        volume=volume(brief),
        benchmarks=benchmarks(brief),
        home=_home(brief) if room.aside else "",
        home_full=_home_full(brief, zone),
        peers=_peers(brief, zone),
        remainder=remainder(brief),
        rarity=rarity(brief),
        average=average(brief),
        range52=range52(brief),
        spoke=tuple(filter(None, (_spoke(brief, said) for said in brief.spoke))),
        marks=tuple(marks(brief)) if room.aside else (),
        headlines=tuple(_headline(brief, one, zone, room) for one in _newest(context, room)),
        halts=halts(brief, zone),
    )


def _multiple(context: Context) -> str:
    return "" if context.multiple is None else wording.times(context.multiple)


def benchmarks(brief: Brief) -> str:
    """ "KWEB +3.1%, SPY +0.2%", or why there is none."""
    if brief.context.benchmarks:
        return _row(brief.context.benchmarks, ", ")
    return (
        "no benchmark quote at hand"
        if brief.instrument.benchmarks
        else "no benchmark to set it against"
    )


def volume(brief: Brief) -> str:
    """ "18.4m shares, 2.9 times normal for 11:08", "18.4m shares so far", or ""."""
    context = brief.context
    if context.volume is None:
        return ""
    told, so_far = wording.shares(context.volume), "" if closing(brief) else " so far"
    if context.volume_ratio is not None:
        hour = (
            "" if closing(brief) else f" for {wording.hour(brief.quote.as_of, brief.session.zone)}"
        )
        return f"{told}, {wording.times(context.volume_ratio)} normal{hour}"
    if context.average_volume:
        average = wording.shares(context.average_volume).removesuffix(" shares")
        return f"{told}{so_far}, {average} on an average day"
    return told + so_far


def remainder(brief: Brief) -> str:
    """What is left beyond the first benchmark: a plain difference of the printed figures."""
    if not brief.context.benchmarks:
        return ""
    first = brief.context.benchmarks[0]
    return wording.apart(brief.move.percent, first.percent, escape(first.ticker))


def average(brief: Brief) -> str:
    """Where it stands to its 200-day average, or ""."""
    mean = brief.context.average200
    return phrases.average(brief.quote.last, mean, brief.move.currency) if mean else ""


def range52(brief: Brief) -> str:
    """Where it stands in its 52-week range, or ""."""
    found = brief.context.range52
    if found is None:
        return ""
    return phrases.range52(found, brief.quote.last, brief.move.currency, _reached(brief))


def marks(brief: Brief) -> Iterator[str]:
    """The lines that were crossed or reached, which may be why a threshold spoke."""
    mean, found = brief.context.average200, brief.context.range52
    if mean is not None and (mean.crossed or mean.touched is not None):
        yield average(brief)
    if found is not None and (_reached(brief) or brief.quote.last in (found.low, found.high)):
        yield range52(brief)


def _spoke(brief: Brief, said: Said) -> str:
    """A price that was crossed, a swing within a window; "" for what stands elsewhere."""
    way = "up" if said.up else "down"
    if said.measure is Measure.LEVEL and said.line is not None:
        return f"crossed {wording.money(said.line, brief.move.currency)} on the way {way}"
    fresh = brief.state is PieceState.LIVE and brief.updates[:1]
    if said.measure is Measure.WINDOW and fresh and fresh[0].last == brief.move.last:
        swing = said.along if said.up else -said.along
        return f"{wording.percent(swing)} within {wording.span(said.window)}"
    return ""


def _reached(brief: Brief) -> str:
    """ "high" or "low" of 52 weeks, where today went there; before the open the provider's
    day range is still that of the day before."""
    found, quote = brief.context.range52, brief.quote
    if found is None or not brief.phase.regular:
        return ""
    if quote.day_high is not None and quote.day_high >= found.high:
        return "high"
    return "low" if quote.day_low is not None and quote.day_low <= found.low else ""


def rarity(brief: Brief) -> str:
    """ "would be the largest daily rise since Sep 24, 2025"; "" where that is not rare."""
    since, sessions = brief.context.rarity, brief.context.rarity_sessions
    words = phrases.verbs(brief.move.percent)
    daily = brief.move.reference.kind is ReferenceKind.PREVIOUS_CLOSE
    if since is None or (sessions or 0) < RARE or not daily or words is phrases.FLAT:
        return ""
    stands = "was" if closing(brief) else "would be"
    return f"{stands} the largest daily {words.noun} since {wording.full_day(since)}"


def _home(brief: Brief) -> str:
    """ "Hong Kong shares had closed up 5.3% before it": the earlier leg, told in sequence."""
    home, said = brief.context.home, brief.catalyst.attribution
    if home is None or home.at > brief.quote.as_of:
        return ""
    words = phrases.verbs(home.percent)
    by = words.up if words is phrases.FLAT else f"{words.up} {wording.size(home.percent)}"
    on, city = f"({wording.day(home.session)})", escape(home.city)
    if not home.closed:
        return f"{city} shares were {by} {on} at last look"
    if said is not None and home.at <= said.story.out_at:
        return f"{city} shares had closed {by} {on} before it"
    return f"{city} shares had closed {by} {on} earlier"


def _home_full(brief: Brief, zone: str) -> str:
    """
    "An earlier leg in Hong Kong (9988.HK): +5.3% to HK$148.30 at the close of Jan 12; equal to
    $152.69 an ADR, +1.1%".
    """
    home = brief.context.home
    if home is None:
        return ""
    price = wording.money(home.last, home.currency)
    when = (
        f"at the close of {wording.day(home.session)}"
        if home.closed
        else f"at {wording.stamp(home.at, zone, wording.local_day(brief.quote.as_of, zone))}"
    )
    name = f"{escape(home.city)} ({escape(home.ticker)})"
    same_way = (home.percent > 0) is brief.move.up and not wording.flat(home.percent)
    earlier = brief.move.reference.day < home.session and home.at < (brief.onset or home.at)
    leg = "an earlier leg in " if same_way and earlier else ""
    return f"{leg}{name}: {wording.percent(home.percent)} to {price} {when}{_implied(brief, home)}"


def _implied(brief: Brief, home: HomeMove) -> str:
    """What the home price makes of one ADR, and how far that is from the reference."""
    if home.implied is None or home.leg is None:
        return ""
    price = wording.money(home.implied, brief.move.currency)
    return f"; equal to {price} an ADR, {wording.percent(home.leg)}"


def _peers(brief: Brief, zone: str) -> str:
    """ "JD +2.4% · PDD +1.9% at 11:08 EST": at least two, on one time basis, or none (N22)."""
    peers = brief.context.peers
    if len(peers) < 2:
        return ""
    oldest = min(peer.as_of for peer in peers)
    today = wording.local_day(brief.quote.as_of, zone)
    return f"{_row(peers, ' · ')} at {wording.stamp(oldest, zone, today)}"


def _row(found: tuple[Comparison, ...], between: str) -> str:
    return between.join(f"{escape(one.ticker)} {wording.percent(one.percent)}" for one in found)


def _newest(context: Context, room: Room) -> tuple[Story, ...]:
    newest = sorted(context.headlines, key=lambda story: story.out_at, reverse=True)
    return tuple(newest[: room.headlines])


def _headline(brief: Brief, story: Story, zone: str, room: Room) -> str:
    today = wording.local_day(brief.quote.as_of, zone)
    when = wording.stamp(story.out_at, zone, today)
    title = quotable(story.title, min(room.quote, 120))
    return f"“{title}” ({escape(cut(clean(story.outlet), 60))}, {when})"
