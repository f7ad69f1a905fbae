"""Whatever becomes of a document on its way, the desk gets an answer."""

from __future__ import annotations

import io

import feedparser
import pytest

from bot.sources.parse_worker.documents import read
from tests.sources.mutate import outcomes, spoiled
from tests.sources.written import ALL

SEED = 20_260_112


@pytest.mark.asyncio
async def test_a_spoiled_document_ends_in_an_answer() -> None:
    """Read or refused in a sentence, and none of these is too much for the worker."""
    ends = await outcomes(spoiled(ALL, 250, SEED), 60.0)

    assert sum(ends.values()) == 250
    assert ends["read"] > 90
    assert ends["killed"] == 0


def test_nothing_is_lost_that_feedparser_finds_in_a_spoiled_document() -> None:
    """As many entries, of the first 500; where feedparser itself gives up, there may be more."""
    lost = []
    for body in spoiled(ALL, 80, SEED + 1):
        told = read(body, "", "")
        entries = told.get("entries", ())
        assert isinstance(entries, list | tuple)
        if len(entries) < min(_found(body), 500):
            lost.append(body)

    assert lost == []


def _found(body: bytes) -> int:
    try:
        return len(feedparser.parse(io.BytesIO(body)).entries)
    except Exception:  # noqa: BLE001  feedparser raises anything
        return 0
