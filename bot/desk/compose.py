"""
From everything gathered to the facts of one revision.

The desk's last step: nothing is fetched and no word is chosen here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.desk import unusual
from bot.desk.attribute import names
from bot.desk.benchmark import compare, home_move
from bot.desk.catalyst import choose
from bot.desk.caveats import warn
from bot.desk.events import event_of
from bot.desk.onset import onset
from bot.desk.own import local_causes
from bot.desk.weights import Weights
from bot.model.brief import Brief, Context
from bot.model.gathered import Gathered
from bot.model.news import Catalyst, Grade, Story
from bot.model.piece import PieceState, Update

HEADLINES = 2


@dataclass(frozen=True, slots=True)
class Edition:
    """
    Which revision of which piece this is; its updates so far are newest first.

    `told` is the revision before, where its cause is kept: the price has turned since, and
    what explains that is another piece's story.
    """

    piece: str
    revision: int
    state: PieceState
    updates: tuple[Update, ...] = ()
    told: Brief | None = None


def compose(gathered: Gathered, edition: Edition, weights: Weights) -> Brief:
    """Return the brief of that edition; `weights` say what speaks for a cause."""
    if edition.told:
        began, catalyst = edition.told.onset, edition.told.catalyst
    else:
        began = onset(gathered.minutes, gathered.move, gathered.session)
        catalyst = choose(gathered, began, weights)
    context = _context(gathered, catalyst, began)
    local = edition.told.local if edition.told else ()
    if catalyst.grade is Grade.NONE and not edition.told:
        local = local_causes(gathered, context, began, weights)
    return Brief(
        piece=edition.piece,
        revision=edition.revision,
        state=edition.state,
        instrument=gathered.instrument,
        session=gathered.session,
        quote=gathered.quote,
        move=gathered.move,
        phase=gathered.move.phase,
        composed_at=gathered.now,
        onset=began,
        catalyst=catalyst,
        caveats=warn(gathered, catalyst, context),
        context=context,
        updates=edition.updates,
        disclosure=gathered.disclosure,
        local=local,
    )


def _context(gathered: Gathered, catalyst: Catalyst, began: datetime | None) -> Context:
    compared, rare = compare(gathered), unusual.rarity(gathered)
    return Context(
        multiple=unusual.multiple(gathered),
        volume=unusual.volume(gathered),
        average_volume=unusual.average_volume(gathered),
        volume_ratio=unusual.volume_ratio(gathered),
        benchmarks=compared.benchmarks,
        residual=compared.residual,
        peers=compared.peers,
        omitted=compared.omitted,
        home=home_move(gathered),
        rarity=rare[0] if rare else None,
        rarity_sessions=rare[1] if rare else None,
        average200=unusual.average200(gathered),
        range52=unusual.range52(gathered),
        headlines=_headlines(gathered, catalyst, began or gathered.now),
        halts=gathered.halts,
    )


def _headlines(gathered: Gathered, catalyst: Catalyst, before: datetime) -> tuple[Story, ...]:
    """The newest headlines that name the company, out before the move and not told above."""
    shown = [said for said in (catalyst.attribution, *catalyst.rivals) if said is not None]
    above = {said.story.title for said in shown}
    about = (*names(gathered.instrument), *gathered.instrument.products)
    found = [
        told.story
        for told in gathered.told
        if told.story.out_at < before
        and told.story.title not in above
        and any(name in told.story.title for name in about)
        and _telling(told.story)
    ]
    newest = sorted(found, key=lambda story: story.out_at, reverse=True)
    return tuple(newest[:HEADLINES])


def _telling(story: Story) -> bool:
    """An event, or what the price did before; not an opinion, a list or a rumour."""
    event = event_of(story.title)
    return event.weight >= 0 or event.kind == "recap"
