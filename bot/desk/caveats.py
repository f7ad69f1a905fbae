"""
What must the reader hold against this brief?

Each caveat is a small function tied to a piece of evidence. Their order here is their order
in the brief, which has room for three.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.desk.attribute import names, unnamed
from bot.desk.onset import onset
from bot.desk.weigh import by_theme, rumoured
from bot.model.brief import Caveat, Context
from bot.model.gathered import Gathered
from bot.model.market import Phase
from bot.model.news import Attribution, Catalyst, Grade, OutletKind

ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Case:
    gathered: Gathered
    catalyst: Catalyst
    context: Context

    @property
    def tied(self) -> bool:
        """Whether the outlet's owner is the company it reports on, or has an interest in it."""
        said, instrument = self.catalyst.attribution, self.gathered.instrument
        listings = {instrument.ticker, instrument.home.ticker if instrument.home else ""}
        return said is not None and not listings.isdisjoint(said.outlet.owner_tickers)

    @property
    def owned(self) -> bool:
        said, instrument = self.catalyst.attribution, self.gathered.instrument
        return self.tied and said is not None and said.outlet.owner == instrument.name

    @property
    def own_words(self) -> bool:
        """Whether the company itself is the source, at first or at second hand."""
        said = self.catalyst.attribution
        if said is None:
            return False
        issued = said.outlet.kind in (OutletKind.ISSUER, OutletKind.RELEASE_WIRE)
        known = set(names(self.gathered.instrument))
        return issued or any(source in known for source in said.citing)


def warn(gathered: Gathered, catalyst: Catalyst, context: Context) -> tuple[Caveat, ...]:
    """Return every caveat that applies, those about the evidence of this brief first."""
    case = _Case(gathered, catalyst, context)
    found = [caveat for rule in _RULES if (caveat := rule(case))]
    if not any(caveat.evidence for caveat in found):
        found.append(_timing())
    return tuple(sorted(found, key=lambda caveat: not caveat.evidence))


def _nothing(case: _Case) -> Caveat | None:
    if case.catalyst.grade is not Grade.NONE:
        return None
    return Caveat(
        "no-cause", "No headline that was read explains it; there may be no single cause."
    )


def _not_named(case: _Case) -> Caveat | None:
    said, instrument = case.catalyst.attribution, case.gathered.instrument
    if said is None or case.catalyst.grade is not Grade.POSSIBLE:
        return None
    if by_theme(said, instrument):
        return Caveat("ours", f"It does not name {instrument.short}; the link is ours.")
    return Caveat("ours", "Nothing but its time ties it to the move; the link is ours.")


def _popularity(case: _Case) -> Caveat | None:
    said = case.catalyst.attribution
    if said is None or said.event != "popularity":
        return None
    text = (
        "Downloads are a rough gauge: one developer may pull a model many times, "
        "and a download is not revenue."
        if "download" in said.story.title.lower()
        else "A count of users is not revenue."
    )
    return Caveat("popularity", text)


def _anonymous(case: _Case) -> Caveat | None:
    said = case.catalyst.attribution
    if said is None or not rumoured(said):
        return None
    if any(unnamed(source) for source in said.citing):
        return Caveat("unnamed", "Unconfirmed: it rests on people who are not named.")
    return Caveat("unconfirmed", "Unconfirmed: the report itself does not call it certain.")


def _own_claim(case: _Case) -> Caveat | None:
    if not case.own_words:
        return None
    return Caveat("own-claim", "This is the company's own account.")


def _one_report(case: _Case) -> Caveat | None:
    said = case.catalyst.attribution
    independent = (OutletKind.WIRE, OutletKind.PRESS, OutletKind.STATE_MEDIA, OutletKind.AGGREGATOR)
    if said is None or case.catalyst.also_in or said.outlet.kind not in independent:
        return None
    words = ["One report"]
    if _at_second_hand(said):
        words.append("second-hand")
    if case.owned:
        words.append("from an outlet that the company owns")
    elif len(words) == 1:
        words.append("found in no other outlet by then")
    return Caveat("one-report", f"{', '.join(words)}.")


def _interest(case: _Case) -> Caveat | None:
    """What the count of reports has not said yet about who owns the outlet."""
    said = case.catalyst.attribution
    if said is None or not case.tied or (case.owned and not case.catalyst.also_in):
        return None
    if case.owned:
        return Caveat("owned", "The company owns the outlet named first.")
    return Caveat("interest", f"The outlet belongs to {said.outlet.owner}.")


def _seen_late(case: _Case) -> Caveat | None:
    said, gathered = case.catalyst.attribution, case.gathered
    began = onset(gathered.minutes, gathered.move, gathered.session)
    if said is None or began is None or said.story.first_seen < began:
        return None
    return Caveat(
        "seen-late", "The desk first read it after the move began; its time is the outlet's own."
    )


def _thin(case: _Case) -> Caveat | None:
    phase = case.gathered.move.phase
    if not phase.extended:
        return None
    when = "before the open" if phase is Phase.PRE else "after hours"
    return Caveat("thin", f"Trading {when} is thin.")


def _delayed(case: _Case) -> Caveat | None:
    minutes = case.gathered.quote.delay // ONE_MINUTE
    if not minutes:
        return None
    plural = "minute" if minutes == 1 else "minutes"
    return Caveat("delayed", f"The price is delayed by {minutes} {plural}.")


def _incomplete(case: _Case) -> Caveat | None:
    if "headlines" not in case.gathered.missing:
        return None
    return Caveat("incomplete", "The headlines were not read in time.")


def _timing() -> Caveat:
    return Caveat("timing", "Only the order of events ties the report to the move.")


def _at_second_hand(said: Attribution) -> bool:
    return any(not unnamed(source) for source in said.citing)


_RULES: tuple[Callable[[_Case], Caveat | None], ...] = (
    _incomplete,
    _nothing,
    _not_named,
    _anonymous,
    _popularity,
    _own_claim,
    _one_report,
    _interest,
    _thin,
    _delayed,
    _seen_late,
)
