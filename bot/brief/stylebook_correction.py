"""N28 and what a withdrawal is asked. Each answers "" or what breaks the rule."""

from __future__ import annotations

import re

from bot.brief import fit, plainness, wording
from bot.brief.context_correction import cuts
from bot.brief.context_market import scope
from bot.brief.context_move import company
from bot.brief.escape import bare, escape
from bot.brief.faults import Fault, faults_between
from bot.brief.stylebook_page import Kind, Page
from bot.brief.stylebook_words import missing
from bot.model.brief import Layout, MarketBrief
from bot.model.piece import Correction, CorrectionKind


def headline(page: Page) -> str:
    """N1 of a withdrawal: its label and whom it is about."""
    record = page.record
    names = (
        (scope(record),)
        if isinstance(record, MarketBrief)
        else (company(record), bare(record.instrument.ticker))
    )
    if not any(name in page.headline for name in names):
        return f"“{page.headline}” names nobody"
    if len(page.rendered.title) > fit.TITLE:
        return f"{len(page.rendered.title)} characters"
    shout = plainness.loud(page.hushed(page.headline))
    return f"“{shout}” shouts" if shout else ""


def told(page: Page) -> str:
    """N28."""
    if not page.corrections:
        return ""
    main = page.corrections[0]
    if wrong := _class(main):
        return wrong
    if not page.rendered.content.startswith(f"{main.kind.value} "):
        return f"the notification lacks {main.kind.value}"
    if not page.embed:
        return ""
    if not page.rendered.title.startswith(f"{main.kind.value}: "):
        return f"the headline lacks {main.kind.value}"
    return _paragraph(page, main) or _stale(page) or _history(page)


def _class(one: Correction) -> str:
    """By rule: a figure or a direction is never a mere refile, and what is withdrawn has no right."""
    if one.kind is CorrectionKind.WITHDRAWN:
        return "" if one.why.strip() else "a withdrawal without a reason"
    found = faults_between(one.was, one.now)
    if Fault.PREMISE in found:
        return f"a {one.kind.value} without what is right"
    figure = {Fault.FIGURE, Fault.DIRECTION}.intersection(found)
    refiled = one.kind is CorrectionKind.REFILE
    return f"{min(fault.value for fault in figure)} is CORRECTED" if refiled and figure else ""


def _paragraph(page: Page, main: Correction) -> str:
    gone = main.kind is CorrectionKind.WITHDRAWN
    texts = (main.why,) if gone else (main.what, main.was, main.now, main.why)
    if unsaid := next((text for text in texts if not _shown(page, text)), ""):
        return f"no “{unsaid}”"
    first = page.record.updates[-1].at if page.record.updates else page.record.composed_at
    wanted = [wording.clock(main.at, page.zone), wording.clock(first, page.zone)]
    if not isinstance(page.record, MarketBrief) and page.record.updates:
        wanted.append(wording.percent(page.record.updates[-1].percent))
    return missing(page.correction, tuple(wanted))


def _stale(page: Page) -> str:
    """What was wrong is not said again as if it stood."""
    if page.kind is Kind.WITHDRAWN:
        rest = page.lede or page.rendered.chart
        return "a withdrawal says more than that it is one" if rest else ""
    if page.alone:
        told = "the desk's own" in page.correction
        return "" if told else "the wrong figure stands below, and it does not say whose it is"
    return ""


def _history(page: Page) -> str:
    """Every earlier correction is there to read in the full layout."""
    if page.variant.layout is not Layout.FULL:
        return ""
    texts = [text for one in page.corrections[1:8] for text in (one.was, one.now) if text]
    unsaid = next((text for text in texts if not _shown(page, text)), "")
    return f"no “{unsaid}”" if unsaid else ""


def _shown(page: Page, text: str) -> bool:
    """
    As it is or cut, with a capital where it begins a sentence; on its own: the "+9.8%" that was
    first published does not say that 9.8% was wrong.
    """
    texts = (re.escape(escape(known)) for known in cuts(text))
    found = rf"(?<![\w+−])(?:{'|'.join(texts)})"
    return re.search(found, page.correction, re.IGNORECASE) is not None
