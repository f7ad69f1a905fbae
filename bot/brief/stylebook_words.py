"""The rules that read the words. Each answers "" or the words that break it."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.brief import fit, plainness, wording
from bot.brief.context_cause import citing, outlet_name
from bot.brief.escape import clean, cut, escape, link, quotable
from bot.brief.mask import MASK
from bot.brief.palette import colour_of
from bot.brief.phrases import verbs
from bot.brief.shown import as_of
from bot.brief.standing import owner, unconfirmed
from bot.brief.stylebook_page import Page, cause_words
from bot.model.market import InstrumentKind
from bot.model.news import Grade, OutletKind

UPWARD = re.compile(r"\b(?:ris(?:e|es|en|ing)|rose|higher|up|gains?|climbs?|adds?)\b")
DOWNWARD = re.compile(r"\b(?:falls?|fell|fallen|lower|down|drops?|loses?|slides?|declines?)\b")
EITHER = re.compile(r"\b(?:fades?|recovers?|unchanged|level)\b|[+−]\d|\b0\.0%")

_UNIT = re.compile(r"[A-Z]{3}|GBp|GBX|ZAc|ILA")
_LIVE = re.compile(
    r"(?<!\\)<(?:[@#:/]|a:|id:|https?:|t:)|(?<!\\)@(?:everyone|here)|(?<!\\)\]\((?!https?://)"
)
_INVITE = re.compile(r"discord(?:app)?\.(?:gg|com/invite)", re.IGNORECASE)
_CAUSE = re.compile(r"\b(?:report|filing|statement|release) on ")
_STAMP = re.compile(r"<t:(\d+):R>")


def headline(page: Page) -> str:
    """N1."""
    if MASK not in page.moved:
        return f"“{page.headline}” names no company"
    if not page.alone and not any(words.search(page.moved) for words in (UPWARD, DOWNWARD, EITHER)):
        return f"“{page.headline}” has no direction"
    longest = max(len(page.rendered.title), len(page.headline))
    if longest > fit.TITLE:
        return f"{longest} characters"
    shout = plainness.loud(page.hushed(page.headline))
    return f"“{shout}” shouts" if shout else ""


def lede(page: Page) -> str:
    """N2: names may be cut to the room there was."""
    brief, both = page.brief, f"{page.dateline} {page.lede}"
    name = clean(brief.instrument.name)
    if not any(escape(cut(name, limit)) in both for limit in (60, 30)):
        return "no company"
    moved = wording.size(brief.move.percent)
    wanted = (
        f"({brief.instrument.ticker})",
        "unchanged" if wording.flat(brief.move.percent) else moved,
        wording.money(brief.move.last, brief.move.currency),
        wording.clock(brief.quote.as_of, brief.session.zone),
        wording.weekday(brief.session.day),
    )
    return missing(both, wanted)


def sign(page: Page) -> str:
    """N3."""
    percent = page.brief.move.percent
    wrong = {"▲": DOWNWARD, "▼": UPWARD}.get(verbs(percent).arrow)
    for text in ("" if page.alone else page.moved, page.masked(page.lede)):
        found = wrong.search(text) if wrong else (UPWARD.search(text) or DOWNWARD.search(text))
        if found:
            return f"“{found[0]}” at {wording.percent(percent)}"
    if not page.alone and not page.content.startswith(verbs(percent).arrow):
        return f"the line begins with {page.content[:1]}"
    right = colour_of(percent, page.variant.colours)
    return "" if page.rendered.colour == right else f"colour #{page.rendered.colour:06x}"


def approximations(page: Page) -> str:
    """N5: judged against the move, the only percent that is ever rounded to a whole."""
    actual = abs(page.brief.move.percent)
    for found in plainness.APPROXIMATE.finditer(f"{page.own}\n{page.rendered.alt}"):
        word, figure = found[1].lower(), found[2].lstrip("+-−").replace(",", "")
        rounded = Decimal(figure)
        near = abs(actual - rounded) <= rounded * Decimal("0.03")
        under = word in ("nearly", "almost") and not (actual < rounded and near)
        over = word in ("more than", "over") and not actual > rounded
        if "." in figure or under or over:
            return f"“{found[0]}”"
    return ""


def units(page: Page) -> str:
    """N9."""
    currency = page.brief.move.currency
    if not _UNIT.fullmatch(currency):
        return f"currency “{currency}”"
    if currency in ("GBp", "GBX") and "£" in page.own:
        return "pence shown as pounds"
    adr = page.brief.instrument.kind is InstrumentKind.ADR
    return "an ADR is not called one" if adr and page.embed and "ADR" not in page.headline else ""


def sequence(page: Page) -> str:
    """N11."""
    cause = page.masked(page.cause)
    claim = plainness.CAUSAL.search(cause) or plainness.CAUSAL.search(page.masked(page.headline))
    if claim:
        return f"“{claim[0]}”"
    graded = page.brief.catalyst.grade in (Grade.STATED, Grade.REPORTED)
    told = plainness.SEQUENCE.search(cause.split(").")[0])
    return "no sequence word" if graded and not told else ""


def attributed(page: Page) -> str:
    """N12: a quotation may be cut, and a long link be its host, but never changed."""
    said = page.said
    if said is None:
        return "no attribution in the record"
    out = said.story.published or said.story.first_seen
    told = min(out, said.story.first_seen)
    found = link(said.story.link)
    shown = found.url if found and len(found.url) <= fit.LINK else found.host if found else ""
    start = quotable(said.story.title, 30).removesuffix("…").rstrip()
    return missing(
        page.cause, (outlet_name(said.outlet), wording.clock(told, page.zone), shown, start)
    )


def no_cause(page: Page) -> str:
    """N14."""
    if Grade.NONE.value not in page.cause:
        return "it does not say so"
    return "a link" if "](" in page.cause else ""


def chain(page: Page) -> str:
    """N15."""
    return missing(page.cause_own, citing(page.said)) if page.said else ""


def rumour(page: Page) -> str:
    """N16."""
    if page.said is None or not unconfirmed(page.said):
        return ""
    topic = cause_words(page)
    for text in (page.rendered.content, page.rendered.title):
        told = _CAUSE.search(text) or f" on {topic}" in text
        if topic and told and "unconfirmed" not in text:
            return f"“{text}”"
    open_to_see = page.embed and not page.short
    return "not called unconfirmed" if open_to_see and "unconfirmed" not in page.cause else ""


def plural(page: Page) -> str:
    """N17."""
    found = plainness.PLURAL.search(page.masked(page.cause))
    return f"“{found[0]}”" if found and not page.brief.catalyst.also_in else ""


def release(page: Page) -> str:
    """N18."""
    own = (OutletKind.ISSUER, OutletKind.RELEASE_WIRE)
    if page.said is None or page.said.outlet.kind not in own:
        return ""
    return missing(page.cause_own, ("company release",))


def owners(page: Page) -> str:
    """N19."""
    name = owner(page.brief, page.said.outlet) if page.said else ""
    if (
        name
        and not page.short
        and f"{name} owns" not in page.cause
        and f"owned by {name}" not in page.cause
    ):
        return f"{name} is not named as the owner"
    return disclosed(page)


def disclosed(page: Page) -> str:
    """N19: what the operator holds or earns."""
    return missing(page.rendered.footer, (cut(clean(page.record.disclosure), 300),))


def advice(page: Page) -> str:
    """N26."""
    found = plainness.ADVICE.search(page.own)
    return f"“{found[0]}”" if found else ""


def footer(page: Page) -> str:
    """N27."""
    clock = wording.clock(as_of(page.record), page.zone)
    return missing(page.rendered.footer, ("Automated, no AI", "Yahoo", clock, "not advice"))


def discord(page: Page) -> str:
    """N30."""
    shown = page.rendered
    lengths = (
        ("content", len(shown.content), fit.CONTENT),
        ("title", len(shown.title), fit.TITLE),
        ("description", len(shown.description), fit.LIMITS[page.variant.layout]),
        ("footer", len(shown.footer), fit.FOOTER),
        ("embed", len(shown.title) + len(shown.description) + len(shown.footer), fit.EMBED),
    )
    long = next((f"{name} of {size}" for name, size, most in lengths if size > most), "")
    text = f"{shown.content}\n{shown.title}\n{shown.description}\n{shown.reply}"
    ours = _STAMP.sub("", text, count=1)
    live = _LIVE.search(ours) or _INVITE.search(ours)
    stamp = _STAMP.search(text)
    wrong = stamp and int(stamp[1]) != int(as_of(page.record).timestamp())
    return long or (f"“{live[0]}”" if live else "") or ("a wrong timestamp" if wrong else "")


def missing(text: str, wanted: tuple[str, ...]) -> str:
    """The first of `wanted` that `text` lacks."""
    return next((f"no “{words}”" for words in wanted if words not in text), "")
