"""The rules that hold the words against the record. Each answers "" or what disagrees."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from bot.brief import wording
from bot.brief.context_move import EX_DIVIDEND, SPLIT, around_the_clock, closing, delay
from bot.brief.escape import clean, cut, escape
from bot.brief.standing import out_first as before_onset
from bot.brief.stylebook_page import Page
from bot.model.market import ActionKind, Phase, ReferenceKind
from bot.model.piece import UpdateKind

_SECOND = timedelta(seconds=1)
_PERCENT = re.compile(r"\d+(?:,\d{3})*\.\d%")


def figures(page: Page) -> str:
    """N4: the headline, the lede and the notification print one percent: the move's."""
    move, quote = page.brief.move, page.brief.quote
    if (move.last, move.currency) != (quote.last, quote.currency):
        return f"the move ends at {move.last}, the quote says {quote.last}"
    printed = wording.size(move.percent)
    content = page.masked(page.content.split(" · ")[0])
    loud = () if page.alone else (page.moved, content)
    for text in (*loud, page.masked(page.lede)):
        found = _PERCENT.search(text)
        if found and found[0] != printed:
            return f"{found[0]} for {printed}"
    return "" if _agree(move.last, move.reference.price, move.percent) else "price and percent"


def reference(page: Page) -> str:
    """N6: and the date is the session the move is measured from."""
    found, session = page.brief.move.reference, page.brief.session
    days = {session.previous}
    if found.kind is not ReferenceKind.PREVIOUS_CLOSE:
        days = {session.day} if around_the_clock(page.brief) else {session.previous, session.day}
    if found.day not in days:
        return f"{found.day} is not the session before {session.day}"
    price = wording.money(found.price, page.brief.move.currency)
    close = f"{wording.weekday(found.day)}'s close"
    named = found.kind.value if around_the_clock(page.brief) else close
    wanted = (named, f"({wording.day(found.day)})", price)
    return next((f"no “{words}”" for words in wanted if words not in page.lede), "")


def fresh(page: Page) -> str:
    """N7."""
    at = page.brief.quote.as_of
    for words in (
        wording.full_day(wording.local_day(at, page.brief.session.zone)),
        wording.clock(at, page.brief.session.zone),
        f"<t:{int(at.timestamp())}:R>",
    ):
        if words not in page.dateline:
            return f"no “{words}”"
    late = delay(page.brief)
    told = f"delayed {wording.counted(late, 'minute')}"
    return f"no “{told}”" if late and told not in page.rendered.footer else ""


def phase(page: Page) -> str:
    """N8."""
    brief = page.brief
    if brief.session.half_day and "half day" not in page.dateline:
        return "a half day is not told"
    if closing(brief):
        told = "closed" in page.lede or "ended" in page.lede
        return "" if told else "the session is over, the lede does not say so"
    if around_the_clock(brief):
        found = "trading" in page.masked(page.lede)
        return "a phase, where trading never stops" if found else ""
    calendar = brief.session.phase(brief.quote.as_of)
    if brief.quote.state == "REGULAR":  # a closing print is stamped at or after the close
        calendar = brief.session.phase(min(brief.quote.as_of, brief.session.closes - _SECOND))
    if calendar is not brief.phase or brief.move.phase is not brief.phase:
        return f"{brief.phase.value}, but the calendar says {calendar.value}"
    words = "before the open" if brief.phase is Phase.PRE else brief.phase.value
    if words not in page.lede:
        return f"no “{words}”"
    thin = not brief.phase.extended or "thin" in page.caveats.lower()
    return "" if thin else "no caveat about thin trading"


def action(page: Page) -> str:
    """N10: the move of such a day is measured from the adjusted reference, and says so."""
    reference, day = page.brief.move.reference, page.brief.session.day
    found = reference.adjusted
    if found is None:
        today = [one for one in page.brief.quote.actions if one.day == day]
        split = any(one.kind is ActionKind.SPLIT and one.amount != 1 for one in today)
        stale = split and reference.kind is ReferenceKind.PREVIOUS_CLOSE
        return "a split today, and the reference is not adjusted" if stale else ""
    words = SPLIT if found.kind is ActionKind.SPLIT else EX_DIVIDEND
    if not page.alone and words not in page.content:
        return f"no “{words}” in the line"
    if not page.embed:
        return ""
    printed, currency = reference.unadjusted or reference.price, page.brief.move.currency
    both = (wording.money(reference.price, currency), wording.money(printed, currency))
    return next((f"no “{one}”" for one in (words, *both) if one not in page.lede), "")


def out_first(page: Page) -> str:
    """N13: tolerance zero; with the onset unknown nothing came before it."""
    said = page.said
    if said is None:
        return "no attribution in the record"
    if said.story.out_at > page.brief.quote.as_of:
        return "it was out after the quote"
    if before_onset(page.brief, said):
        return ""
    cause = page.masked(page.cause).lower()
    wanted = "also reported" if page.brief.onset else "not known"
    if "came after" in cause or wanted not in cause:
        return f"not out before the onset, and no “{wanted}”"
    loud = " after " in page.masked(page.rendered.title).replace(" after hours", "")
    return "the headline puts it before the move" if loud else ""


def caveats(page: Page) -> str:
    """N20."""
    evidence = [caveat for caveat in page.record.caveats if caveat.evidence]
    if not evidence:
        return "the record has none"
    shown = any(escape(cut(clean(one.text), 160)) in page.caveats for one in evidence)
    return "" if shown else "none is shown"


def updates(page: Page) -> str:
    """N29: the newest change and the figure first published are both there to read."""
    stamps = page.brief.updates
    if len(stamps) < 2:
        return ""
    percent = wording.percent(stamps[-1].percent)
    first = percent if page.corrections else f"first published at {percent}"
    newest = wording.clock(stamps[0].at, page.zone)
    if stamps[0].kind in (UpdateKind.EXTENDED, UpdateKind.FADED, UpdateKind.CLOSED):
        newest = wording.percent(stamps[0].percent)
    return next((f"no “{words}”" for words in (first, newest) if words not in page.history), "")


def _agree(last: Decimal, price: Decimal, percent: Decimal) -> bool:
    """Whether the percent follows from the printed prices, within what rounding may do."""
    if price <= 0:
        return False
    half = Decimal(1).scaleb(-wording.decimals(price)) / 2
    slack = Decimal("0.05") + 100 * half * (1 + last / price) / price
    return abs((last / price - 1) * 100 - wording.rounded(percent, 1)) <= slack
