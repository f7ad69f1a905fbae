"""The stand-ins of the recorded day at a stopped clock, 11:08 in New York."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.yahoo import YahooServer
from tests.sandbox.recorded import StoppedClock, recorded_day
from tests.sandbox.yfinance_session import Yfinance


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock("11:08")


@pytest.fixture
async def yahoo(clock: StoppedClock) -> AsyncIterator[YahooServer]:
    async with YahooServer(recorded_day(), clock.now) as server:
        yield server


@pytest.fixture
def client(yahoo: YahooServer, tmp_path: Path) -> Yfinance:
    return Yfinance(yahoo.url, tmp_path)
