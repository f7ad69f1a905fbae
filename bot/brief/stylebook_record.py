"""The rules that hold the words against the record. Each answers "" or what disagrees."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from bot.brief import wording
from bot.brief.context_move import closing, delay
from bot.brief.context_setting import remainder as left_over
from bot.brief.escape import clean, cut, escape
from bot.brief.phrases import place
from bot.brief.standing import out_first as before_onset
from bot.brief.stylebook_page import Page
from bot.model.market import Phase, ReferenceKind
from bot.model.piece import UpdateKind

_SECOND = timedelta(seconds=1)
_PERCENT = re.compile(r"\d+(?:,\d{3})*\.\d%")
_AVERAGE = re.compile(r"(as (?:low|high) as [^;]{1,30}?, )?(above|below) its \d+-day average")
_PLACE = re.compile(
    r"(?:near the (?:low|middle|high)|in the (?:lower|upper) half) of its", re.IGNORECASE
)


def figures(page: Page) -> str:
    """N4: the headline, the lede and the notification print one percent: the move's."""
    move, quote = page.brief.move, page.brief.quote
    if (move.last, move.currency) != (quote.last, quote.currency):
        return f"the move ends at {move.last}, the quote says {quote.last}"
    printed = wording.size(move.percent)
    content = page.rendered.content.split(" · ")[0]
    for text in (page.moved, page.masked(page.lede), page.masked(content)):
        found = _PERCENT.search(text)
        if found and found[0] != printed:
            return f"{found[0]} for {printed}"
    return "" if _agree(move.last, move.reference.price, move.percent) else "price and percent"


def reference(page: Page) -> str:
    """N6: and the date is the session the move is measured from."""
    found, session = page.brief.move.reference, page.brief.session
    days = {session.previous}
    if found.kind is ReferenceKind.REGULAR_CLOSE:
        days = {session.previous, session.day}
    if found.day not in days:
        return f"{found.day} is not the session before {session.day}"
    price = wording.money(found.price, page.brief.move.currency)
    wanted = (f"{wording.weekday(found.day)}'s close", f"({wording.day(found.day)})", price)
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
    found = brief.session.phase(brief.quote.as_of)
    if brief.quote.state == "REGULAR":  # a closing print is stamped at or after the close
        found = brief.session.phase(min(brief.quote.as_of, brief.session.closes - _SECOND))
    if found is not brief.phase or brief.move.phase is not brief.phase:
        return f"{brief.phase.value}, but the calendar says {found.value}"
    words = "before the open" if brief.phase is Phase.PRE else brief.phase.value
    if words not in page.lede:
        return f"no “{words}”"
    thin = not brief.phase.extended or "thin" in page.caveats.lower()
    return "" if thin else "no caveat about thin trading"


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
    loud = " after " in page.masked(page.rendered.title)
    return "the headline puts it before the move" if loud else ""


def caveats(page: Page) -> str:
    """N20."""
    evidence = [caveat for caveat in page.brief.caveats if caveat.evidence]
    if not evidence:
        return "the record has none"
    shown = any(escape(cut(clean(one.text), 160)) in page.caveats for one in evidence)
    return "" if shown else "none is shown"


def benchmark(page: Page) -> str:
    """N21."""
    context = page.brief.context
    rows = [f"{escape(one.ticker)} {wording.percent(one.percent)}" for one in context.benchmarks]
    told = any(row in page.rendered.description for row in rows)
    if not told and "no benchmark" not in page.rendered.description.lower():
        return "neither a benchmark nor why there is none"
    if context.volume is None:
        return ""
    shares = wording.shares(context.volume)
    return "" if shares in page.rendered.description else f"no “{shares}”"


def remainder(page: Page) -> str:
    """N21, the full layout."""
    gap = left_over(page.brief)
    return "" if gap.lower() in page.rendered.description.lower() else f"no “{gap}”"


def peers(page: Page) -> str:
    """N22."""
    found, wanted = page.brief.context.peers, page.brief.instrument.peers
    if len(found) < 2:
        unexplained = len(wanted) >= 2 and not page.brief.context.omitted
        return f"{len(found)} of {len(wanted)} peers, and no reason" if unexplained else ""
    if max(one.as_of for one in found) - min(one.as_of for one in found) > timedelta(hours=1):
        return "not on one time basis"
    rows = (f"{escape(one.ticker)} {wording.percent(one.percent)}" for one in found)
    return next((f"no “{row}”" for row in rows if row not in page.rendered.description), "")


def average(page: Page) -> str:
    """N23: above or below now, else "traded as low as" and what was true then."""
    known, quote = page.brief.context.average200, page.brief.quote
    for found in _AVERAGE.finditer(page.rendered.description):
        if known is None:
            return "an average that the record lacks"
        now = quote.day_low if "low as" in (found[1] or "") else quote.last
        now = quote.day_high if "high as" in (found[1] or "") else now
        true = now is not None and (now > known.value if found[2] == "above" else now < known.value)
        if not true:
            return f"“{found[0]}” at {quote.last}"
    return ""


def range52(page: Page) -> str:
    """N24."""
    known, found = page.brief.context.range52, _PLACE.search(page.rendered.description)
    if found is None:
        return ""
    if known is None:
        return "a range that the record lacks"
    right = place(wording.rounded(known.position, 0))
    return "" if found[0].lower() == right else f"“{found[0]}” at {known.position:.0f}%"


def short_average(page: Page) -> str:
    """N25."""
    known, text = page.brief.context.average200, page.rendered.description
    short = known is not None and known.sessions < 200 and "average of" in text
    return "too few sessions, not told" if short and "fewer than 200" not in text else ""


def updates(page: Page) -> str:
    """N29: the newest change and the figure first published are both there to read."""
    stamps = page.brief.updates
    if len(stamps) < 2:
        return ""
    first = f"first published at {wording.percent(stamps[-1].percent)}"
    newest = wording.clock(stamps[0].at, page.zone)
    if stamps[0].kind not in (UpdateKind.CATALYST, UpdateKind.DETAILS):
        newest = wording.percent(stamps[0].percent)
    tail = page.rendered.description.rsplit("\n\n", 1)[-1]
    return next((f"no “{words}”" for words in (first, newest) if words not in tail), "")


def _agree(last: Decimal, price: Decimal, percent: Decimal) -> bool:
    """Whether the percent follows from the printed prices, within what rounding may do."""
    if price <= 0:
        return False
    half = Decimal("0.00005") if min(last, price) < 1 else Decimal("0.005")
    slack = Decimal("0.05") + 100 * half * (1 + last / price) / price
    return abs((last / price - 1) * 100 - wording.rounded(percent, 1)) <= slack
