"""What the tests of polite polling share: one parser a module, and a wire of their own each."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.sources.parse_worker import ParseWorker
from tests.sources.wire import Wire


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[ParseWorker]:
    parser = ParseWorker()
    yield parser
    await parser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def wire(parser: ParseWorker) -> AsyncIterator[Wire]:
    wire = Wire(parser)
    await wire.open()
    yield wire
    await wire.close()
