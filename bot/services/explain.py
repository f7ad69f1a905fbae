"""What stands behind a published brief: its details, its reasons, its sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.brief.escape import escape
from bot.errors import UserError
from bot.model.brief import AnyBrief, Brief, Layout, MarketBrief, Variant
from bot.model.halt import Halt
from bot.model.news import Attribution, Story
from bot.model.piece import Correction
from bot.services.copies import Copies, copies_of, read_in, variant_in
from bot.services.faces import Answer
from bot.services.ledger import Store
from bot.services.ports import Renderer

MOST = 1_900


class Explaining:
    """Answers the buttons under a brief, from the frozen facts of the revision shown."""

    def __init__(self, store: Store, renderer: Renderer) -> None:
        self._store = store
        self._renderer = renderer

    async def details(self, post: int, revision: int) -> Answer:
        copies, seen = await self._found(post, revision)
        variant = replace(seen, layout=Layout.FULL)
        async with self._store.transaction("details") as tx:
            brief, picture = await read_in(tx, copies, variant)
            chart = await tx.pieces.chart(picture, brief.revision, variant.colours)
        rendered = self._renderer.render(brief, variant)
        return Answer(rendered if chart else replace(rendered, chart=""), chart)

    async def why(self, post: int, revision: int) -> str:
        return _fit(why_lines(*await self._brief(post, revision)))

    async def sources(self, post: int, revision: int) -> str:
        return _fit(source_lines(*await self._brief(post, revision)))

    async def _brief(self, post: int, revision: int) -> tuple[AnyBrief, Variant]:
        """The revision shown, as it is read there."""
        copies, variant = await self._found(post, revision)
        async with self._store.transaction("as read") as tx:
            brief, _ = await read_in(tx, copies, variant)
        return brief, variant

    async def _found(self, post: int, revision: int) -> tuple[Copies, Variant]:
        async with self._store.transaction("explain") as tx:
            row = await tx.outbox.find(post)
            known = row is not None and await tx.pieces.brief(row.piece, revision) is not None
            if row is None or not known:
                raise UserError("the desk no longer keeps this brief", hint="try /brief BABA")
            copies = await copies_of(tx, row.piece, revision)
        return copies, await variant_in(self._store, copies, row.destination)


def why_lines(brief: AnyBrief, variant: Variant) -> list[str]:
    """The trace of a brief: the move, the data behind it, every candidate with its points."""
    if isinstance(brief, MarketBrief):
        return _market_lines(brief, _zone(brief, variant))
    move, zone = brief.move, _zone(brief, variant)
    lines = [
        f"**Why {move.ticker} spoke** · revision {brief.revision}",
        f"Move: {move.percent:+.2f}%, to {move.last} from {move.reference.price}",
        f"Reference: the {move.reference.kind.value} of {move.reference.day:%b %-d}",
        f"Quote: {_clock(brief.quote.as_of, zone)}, passed the data gate",
        f"Looked at: {_clock(brief.composed_at, zone)}, {brief.phase.value}",
        f"Onset: {_clock(brief.onset, zone) if brief.onset else 'not known'}",
        f"Headlines read: {brief.catalyst.read}",
        *(_halt(one, zone) for one in brief.context.halts),
    ]
    titles = {story.id: story for story in _stories(brief)}
    for candidate in sorted(brief.catalyst.candidates, key=lambda c: -c.score)[:6]:
        points = ", ".join(f"{part.points:+d} {part.why}" for part in candidate.points)
        story = titles.get(candidate.story_id)
        name = f"“{escape(story.title)}”" if story else candidate.story_id
        fate = f"lost: {candidate.lost}" if candidate.lost else f"**{brief.catalyst.grade.value}**"
        lines.append(f"• {candidate.score} points: {name} ({points}) · {fate}")
    return lines


def source_lines(brief: AnyBrief, variant: Variant) -> list[str]:
    """Outlets, links, times and owners, where the prices come from, and what was corrected."""
    zone = _zone(brief, variant)
    lines = ["**Sources**", *_reports(brief, zone)]
    at = brief.as_of if isinstance(brief, MarketBrief) else brief.quote.as_of
    lines.append(f"• Prices: Yahoo, quote {_clock(at, zone)}")
    if brief.corrections:
        lines.append("**Corrections**")
    return [*lines, *(_correction(one, zone) for one in brief.corrections)]


def _market_lines(brief: MarketBrief, zone: ZoneInfo) -> list[str]:
    way = "up" if brief.up else "down"
    names = ", ".join(f"{one.ticker} {one.percent:+.2f}%" for one in brief.movers)
    return [
        f"**Why {escape(brief.scope)} spoke** · revision {brief.revision}",
        f"{len(brief.movers)} of {len(brief.watched)} watched names {way} {brief.level}% or more",
        f"Index: {brief.index.ticker} {brief.index.percent:+.2f}%" if brief.index else "No index",
        f"Quotes: {_clock(brief.as_of, zone)}; looked at {_clock(brief.composed_at, zone)}",
        f"Movers: {escape(names)}",
    ]


def _halt(one: Halt, zone: ZoneInfo) -> str:
    """ "Halted by its exchange: Jan 12 10:31 EST to Jan 12 11:01 EST, news pending (T1)"."""
    ended = f" to {_clock(one.resumes_at, zone)}" if one.resumes_at else ""
    why = escape(f"{one.reason} ({one.code})")
    return f"Halted by its exchange: {_clock(one.at, zone)}{ended}, {why}"


def _correction(one: Correction, zone: ZoneInfo) -> str:
    """ "Jan 12 12:02 EST CORRECTED the rise: was 9.8%, is 9.6% (why)"."""
    was, now, why = (escape(text) for text in (one.was, one.now, one.why))
    change = f"was {was}, is {now}" if now else was
    here = " · this server only" if one.guild is not None else ""
    head = f"• {_clock(one.at, zone)} {one.kind.value} {escape(one.what)}"
    return f"{head}: {change} ({why}){here}"


def _reports(brief: AnyBrief, zone: ZoneInfo) -> list[str]:
    if isinstance(brief, MarketBrief):
        return ["• Many names moved together: no headline was looked for in any one of them"]
    said = brief.catalyst.attribution
    lines = []
    if said is None:
        lines.append("• No confirmed catalyst: no headline stands as the cause")
    for attribution in (*((said,) if said else ()), *brief.catalyst.rivals):
        lines.append(_source(attribution, zone))
    return lines


def _source(said: Attribution, zone: ZoneInfo) -> str:
    citing = f", citing {' and '.join(said.citing)}" if said.citing else ""
    owner = f" · {said.outlet.owner} owns the outlet" if said.outlet.owner else ""
    when = _clock(said.story.out_at, zone)
    link = said.story.link.replace(" ", "%20").replace(")", "%29")
    return f"• [{escape(said.story.title)}](<{link}>) · {said.outlet.name}{citing}, {when}{owner}"


def _stories(brief: Brief) -> list[Story]:
    said = brief.catalyst.attribution
    told = [*((said,) if said else ()), *brief.catalyst.rivals]
    return [*(attribution.story for attribution in told), *brief.context.headlines]


def _zone(brief: AnyBrief, variant: Variant) -> ZoneInfo:
    return ZoneInfo(variant.zone or brief.session.zone)


def _clock(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%b %-d %H:%M} {local.tzname()}"


def _fit(lines: list[str]) -> str:
    """Whole lines only, within what one Discord reply holds."""
    text = ""
    for line in lines:
        if len(text) + len(line) + 1 > MOST:
            return f"{text}\n…"
        text = f"{text}\n{line}" if text else line
    return text
