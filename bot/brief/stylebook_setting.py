"""The rules about what surrounds a move. Each answers "" or what disagrees with the record."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from bot.brief import wording
from bot.brief.context_setting import remainder as left_over
from bot.brief.escape import escape
from bot.brief.phrases import place
from bot.brief.stylebook_page import Page

_AVERAGE = re.compile(
    r"(?:as (?P<end>low|high) as [^;]{1,30}?, )?(?P<side>above|below) "
    r"(?:its |the )?\d+-day (?:moving )?average",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"last traded at .{1,30}?, (?P<side>above|below) it")
_WAY = re.compile(r"(\d+)% of the way up")
_NEAR = re.compile(r"near the (?:low|middle|high)", re.IGNORECASE)
_AT = re.compile(r"at the (high|low) of its 52-week", re.IGNORECASE)


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
    known, last = page.brief.context.average200, page.brief.quote.last
    text = f"{page.rendered.content}\n{page.rendered.title}\n{page.rest}"
    if "average" not in text.casefold():
        return ""
    for found in _AVERAGE.finditer(text):
        if known is None:
            return "an average that the record lacks"
        value = wording.rounded(known.value, wording.decimals(last))
        at = known.touched if found["end"] else last
        if at is None or not _beyond(at, value, found["side"]):
            return f"“{found[0]}” at {last}, the average at {value}"
        again = _AGAIN.search(text, found.end()) if found["end"] else None
        if found["end"] and (again is None or not _beyond(last, value, again["side"])):
            return f"“{found[0]}”, and not where it last traded"
    return ""


def range52(page: Page) -> str:
    """N24: the number is the record's, and the words are the number's."""
    known, quote, text = page.brief.context.range52, page.brief.quote, page.rest
    found = [*_WAY.finditer(text), *_NEAR.finditer(text), *_AT.finditer(text)]
    if found and known is None:
        return "a range that the record lacks"
    if known is None:
        return ""
    where = wording.rounded(known.position, 0)
    for way in _WAY.finditer(text):
        if Decimal(way[1]) != where:
            return f"“{way[0]}” at {where}%"
    for near in _NEAR.finditer(text):
        if near[0].lower() + ", " != place(where):
            return f"“{near[0]}” at {where}%"
    for end in _AT.finditer(text):
        if quote.last != (known.high if end[1] == "high" else known.low):
            return f"“{end[0]}” at {quote.last}"
    return ""


def short_average(page: Page) -> str:
    """N25."""
    known, text = page.brief.context.average200, page.rendered.description
    short = known is not None and known.sessions < 200 and "average of" in text
    return "too few sessions, not told" if short and "fewer than 200" not in text else ""


def _beyond(price: Decimal, value: Decimal, side: str) -> bool:
    """As printed: equal figures are neither above nor below."""
    shown = wording.rounded(price, wording.decimals(price))
    return shown > value if side.lower() == "above" else shown < value
