"""
May the desk go there? Holds every fetch to public addresses, hop by hop.

Three lines of defence, because each alone has holes: `address` reads the link as the HTTP
client would dial it, `GuardedResolver` refuses a name when any of its addresses is not public,
and `Guard.socket` sees the very address about to be dialled (aiohttp never asks a resolver about
literals). No I/O but the resolver's.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Collection
from urllib.parse import urljoin

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.sources.address import Refusal, Refused, is_plain, is_public, only_public, read_url

AddrInfo = tuple[int, int, int, str, tuple[object, ...]]
Dial = Callable[[AddrInfo], socket.socket]

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Guard:
    """
    The rules plus `allowed_origins`: exact "http://127.0.0.1:8801" origins from the configuration.

    An allowed origin may be named, or redirect to itself; nothing else may lead to it.
    """

    def __init__(self, allowed_origins: Collection[str] = (), dial: Dial | None = None) -> None:
        origins = [URL(each) for each in allowed_origins]
        self._allowed = {_origin(each) for each in origins}
        self._endpoints = {(each.raw_host, each.port) for each in origins}
        self._dial = dial or _open_socket

    def first(self, text: str) -> URL:
        """Check the link a fetch begins with. Raises `Refused`."""
        url = read_url(text)
        return url if _origin(url) in self._allowed else only_public(url, text)

    def hop(self, before: URL, location: str) -> URL:
        """Check where `before` redirects to. Raises `Refused`."""
        text = _join(before, location)
        try:
            return self._after(before, text)
        except Refused as refused:
            raise Refused(text, refused.refusal, str(before)) from refused

    def allows_name(self, host: str, port: int) -> bool:
        return (host, port) in self._endpoints

    def admit(self, address: str, port: int) -> None:
        """An allowed origin's name resolved to this address: it may be dialled on that port."""
        self._endpoints.add((address, port))

    def socket(self, info: AddrInfo) -> socket.socket:
        """The last line: aiohttp's socket factory, which sees the address as it is dialled."""
        address, port = str(info[4][0]), info[4][1]
        if not is_public(address) and (address, port) not in self._endpoints:
            raise ConnectionRefusedError(f"{address} is not public")
        return self._dial(info)

    def _after(self, before: URL, text: str) -> URL:
        url = read_url(text)
        if _origin(url) in self._allowed and _origin(url) == _origin(before):
            return url
        url = only_public(url, text)
        if before.scheme == "https" and url.scheme == "http":
            raise Refused(text, Refusal.DOWNGRADE)
        return url


def is_one_site(before: URL, after: URL) -> bool:
    """
    Whether what `before` said about its document may be told to `after`.

    The same origin may hear it, and the same host where it merely leads from http to https: else
    a feed that is known by its old http address could never be asked conditionally.
    """
    if before.origin() == after.origin():
        return True
    secured = (before.scheme, before.port, after.scheme, after.port) == ("http", 80, "https", 443)
    return secured and before.raw_host == after.raw_host


class GuardedResolver(AbstractResolver):
    """Asks `inner` once; one address that is not public refuses the name altogether."""

    def __init__(self, inner: AbstractResolver, guard: Guard) -> None:
        self._inner = inner
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        answers = await self._inner.resolve(host, port, family)
        if not answers:
            raise OSError(f"{host} has no address")
        if self._guard.allows_name(host, port):
            for answer in answers:
                self._guard.admit(answer["host"], port)
            return answers
        if not all(is_public(answer["host"]) for answer in answers):
            raise Refused(host, Refusal.ADDRESS)
        return answers

    async def close(self) -> None:
        await self._inner.close()


def _join(before: URL, location: str) -> str:
    """Where `location` points. `urljoin` drops tabs and the like, so only plain text may pass it."""
    if _ABSOLUTE.match(location) or not is_plain(location):
        return location
    try:
        return urljoin(str(before), location)
    except ValueError:
        return location


def _origin(url: URL) -> tuple[str, str | None, int | None]:
    return url.scheme, url.raw_host, url.port


def _open_socket(info: AddrInfo) -> socket.socket:
    return socket.socket(info[0], info[1], info[2])
