"""The bad habits of feeds, one at a time and by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.tape import Item

REDIRECTS = ("301", "302", "303", "307", "308")
STATUSES = ("304", "401", "403", "404", "410", "429", "500", "503")
KINDS = {
    **dict.fromkeys(REDIRECTS, "redirect; value is where to"),
    **dict.fromkeys(STATUSES, "that status; value is Retry-After"),
    "broken": "XML that breaks off in the middle of an item",
    "html": "a page of HTML instead of a feed",
    "churn": "another GUID for every item at every fetch",
    "late": "items appear that many seconds late",
    "early": "items are dated that many seconds ahead",
    "slow": "the answer takes that many seconds",
    "endless": "a body that never ends",
    "dropped": "the connection is cut without an answer",
    "short": "the body is cut off before its stated length",
    "gzip": "the body is compressed, asked for or not",
    "touched": "another ETag at every fetch, whatever the body",
    "header": "headers are otherwise; value has a line `Name: value` for each, no value for none",
    "channel": "the channel has that XML in it",
}


@dataclass(frozen=True, slots=True)
class FeedFault:
    """What a feed does instead of its duty; `KINDS` says what `value` means for each kind."""

    kind: str
    value: str = ""

    @property
    def seconds(self) -> float:
        return float(self.value or 0)


def read_faults(body: Mapping[str, Any], feeds: Sequence[str]) -> dict[str, FeedFault]:
    """{"feed": {"kind", "value"}, …}; a feed not named behaves. Raises `ValueError`."""
    faults = {}
    for name, fault in body.items():
        if name not in feeds:
            raise ValueError(f"no feed is called {name!r}; there are {', '.join(feeds)}")
        kind = str(fault.get("kind"))
        if kind not in KINDS:
            raise ValueError(f"no fault is called {kind!r}; there are {', '.join(KINDS)}")
        faults[name] = FeedFault(kind, str(fault.get("value", "")))
    return faults


def bend_body(body: bytes, fault: FeedFault | None) -> bytes:
    """The document as such a feed would write it."""
    if fault and fault.kind == "channel":
        return body.replace(b"</title>", b"</title>" + fault.value.encode(), 1)
    return body


def bend_headers(
    headers: Mapping[str, str], fault: FeedFault | None, fetches: int
) -> dict[str, str]:
    """The headers that such a feed would send with its document."""
    bent = dict(headers)
    if fault and fault.kind == "touched":
        bent["ETag"] = f'"touched-{fetches}"'
    if fault and fault.kind == "header":
        for line in fault.value.splitlines():
            name, _, value = line.partition(":")
            bent[name] = value.strip()
    return {name: value for name, value in bent.items() if value}


def bend_items(
    items: Sequence[Item], fault: FeedFault | None, now: datetime, fetches: int
) -> list[Item]:
    """The items that such a feed would show at `now`, newest first."""
    late = timedelta(seconds=fault.seconds if fault and fault.kind == "late" else 0)
    shown = [found for item in reversed(items) if (found := item.at(now - late))]
    if fault and fault.kind == "early":
        ahead = timedelta(seconds=fault.seconds)
        return [replace(item, published=item.published + ahead) for item in shown]
    if fault and fault.kind == "churn":
        return [replace(item, id=f"{item.id}-{fetches}") for item in shown]
    return shown
