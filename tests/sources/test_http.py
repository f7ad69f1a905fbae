"""The one client for everything a person can name, against a local server of odd bytes."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.errors import Unreachable, Unreadable
from bot.sources.address import Refusal, Refused
from bot.sources.http import Http, Limits
from tests.sources.fakes import Names, NoDial, OddServer, go, say, to_port

AGENT = "newsdesk/0.1 (+https://example.com/about)"
SMALL = Limits(size=1000, seconds=5, idle=2, hops=5)


@pytest.fixture
async def server() -> AsyncIterator[OddServer]:
    async with OddServer() as server:
        yield server


@pytest.fixture
async def http(server: OddServer) -> AsyncIterator[Http]:
    """Dials the server of this test, by its allowed origin, and nothing else."""
    client = Http(AGENT, [server.url], resolver=Names(), limits=SMALL)
    yield client
    await client.close()


@asynccontextmanager
async def abroad(names: Names, dial: Callable[..., object]) -> AsyncIterator[Http]:
    client = Http(AGENT, resolver=names, dial=dial, limits=SMALL)  # type: ignore[arg-type]
    yield client
    await client.close()


async def test_a_request_is_honest_and_plain(server: OddServer, http: Http) -> None:
    """Its own name, no cookies, no referrer, only encodings it can bound."""
    server.answers["/"] = say("hello", Set_Cookie="id=1; Path=/")
    await http.get(f"{server.url}/")

    response = await http.get(f"{server.url}/", {"If-None-Match": 'W/"1"'})

    headers = server.requests[-1].headers
    assert (200, b"hello", f"{server.url}/") == (response.status, response.body, response.url)
    assert headers["User-Agent"] == AGENT
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert headers["If-None-Match"] == 'W/"1"'
    assert not {"Cookie", "Referer"} & set(headers)


@pytest.mark.parametrize("status", [204, 304, 401, 404, 410, 429, 500, 503])
async def test_a_status_is_not_an_error(server: OddServer, http: Http, status: int) -> None:
    """What a status means is for the caller to say."""
    server.answers["/"] = say(status=status, Retry_After="120")

    response = await http.get(f"{server.url}/")

    assert (status, "120") == (response.status, response.headers["retry-after"])


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("gzip", lambda body: gzip.compress(body[:3]) + gzip.compress(body[3:])),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("identity", lambda body: body),
    ],
)
async def test_bodies_are_decoded(
    server: OddServer, http: Http, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    """gzip in one member or more, deflate with zlib's header or raw."""
    server.answers["/"] = say(pack(b"stories" * 9), Content_Encoding=encoding)

    assert (await http.get(f"{server.url}/")).body == b"stories" * 9


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "aws-chunked"])
async def test_an_encoding_not_asked_for_is_unreadable(
    server: OddServer, http: Http, encoding: str
) -> None:
    """Only decoders that can be stopped at a limit are used."""
    server.answers["/"] = say(b"x", Content_Encoding=encoding)

    with pytest.raises(Unreadable, match=f"Content-Encoding '{encoding}' was not asked for"):
        await http.get(f"{server.url}/")


@pytest.mark.parametrize("body", [b"not gzip at all", gzip.compress(b"x" * 500, mtime=0)[:-9]])
async def test_a_damaged_or_short_body_is_unreadable(
    server: OddServer, http: Http, body: bytes
) -> None:
    """Half a document is not a document."""
    server.answers["/"] = say(body, Content_Encoding="gzip")

    with pytest.raises(Unreadable, match="could not be decoded: the compressed body is"):
        await http.get(f"{server.url}/")


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"x" * 1001, "identity"),
        (gzip.compress(b"\0" * 10_000_000, mtime=0), "gzip"),
        (gzip.compress(b"\0" * 900, mtime=0) * 9, "gzip"),
        (zlib.compress(b"\0" * 10_000_000), "deflate"),
    ],
)
async def test_a_body_ends_at_the_limit(
    server: OddServer, http: Http, body: bytes, encoding: str
) -> None:
    """However it is packed, not more than the limit is ever unpacked."""
    server.answers["/"] = say(body, Content_Encoding=encoding)

    with pytest.raises(Unreadable) as error:
        await http.get(f"{server.url}/")

    assert f"{server.url}/ is larger than the limit of 0.001 MB" == str(error.value)


async def test_a_body_of_exactly_the_limit_is_read(server: OddServer, http: Http) -> None:
    """The limit itself is allowed."""
    server.answers["/"] = say(b"x" * 1000)

    assert len((await http.get(f"{server.url}/")).body) == 1000


async def test_an_endless_body_is_left(server: OddServer, http: Http) -> None:
    """A server that never stops is left at the limit."""

    async def pour(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 100)

    server.answers["/"] = pour

    with pytest.raises(Unreadable, match="larger than the limit"):
        await http.get(f"{server.url}/")


async def test_a_drip_feed_is_left_in_time(server: OddServer) -> None:
    """A byte now and then does not keep the desk: the whole fetch has one time limit."""
    over = asyncio.Event()

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while not over.is_set():
            await response.write(b"x")
            await asyncio.sleep(0.01)
        return response

    server.answers["/"] = drip
    http = Http(AGENT, [server.url], limits=Limits(seconds=0.2))

    with pytest.raises(Unreachable) as error:
        await http.get(f"{server.url}/")

    over.set()
    await http.close()
    assert f"{server.url}/ did not answer in full within 0.2 seconds" == str(error.value)


