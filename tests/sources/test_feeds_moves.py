"""F9 and F10 of docs/feeds.md: redirects, and what may follow one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.feed import Relocation
from tests.sources.wire import HOSTS, HOUR, MINUTE, ROUNDUP, Wire

pytestmark = pytest.mark.asyncio(loop_scope="module")

OLD = f"http://{HOSTS[0]}/feeds/{ROUNDUP}.xml"
NEW = f"http://{HOSTS[2]}/feeds/harbour.xml"


def asked(wire: Wire) -> list[str]:
    """The address of every request so far, and whether it was conditional."""
    return [
        f"http://{fetch.headers['Host']}{fetch.path}"
        + (" if changed" if "If-None-Match" in fetch.headers else "")
        for fetch in wire.log
    ]


@pytest.mark.parametrize("status", ["301", "308"])
async def test_f9_a_permanent_redirect_is_used_from_the_next_poll_on(
    wire: Wire, status: str
) -> None:
    """Straight to the new address, which gets its own validators back."""
    wire.misbehave(status, NEW)

    first = await wire.poll()
    await wire.poll(2)

    assert asked(wire) == [OLD, NEW, f"{NEW} if changed", f"{NEW} if changed"]
    assert first.reason == f"{OLD}: it has moved to {NEW}"
    assert (first.moved_to, wire.state.feed.url) == ("", OLD)


async def test_f9_it_is_adopted_once_it_was_seen_for_a_day(wire: Wire) -> None:
    """Three times at the old address, half a day between them, always to the same place."""
    wire.misbehave("301", NEW)
    proofs = []
    for _ in range(50):
        fetched = await wire.poll()
        proofs.append((wire.clock.now(), fetched.moved_to))
        wire.clock.pass_time(minutes=31)

    proved = [at for at, moved_to in proofs if moved_to]
    assert {moved_to for _, moved_to in proofs if moved_to} == {NEW}
    assert timedelta(hours=24) <= proved[0] - proofs[0][0] < timedelta(hours=26)
    assert [each for each in asked(wire) if each.startswith(OLD)] == [OLD] * 3
    assert wire.state.feed.url == OLD


@pytest.mark.parametrize("status", ["302", "303", "307"])
async def test_f9_a_passing_redirect_is_never_adopted(wire: Wire, status: str) -> None:
    """The old address is asked every time."""
    wire.misbehave(status, NEW)

    fetched = []
    for _ in range(5):
        fetched.append(await wire.poll())
        wire.clock.pass_time(minutes=800)

    assert {(each.status, each.reason, each.moved_to) for each in fetched} == {(200, "", "")}
    assert wire.state.moved is None
    assert asked(wire) == [OLD, NEW] * 5


async def test_f9_another_target_begins_anew(wire: Wire) -> None:
    """Two sightings of one place prove nothing about the next."""
    wire.state = replace(
        wire.state, moved=Relocation("http://x.example/", 2, wire.clock.now() - 13 * HOUR)
    )
    wire.misbehave("301", NEW)

    fetched = await wire.poll()

    assert (fetched.moved_to, wire.state.moved) == ("", Relocation(NEW, 1, wire.clock.now()))


async def test_f9_a_feed_that_came_home_has_not_moved(wire: Wire) -> None:
    """At the next look its old address answers by itself, and is asked from then on."""
    wire.misbehave("301", NEW)
    await wire.poll()
    wire.misbehave()
    wire.clock.pass_time(minutes=12 * 60)

    await wire.poll(2)

    assert wire.state.moved is None
    assert asked(wire)[2:] == [OLD, f"{OLD} if changed"]


async def test_f9_where_nothing_is_the_old_address_is_asked_again(wire: Wire) -> None:
    """Gone there does not mean gone: it is a failure, and the way back."""
    wire.misbehave("301", NEW)
    await wire.poll()
    wire.misbehave("410", name="harbour")

    fetched = await wire.poll()
    wire.misbehave()
    await wire.poll()

    assert (fetched.status, fetched.state.stopped, fetched.state.failures) == (410, "", 1)
    assert asked(wire)[2:] == [f"{NEW} if changed", OLD]


async def test_f9_a_chain_is_permanent_as_a_whole(wire: Wire) -> None:
    """One passing hop on the way, and nothing has moved."""
    wire.misbehave("301", f"http://{HOSTS[1]}/feeds/scmp.xml")
    wire.server.faults |= {"scmp": replace(wire.server.faults[ROUNDUP], kind="302", value=NEW)}

    fetched = await wire.poll()

    assert (fetched.status, fetched.state.moved, fetched.moved_to) == (200, None, "")


async def test_f10_validators_never_reach_another_origin(wire: Wire) -> None:
    """Neither on the way of a redirect, nor from there back at the next poll."""
    await wire.poll()
    own = wire.state.etag
    wire.misbehave("302", NEW)

    await wire.poll(2)

    assert own and own in wire.sent("If-None-Match")
    told = [(fetch.headers["Host"], fetch.headers.get("If-None-Match")) for fetch in wire.log]
    assert told == [
        (HOSTS[0], None),
        (HOSTS[0], own),
        (HOSTS[2], None),
        (HOSTS[0], None),
        (HOSTS[2], None),
    ]


async def test_f10_six_hops_are_too_many(wire: Wire) -> None:
    """A circle is a failure like another, and backs off."""
    wire.misbehave("302", OLD)

    fetched = await wire.poll()

    assert (fetched.status, fetched.state.failures, len(wire.log)) == (0, 1, 6)
    assert fetched.reason.startswith(f"{OLD} redirects more than 5 times")
    assert wire.wait >= 5 * MINUTE


async def test_f10_nothing_leads_from_https_to_http(wire: Wire) -> None:
    """Refused before anybody is dialled; see also tests/sources/test_http.py."""
    wire.misbehave("301", "http://127.0.0.1/feed")

    fetched = await wire.poll()

    assert "is not a public address" in fetched.reason
    assert (wire.state.moved, len(wire.log)) == (None, 1)
