"""
Feeds spoiled in every way that wires, servers and enemies know; the same seed spoils alike.

`python -m tests.sources.mutate FOLDER [COUNT [SEED]]` reads COUNT spoiled copies of the documents
in FOLDER and prints what became of them; it fails where one did not end in an answer.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.errors import Killed, Unreadable
from bot.sources.parse_worker import ParseWorker

DEADLINE = 5.0
TAG = re.compile(rb"<[^<>]{1,200}>")
ENCODINGS = ("utf-8", "utf-16", "iso-8859-1", "gb2312", "shift_jis", "punycode", "zlib", "nonsense")


def spoiled(bodies: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """`count` documents, each one of `bodies` after one to three mishaps."""
    chance = random.Random(seed)
    for _ in range(count):
        body = chance.choice(bodies)
        for _ in range(chance.randint(1, 3)):
            body = chance.choice(MISHAPS)(body, chance)
        yield body


def _flip(body: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(body)
    for _ in range(min(len(spoilt), chance.randint(1, 20))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _truncate(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randint(0, len(body))]


def _lose(body: bytes, chance: random.Random) -> bytes:
    start, end = _span(body, chance)
    return body[:start] + body[end:]


def _repeat(body: bytes, chance: random.Random) -> bytes:
    start, end = _span(body, chance)
    times = min(chance.choice((2, 10, 100)), 300_000 // (end - start + 1) + 1)
    return body[:start] + body[start:end] * times + body[end:]


def _recode(body: bytes, chance: random.Random) -> bytes:
    encoding = chance.choice(("utf-16", "utf-32", "utf-16-be", "cp1252", "cp037", "utf-7"))
    return body.decode("utf-8", "replace").encode(encoding, "replace")


def _misname(body: bytes, chance: random.Random) -> bytes:
    declared = f'<?xml version="1.0" encoding="{chance.choice(ENCODINGS)}"?>'.encode()
    return declared + re.sub(rb"^\s*<\?xml[^>]*\?>", b"", body)


def _swap(body: bytes, chance: random.Random) -> bytes:
    tags = list(TAG.finditer(body))
    if len(tags) < 2:
        return body
    first, second = sorted(chance.sample(tags, 2), key=lambda tag: tag.start())
    between = body[first.end() : second.start()]
    return body[: first.start()] + second[0] + between + first[0] + body[second.end() :]


def _unpair(body: bytes, chance: random.Random) -> bytes:
    tags = list(TAG.finditer(body))
    if not tags:
        return body
    tag = chance.choice(tags)
    return body[: tag.start()] + body[tag.end() :]


def _burden(body: bytes, chance: random.Random) -> bytes:
    """Attributes by the thousand, or one of a hundred thousand characters."""
    many = b"".join(b" a%d='%d'" % (n, n) for n in range(chance.choice((10, 1000, 5000))))
    what = chance.choice((many, b" huge='" + b"x" * 100_000 + b"'", b" open='"))
    at = body.find(b">", chance.randint(0, len(body)))
    return body[:at] + what + body[at:] if at > 0 else body + what


def _nest(body: bytes, chance: random.Random) -> bytes:
    tag = chance.choice((b"item", b"div", b"title", b"x", b"content"))
    depth = chance.choice((10, 1000, 10_000))
    at = chance.randint(0, len(body))
    ends = chance.choice((b"</%s>" % tag * depth, b""))
    return body[:at] + b"<%s>" % tag * depth + ends + body[at:]


def _sprinkle(body: bytes, chance: random.Random) -> bytes:
    what = chance.choice(
        (b"&", b"&#0;", b"&#xFFFFFFFF;", b"&x;", b"<", b"<!--", b"<![CDATA[", b"]]>", b"<?", b"\0")
        + (
            b"<!DOCTYPE x [<!ENTITY x '&x;'>]>",
            b"\xff\xfe",
            b"\x1b",
            b"<a b=",
            b"<!",
            b"</",
            b"&lt;![x",
        )
    )
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randint(0, len(body))
        body = body[:at] + what + body[at:]
    return body


MISHAPS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _flip, _truncate, _lose, _repeat, _recode, _misname, _swap, _unpair, _burden, _nest, _sprinkle,
)  # fmt: skip


def _span(body: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(body))
    return start, min(len(body), start + chance.choice((1, 20, 1000, 20_000)))


async def outcomes(bodies: Iterator[bytes], deadline: float) -> Counter[str]:
    """How many were read, refused and killed; raises whatever else happens, and when it is late."""
    worker = ParseWorker(deadline)
    ends: Counter[str] = Counter()
    try:
        for body in bodies:
            began = time.monotonic()
            ends[await _outcome(worker, body)] += 1
            if (took := time.monotonic() - began) > deadline + 3:
                raise TimeoutError(f"an answer took {took:.1f} seconds: {body[:200]!r}")
    finally:
        await worker.close()
    return ends


async def _outcome(worker: ParseWorker, body: bytes) -> str:
    try:
        await worker.parse(body, "", "https://example.com/feed")
    except Killed:
        return "killed"
    except Unreadable as error:
        return "refused: " + str(error).removeprefix("https://example.com/feed ")
    return "read"


def main(folder: str, count: str = "10000", seed: str = "1") -> None:
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    bodies = [path.read_bytes() for path in files]
    ends = asyncio.run(outcomes(spoiled(bodies, int(count), int(seed)), DEADLINE))
    for end, times in ends.most_common():
        sys.stdout.write(f"{times:6d}  {end}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
