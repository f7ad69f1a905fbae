"""
Fit the points of `weights.toml`: which features of a headline speak for it as the cause?

    python seeds/catalyst/fit.py ../shared/data            measure on a split, then write
    python seeds/catalyst/fit.py ../shared/data --dry-run  measure only
    python seeds/catalyst/fit.py ../shared/data --nested   measure what choosing costs too

A pile is a choice among its headlines and "none"; the points are the logits of that choice,
twenty to a unit, drawn towards zero. The split holds out companies and weeks at once. Only
numbers leave this script: no headline is kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))
sys.path.insert(0, str(HERE))

from recaps import weak_cases

from bot.app.explain import Desk
from bot.desk.called import naming
from bot.desk.catalyst import weighed
from bot.desk.register import outlets
from bot.desk.weigh import PUBLISHED_BY
from bot.desk.weights import Weights
from bot.sources.calendar import Calendars

SCALE = 20  # points to a unit of the logit
TRUST = {"hand": 1.0, "publisher": 1.0, "auto": 0.6, "weak": 0.5}
TRUSTED = ("hand", "publisher")
PULL = 0.02  # how strongly weights are drawn towards zero
SEEN_AT_LEAST = 3
STEPS = 400
COMPANIES, PERIODS = 5, 3
HEADROOM = 4  # points: no band is as sure as its sample
TALK = -160  # points that keep talk from being chosen while measuring


@dataclass(frozen=True)
class Pile:
    """One case: the features of each headline, and how each is labelled."""

    features: list[frozenset[str]]
    talk: list[bool]
    answer: np.ndarray
    neutral: np.ndarray
    case: dict[str, Any]

    @property
    def trust(self) -> float:
        return TRUST[self.case["label_quality"]]

    @property
    def explained(self) -> bool:
        return bool(self.answer.any())


@dataclass(frozen=True)
class Fitted:
    names: dict[str, int]
    weights: np.ndarray
    none: float

    def scores(self, pile: Pile) -> np.ndarray:
        """Points above "none"; a headline of pure talk stands below all others."""
        found = _matrix(pile.features, self.names) @ self.weights - self.none
        return SCALE * found + TALK * np.array(pile.talk)


def fit(piles: Sequence[Pile], pull: float = PULL) -> Fitted:
    """Listwise logistic regression with the choice "none", by Adam; the same every time."""
    seen = Counter(name for pile in piles for one in pile.features for name in one)
    kept = sorted(name for name, often in seen.items() if often >= SEEN_AT_LEAST)
    names = {name: at for at, name in enumerate(kept)}
    used = [pile for pile in piles if not pile.neutral.all()]
    rows = np.vstack([_matrix(p.features, names)[~p.neutral] for p in used])
    rows = np.hstack([rows, np.full((len(rows), 1), -1.0)])
    answer = np.concatenate([p.answer[~p.neutral] for p in used])
    sizes = np.array([int((~p.neutral).sum()) for p in used])
    starts, owner = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(range(len(used)), sizes)
    trust = np.array([pile.trust for pile in used])
    trust /= trust.sum()
    none = ~np.array([pile.explained for pile in used])
    pulls = np.append(np.full(len(names), pull), 0.001)
    weights = np.append(np.zeros(len(names)), 2.0)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        logits = rows @ weights
        most = np.maximum(np.maximum.reduceat(logits, starts), 0)
        mass = np.exp(logits - most[owner])
        every = np.add.reduceat(mass, starts) + np.exp(-most)
        right = np.add.reduceat(mass * answer, starts) + none * np.exp(-most)
        share = mass * answer / right[owner] - mass / every[owner]
        slope = rows.T @ (trust[owner] * share) - pulls * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        rate = 0.08 * (1 - 0.95 * step / STEPS)
        drift = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = weights + rate * drift
    return Fitted(names, weights[:-1], float(weights[-1]))


def held_out(piles: Sequence[Pile], extra: Sequence[Pile], pull: float) -> list[np.ndarray]:
    """The scores of every pile by a fit that saw neither its company nor its weeks."""
    found: dict[int, np.ndarray] = {}
    cells = [(_company(pile), _period(pile)) for pile in piles]
    for cell in sorted(set(cells)):
        known = [
            pile
            for pile in (*piles, *extra)
            if _company(pile) != cell[0] and _period(pile) != cell[1]
        ]
        fitted = fit(known, pull)
        for at, pile in enumerate(piles):
            if cells[at] == cell:
                found[at] = fitted.scores(pile)
    return [found[at] for at in range(len(piles))]


def nested(piles: Sequence[Pile], extra: Sequence[Pile]) -> Iterator[str]:
    """The same split, with pull and bands chosen anew, each time without the cell they judge."""
    tallies = {"choices": Tally(), "choices by people": Tally(), "headlines by people": Tally()}
    for cell in sorted({(_company(pile), _period(pile)) for pile in piles}):
        inside = [pile for pile in piles if (_company(pile), _period(pile)) == cell]
        known = [pile for pile in piles if _company(pile) != cell[0] and _period(pile) != cell[1]]
        more = [pile for pile in extra if _company(pile) != cell[0] and _period(pile) != cell[1]]
        tried = {pull: held_out(known, more, pull) for pull in (0.01, 0.02, 0.05)}
        best = {
            pull: tally(known, found, bands(known, found)["possible"])
            for pull, found in tried.items()
        }
        pull = max(best, key=lambda one: best[one].right)
        limits, fitted = bands(known, tried[pull]), fit([*known, *more], pull)
        scores = [fitted.scores(pile) for pile in inside]
        people = [at for at, pile in enumerate(inside) if pile.case["label_quality"] in TRUSTED]
        some = [inside[at] for at in people], [scores[at] for at in people]
        tallies["choices"].add(tally(inside, scores, limits["possible"]))
        tallies["choices by people"].add(tally(*some, limits["possible"]))
        tallies["headlines by people"].add(tally(*some, limits["headline"]))
    return (f"{name:20} {found}" for name, found in tallies.items())


def _company(pile: Pile) -> int:
    return zlib.crc32(pile.case["ticker"].encode()) % COMPANIES


def _period(pile: Pile) -> int:
    """Stretches of two weeks, dealt in turn: neighbours in time share a stretch."""
    return datetime.fromisoformat(pile.case["as_of"]).toordinal() // 14 % PERIODS


def _matrix(features: Sequence[frozenset[str]], names: dict[str, int]) -> np.ndarray:
    matrix = np.zeros((len(features), len(names)))
    for row, one in enumerate(features):
        matrix[row, [names[name] for name in one if name in names]] = 1
    return matrix


@dataclass
class Tally:
    """What came of a set of cases at one threshold."""

    cases: int = 0
    right: int = 0
    chosen: int = 0
    chosen_right: int = 0
    no_cause: int = 0
    none_right: int = 0
    forced_right: int = 0
    neutral: int = 0

    def add(self, other: Tally) -> None:
        for field in fields(self):
            both = getattr(self, field.name) + getattr(other, field.name)
            setattr(self, field.name, both)

    def __str__(self) -> str:
        explained = self.cases - self.no_cause
        return (
            f"right {self.right}/{self.cases} = {self.right / max(1, self.cases):.3f}"
            f" · choices {self.chosen_right}/{self.chosen}"
            f" = {self.chosen_right / max(1, self.chosen):.3f} ({self.neutral} near)"
            f" · none {self.none_right}/{self.no_cause}"
            f" · forced {self.forced_right}/{explained}"
        )


def tally(piles: Sequence[Pile], scores: Sequence[np.ndarray], least: float) -> Tally:
    found = Tally()
    for pile, score in zip(piles, scores, strict=True):
        best = int(score.argmax())
        chosen, hit = bool(score[best] >= least), bool(pile.answer[best])
        found.cases += 1
        found.chosen += chosen
        found.chosen_right += chosen and hit
        found.neutral += chosen and bool(pile.neutral[best])
        found.no_cause += not pile.explained
        found.none_right += not pile.explained and not chosen
        found.forced_right += hit
        found.right += hit if chosen and pile.explained else not chosen and not pile.explained
    return found


def report(piles: Sequence[Pile], scores: Sequence[np.ndarray], least: float) -> Iterator[str]:
    groups: dict[str, list[int]] = {"all": list(range(len(piles)))}
    for at, pile in enumerate(piles):
        case = pile.case
        for group in (case["label_quality"], case["kind"], case["source"]):
            groups.setdefault(group, []).append(at)
        if case["label_quality"] in TRUSTED:
            groups.setdefault("hand and publisher", []).append(at)
    for group, members in groups.items():
        some = [piles[at] for at in members], [scores[at] for at in members]
        yield f"{group:20} {tally(*some, least)}"


def load(folder: Path) -> tuple[list[Pile], list[Pile]]:
    cases = _rows(folder / "catalyst_dev.jsonl.gz")
    register = outlets(tomllib.loads((HERE.parent / "outlets.toml").read_text()))
    desk = Desk(Calendars().session, register, Weights({}, 0, 0, 0, 0, 0))
    companies = {}
    for case in cases:
        companies[case["ticker"]] = (case["company"], naming(desk.gathered(case).instrument))
    taken = {(case["ticker"], case["as_of"][:10]) for case in cases}
    feed = _rows(folder / "replay_news_dev.jsonl.gz")
    weak = list(weak_cases(feed, companies, taken))
    return [_pile(desk, case) for case in cases], [_pile(desk, case) for case in weak]


def _pile(desk: Desk, case: dict[str, Any]) -> Pile:
    found = {
        one.weighed.said.story.id: one.weighed
        for one in weighed(desk.gathered(case), None, desk.weights)
    }
    ids = [row["id"] for row in case["candidates"]]
    return Pile(
        [found[one].features for one in ids],
        [found[one].talk for one in ids],
        np.array([one in case["answer_ids"] for one in ids]),
        np.array([one in case["neutral_ids"] for one in ids]),
        case,
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path) as lines:
        return [json.loads(line) for line in lines]


def bands(piles: Sequence[Pile], scores: Sequence[np.ndarray]) -> dict[str, int]:
    """
    The least scores: above `possible` 80 % of the choices were right, counting the labels that
    a machine gave; above `reported` 90 % and above `headline` 97 % of those that people gave.
    """
    trusted = [at for at, pile in enumerate(piles) if pile.case["label_quality"] in TRUSTED]
    some = [piles[at] for at in trusted], [scores[at] for at in trusted]
    possible = _least(piles, scores, 0.8)
    return {
        "possible": possible,
        "reported": max(possible, _least(*some, 0.9)),
        "headline": max(possible, _least(*some, 0.97)) + HEADROOM,
        "clear": 0,
        "rival": possible - 4 * SCALE,
    }


def _least(piles: Sequence[Pile], scores: Sequence[np.ndarray], share: float) -> int:
    """The lowest score from which on choices were right that often, whatever the cut above."""
    for least in range(-30, 80):
        cuts = (tally(piles, scores, cut) for cut in range(least, 60))
        if all(cut.chosen_right >= share * cut.chosen for cut in cuts if cut.chosen >= 10):
            return least
    return 80


def text(fitted: Fitted, limits: dict[str, int], measured: Sequence[str]) -> str:
    """`weights.toml`: bands and points moved so that an empty headline has no points."""
    lines = [
        "# What each feature of a headline is worth as the cause of a move: written by fit.py."
    ]
    lines += ["#", "# On companies and weeks the fit had not seen:"]
    lines += [f"#   {line}" for line in measured]
    shift = round(SCALE * fitted.none)
    lines += ["", "[bands]"]
    for band, least in limits.items():
        lines.append(f"{band} = {least + (0 if band == 'clear' else shift)}")
    lines += ["", "[points]"]
    worth = {name: round(SCALE * fitted.weights[at]) for name, at in fitted.names.items()}
    by_hand = tomllib.loads((HERE / "by_hand.toml").read_text())["points"]
    for name, points in sorted((worth | by_hand).items(), key=lambda row: (-row[1], row[0])):
        if points or name.startswith(PUBLISHED_BY):
            lines.append(f"{json.dumps(name, ensure_ascii=False)} = {points}")
    return "\n".join(lines) + "\n"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    arguments.add_argument("data", type=Path, help="the folder of the development data")
    arguments.add_argument("--dry-run", action="store_true", help="measure, write nothing")
    arguments.add_argument("--nested", action="store_true", help="measure nested, write nothing")
    chosen = arguments.parse_args()
    piles, extra = load(chosen.data)
    if chosen.nested:
        click.echo("\n".join(nested(piles, extra)))
        return
    scores = held_out(piles, extra, PULL)
    limits = bands(piles, scores)
    measured = list(report(piles, scores, limits["possible"]))
    above = report(piles, scores, limits["headline"])
    click.echo("\n".join([f"{len(extra)} weak cases; bands {limits}", *measured]))
    click.echo("\n".join(["Above the headline band:", *above]))
    if not chosen.dry_run:
        fitted = fit([*piles, *extra])
        (HERE / "weights.toml").write_text(text(fitted, limits, measured))


if __name__ == "__main__":
    main()
