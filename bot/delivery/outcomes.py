"""
What Discord's answer means for a post: the decision table.

Done, or one of three refusals: later, ambiguous (Discord may have applied it) or permanent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import discord

from bot.errors import DeliveryError, Permanent, Transient
from bot.model.post import Gone

BAN = timedelta(minutes=15)
"""How long nothing leaves after Cloudflare's refusal: going on makes it longer."""

PERMANENT: Mapping[int, Gone] = {
    10003: Gone.CHANNEL,  # unknown channel
    10004: Gone.CHANNEL,  # unknown guild
    10008: Gone.MESSAGE,  # unknown message; on create: the nonce of one that was deleted
    20022: Gone.EDITS,  # announcement edited too often
    30046: Gone.EDITS,  # message older than an hour edited too often
    50083: Gone.EDITS,  # the thread is archived; a new message would open it again
    50001: Gone.ACCESS,  # missing access
    50007: Gone.ACCESS,  # the person takes no direct messages
    50278: Gone.ACCESS,  # no server in common with the person
    50013: Gone.PERMISSION,  # missing permission
    40005: Gone.PAYLOAD,  # attachment too large
    50006: Gone.PAYLOAD,  # empty message
    50035: Gone.PAYLOAD,  # invalid form body
    200000: Gone.PAYLOAD,  # blocked by the server's AutoMod
    200001: Gone.PAYLOAD,  # title blocked by AutoMod
    240000: Gone.PAYLOAD,  # link blocked
}

PERMANENT_STATUS: Mapping[int, Gone] = {
    401: Gone.TOKEN,
    403: Gone.PERMISSION,
    404: Gone.CHANNEL,
}

LATER: Mapping[int, timedelta] = {
    20016: timedelta(seconds=60),  # slow mode of the channel
    20028: timedelta(seconds=30),  # write limit of the channel
    160002: timedelta(0),  # a reply needs Read Message History: the next try does without
}

NO_REFERENCE = 160002
OVERLOADED = 130000
BANNED = 40333


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, headers with their names in lower case, and the text."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def fields(self) -> Mapping[str, object]:
        """The JSON object; empty when it is something else."""
        body = self._body()
        return body if isinstance(body, dict) else {}

    @property
    def items(self) -> Sequence[object]:
        """The JSON array; empty when it is something else."""
        body = self._body()
        return body if isinstance(body, list) else ()

    @property
    def code(self) -> int:
        """Discord's own error code, 0 when there is none."""
        code = self.fields.get("code")
        return code if isinstance(code, int) else 0

    def _body(self) -> object:
        try:
            value: object = json.loads(self.text)
        except ValueError:
            return None
        return value


def judge(reply: Reply, *, creating: bool) -> DeliveryError:
    """
    Return what a reply that is not `ok` means. Only a create can be ambiguous.

    Discord's own code counts before the status: 30046 comes as a 429 that is no limit.
    """
    if reply.code in PERMANENT:
        return _refused(reply, PERMANENT[reply.code], creating)
    if reply.code in LATER:
        wait = _retry_after(reply) or LATER[reply.code]
        return Transient(f"Discord answered {_said(reply)}", retry_after=wait)
    if reply.code == BANNED or (reply.status == 429 and not _from_discord(reply)):
        return _banned(reply)
    if reply.status == 429:
        return _limited(reply)
    if reply.status >= 500 or reply.code == OVERLOADED:
        return Transient(f"Discord answered {_said(reply)}", ambiguous=creating)
    return _refused(reply, PERMANENT_STATUS.get(reply.status, Gone.PAYLOAD), creating)


def lost(error: BaseException, *, ambiguous: bool) -> Transient | None:
    """Return what it means that no reply came; None for a fault of our own."""
    if isinstance(error, discord.RateLimited):
        wait = timedelta(seconds=error.retry_after)
        return Transient("the channel's rate limit is used up", retry_after=wait)
    if isinstance(error, (aiohttp.ClientError, OSError)):  # TimeoutError is an OSError
        words = str(error) or type(error).__name__
        return Transient(f"Discord did not answer ({words})", ambiguous=ambiguous)
    return None


def _from_discord(reply: Reply) -> bool:
    """A limit of Discord's own is JSON and came through its proxy; a Cloudflare ban is not."""
    return "via" in reply.headers and "retry_after" in reply.fields


def _banned(reply: Reply) -> Transient:
    wait = max(BAN, _retry_after(reply) or BAN)
    return Transient(
        f"Discord's edge refuses this address ({reply.status})",
        hint=f"nothing is sent for {wait}",
        retry_after=wait,
        everywhere=True,
    )


def _limited(reply: Reply) -> Transient:
    return Transient(
        f"Discord asks to wait ({reply.headers.get('x-ratelimit-scope', 'no scope')})",
        retry_after=_retry_after(reply),
        everywhere=reply.fields.get("global") is True,
    )


def _refused(reply: Reply, gone: Gone, creating: bool) -> Permanent:
    if creating and gone is Gone.EDITS:
        gone = Gone.PERMISSION  # archived and locked: no message can open it
    return Permanent(f"{gone.value} ({_said(reply)})", gone=gone.value)


def _said(reply: Reply) -> str:
    words = str(reply.fields.get("message", "")).strip()
    return f"{reply.status}/{reply.code} {words}".strip()


def _retry_after(reply: Reply) -> timedelta | None:
    for value in (reply.fields.get("retry_after"), reply.headers.get("retry-after")):
        try:
            seconds = float(str(value))
        except ValueError:
            continue
        if 0 <= seconds < 86_400:
            return timedelta(seconds=seconds)
    return None
