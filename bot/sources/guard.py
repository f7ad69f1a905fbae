"""
May the desk go there? Decides for every address a person or a feed can name.

Three lines of defence, because each alone has holes: `check_url` reads the link as the HTTP
client would dial it, `GuardedResolver` refuses a name when any of its addresses is not public,
and `Guard.socket` sees the very address about to be dialled (aiohttp never asks a resolver about
literals). No I/O but the resolver's.
"""

from __future__ import annotations

import socket
import unicodedata
from collections.abc import Callable, Collection
from enum import Enum
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.errors import SourceError

AddrInfo = tuple[int, int, int, str, tuple[object, ...]]
Dial = Callable[[AddrInfo], socket.socket]

_PORTS = frozenset({80, 443, 8080, 8443})
_PRIVATE_SUFFIXES = ("local", "localhost", "localdomain", "internal", "home.arpa", "onion")
_HOST_CHARS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")
_LONGEST = 2048

_V4_SPECIAL = tuple(map(IPv4Network, ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24")))
_V6_UNICAST = IPv6Network("2000::/3")
_V6_SPECIAL = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


class Refusal(Enum):
    """Why an address is not fetched; for logs. A person reads one sentence for all of them."""

    UNREADABLE = "it is not a link"
    SCHEME = "its scheme is neither http nor https"
    USERINFO = "it carries a user name"
    PORT = "its port is not one the web uses"
    HOST = "its host is not a plain public name"
    PRIVATE_NAME = "its name belongs to a private network"
    ADDRESS = "its address is not public"
    DOWNGRADE = "it leads from https to http"


class Refused(SourceError):
    """The desk does not go there. The sentence does not tell which rule, nor what a name means."""

    def __init__(self, url: str, refusal: Refusal) -> None:
        super().__init__(
            f"the desk does not fetch {url[:200]!r}: it reads public http and https addresses only",
            hint="check the link in a browser and copy it from there",
        )
        self.refusal = refusal


def check_url(text: str) -> URL:
    """Return `text` as the client will dial it. Raises `Refused`."""
    url = _read(text)
    if url.scheme not in ("http", "https"):
        raise Refused(text, Refusal.SCHEME)
    if url.port not in _PORTS:
        raise Refused(text, Refusal.PORT)
    if refusal := _refuse_host(url.raw_host or ""):
        raise Refused(text, refusal)
    return url.with_fragment(None)


def is_public(address: str) -> bool:
    """Whether `address`, as resolvers and sockets write it, is one of the public internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if ip.is_multicast or not ip.is_global:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in special for special in _V4_SPECIAL)
    return (
        ip.scope_id is None
        and ip in _V6_UNICAST
        and not any(ip in special for special in _V6_SPECIAL)
    )


class Guard:
    """
    The rules plus `allowed_origins`: exact "http://127.0.0.1:8801" origins from the configuration.

    An allowed origin may be named, or redirect to itself; nothing else may lead to it.
    """

    def __init__(self, allowed_origins: Collection[str] = (), dial: Dial | None = None) -> None:
        self._allowed = {_origin(URL(each)) for each in allowed_origins}
        self._endpoints = {(each.raw_host, each.port) for each in map(URL, allowed_origins)}
        self._dial = dial or _open_socket

    def first(self, text: str) -> URL:
        """Check the link a fetch begins with."""
        if self._is_allowed(text):
            return _read(text).with_fragment(None)
        return check_url(text)

    def hop(self, before: URL, location: str) -> URL:
        """Check where `before` redirects to."""
        text = _join(before, location)
        if self._is_allowed(text) and _origin(_read(text)) == _origin(before):
            return _read(text).with_fragment(None)
        after = check_url(text)
        if before.scheme == "https" and after.scheme == "http":
            raise Refused(text, Refusal.DOWNGRADE)
        return after

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

    def _is_allowed(self, text: str) -> bool:
        try:
            url = URL(text)
        except ValueError:
            return False
        return not _odd(text) and "@" not in text and _origin(url) in self._allowed


class GuardedResolver(AbstractResolver):
    """Asks `inner` once; one address that is not public refuses the name altogether."""

    def __init__(self, inner: AbstractResolver, guard: Guard) -> None:
        self._inner = inner
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        answers = await self._inner.resolve(host, port, family)
        if self._guard.allows_name(host, port):
            for answer in answers:
                self._guard.admit(answer["host"], port)
            return answers
        if not all(is_public(answer["host"]) for answer in answers):
            raise Refused(host, Refusal.ADDRESS)
        return answers

    async def close(self) -> None:
        await self._inner.close()


def _read(text: str) -> URL:
    if len(text) > _LONGEST or _odd(text):
        raise Refused(text, Refusal.UNREADABLE)
    try:
        url = URL(text)
        written = text.split("//", 1)[1]
    except (ValueError, IndexError) as error:
        raise Refused(text, Refusal.UNREADABLE) from error
    authority = written.replace("?", "/").replace("#", "/").split("/", 1)[0]
    if "@" in authority:
        raise Refused(text, Refusal.USERINFO)
    if "%" in authority or unicodedata.normalize("NFKC", authority) != authority:
        raise Refused(text, Refusal.HOST)
    return url


def _odd(text: str) -> bool:
    """Backslashes, blanks, control and invisible characters: readers disagree about them."""
    return any(char == "\\" or char.isspace() or not char.isprintable() for char in text)


def _join(before: URL, location: str) -> str:
    try:
        return str(before.join(URL(location))) if not _odd(location) else location
    except ValueError:
        return location


def _origin(url: URL) -> tuple[str, str | None, int | None]:
    return url.scheme, url.raw_host, url.port


def _refuse_host(host: str) -> Refusal | None:
    """`host` is ASCII, lower case and IDNA-encoded: what would be resolved or dialled."""
    if ":" in host:
        return None if is_public(host) else Refusal.ADDRESS
    labels = host.split(".")
    if _ends_in_number(labels[-1]):
        return None if is_public(host) else Refusal.ADDRESS
    if len(host) > 253 or not set(host) <= _HOST_CHARS or not all(labels):
        return Refusal.HOST
    if len(labels) == 1 or any(host.endswith(f".{name}") for name in _PRIVATE_SUFFIXES):
        return Refusal.PRIVATE_NAME
    return None


def _ends_in_number(label: str) -> bool:
    """The web's own rule: such a host is an IPv4 address in some spelling, never a name."""
    if label.isdigit():
        return True
    return label.startswith("0x") and all(char in "0123456789abcdef" for char in label[2:])


def _open_socket(info: AddrInfo) -> socket.socket:
    return socket.socket(info[0], info[1], info[2])
