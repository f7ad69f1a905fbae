"""
More cases to learn from, labelled by recaps: "Acme shares jump after X" says that X did it.

A recap in the feed is the label, the earlier headlines that share its rare words the answers,
and the same pile without them a case without a cause. Weak labels, so they count for less.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.desk import traits as trait
from bot.desk.called import Naming
from bot.desk.stems import words

Case = dict[str, Any]

SPAN, OVER_A_WEEKEND = timedelta(hours=48), timedelta(hours=96)
MOST = 110  # headlines in a pile
ANSWER, NEAR = 0.33, 0.25  # of the recap's words, weighed by how rare they are
_RECAP = re.compile(
    rf"(?P<moved>{trait.UP}|{trait.DOWN}|trading higher|trading lower)\b[^.:;]{{0,40}}?"
    r"\b(?:after|as|on|following|amid|despite|ahead of|because|due to|over)\b(?P<cause>.*)$"
)
_UP = re.compile(rf"{trait.UP}|trading higher")
_FIGURES = re.compile(r"results?\b|earnings|\bq[1-4]\b|quarter|eps|beat|guidance|outlook|revenue")
_TALK = frozenset({trait.MOVERS, trait.OPINION, trait.SCHEDULE, trait.MARKET})
_EMPTY = words("price prices target trading higher lower announced jump surge deal percent analyst")


def weak_cases(
    feed: Sequence[Mapping[str, Any]],
    companies: Mapping[str, tuple[str, Naming]],
    taken: set[tuple[str, str]],
) -> Iterator[Case]:
    """Two cases, with and without the cause, for each recap; `taken` are (ticker, day) to skip."""
    often = Counter(word for row in feed for word in words(trait.plain(row["title"])))
    rarity = {word: math.log(len(feed) / (1 + count)) for word, count in often.items()}
    by_ticker: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in feed:
        for ticker in row["feed_tickers"]:
            by_ticker[ticker].append(row)
    for ticker, (company, naming) in companies.items():
        rows, done = by_ticker[ticker], set(taken)
        for row in rows:
            day = (ticker, row["published"][:10])
            recap = _recap(row["title"], naming)
            if recap and day not in done and (case := _case(row, rows, recap, naming, rarity)):
                done.add(day)
                case |= {"ticker": ticker, "company": company, "id": f"{ticker}{day[1]}"}
                yield case
                yield _without(case)


def _recap(title: str, naming: Naming) -> re.Match[str] | None:
    text = re.sub(r"^stock market today, [\w ]+: ", "", trait.plain(title))
    name, found = naming.names.search(text), _RECAP.search(text)
    if not name or not found or name.start() > 12:
        return None
    return found if 0 <= found.start() - name.end() <= 30 else None


def _case(
    row: Mapping[str, Any],
    rows: Iterable[Mapping[str, Any]],
    recap: re.Match[str],
    naming: Naming,
    rarity: Mapping[str, float],
) -> Case | None:
    cause = words(naming.names.sub(" ", recap["cause"])) - _EMPTY
    total = sum(rarity.get(word, 0.0) for word in cause)
    now = datetime.fromisoformat(row["published"])
    since = now - (OVER_A_WEEKEND if now.weekday() == 0 else SPAN)
    earlier = [
        one
        for one in rows
        if since <= datetime.fromisoformat(one["published"]) < now
        and not _recap(one["title"], naming)
    ][-MOST:]
    answers, neutral = [], []
    for at, one in enumerate(earlier):
        text = trait.plain(one["title"])
        shared = cause & words(naming.names.sub(" ", text))
        covers = sum(rarity.get(word, 0.0) for word in shared) / total if total else 0.0
        named, marks = naming.at(one["title"]) is not None, trait.traits(text)
        figures = named and bool(_FIGURES.search(recap["cause"])) and trait.RESULTS in marks
        figures = figures and now - datetime.fromisoformat(one["published"]) < timedelta(hours=24)
        if figures or (named and len(shared) > 1 and covers >= ANSWER):
            (neutral if marks & _TALK else answers).append(at)
        elif len(shared) > 1 and covers >= NEAR:
            neutral.append(at)
    if not answers:
        return None
    return {
        "as_of": row["published"],
        "direction": "up" if _UP.fullmatch(recap["moved"]) else "down",
        "candidates": [{"id": str(at), **one} for at, one in enumerate(earlier)],
        "answer_ids": [str(at) for at in answers],
        "neutral_ids": [str(at) for at in neutral],
        "label_quality": "weak",
    }


def _without(case: Case) -> Case:
    gone = {*case["answer_ids"], *case["neutral_ids"]}
    left = [row for row in case["candidates"] if row["id"] not in gone]
    return {**case, "candidates": left, "answer_ids": [], "neutral_ids": []}
