"""
Fit the points of `weights.toml`: which features around words speak for the company?

    python seeds/linking/fit.py ../shared/data            measure on splits, then write
    python seeds/linking/fit.py ../shared/data --dry-run  measure only

Every candidate of a headline is one case of a logistic regression; the points are its logits,
twenty to a unit, drawn towards zero. What the data calls optional is not learned from. The splits
hold out companies, or the later years. Only numbers leave this script: no headline is kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tomllib
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from bot.app.universe import UNIVERSE, WEIGHTS, read_called, read_companies, read_nobody
from bot.desk.link import OLD
from bot.desk.linking.forms import Form
from bot.desk.linking.lexicon import Lexicon
from bot.desk.linking.names import Names
from bot.desk.linking.read import Candidate, Said, candidates
from bot.desk.linking.tokens import words_in
from bot.desk.linking.weights import judgement
from bot.desk.register import instruments
from bot.model.company import Called
from bot.model.market import InstrumentKind

SCALE = 20  # points to a unit of the logit
PULL = 0.0003  # how strongly weights are drawn towards zero
SEEN_AT_LEAST = 4
STEPS = 300
FOLDS = 5
LEAST = 1.8  # logits from which on words count as the company
LATER = "2018"
# How far to trust a feed in what it says it is about, and in what it does not say.
TRUST = {Form.BRAND: 1.0, Form.PRODUCT: 1.0, Form.NICKNAME: 1.0, Form.BARE: 0.1}
DOUBT = 0.3
# The companies that the rows with a `scope` are labelled for.
SCOPE = words_in("A AAN AAOI AAON AAP AAPL AB ABBV ABCB ABEV ABG ABM ABR ACAD COR")


Judge = Callable[["Sequence[Row]", "Sequence[Case]"], "dict[str, Tally]"]


@dataclass(frozen=True)
class Row:
    """A headline, whom it may name, and who is right, wrong or neither."""

    data: dict[str, Any]
    found: list[Candidate]

    @cached_property
    def right(self) -> frozenset[str]:
        return frozenset(self.data["tickers"])

    def verdict(self, ticker: str) -> bool | None:
        """Whether naming `ticker` is right; None where the labels do not say."""
        if ticker in self.right:
            return True
        if ticker in (self.data.get("forbidden") or ()):
            return False
        if ticker in (self.data.get("optional") or ()) or self.data.get("labels_partial"):
            return None
        return None if self.data.get("scope") and ticker not in SCOPE else False


@dataclass(frozen=True)
class Fitted:
    weights: dict[str, float]
    bias: float

    def named(self, row: Row, least: float = LEAST) -> set[str]:
        return {
            one.ticker for one in row.found if one.form is Form.TICKER or self.logit(one) >= least
        }

    def logit(self, one: Candidate) -> float:
        return self.bias + sum(self.weights.get(name, 0.0) for name in one.features)


@dataclass(frozen=True)
class Case:
    """One candidate to learn from, and how far its verdict is trusted."""

    ticker: str
    features: tuple[str, ...]
    right: bool
    trust: float = 1.0


def fit(rows: Sequence[Row], more: Sequence[Case] = ()) -> Fitted:
    """Logistic regression by Adam over all cases at once; the same every time."""
    cases = [
        Case(one.ticker, one.features, verdict)
        for row in rows
        for one in row.found
        if one.form is not Form.TICKER and (verdict := row.verdict(one.ticker)) is not None
    ]
    cases += more
    seen = Counter(name for case in cases for name in case.features)
    names = {
        name: at for at, name in enumerate(sorted(n for n, k in seen.items() if k >= SEEN_AT_LEAST))
    }
    kept = [[names[name] for name in case.features if name in names] for case in cases]
    sizes = np.array([len(one) for one in kept])
    flat = np.concatenate([np.array(one, dtype=int) for one in kept])
    starts, owner = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(range(len(kept)), sizes)
    answers = np.array([case.right for case in cases], dtype=float)
    trust = np.array([case.trust for case in cases])
    trust /= trust.sum()
    weights = np.zeros(len(names) + 1)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        logits = np.add.reduceat(weights[flat], starts) + weights[-1]
        wrong = trust * (1 / (1 + np.exp(-logits)) - answers)
        slope = np.append(np.bincount(flat, wrong[owner], len(names)), wrong.sum())
        slope += PULL * np.append(weights[:-1], 0)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        drift = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights -= 0.1 * (1 - 0.95 * step / STEPS) * drift
    return Fitted({name: float(weights[at]) for name, at in names.items()}, float(weights[-1]))


@dataclass
class Tally:
    """What was named, over a set of headlines. Companies are counted, not headlines."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    negatives: int = 0
    tagged: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, row: Row, named: set[str], asked: frozenset[str], whole: bool) -> None:
        """`asked` are the companies judged; what is wrong counts only where the row is `whole`."""
        self.right += len(asked & named)
        self.missed += len(asked - named)
        self.errors += [f"missed {one}: {row.data['title']}" for one in sorted(asked - named)]
        if not whole:
            return
        false = sorted(one for one in named if row.verdict(one) is False)
        self.wrong += len(false)
        self.errors += [f"false {one}: {row.data['title']}" for one in false]
        self.negatives += row.data["negative"]
        self.tagged += row.data["negative"] and bool(false)

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        text = f"P {precision:.4f} ({self.wrong} false) R {recall:.4f} ({self.missed} missed)"
        if self.negatives:
            text += f" · {self.tagged} of {self.negatives} headlines without a company tagged"
        return text


