"""What is called quiet is left as it was by every step, whatever the price did before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.episode import step
from bot.desk.facts import Facts
from bot.desk.quiet import quiet_of
from bot.desk.reading import read
from bot.model.alert import Direction, Episode, Measure, State, Terms, Verdict
from bot.model.market import Move, Phase, Quote, Reference, ReferenceKind, Session

OPENS = datetime(2026, 1, 12, 14, 30, tzinfo=UTC)
DAY = Session(
    "XNYS",
    date(2026, 1, 12),
    date(2026, 1, 9),
    OPENS,
    OPENS + timedelta(hours=6.5),
    OPENS - timedelta(hours=5.5),
    OPENS + timedelta(hours=10.5),
    "America/New_York",
)
NEAR = st.integers(9_000, 11_000).map(lambda cents: Decimal(cents) / 100)
PERCENTS = st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(2), Decimal(3), Decimal("4.5")])
TERMS = st.one_of(
    *(
        st.builds(
            Terms,
            levels,
            st.just(measure),
            st.sampled_from(Direction),
            hold=st.sampled_from([timedelta(0), timedelta(minutes=1)]),
        )
        for measure, levels in ((Measure.MOVE, PERCENTS), (Measure.LEVEL, NEAR))
    )
)


@dataclass(frozen=True)
class Look:
    """A print: its price, what it is measured from, and in which phase."""

    last: Decimal
    was: Decimal
    phase: Phase

    def facts(self, at: datetime) -> Facts:
        kind = ReferenceKind.PREVIOUS_CLOSE
        if self.phase is Phase.AFTER_HOURS:
            kind = ReferenceKind.REGULAR_CLOSE
        move = Move("X", "USD", Reference(kind, self.was, DAY.previous), self.last, at, self.phase)
        return Facts(move, Quote("X", self.last, "USD", at, at, "REGULAR"), DAY)


LOOKS = st.builds(
    Look,
    NEAR,
    st.sampled_from([Decimal(100), Decimal("97.5")]),
    st.sampled_from([Phase.PRE, Phase.MIDDAY, Phase.AFTER_HOURS]),
)


def stepped(
    terms: Sequence[Terms], episodes: Sequence[Episode], facts: Facts, now: datetime
) -> list[Verdict]:
    pairs = zip(terms, episodes, strict=True)
    return [step(before, one, read(one, facts, before), now) for one, before in pairs]


@given(st.lists(TERMS, min_size=1, max_size=5), st.lists(LOOKS, max_size=25))
def test_what_is_quiet_and_armed_neither_changes_nor_speaks(
    terms: list[Terms], looks: list[Look]
) -> None:
    """A full step of it gives back the very episode, on any walk that led there."""
    quiet, episodes, now = quiet_of(terms), [Episode() for _ in terms], OPENS
    for look in looks:
        now += timedelta(seconds=30)
        facts = look.facts(now)
        verdicts = stepped(terms, episodes, facts, now)
        armed = all(one.state is State.ARMED for one in episodes)

        if armed and quiet.holds(facts.move):
            assert episodes == [one.episode for one in verdicts]
            assert not any(one.reason.speaks for one in verdicts)
        episodes = [one.episode for one in verdicts]


@pytest.mark.parametrize(
    ("last", "quiet"),
    [("103.99", True), ("104", False), ("97.01", True), ("97", False), ("90", False)],
)
def test_only_strictly_inside_every_threshold_is_quiet(last: str, quiet: bool) -> None:
    """At the threshold it is news already, each way by its own."""
    up, down = Terms(Decimal(4), direction=Direction.UP), Terms(Decimal(3))
    both = quiet_of([up, replace(down, direction=Direction.DOWN)])

    assert quiet is both.holds(Look(Decimal(last), Decimal(100), Phase.MIDDAY).facts(OPENS).move)


@pytest.mark.parametrize(
    ("last", "was", "quiet"),
    [("102", "100", True), ("102.01", "100", False), ("105", "103", True), ("99", "103", False)],
)
def test_a_line_breaks_the_quiet_only_when_it_is_crossed(last: str, was: str, quiet: bool) -> None:
    """To stand on it is not beyond it, and who came from beyond it crosses nothing."""
    line = quiet_of([Terms(Decimal(102), Measure.LEVEL)])

    assert quiet is line.holds(Look(Decimal(last), Decimal(was), Phase.MIDDAY).facts(OPENS).move)
