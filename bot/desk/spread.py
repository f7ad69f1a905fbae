"""When does a new feed begin, so that a thousand of them do not all come at once? Pure."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta


def spread(url: str, interval: timedelta, now: datetime) -> datetime:
    """
    The first time from `now` on that is the feed's own within `interval`.

    Many feeds that share an interval so fall due evenly, the same after every start.
    """
    digest = hashlib.blake2b(url.encode("utf-8", "replace"), digest_size=8).digest()
    micros = interval // timedelta(microseconds=1)
    own = timedelta(microseconds=int.from_bytes(digest, "big") % micros)
    since = (now - datetime.fromtimestamp(0, UTC)) % interval
    return now + (own - since) % interval