def by_company(rows: Sequence[Row], more: Sequence[Case]) -> dict[str, Tally]:
    """Each fifth of the companies, judged by a fit that saw none of their headlines."""
    tallies = {name: Tally() for name in ("all", "hard")}
    for fold in range(FOLDS):
        fitted = fit(
            [row for row in rows if fold not in _folds(row)],
            [case for case in more if _fold(case.ticker) != fold],
        )
        for row in rows:
            asked = frozenset(one for one in row.right if _fold(one) == fold)
            whole = fold == _folds(row)[0]
            for tally in _of(row, tallies) if asked or whole else ():
                tally.add(row, fitted.named(row), asked, whole)
    return tallies


def by_time(rows: Sequence[Row], _more: Sequence[Case]) -> dict[str, Tally]:
    """The headlines since `LATER`, judged by a fit of those before it."""
    tallies = {name: Tally() for name in ("all", "hard")}
    fitted = fit([row for row in rows if (row.data.get("published") or "") < LATER])
    for row in rows:
        if (row.data.get("published") or "") >= LATER:
            for tally in _of(row, tallies):
                tally.add(row, fitted.named(row), row.right, True)
    return tallies


def _of(row: Row, tallies: dict[str, Tally]) -> list[Tally]:
    return [tallies["all"], *([tallies["hard"]] if row.data["hard"] else [])]


def _folds(row: Row) -> list[int]:
    return [_fold(one) for one in row.data["tickers"]] or [_fold(row.data["id"])]


def _fold(text: str) -> int:
    return zlib.crc32(text.encode()) % FOLDS


def load(folder: Path, names: Names, lexicon: Lexicon) -> list[Row]:
    """The development headlines with everybody they may name."""
    return [
        Row(row, candidates(_said(row), names, lexicon))
        for row in _lines(folder / "linking_dev.jsonl.gz")
    ]


def told_by_feeds(folder: Path, names: Names, lexicon: Lexicon) -> list[Case]:
    """
    Brands, products and bare tickers of a feed that says which companies it is about. Where it
    does not say so, a rare word proves nothing; one with another meaning is doubtful.
    """
    rows = _lines(folder / "replay_news_dev.jsonl.gz")
    asked = {ticker for row in rows for ticker in row["feed_tickers"]}
    found = [
        (one, one.ticker in row["feed_tickers"])
        for row in rows
        for one in candidates(Said(row["title"]), names, lexicon)
        if one.form in TRUST and one.ticker in asked
    ]
    return [
        Case(one.ticker, one.features, right, TRUST[one.form] * (1 if right else DOUBT))
        for one, right in found
        if right or one.form is Form.BARE or not _is_rare(one)
    ]


def _is_rare(one: Candidate) -> bool:
    return any(
        feature.startswith("curated") and feature.endswith("rare") for feature in one.features
    )


def register(known: Sequence[Called]) -> Names:
    """Everybody listed, and the desk's shares; its coins, funds and indexes are no companies."""
    desk = instruments(tomllib.loads((HERE.parent / "instruments.toml").read_text()))
    kinds = (InstrumentKind.EQUITY, InstrumentKind.ADR)
    shares = [one for one in desk.values() if one.kind in kinds]
    return Names(shares, read_companies(HERE.parent / UNIVERSE), known, read_nobody())


def _said(row: dict[str, Any]) -> Said:
    old = (row.get("published") or str(OLD)) < str(OLD)
    return Said(row["title"], row.get("summary") or "", old)


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path) as lines:
        return [json.loads(line) for line in lines]


def measured(
    rows: Sequence[Row], bare: Sequence[Row], more: Sequence[Case]
) -> Iterator[tuple[str, Tally]]:
    splits: dict[str, tuple[Judge, Sequence[Row]]] = {
        "unseen companies": (by_company, rows),
        f"since {LATER}": (by_time, rows),
        "unseen companies, registered names only": (by_company, bare),
    }
    for split, (judge, some) in splits.items():
        for group, tally in judge(some, more).items():
            yield f"{split}, {group}", tally


def text(fitted: Fitted, lines: Sequence[str]) -> str:
    """`weights.toml`, the points of one group together."""
    said = ["# What each feature around words is worth as the company's name: written by fit.py."]
    said += ["#", "# On headlines that the fit had not seen:"]
    said += [f"#   {line}" for line in lines]
    said += ["", f"least = {round(SCALE * (LEAST - fitted.bias))}", "", "[points]"]
    worth = {name: round(SCALE * weight) for name, weight in fitted.weights.items()}
    said += [
        f"{json.dumps(name, ensure_ascii=False)} = {points}"
        for name, points in sorted(worth.items())
        if abs(points) > 1
    ]
    return "\n".join(said) + "\n"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    arguments.add_argument("data", type=Path, help="the folder of the development data")
    arguments.add_argument("--dry-run", action="store_true", help="measure, write nothing")
    arguments.add_argument("--errors", action="store_true", help="show every error, write nothing")
    chosen = arguments.parse_args()
    words = tomllib.loads((HERE / "words.toml").read_text())
    lexicon = judgement({"least": 0, "points": {}}, words).lexicon
    names = register(read_called())
    rows, more = load(chosen.data, names, lexicon), told_by_feeds(chosen.data, names, lexicon)
    tallies = list(measured(rows, load(chosen.data, register([]), lexicon), more))
    lines = [f"{name:48} {tally}" for name, tally in tallies]
    click.echo("\n".join(lines))
    if chosen.errors:
        click.echo("\n".join(sorted(tallies[0][1].errors)))
    elif not chosen.dry_run:
        WEIGHTS.write_text(text(fit(rows, more), lines))


if __name__ == "__main__":
    main()
