"""
What do the words say about what moved? Company, direction, size, price, phase, reference, time.

The verb, the arrow and the figures all come from the one move of the record, so they agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.brief import phrases, wording
from bot.brief.escape import bare, clean, cut, escape
from bot.brief.fit import Room
from bot.brief.standing import rising, turned
from bot.model.brief import Brief
from bot.model.market import ActionKind, InstrumentKind, Phase, ReferenceKind
from bot.model.piece import PieceState

SPLIT, EX_DIVIDEND = "split-adjusted", "ex-dividend"


@dataclass(frozen=True, slots=True)
class Who:
    """The instrument. `headline` is "Alibaba ADRs" or "Micron", without markdown."""

    ticker: str
    name: str
    headline: str
    exchange: str


@dataclass(frozen=True, slots=True)
class MoveWords:
    """
    The move. `headline` "rise 9.8%", `told` "rose **9.8% to $165.68**", `when`
    "in late-morning trading Monday", `line` "+9.8% $165.68", `noun` the piece's "rise".
    """

    arrow: str
    percent: str
    price: str
    headline: str
    told: str
    when: str
    line: str
    noun: str
    volume: str


@dataclass(frozen=True, slots=True)
class ReferenceWords:
    """
    What it is measured from: "Friday's close", "Jan 9", "$150.96".

    `adjusted` is "split-adjusted (2-for-1) from $301.92", "" on any other day.
    """

    close: str
    date: str
    price: str
    adjusted: str


@dataclass(frozen=True, slots=True)
class TimeWords:
    """When the quote was true. `elsewhere` repeats it in the reader's zone, "" for none."""

    date: str
    clock: str
    elsewhere: str
    relative: str
    half_day: bool


def who(brief: Brief, room: Room) -> Who:
    instrument = brief.instrument
    name = escape(cut(clean(instrument.name), room.name))
    return Who(bare(instrument.ticker), name, company(brief), escape(instrument.exchange))


def move(brief: Brief, noun: str) -> MoveWords:
    shares = brief.context.volume if brief.phase.extended and not closing(brief) else None
    return MoveWords(
        arrow=phrases.verbs(brief.move.percent).arrow,
        percent=wording.percent(brief.move.percent),
        price=wording.money(brief.move.last, brief.move.currency),
        headline=headline_move(brief),
        told=told(brief),
        when=when(brief),
        line=line(brief),
        noun=noun,
        volume=wording.shares(shares) if shares is not None else "",
    )


def reference(brief: Brief) -> ReferenceWords:
    reference = brief.move.reference
    price = wording.money(reference.price, brief.move.currency)
    close = f"{wording.weekday(reference.day)}'s close"
    if around_the_clock(brief):
        close = f"the price at {reference.kind.value}"
    return ReferenceWords(close, wording.day(reference.day), price, adjusted(brief))


def adjusted(brief: Brief) -> str:
    """ "split-adjusted (2-for-1) from $301.92", "less the dividend of $2.00, ex-dividend today"."""
    reference, currency = brief.move.reference, brief.move.currency
    action = reference.adjusted
    if action is None:
        return ""
    printed = (
        f"from {wording.money(reference.unadjusted, currency)}" if reference.unadjusted else ""
    )
    if action.kind is ActionKind.SPLIT:
        return f"{SPLIT} ({wording.split(action.amount)}) {printed}".rstrip()
    dividend = wording.money(action.amount, currency)
    return f"{EX_DIVIDEND} today ({dividend} a share taken {printed or 'off'})"


def time(brief: Brief, zone: str) -> TimeWords:
    at, own = brief.quote.as_of, brief.session.zone
    on = wording.local_day(at, own)
    elsewhere = "" if zone == own else f" ({wording.stamp(at, zone, on)})"
    return TimeWords(
        date=wording.full_day(on),
        clock=wording.clock(at, own),
        elsewhere=elsewhere,
        relative=f"<t:{int(at.timestamp())}:R>",
        half_day=brief.session.half_day,
    )


def company(brief: Brief, limit: int = 60) -> str:
    """The company in a headline: "Alibaba ADRs", "Micron"; without markdown."""
    short = bare(cut(clean(brief.instrument.short), limit))
    return f"{short} ADRs" if brief.instrument.kind is InstrumentKind.ADR else short


def around_the_clock(brief: Brief) -> bool:
    """A crypto pair: measured from midnight UTC, without an open, a close or a phase."""
    return brief.move.reference.kind is ReferenceKind.UTC_MIDNIGHT