async def test_a_short_body_is_an_error(server: OddServer, http: Http) -> None:
    """Fewer bytes than announced are not taken for the whole."""

    async def cut(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    server.answers["/"] = cut

    with pytest.raises(Unreachable, match="broke off in the middle of its answer"):
        await http.get(f"{server.url}/")


async def test_nobody_there_is_one_sentence(http: Http, server: OddServer) -> None:
    """A closed port reads as such, without addresses of the inside."""
    await server.stop()

    with pytest.raises(Unreachable) as error:
        await http.get(f"{server.url}/feed")

    assert f"{server.url}/feed could not be reached (no connection)" == str(error.value)


async def test_an_oversized_header_is_one_sentence(server: OddServer, http: Http) -> None:
    """Headers are bounded too."""
    server.answers["/"] = say("x", X_Long="y" * 20_000)

    with pytest.raises(Unreachable, match="its answer is not proper HTTP"):
        await http.get(f"{server.url}/")


async def test_redirects_are_followed_and_remembered_when_permanent(
    server: OddServer, http: Http
) -> None:
    """Only a chain that is permanent throughout says where a feed has moved."""
    server.answers |= {
        "/old": go("/newer", 301),
        "/newer": go("/new", 308),
        "/tmp": go("/old", 302),
        "/new": say("here"),
    }

    moved = await http.get(f"{server.url}/old")
    lent = await http.get(f"{server.url}/tmp")

    assert (b"here", f"{server.url}/new") == (moved.body, moved.permanent_to)
    assert (b"here", f"{server.url}/new", "") == (lent.body, lent.url, lent.permanent_to)


async def test_a_ring_of_redirects_ends(server: OddServer, http: Http) -> None:
    """After five hops the desk has had enough."""
    server.answers["/a"] = go("/a")

    with pytest.raises(Unreachable, match="redirects more than 5 times"):
        await http.get(f"{server.url}/a")

    assert len(server.requests) == 6


async def test_a_redirect_to_another_port_is_refused(server: OddServer, http: Http) -> None:
    """An allowed origin leads to itself only; nothing is dialled."""
    async with OddServer() as other:
        server.answers["/"] = go(f"{other.url}/secret")

        with pytest.raises(Refused):
            await http.get(f"{server.url}/")

        assert other.requests == []


async def test_a_name_is_asked_once_and_dialled_where_it_pointed() -> None:
    """One resolution decides; the socket goes to that very address."""
    names, dial = Names({"example.com": ["93.184.215.14"]}), NoDial()

    async with abroad(names, dial) as http:
        with pytest.raises(Unreachable, match="no connection"):
            await http.get("https://example.com/feed")

    assert (names.asked, dial.dialled) == (["example.com"], ["93.184.215.14"])


@pytest.mark.parametrize(
    "bad", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1%eth0"]
)
async def test_one_bad_address_refuses_a_name(bad: str) -> None:
    """A name with a public and a private address is a trap: it is not dialled at all."""
    names, dial = Names({"example.com": ["93.184.215.14", bad]}), NoDial()

    async with abroad(names, dial) as http:
        with pytest.raises(Refused) as refused:
            await http.get("http://example.com/feed")

    assert (refused.value.refusal, dial.dialled) == (Refusal.ADDRESS, [])


async def test_a_name_that_changes_its_mind_is_refused_at_the_hop() -> None:
    """DNS rebinding: every hop is resolved and checked again."""
    async with OddServer({"/": go("http://evil.example/2")}) as server:
        names = Names({"good.example": ["93.184.215.14"], "evil.example": ["127.0.0.1"]})
        async with abroad(names, to_port(server.port)) as http:
            with pytest.raises(Refused):
                await http.get("http://good.example/")

        assert len(server.requests) == 1


async def test_an_unknown_name_is_one_sentence() -> None:
    """A name nobody knows is worth another try later."""
    async with abroad(Names(), NoDial()) as http:
        with pytest.raises(Unreachable) as error:
            await http.get("https://gone.example/feed")

    assert str(error.value) == "https://gone.example/feed could not be reached (no such host)"


async def test_private_literals_are_never_dialled() -> None:
    """Neither the resolver nor a socket ever hears of them."""
    names, dial = Names(), NoDial()

    async with abroad(names, dial) as http:
        for url in ("http://127.0.0.1/", "http://[::1]/", "http://0x7f000001/"):
            with pytest.raises(Refused):
                await http.get(url)

    assert (names.asked, dial.dialled) == ([], [])


async def test_the_socket_is_the_last_line() -> None:
    """Were a private address to slip past both checks, its socket is refused still."""
    dial = NoDial()
    client = Http(AGENT, dial=dial)

    with pytest.raises(ConnectionRefusedError, match="127.0.0.1 is not public"):
        client._guard.socket((2, 1, 6, "", ("127.0.0.1", 80)))

    assert dial.dialled == []


async def test_validators_stay_with_their_origin() -> None:
    """What one server said about its document is not told to another."""
    async with OddServer({"/a": go("http://two.example/b"), "/b": say("x")}) as server:
        names = Names({"one.example": ["93.184.215.14"], "two.example": ["93.184.215.15"]})
        async with abroad(names, to_port(server.port)) as http:
            await http.get("http://one.example/a", {"If-None-Match": '"1"'})

        first, second = server.requests
        assert (
            first.headers.get("If-None-Match"),
            second.headers.get("If-None-Match"),
        ) == ('"1"', None)
        assert second.headers["Host"] == "two.example"
