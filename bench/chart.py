"""How long does the chart take and how large is it, against matplotlib's plainest line?"""

from __future__ import annotations

import io
import time
from collections.abc import AsyncIterator

from bench.desk import open_desk
from bench.figure import Figure, quantile, rounds
from bot.brief.chart import DPI, HEIGHT, WIDTH
from bot.model.brief import ChartData, Colours

ROUNDS = 25
MOST = 240.0
LARGEST = 10_240.0


async def figures(share: float) -> AsyncIterator[Figure]:
    """The bars of the recorded day at 11:08, drawn where the desk draws them."""
    ours: list[float] = []
    bare: list[float] = []
    async with open_desk(channels=1) as desk, desk.newsroom() as room:
        await room.watch(desk.place.channels)
        await room.cross(desk.place.now)
        brief, data = room.witness.brief, room.witness.data
        _draw(data)
        for _ in range(rounds(ROUNDS, share)):
            began = time.perf_counter()
            picture = await room.witness.chart(brief, data, Colours.GREEN_UP)
            ours.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            plain = _draw(data)
            bare.append((time.perf_counter() - began) * 1000)
    peer = "one matplotlib line of the same closes, as large"
    yield Figure("chart, p50", quantile(ours, 0.5), "ms", f"{peer}, p50", quantile(bare, 0.5), MOST)
    yield Figure("chart, size", len(picture), "bytes", peer, len(plain), LARGEST)


def _draw(data: ChartData) -> bytes:
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI)
    closes = [float(bar.close) for bar in data.bars]
    minutes = [bar.at.timestamp() / 60 for bar in data.bars]
    canvas.subplots().plot(minutes, closes)
    png = io.BytesIO()
    canvas.savefig(png, format="png")
    return png.getvalue()
