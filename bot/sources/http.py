"""
The one client for everything a person can name: polite, bounded, and never led astray.

Every hop passes the guard; bodies end at `Limits.size` decoded bytes and fetches at
`Limits.seconds`. No cookies, no proxies from the environment, no referrer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from bot.errors import Unreachable, Unreadable
from bot.sources.guard import Dial, Guard, GuardedResolver, is_one_site
from bot.sources.names import SystemNames
from bot.sources.unpack import BadEncoding, TooLarge, Unpacker

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """`size` in decoded bytes; `seconds` for the whole fetch, `idle` without a byte."""

    size: int = 5_000_000
    seconds: float = 20.0
    idle: float = 10.0
    hops: int = 5


@dataclass(frozen=True, slots=True)
class Response:
    """
    What came back, whatever its status. `url` is where it came from in the end;
    `permanent_to` is that URL when every redirect on the way was permanent, else "".
    """

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes
    url: str
    permanent_to: str = ""


class Http:
    """
    `allowed_origins` are exact loopback origins from the configuration, never from a command.

    Raises `Refused` (not fetched at all), `Unreachable` or `Unreadable` in one sentence.
    """

    def __init__(
        self,
        user_agent: str,
        allowed_origins: Collection[str] = (),
        resolver: AbstractResolver | None = None,
        dial: Dial | None = None,
        limits: Limits = Limits(),
    ) -> None:
        self._user_agent = user_agent
        self._guard = Guard(allowed_origins, dial)
        self._resolver = GuardedResolver(resolver or SystemNames(), self._guard)
        self._limits = limits
        self._session: aiohttp.ClientSession | None = None

    def check(self, url: str) -> None:
        """Whether `url` may be fetched, by its spelling alone. Raises `Refused`."""
        self._guard.first(url)

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """Fetch `url`. `headers` stay with its origin: a redirect elsewhere drops them."""
        shown = url[:200]
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._follow(self._guard.first(url), CIMultiDict(headers or {}))
        except aiohttp.ServerTimeoutError as error:
            raise Unreachable(f"{shown} was silent for {self._limits.idle:g} seconds") from error
        except TimeoutError as error:
            raise Unreachable(
                f"{shown} did not answer in full within {self._limits.seconds:g} seconds"
            ) from error
        except aiohttp.ClientPayloadError as error:
            raise Unreachable(f"{shown} broke off in the middle of its answer") from error
        except (aiohttp.ClientError, OSError) as error:
            raise Unreachable(f"{shown} could not be reached ({_cause(error)})") from error
        except TooLarge as error:
            raise Unreadable(
                f"{shown} is larger than the limit of {self._limits.size / 1e6:g} MB"
            ) from error
        except BadEncoding as error:
            raise Unreadable(f"{shown} could not be decoded: {error}") from error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            await self._resolver.close()  # which aiohttp leaves to whoever made it
            self._session = None

    async def _follow(self, url: URL, headers: CIMultiDict[str]) -> Response:
        start, permanent = url, True
        session = self._open()
        for _ in range(self._limits.hops + 1):
            async with session.get(url, headers=headers, allow_redirects=False) as response:
                location = response.headers.get("Location", "")
                if response.status not in _REDIRECTS or not location:
                    body = await self._read(response)
                    to = str(url) if permanent and url != start else ""
                    return Response(response.status, response.headers, body, str(url), to)
                permanent = permanent and response.status in _PERMANENT
            after = self._guard.hop(url, location)
            if not is_one_site(url, after):
                headers = CIMultiDict()
            url = after
        raise Unreachable(
            f"{str(start)[:200]} redirects more than {self._limits.hops} times",
            hint="use the address it leads to in the end",
        )

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        encodings = ", ".join(response.headers.getall("Content-Encoding", []))
        unpacker = Unpacker(encodings.strip().lower(), self._limits.size)
        seen = 0
        async for chunk in response.content.iter_any():
            seen += len(chunk)
            if seen > self._limits.size:
                raise TooLarge
            unpacker.feed(chunk)
        return unpacker.finish() if seen else b""

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    resolver=self._resolver,
                    use_dns_cache=False,
                    socket_factory=self._guard.socket,
                    limit_per_host=2,
                ),
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=self._limits.idle, sock_read=self._limits.idle
                ),
                headers={
                    "User-Agent": self._user_agent,
                    "Accept": _ACCEPT,
                    "Accept-Encoding": "gzip, deflate",
                },
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            )
        return self._session


def _cause(error: BaseException) -> str:
    """The bare reason: names and addresses of the inside are none of a reader's business."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "no such host"
    if isinstance(error, aiohttp.ClientSSLError):
        return "its certificate does not hold"
    if isinstance(error, aiohttp.ClientConnectorError | OSError):
        return "no connection"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "it hung up"
    return "its answer is not proper HTTP"
