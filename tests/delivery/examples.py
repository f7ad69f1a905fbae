"""Posts and words to deliver."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model.brief import Rendered
from bot.model.post import Destination, Post, PostKind, nonce

NOW = datetime(2026, 1, 12, 16, 8, tzinfo=UTC)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\x22\x88\x44"))
    + _chunk(b"IEND", b"")
)


def rendered(**changes: Any) -> Rendered:
    words = Rendered(
        content="▲ BABA +9.8% $165.68",
        title="Alibaba ADRs rise 9.8%",
        description="Alibaba Group (BABA) rose 9.8% to $165.68.",
        footer="Automated, no AI",
        colour=0x2E8B57,
        timestamp=NOW,
        reply="▲ BABA extends to +12.4%, $169.68",
        url="https://example.com/baba",
        chart="baba.png",
        alt="BABA up 9.8%",
    )
    return replace(words, **changes)


def post(channel: int, **changes: Any) -> Post:
    """A brief of revision 1 that was never sent, for `channel`."""
    part = int(changes.get("part", 0))
    row = Post(
        id=4711,
        piece="BABA/2026-01-12/up/1",
        destination=Destination(channel, 1),
        part=part,
        kind=PostKind.BRIEF,
        desired_rev=1,
        posted_rev=0,
        message_id=None,
        reply_to=None,
        tries=1,
        owner="desk",
        first_attempt_at=None,
        lease_until=NOW + timedelta(seconds=15),
        nonce=nonce("desk", "BABA/2026-01-12/up/1", channel, part),
    )
    return replace(row, **changes)
