"""Every brief that a day stored passes the stylebook, and what was posted is what it says."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from bot import payload
from bot.brief.render import Templates
from bot.brief.stylebook import check
from bot.model.brief import Brief, Layout, Rendered, Variant
from bot.model.post import Post, PostKind
from bot.store import open_store
from tests.acceptance.running import DAY, ROOT, Day

Json = dict[str, Any]

TEMPLATES = Templates(ROOT / "templates")
PIECES = (("BABA", True), ("MU", False))


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store holds after the day: briefs by piece and revision, posts by their row."""

    briefs: dict[tuple[str, int], Brief]
    posts: dict[int, Post]


@pytest.fixture(scope="module")
def kept(day: Day) -> Kept:
    return asyncio.run(read(day))


async def read(day: Day) -> Kept:
    briefs: dict[tuple[str, int], Brief] = {}
    async with await open_store(day.database) as store, store.transaction("look") as tx:
        for ticker, up in PIECES:
            row = await tx.pieces.latest(ticker, DAY.day, up)
            assert row is not None
            for revision in range(1, row.revision + 1):
                brief = await tx.pieces.brief(row.key.id, revision)
                assert isinstance(brief, Brief)
                briefs[row.key.id, revision] = brief
        rows = [await tx.outbox.find(number) for number in range(1, 20)]
    return Kept(briefs, {row.id: row for row in rows if row})


def bodies(day: Day) -> Iterator[tuple[str, Json]]:
    """Every body that stood in a channel as a brief with buttons, with the channel's name."""
    for message in day.messages:
        for body in (*message["edits"], message):
            if body["components"]:
                yield day.names[message["channel"]], body


def test_the_desk_ended_well(day: Day) -> None:
    """Nothing was held by the stylebook, nothing stumbled."""
    assert 0 == day.ran.code
    for words in ("brief held", "Traceback", "[error", "no chart", "not posted"):
        assert words not in day.ran.err


def test_the_day_has_its_pieces(kept: Kept) -> None:
    """A first crossing, a higher threshold's, a rung and the close; and another ticker's two."""
    rise, fall = (
        f"{ticker}/{date(2026, 1, 12)}/{way}/1" for ticker, way in (("BABA", "up"), ("MU", "down"))
    )

    assert [(rise, 1), (rise, 2), (rise, 3), (rise, 4), (fall, 1), (fall, 2)] == list(kept.briefs)


@pytest.mark.parametrize("layout", list(Layout))
def test_every_brief_passes_the_stylebook(kept: Kept, layout: Layout) -> None:
    """On its words and on its record, in every layout."""
    variant = Variant(layout)
    broken = {
        key: violations
        for key, brief in kept.briefs.items()
        if (violations := check(brief, TEMPLATES.render(brief, variant), variant))
    }

    assert {} == broken


def test_what_was_posted_is_what_the_record_says(day: Day, kept: Kept) -> None:
    """Every body in a channel is its revision, rendered anew, to the last character."""
    seen = set()
    for name, body in bodies(day):
        button = payload.shown(body)
        assert button is not None
        post = kept.posts[button.post]
        variant = post.destination.variant
        rendered = TEMPLATES.render(kept.briefs[post.piece, button.revision], variant)
        seen.add((name, post.piece.split("/")[0], button.revision))

        assert rendered.content == body["content"]
        assert words_of(rendered) == [words(embed) for embed in body["embeds"]]
    assert {
        *(("alerts", "BABA", revision) for revision in (1, 3, 4)),
        *(("line", "BABA", revision) for revision in (1, 3, 4)),
        *(("full", "BABA", revision) for revision in (2, 4)),
        *(("chips", "MU", revision) for revision in (1, 2)),
    } == seen


def test_the_line_of_a_rung_is_its_records(day: Day, kept: Kept) -> None:
    """The reply tells the rung's revision in the words of the template."""
    rungs = [post for post in kept.posts.values() if post.kind is PostKind.RUNG]
    told = {
        rung.message_id: TEMPLATES.render(
            kept.briefs[rung.piece, rung.posted_rev], rung.destination.variant
        ).reply
        for rung in rungs
    }
    lines = {int(each["id"]): each["content"] for each in day.messages if each["reply_to"]}

    assert 2 == len(lines)
    assert told == lines


def words_of(rendered: Rendered) -> list[Json]:
    """The embed as Discord gives it back, without its picture."""
    card = payload.embed(replace(rendered, chart=""), picture=False)
    return [words(dict(card.to_dict()))] if card else []


def words(embed: Json) -> Json:
    kept = {key: embed.get(key) for key in ("title", "description", "color", "url")}
    return kept | {"footer": embed["footer"]["text"]}
