"""
What is to be held against the cause: who says so, how they know, and whose outlet it is.

Each rule returns a caveat, or None where its evidence is not there.
"""

from __future__ import annotations

import re
from datetime import UTC, time, timedelta

from bot.desk.attribute import names, unnamed
from bot.desk.caveats_case import Case
from bot.desk.clocks import impossible
from bot.desk.weigh import by_theme, rumoured
from bot.model.brief import Caveat
from bot.model.news import Attribution, Grade, OutletKind, Story

AN_HOUR, AHEAD = timedelta(hours=1), timedelta(minutes=2)
REPORTERS = (OutletKind.WIRE, OutletKind.PRESS, OutletKind.STATE_MEDIA, OutletKind.AGGREGATOR)

_COUNTED = re.compile(
    r"\b(?P<loud>downloads|downloaded|installs|sign-?ups)\b"
    r"|\b\d[\d.,]*(?: ?(?:thousand|million|billion|mn?|bn|k))? (?:[\w-]+ ){0,3}"
    r"(?P<many>users|followers|visitors|subscribers)\b"
    r"|\b(?:most popular|tops? (?:the )?(?:app ?store|charts?))\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\b(?:revenues?|sales|profits?|earnings|income|results)\b", re.IGNORECASE)


def incomplete(case: Case) -> Caveat | None:
    if "headlines" not in case.gathered.missing:
        return None
    return Caveat("incomplete", "The headlines were not read in time.")


def nothing(case: Case) -> Caveat | None:
    if case.catalyst.grade is not Grade.NONE:
        return None
    return Caveat(
        "no-cause", "No headline that was read explains it; there may be no single cause."
    )


def added_here(case: Case) -> Caveat | None:
    if case.said is None or not case.said.outlet.added:
        return None
    return Caveat("added", "Its feed was added by this server; the desk does not know the outlet.")


def not_named(case: Case) -> Caveat | None:
    if case.said is None or case.catalyst.grade is not Grade.POSSIBLE:
        return None
    instrument = case.gathered.instrument
    if by_theme(case.said, instrument):
        return Caveat("ours", f"It does not name {instrument.short}; the link is ours.")
    return Caveat("ours", "Nothing but its time ties it to the move; the link is ours.")


def anonymous(case: Case) -> Caveat | None:
    if case.said is None or not rumoured(case.said):
        return None
    if any(unnamed(source) for source in case.said.citing):
        return Caveat("unnamed", "Unconfirmed: it rests on people who are not named.")
    return Caveat("unconfirmed", "Unconfirmed: the report itself does not call it certain.")


def popularity(case: Case) -> Caveat | None:
    """The headline counts users, and tells of no money beside them."""
    title = case.said.story.title if case.said else ""
    found = _COUNTED.search(title)
    if found is None or _MONEY.search(title):
        return None
    what = (found["loud"] or found["many"] or "").lower()
    if not what:
        return Caveat("popularity", "A place in a chart is not revenue.")
    if not what.startswith("download"):
        return Caveat("popularity", f"A count of {what} is not revenue.")
    return Caveat(
        "popularity",
        "Downloads are a rough gauge: one developer may pull a model many times, "
        "and a download is not revenue.",
    )


def own_account(case: Case) -> Caveat | None:
    """The company itself is the source, at first or at second hand."""
    said = case.said
    if said is None:
        return None
    if said.outlet.kind is OutletKind.RELEASE_WIRE:
        return Caveat(
            "own-claim",
            "The sender's own account: a company-release wire does not check what it carries.",
        )
    known = set(names(case.gathered.instrument))
    issued = said.outlet.kind is OutletKind.ISSUER or any(one in known for one in said.citing)
    return Caveat("own-claim", "This is the company's own account.") if issued else None


def one_report(case: Case) -> Caveat | None:
    said = case.said
    if said is None or case.catalyst.also_in or said.outlet.kind not in REPORTERS:
        return None
    words = ["One report"]
    if _at_second_hand(said):
        words.append("second-hand")
    if case.owned:
        words.append("from an outlet that the company owns")
    elif len(words) == 1:
        words.append("found in no other outlet by then")
    return Caveat("one-report", f"{', '.join(words)}.")


def interest(case: Case) -> Caveat | None:
    """What the count of reports has not said yet about who owns the outlet."""
    said = case.said
    if said is None or said.outlet.kind is OutletKind.ISSUER:
        return None
    if case.owned:
        return Caveat("owned", "The company owns the outlet.") if _told_apart(case, said) else None
    if case.tied or case.rival_owned:
        return Caveat("interest", f"The outlet belongs to {said.outlet.owner}.")
    return None


def clock(case: Case) -> Caveat | None:
    """The feed's own time cannot be what it claims to be."""
    if case.said is None:
        return None
    story = case.said.story
    if story.published is None:
        return Caveat("clock", "Its feed tells no usable time; the desk's first reading counts.")
    ahead = story.published - story.first_seen > AHEAD
    if ahead or story.outlet in impossible(told.story for told in case.gathered.told):
        return Caveat("clock", "Its outlet's clock is wrong; the desk's first reading counts.")
    if _midnight(story):
        return Caveat("clock", "Its time is midnight to the second: perhaps only the day is known.")
    return None


def seen_late(case: Case) -> Caveat | None:
    said, began = case.said, case.onset
    if said is None or began is None or said.story.first_seen < began:
        return None
    return Caveat(
        "seen-late", "The desk first read it after the move began; its time is the outlet's own."
    )


def timing() -> Caveat:
    """What holds for every cause, where nothing else can be said against it."""
    return Caveat("timing", "Only the order of events ties the report to the move.")


def _told_apart(case: Case, said: Attribution) -> bool:
    """Whether the caveat about the single report does not say the ownership already."""
    return bool(case.catalyst.also_in) or said.outlet.kind not in REPORTERS


def _at_second_hand(said: Attribution) -> bool:
    return any(not unnamed(source) for source in said.citing)


def _midnight(story: Story) -> bool:
    """Midnight to the second in UTC, and not read within the hour: a day made into a time?"""
    at = story.published
    if at is None or story.first_seen - at < AN_HOUR:
        return False
    return at.astimezone(UTC).time() == time(0)