def evening(brief: Brief) -> bool:
    """The leg after the close, measured from it."""
    return brief.move.reference.kind is ReferenceKind.REGULAR_CLOSE and (
        brief.phase is not Phase.PRE
    )


def closing(brief: Brief) -> bool:
    """Whether the words speak of a session that is over."""
    return brief.state is PieceState.CLOSED or brief.phase is Phase.CLOSED


def delay(brief: Brief) -> int:
    """Minutes a live quote lags: the provider's delay, else its age beyond the limit, else 0."""
    age = brief.composed_at - brief.quote.as_of
    if brief.quote.delay > timedelta(0):
        return max(1, round(brief.quote.delay.total_seconds() / 60))
    if closing(brief) or age <= brief.stale_after:
        return 0
    return max(1, round(age.total_seconds() / 60))


def headline_move(brief: Brief) -> str:
    """ "rise 9.8%", "closes 9.1% higher", "fade to +2.1%", "is unchanged"."""
    words = phrases.verbs(brief.move.percent)
    plural = brief.instrument.kind is InstrumentKind.ADR
    size, s = wording.size(brief.move.percent), "" if plural else "s"
    if closing(brief):
        how = "unchanged" if words is phrases.FLAT else f"{size} {words.higher}"
        verb, _, of = _ending(brief)
        verb = f"reverse{s} to {verb}" if turned(brief) else f"{verb}{s}"
        return f"{verb}{of} {how}"
    if words is phrases.FLAT:
        return _number(words, plural)
    if brief.state is PieceState.FADED:
        verb = "fade" if rising(brief) else "recover"
        return f"{verb}{s} to {wording.percent(brief.move.percent)}"
    return f"{_number(words, plural)} {size}"


def told(brief: Brief) -> str:
    """ "rose **9.8% to $165.68**", with the emphasis of Discord's markdown."""
    words = phrases.verbs(brief.move.percent)
    price = wording.money(brief.move.last, brief.move.currency)
    size = wording.size(brief.move.percent)
    if closing(brief):
        verb = ended(brief) + _ending(brief)[2]
    elif brief.phase is Phase.PRE:
        verb = "traded"
    elif brief.state is PieceState.FADED:
        verb = "stood"
    else:
        return (
            f"was **unchanged at {price}**"
            if words is phrases.FLAT
            else f"{words.past} **{size} to {price}**"
        )
    how = "unchanged" if words is phrases.FLAT else f"{size} {words.higher}"
    return f"{verb} **{how} at {price}**"


def when(brief: Brief) -> str:
    """ "in late-morning trading Monday", "before the open Friday", "Monday" at the close."""
    day = wording.weekday(brief.session.day)
    if closing(brief) or around_the_clock(brief):
        return day
    return f"before the open {day}" if brief.phase is Phase.PRE else f"in {brief.phase.value} {day}"


def line(brief: Brief) -> str:
    """ "+9.8% $165.68", with what stands beside it: "faded to", "closed", "before the open"."""
    price = wording.money(brief.move.last, brief.move.currency)
    figures = f"{wording.percent(brief.move.percent)} {price}{_from(brief)}"
    if closing(brief):
        return f"{ended(brief)} {figures}"
    if brief.state is PieceState.FADED:
        return f"{'fades' if rising(brief) else 'recovers'} to {figures}"
    if brief.phase is Phase.PRE:
        return f"{figures} before the open"
    return figures


def _from(brief: Brief) -> str:
    """What the bare figures would not tell: another reference than the close before."""
    action = brief.move.reference.adjusted
    if action is not None:
        return f" {SPLIT if action.kind is ActionKind.SPLIT else EX_DIVIDEND}"
    if around_the_clock(brief):
        return f" since {brief.move.reference.kind.value}"
    return " after hours" if evening(brief) else ""


def ended(brief: Brief) -> str:
    """ "closed", "ended", "reversed and closed"."""
    return ("reversed and " if turned(brief) else "") + _ending(brief)[1]


def _ending(brief: Brief) -> tuple[str, str, str]:
    """How it is over: the verb, its past, and what is over if it is not the session."""
    if around_the_clock(brief):
        return "end", "ended", " the day in UTC"
    return ("end", "ended", " after-hours trading") if evening(brief) else ("close", "closed", "")


def _number(words: phrases.Verbs, plural: bool) -> str:
    return words.plural if plural else words.singular
