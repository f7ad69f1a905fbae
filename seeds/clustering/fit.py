"""
Fit the points of bot/desk/cluster/points.py: what speaks for one story, what against it?

    python seeds/clustering/fit.py ../shared/data            fit, measure, write
    python seeds/clustering/fit.py ../shared/data --dry-run  fit and measure only

Logistic regression in which a feature for (+) or against (-) one story may only be that. The
pairs are those of labels.tsv, by line number, and our own of retold.toml; the parts are weeks
and events apart. Only numbers leave this script.
"""

from __future__ import annotations

import gzip
import json
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, product
from pathlib import Path

import click
import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from bot.desk.cluster.pair import features, weighed
from bot.desk.cluster.rarity import Rarity
from bot.desk.cluster.reading import read

POINTS = HERE.parents[1] / "bot" / "desk" / "cluster" / "points.py"
TRUST = {"likeness": 1.0, "meaning": 1.0, "doubt": 1.0, "retold": 0.6, "copied": 0.4}
PULL = 0.003  # how strongly points are drawn towards zero
STEPS, RATE = 3_000, 0.03
KEPT_APART = {  # logits; known, not fitted: too rare among the pairs for as much as they mean
    "- template": -6.0,
    "- other way round": -5.0,
    "- a later step": -5.0,
    "- contrary happenings": -4.0,
    "- other offices": -3.0,
}
ALIKE, STRONG, BORNE_OUT = 70, 200, -100  # points; chosen for what the whole stream made of them
COPIES = 80
RETOLD_APART = timedelta(hours=3)
MODULE = '''"""What each feature of a pair is worth, as seeds/clustering/fit.py wrote it; 100 points a unit."""

from __future__ import annotations

ALIKE = {alike}
STRONG = {strong}
BORNE_OUT = {borne_out}
BIAS = {bias}
POINTS = {{
{points}
}}
'''


@dataclass(frozen=True)
class Pair:
    one: str
    other: str
    apart: timedelta
    same: bool
    part: str
    drawn: str


def labelled(data: Path) -> Iterator[Pair]:
    """The pairs that were read, of the headlines in DATA."""
    with gzip.open(data / "replay_news_dev.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    for line in (HERE / "labels.tsv").read_text().splitlines():
        if not line.startswith("#"):
            first, second, same, part, drawn = line.split("\t")
            one, other = rows[int(first)], rows[int(second)]
            times = [datetime.fromisoformat(row["published"]) for row in (one, other)]
            apart = abs(times[0] - times[1])
            yield Pair(one["title"], other["title"], apart, same == "1", part, drawn)


def retold() -> Iterator[Pair]:
    """Our own events, told and told again, and those that come near."""
    for event in tomllib.loads((HERE / "retold.toml").read_text())["event"]:
        told, near, part = event["told"], event["near"], event["part"]
        for one, other in combinations(told, 2):
            yield Pair(one, other, RETOLD_APART, True, part, "retold")
        for one, other in (*product(told, near), *combinations(near, 2)):
            yield Pair(one, other, RETOLD_APART, False, part, "retold")


def copied(pairs: list[Pair]) -> Iterator[Pair]:
    """Headlines to fit as relays pass them on: with marks, or short of their last words."""
    some = sorted({pair.one for pair in pairs if pair.part == "fit" and len(pair.one) > 60})
    for number, title in enumerate(some[:: max(1, len(some) // COPIES)]):
        words = title.split()
        copy = (f"UPDATE 2-{title}", f"{title} - Reuters", " ".join(words[:-2]))[number % 3]
        yield Pair(title, copy, timedelta(hours=1), True, "fit", "copied")


def fit(table: np.ndarray, names: list[str], same: np.ndarray, trust: np.ndarray) -> np.ndarray:
    """The worth of each feature and the bias, in logits, by Adam; the same every time."""
    rows = np.hstack([table, np.ones((len(table), 1))])
    sign = np.array([1.0 if name[0] == "+" else -1.0 for name in names] + [0.0])
    pull = np.append(np.full(len(names), PULL), 0.0)
    known = np.array([KEPT_APART.get(name, 0.0) for name in names] + [0.0])
    worth, mean, square = known.copy(), 0.0, 0.0
    for step in range(1, STEPS + 1):
        sure = 1 / (1 + np.exp(-rows @ worth))
        slope = rows.T @ (trust * (sure - same)) / trust.sum() + pull * worth
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = RATE * (1 - step / (STEPS + 1))
        worth = worth - rate * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        worth = np.where(known, known, np.where(sign * worth < 0, 0.0, worth))
    return worth


def measured(pairs: list[Pair], logits: np.ndarray, limit: float) -> Iterator[str]:
    """Precision and recall by part and by how the pairs were drawn."""
    for part, drawn in product(("fit", "check"), ("likeness", "meaning", "doubt", "retold", "")):
        kept = [n for n, p in enumerate(pairs) if p.part == part and p.drawn != "copied"]
        kept = [n for n in kept if not drawn or pairs[n].drawn == drawn]
        if not kept:
            continue
        said = [logits[n] >= limit for n in kept]
        right = sum(one and pairs[n].same for one, n in zip(said, kept, strict=True))
        real = sum(pairs[n].same for n in kept)
        precision, recall = right / max(1, sum(said)), right / max(1, real)
        yield (
            f"{part:5} {drawn or 'all':8} {len(kept):5} pairs, {real:4} one story:"
            f" precision {precision:.3f}, recall {recall:.3f}"
        )


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Measure only.")
def main(data: Path, dry_run: bool) -> None:
    """Fit on the pairs to fit, measure on all, write the points."""
    pairs = [*labelled(data), *retold()]
    pairs += copied(pairs)
    rarity = Rarity()
    found = [
        features(weighed(read(p.one), rarity), weighed(read(p.other), rarity), p.apart)
        for p in pairs
    ]
    names = sorted({name for one in found for name in one})
    table = np.array([[one.get(name, 0.0) for name in names] for one in found])
    known = np.array([pair.part == "fit" for pair in pairs])
    same = np.array([float(pair.same) for pair in pairs])
    trust = np.array([TRUST[pair.drawn] for pair in pairs])
    worth = fit(table[known], names, same[known], trust[known])
    logits = table @ worth[:-1] + worth[-1]
    for limit in (0, ALIKE, STRONG):
        click.echo(f"from {limit} points on")
        click.echo("\n".join(measured(pairs, logits, limit / 100)))
    if not dry_run:
        POINTS.write_text(text(dict(zip(names, worth, strict=False)), worth[-1]))


def text(worth: dict[str, float], bias: float) -> str:
    """`points.py`."""
    kept = {name: round(100 * value) for name, value in worth.items() if round(100 * value)}
    return MODULE.format(
        alike=ALIKE,
        strong=STRONG,
        borne_out=BORNE_OUT,
        bias=round(100 * bias),
        points=textwrap.indent(
            "\n".join(f'"{name}": {value},' for name, value in kept.items()), "    "
        ),
    )


if __name__ == "__main__":
    main()
