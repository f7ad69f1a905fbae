"""The rules as briefs about many names keep them. Each answers "" or what breaks it."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.brief import fit, plainness, wording
from bot.brief.context_market import closing, over, scope
from bot.brief.palette import colour_of
from bot.brief.phrases import DOWN, UP
from bot.brief.shown import Crowd, count, crowd
from bot.brief.stylebook_page import Page
from bot.brief.stylebook_words import DOWNWARD, UPWARD, missing
from bot.model.market import Phase

_PERCENT = re.compile(r"[+−]?\d[\d,]*\.\d%")


def headline(page: Page) -> str:
    """N1: the count and the direction."""
    here = _here(page)
    wanted = (scope(page.market), f"{len(here.movers)} of {here.of:,} ")
    if lacks := missing(page.headline, wanted):
        return lacks
    if not (UPWARD if page.market.up else DOWNWARD).search(page.moved):
        return f"“{page.headline}” has no direction"
    if len(page.rendered.title) > fit.TITLE:
        return f"{len(page.rendered.title)} characters"
    shout = plainness.loud(page.hushed(page.headline))
    return f"“{shout}” shouts" if shout else ""


def lede(page: Page) -> str:
    """N2."""
    here = _here(page)
    wanted = (
        f"{len(here.movers)} of the {here.of:,} ",
        wording.level(page.market.level),
        wording.clock(page.market.as_of, page.market.session.zone),
        wording.weekday(page.market.session.day),
    )
    return missing(f"{page.dateline} {page.lede}", wanted)


def sign(page: Page) -> str:
    """N3."""
    up = page.market.up
    words, wrong = (UP, DOWNWARD) if up else (DOWN, UPWARD)
    for text in (page.moved.split(" · ")[0], page.lede):
        if found := wrong.search(text):
            return f"“{found[0]}” in a brief of {words.noun}s"
    if not page.content.startswith(words.arrow):
        return f"the line begins with {page.content[:1]}"
    right = colour_of(Decimal(1 if up else -1), page.variant.colours)
    return "" if page.rendered.colour == right else f"colour #{page.rendered.colour:06x}"


def figures(page: Page) -> str:
    """N4: every percent is one of the record, and every mover went as far as it says."""
    brief = page.market
    known = (*brief.movers, *((brief.index,) if brief.index else ()))
    printed = {wording.percent(one.percent) for one in known} | {wording.level(brief.level)}
    text = f"{page.content.split(' · ')[0]}\n{page.headline}\n{page.rest}"
    for found in _PERCENT.finditer(page.hushed(text)):
        if found[0] not in printed:
            return f"{found[0]} is not in the record"
    for one in _here(page).movers:
        if (one.percent > 0) is not brief.up or abs(one.percent) < brief.level:
            return f"{one.ticker} at {wording.percent(one.percent)} is counted"
    return ""


def approximations(page: Page) -> str:
    """N5: "over 3%" is true of every name that is counted."""
    movers = _here(page).movers
    least = min((abs(one.percent) for one in movers), default=page.market.level)
    for found in plainness.APPROXIMATE.finditer(page.own):
        over = found[1].lower() in ("more than", "over") and least > Decimal(found[2])
        if "." in found[2] or not over:
            return f"“{found[0]}”"
    return ""


def reference(page: Page) -> str:
    """N6."""
    day = page.market.session.previous
    return missing(page.lede, (f"{wording.weekday(day)}'s close", f"({wording.day(day)})"))


def fresh(page: Page) -> str:
    """N7."""
    at, zone = page.market.as_of, page.market.session.zone
    wanted = (
        wording.full_day(wording.local_day(at, zone)),
        wording.clock(at, zone),
        f"<t:{int(at.timestamp())}:R>",
    )
    return missing(page.dateline, wanted)


def phase(page: Page) -> str:
    """N8."""
    brief = page.market
    if brief.session.half_day and "half day" not in page.dateline:
        return "a half day is not told"
    if over(brief):
        return missing(page.lede, ("had ", wording.hour(brief.as_of, brief.session.zone)))
    if closing(brief):
        return missing(page.lede, ("closed",))
    words = "before the open" if brief.phase is Phase.PRE else brief.phase.value
    return missing(page.lede, (words,))


def updates(page: Page) -> str:
    """N29: the newest change and the first publication, each with its count where one is kept."""
    stamps = page.market.updates
    if len(stamps) < 2:
        return ""
    wanted = [wording.clock(stamps[0].at, page.zone), "first published"]
    if stamps[-1].names:
        names = count(stamps[-1].names, page.variant)
        wanted.append(f"at {wording.counted(names, 'name')}")
    return missing(page.history.replace("First", "first"), tuple(wanted))


def _here(page: Page) -> Crowd:
    return crowd(page.market, page.variant)
