"""What is dear to make and shared: a warm desk to fork, and one recorded day played."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.acceptance.running import Day, Warm, play_the_day, warming


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def warm(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Warm]:
    async with warming(tmp_path_factory.mktemp("warm") / "stderr") as one:
        yield one


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    return asyncio.run(play_the_day(tmp_path_factory.mktemp("day")))
