"""
What is said when the words are held? What moved, how far, to what, when; details withheld.

No template is needed for it, and nothing of a feed is in it. A withdrawal stays one.
"""

from __future__ import annotations

from bot.brief.chart import alt_text
from bot.brief.context_correction import figures as figures_of
from bot.brief.context_correction import still_wrong
from bot.brief.context_market import headline, scope
from bot.brief.context_move import adjusted, around_the_clock, line
from bot.brief.escape import bare, cut
from bot.brief.fit import NOTIFICATION
from bot.brief.phrases import DOWN, UP, verbs
from bot.brief.render import CHART, colour
from bot.brief.render import line as one_line
from bot.brief.shown import as_of, corrections, crowd
from bot.brief.wording import clock, money, percent
from bot.model.brief import AnyBrief, Brief, Layout, MarketBrief, Rendered, Variant
from bot.model.piece import Correction, CorrectionKind


def plain(brief: AnyBrief, variant: Variant) -> Rendered:
    """The fallback without templates."""
    at = clock(as_of(brief), variant.zone or brief.session.zone)
    found = corrections(brief, variant)
    if found and _unsayable(brief, found[0]):
        return _label_only(brief, variant, found[0])
    label = f"{found[0].kind.value} " if found else ""
    withheld = f" · {at}, details withheld"
    content = cut(f"{label}{_moved(brief, variant)}", NOTIFICATION - len(withheld)) + withheld
    if variant.layout is Layout.LINE:
        return one_line(brief, variant, content, content if found else "")
    single = isinstance(brief, Brief)
    return Rendered(
        content=content,
        title=f"{found[0].kind.value}: {_title(brief)}" if found else _title(brief),
        description=_sentence(brief, variant, at),
        footer=f"Automated, no AI · Yahoo prices, quote {at} · not advice",
        colour=colour(brief, variant),
        timestamp=as_of(brief),
        reply=content if found else "",
        chart=CHART if single else "",
        alt=alt_text(brief) if isinstance(brief, Brief) else "",
    )


def _label_only(brief: AnyBrief, variant: Variant, one: Correction) -> Rendered:
    """The wrong thing is not said again."""
    zone = variant.zone or brief.session.zone
    withheld = f" · {clock(one.at, zone)}, details withheld"
    content = cut(f"{one.kind.value} {_subject(brief)}", NOTIFICATION - len(withheld)) + withheld
    if variant.layout is Layout.LINE:
        return one_line(brief, variant, content, content)
    return Rendered(
        content=content,
        title=f"{one.kind.value}: {_subject(brief)}",
        description=f"{one.kind.value.capitalize()} at {clock(one.at, zone)}. Details withheld.",
        footer="Automated, no AI · Yahoo prices · not advice",
        colour=colour(brief, variant),
        timestamp=as_of(brief),
        reply=content,
    )


def _unsayable(brief: AnyBrief, one: Correction) -> bool:
    if one.kind is CorrectionKind.WITHDRAWN:
        return True
    return isinstance(brief, Brief) and still_wrong(one, figures_of(brief))


def _moved(brief: AnyBrief, variant: Variant) -> str:
    if isinstance(brief, MarketBrief):
        arrow = (UP if brief.up else DOWN).arrow
        return f"{arrow} {scope(brief)}: {headline(brief, crowd(brief, variant))}"
    return f"{verbs(brief.move.percent).arrow} {_subject(brief)} {line(brief)}"


def _title(brief: AnyBrief) -> str:
    if isinstance(brief, MarketBrief):
        return scope(brief)
    return f"{_subject(brief)} {percent(brief.move.percent)}"


def _sentence(brief: AnyBrief, variant: Variant, at: str) -> str:
    if isinstance(brief, MarketBrief):
        here = headline(brief, crowd(brief, variant))
        return f"{scope(brief)}: {here} at {at}. Details withheld."
    reference = brief.move.reference
    close = money(reference.price, brief.move.currency)
    what = reference.kind.value if around_the_clock(brief) else "the close"
    how = f" {adjusted(brief)}" if adjusted(brief) else ""
    return (
        f"{_subject(brief)} at {money(brief.move.last, brief.move.currency)}, "
        f"{percent(brief.move.percent)} from {what} of {reference.day.isoformat()}, "
        f"{close}{how}, at {at}. Details withheld."
    )


def _subject(brief: AnyBrief) -> str:
    return scope(brief) if isinstance(brief, MarketBrief) else bare(brief.instrument.ticker)
