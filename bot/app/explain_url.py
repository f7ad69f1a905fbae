"""`bot explain url`: would the desk fetch this link? Judged by its spelling, without any network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from bot.errors import UserError
from bot.sources.address import Refused, check_url, is_public

_NAME = "it is a public name; where it points is checked when it is fetched"
_ADDRESS = "it is a public address"


def explain_url(
    links: Iterable[str], lines: Iterable[str], say: Callable[[str], None], *, jsonl: bool
) -> None:
    """Judge `links` for a person, or with `jsonl` a JSON object on each of `lines`."""
    if jsonl:
        for line in filter(str.strip, lines):
            say(json.dumps(_answer(line)))
        return
    for link in links:
        judged = judge(link)
        say(f"{'yes' if judged['allowed'] else 'no'}: {link!r}, {judged['reason']}")


def judge(link: str) -> dict[str, Any]:
    """`link`, whether the desk may fetch it, and the rule that says so."""
    try:
        host = check_url(link).raw_host or ""
    except Refused as refused:
        return {"url": link, "allowed": False, "reason": refused.refusal.value}
    return {"url": link, "allowed": True, "reason": _ADDRESS if is_public(host) else _NAME}


def _answer(line: str) -> dict[str, Any]:
    try:
        return judge(_link(line))
    except UserError as error:
        return {"url": None, "allowed": False, "error": str(error)}


def _link(line: str) -> str:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        asked = None
    if isinstance(asked, dict) and isinstance(link := asked.get("url"), str):
        return link
    raise UserError(
        f"a line is a JSON object with a text named url, was {line.strip()[:60]!r}",
        hint='try {"url": "https://example.com/feed"}',
    )
