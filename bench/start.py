"""How long does `python -m bot --help` take, against a Python that does nothing?"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator

from bench.figure import Figure, quantile, rounds
from bench.stand_in import ROOT

ROUNDS = 20


async def figures(share: float) -> AsyncIterator[Figure]:
    helped: list[float] = []
    passed: list[float] = []
    for _ in range(rounds(ROUNDS, share)):
        helped.append(await _took("-m", "bot", "--help"))
        passed.append(await _took("-c", "pass"))
    yield Figure(
        "start of bot --help, p50",
        quantile(helped, 0.5),
        "ms",
        "python -c pass, p50",
        quantile(passed, 0.5),
        300.0,
    )


async def _took(*arguments: str) -> float:
    began = time.perf_counter()
    child = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
    )
    if await child.wait():
        raise RuntimeError(f"python {' '.join(arguments)} failed")
    return (time.perf_counter() - began) * 1000
