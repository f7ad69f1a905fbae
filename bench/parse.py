"""What does it cost to read documents in a worker that can be killed, beside feedparser alone?"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from bench.figure import Figure, rounds
from bench.stand_in import ROOT
from bench.usage import of_session

DOCUMENTS = 2000
GOAL = 1.2  # of feedparser's own
OURS = ("-m", "bot", "feed", "parse", "--jsonl")
ALONE = (
    "-c",
    """
import feedparser, io, sys
for name in sys.stdin:
    body = open(name.rstrip(), "rb").read()
    print(len(feedparser.parse(io.BytesIO(body)).entries), flush=True)
""",
)
MARKUP = (
    "&lt;p&gt;Shares &lt;a href='https://example.com/q'&gt;rose&lt;/a&gt; after results.&lt;/p&gt;"
)


async def figures(share: float) -> AsyncIterator[Figure]:
    count = rounds(DOCUMENTS, share)
    with tempfile.TemporaryDirectory() as folder:
        names = list(_written(Path(folder), count))
        ours, alone = await _cpu(OURS, names), await _cpu(ALONE, names)
    yield Figure(
        f"CPU to read {count:,} documents, start and workers included",
        ours,
        "s",
        "feedparser alone",
        alone,
        GOAL * alone,
    )


def _written(folder: Path, count: int) -> Sequence[str]:
    """Small and large, plain and with markup, well-formed and not, in turns."""
    bodies = [
        _feed(items, text, end)
        for items in (1, 1, 5, 20)
        for text in ("Shares rose.", MARKUP * 4)
        for end in ("</rss>", "")
    ]
    paths = [folder / f"{n}.xml" for n in range(count)]
    for n, path in enumerate(paths):
        path.write_text(bodies[n % len(bodies)], "utf-8")
    return list(map(str, paths))


def _feed(items: int, text: str, end: str) -> str:
    entries = "".join(
        f"<item><title>Company {n} rises</title><link>https://example.com/{n}</link>"
        f"<guid isPermaLink='false'>id-{n}</guid><description>{text}</description>"
        f"<pubDate>Mon, 12 Jan 2026 09:{n:02}:00 GMT</pubDate></item>"
        for n in range(items)
    )
    return f"<rss version='2.0'><channel><title>Wire</title>{entries}</channel>{end}"


async def _cpu(command: Sequence[str], names: Sequence[str]) -> float:
    """Seconds of all its processes, read when the last answer has come and none has ended."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("".join(f"{name}\n" for name in names).encode())
    for _ in names:
        if not await child.stdout.readline():
            raise RuntimeError(f"python {' '.join(command[:2])} ended early")
    spent = of_session(child.pid).cpu
    child.stdin.close()
    await child.wait()
    return spent
