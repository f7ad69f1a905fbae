from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import pytest

from bot.delivery.outcomes import BAN, LATER, PERMANENT, Reply, judge, lost
from bot.errors import Permanent, Transient
from bot.model.post import Gone

DISCORD = {"via": "1.1 google"}
MEANWHILE = timedelta(seconds=1.5)


def reply(status: int, code: int = 0, headers: dict[str, str] | None = None, **body: Any) -> Reply:
    return Reply(
        status, DISCORD if headers is None else headers, json.dumps({"code": code, **body})
    )


def transient(answer: Reply, *, creating: bool = True) -> Transient:
    error = judge(answer, creating=creating)
    assert isinstance(error, Transient)
    return error


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 522, 524])
def test_a_failing_server_may_have_applied_a_create(status: int) -> None:
    """5xx is ambiguous for a create and merely later for an edit, which may be repeated."""
    page = Reply(status, {}, "<html>bad gateway</html>")

    assert transient(page).ambiguous
    assert not transient(page, creating=False).ambiguous


def test_an_overloaded_resource_is_ambiguous() -> None:
    """130000 comes with a status of its own."""
    assert transient(reply(400, 130000)).ambiguous


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_limit_means_later(everywhere: bool) -> None:
    """A 429 is never ambiguous; a global one holds for every channel."""
    body: dict[str, Any] = {"retry_after": 1.5, "global": everywhere}

    error = transient(reply(429, **body))

    assert (False, MEANWHILE, everywhere) == (error.ambiguous, error.retry_after, error.everywhere)


@pytest.mark.parametrize(
    "answer",
    [
        Reply(429, {}, "<title>1015</title>"),
        Reply(429, DISCORD, "<title>1015</title>"),
        reply(429, headers={}, retry_after=1.5),
        reply(403, 40333, message="internal network error"),
    ],
)
def test_a_ban_stops_everything_for_a_quarter_of_an_hour(answer: Reply) -> None:
    """Cloudflare's refusals hold for the whole desk, and longer if we go on."""
    error = transient(answer)

    assert (error.ambiguous, error.retry_after, error.everywhere) == (False, BAN, True)


def test_a_longer_ban_is_obeyed() -> None:
    """Retry-After counts where it is longer than a quarter of an hour."""
    assert timedelta(hours=1) == transient(Reply(429, {"retry-after": "3600"}, "")).retry_after


@pytest.mark.parametrize(("code", "wait"), LATER.items())
def test_slow_mode_means_later(code: int, wait: timedelta) -> None:
    """The channel's own limits: after what Discord says, else a fixed while."""
    assert (
        wait == transient(reply(429, code, headers=DISCORD, retry_after=wait.seconds)).retry_after
    )
    assert wait == transient(reply(400, code)).retry_after
    assert transient(reply(400, code, retry_after=1.5)).retry_after == MEANWHILE


def test_a_refused_reply_is_tried_again_at_once() -> None:
    """160002: the poster goes on without the reference."""
    assert timedelta(0) == transient(reply(400, 160002)).retry_after


@pytest.mark.parametrize(("code", "gone"), PERMANENT.items())
def test_what_cannot_succeed_is_permanent(code: int, gone: Gone) -> None:
    """Every code of the table, on an edit."""
    error = judge(reply(400, code, message="said so"), creating=False)

    assert isinstance(error, Permanent)
    assert gone.value == error.gone
    assert f"{gone.value} (400/{code} said so)" == error.message


@pytest.mark.parametrize(
    ("status", "gone"),
    [
        (401, Gone.TOKEN),
        (403, Gone.PERMISSION),
        (404, Gone.CHANNEL),
        (400, Gone.PAYLOAD),
        (413, Gone.PAYLOAD),
    ],
)
def test_without_a_known_code_the_status_decides(status: int, gone: Gone) -> None:
    """A code that the table does not name falls back to its status."""
    error = judge(reply(status, 99), creating=True)

    assert isinstance(error, Permanent)
    assert gone.value == error.gone


@pytest.mark.parametrize("code", [20022, 30046, 50083])
def test_a_create_is_never_told_that_edits_are_refused(code: int) -> None:
    """Otherwise a follow-up would be followed up for ever."""
    error = judge(reply(400, code), creating=True)

    assert isinstance(error, Permanent)
    assert Gone.PERMISSION.value == error.gone


@pytest.mark.parametrize("ambiguous", [False, True])
@pytest.mark.parametrize(
    "error",
    [
        TimeoutError("no answer in time"),
        ConnectionResetError(104, "Connection reset by peer"),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientPayloadError("cut short"),
    ],
)
def test_silence_is_ambiguous_once_the_request_was_written(
    error: Exception, ambiguous: bool
) -> None:
    """Whether it was written is known to the wire."""
    silence = lost(error, ambiguous=ambiguous)

    assert isinstance(silence, Transient)
    assert ambiguous == silence.ambiguous


def test_a_wait_for_the_bucket_means_later() -> None:
    """discord.py refuses to wait longer than 30 s; nothing was sent."""
    wait = lost(discord.RateLimited(45.0), ambiguous=True)

    assert isinstance(wait, Transient)
    assert (False, timedelta(seconds=45)) == (wait.ambiguous, wait.retry_after)


def test_our_own_fault_is_not_discords() -> None:
    """A bug is not retried as if Discord were down."""
    assert lost(KeyError("x"), ambiguous=True) is None
