"""
Cases on stdin, causes on stdout: `bot explain catalyst`, through the same desk as every brief.

A case is one JSON object: `{"id", "ticker", "company", "direction", "move_pct" or null, "as_of",
"candidates": [{"id", "title", "published", "source", "url"?}]}`. Its onset is not known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TextIO

from bot.app.files import read_outlets, read_weights
from bot.desk.called import called
from bot.desk.catalyst import choose, forced
from bot.desk.register import Outlets
from bot.desk.weights import Weights
from bot.errors import UserError
from bot.model.gathered import Gathered, Told
from bot.model.market import Instrument, Move, Quote, Reference, ReferenceKind, Session
from bot.model.news import Catalyst, Outlet, Story
from bot.sources.calendar import Calendars

SOME = Decimal(5)  # percent, where a case does not say how far the price went
_START = Decimal(100)
_CALENDAR = "XNYS"

Sessions = Callable[[str, datetime], Session]


@dataclass(frozen=True, slots=True)
class Desk:
    """What judging a case takes: the session of a moment, the register, the weights."""

    session: Sessions
    outlets: Outlets
    weights: Weights

    def judge(self, case: Mapping[str, Any]) -> Catalyst:
        """The catalyst of one case. Raises `UserError` for a case that cannot be read."""
        return choose(self.gathered(case), None, self.weights)

    def gathered(self, case: Mapping[str, Any]) -> Gathered:
        """The case as the desk would have gathered it."""
        try:
            return self._gathered(case)
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise UserError(
                f"the case {case.get('id', 'without an id')!r} cannot be read:"
                f" {type(error).__name__} at {error}",
                hint="its form is in docs/catalyst.md",
            ) from error

    def _gathered(self, case: Mapping[str, Any]) -> Gathered:
        now = _time(case["as_of"])
        instrument = _instrument(case["ticker"], case["company"])
        session = self.session(_CALENDAR, now)
        told = tuple(
            Told(_story(row), self._outlet(row["source"]), "") for row in case["candidates"]
        )
        move = _move(case, session, now)
        return Gathered(
            instrument=instrument,
            session=session,
            quote=Quote(
                ticker=instrument.ticker,
                last=move.last,
                currency="USD",
                as_of=now,
                seen_at=now,
                state="REGULAR",
            ),
            move=move,
            now=now,
            told=tuple(sorted(told, key=lambda one: one.story.out_at)),
            read=len(told),
        )

    def _outlet(self, source: str) -> Outlet:
        """The register's row, also where the source runs its words together: SeekingAlpha."""
        found = self.outlets.find(source)
        if found.source:
            return found
        spaced = {key.replace(" ", ""): outlet for key, outlet in self.outlets.known.items()}
        return spaced.get(source.casefold(), found)


def explain(source: TextIO, say: Callable[[str], None], *, jsonl: bool) -> None:
    """Print the causes of the cases in `source`: a JSON line each, or one for a person."""
    desk = Desk(Calendars().session, read_outlets(), read_weights())
    if jsonl:
        for line in answers(desk, source):
            say(line)
        return
    case = read_case(source.read())
    for line in table(case, desk.judge(case)):
        say(line)


def judged(case: Mapping[str, Any], catalyst: Catalyst) -> dict[str, Any]:
    """The answer to one case, in the form that is printed."""
    said = catalyst.attribution
    return {
        "id": case["id"],
        "choice": said.story.id if said else None,
        "grade": catalyst.grade.name.lower(),
        "forced": forced(catalyst),
        "headline_worthy": catalyst.headline_worthy,
        "scores": {one.story_id: one.score for one in catalyst.candidates},
    }


def answers(desk: Desk, lines: Iterable[str]) -> Iterator[str]:
    """One JSON line for each case that stands on a line."""
    for line in lines:
        if line.strip():
            case = read_case(line)
            yield json.dumps(judged(case, desk.judge(case)), ensure_ascii=False)


def read_case(text: str) -> dict[str, Any]:
    """One case. Raises `UserError` where the text is not a JSON object."""
    try:
        case = json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(
            f"a case is one JSON object, was {text.strip()[:60]!r} ({error.msg})",
            hint="with --jsonl every line holds one; its form is in docs/catalyst.md",
        ) from error
    if not isinstance(case, dict):
        raise UserError(f"a case is one JSON object, was {text.strip()[:60]!r}")
    return case


def table(case: Mapping[str, Any], catalyst: Catalyst) -> Iterator[str]:
    """One case for a person: every candidate with its points and why it lost."""
    told = {str(row["id"]): row for row in case["candidates"]}
    said = catalyst.attribution
    yield f"{case['ticker']} ({case['company']}), {case['direction']}, at {case['as_of']}"
    worthy = " · may enter the headline" if catalyst.headline_worthy else ""
    yield f"{catalyst.grade.value}{': ' + said.story.title if said else ''}{worthy}"
    for one in catalyst.candidates:
        row = told[one.story_id]
        yield ""
        yield f"{one.score:5d}  {row['title']}"
        yield f"       {row['source']}, {row['published']} · {one.lost or 'chosen'}"
        yield from (f"       {part.points:+4d}  {part.why}" for part in one.points)


def _instrument(ticker: str, company: str) -> Instrument:
    names = called(company)
    return Instrument(
        ticker=ticker,
        name=company,
        short=names[0],
        exchange="",
        calendar=_CALENDAR,
        currency="USD",
        aliases=names[1:],
    )


def _story(row: Mapping[str, Any]) -> Story:
    published = _time(row["published"])
    return Story(
        id=str(row["id"]),
        feed=row["source"],
        outlet=row["source"],
        title=row["title"],
        link=row.get("url") or "",
        published=published,
        first_seen=published,
    )


def _move(case: Mapping[str, Any], session: Session, now: datetime) -> Move:
    size = abs(Decimal(str(case.get("move_pct") or SOME)))
    percent = {"up": size, "down": -size}[case["direction"]]
    return Move(
        ticker=case["ticker"],
        currency="USD",
        reference=Reference(ReferenceKind.PREVIOUS_CLOSE, _START, session.previous),
        last=_START + percent,
        as_of=now,
        phase=session.phase(now),
    )


def _time(text: str) -> datetime:
    """Raises `ValueError` where the text names no moment; without a zone it is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
