"""
Is this link one of the public internet? Judged by its spelling alone: no name is looked up.

Readers of links disagree about odd spellings, and each disagreement is a way in. So a spelling
must be plain: what is read here, what is resolved and what is dialled are the same host.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

from yarl import URL

from bot.errors import SourceError

LONGEST = 4096

_PORTS = frozenset({80, 443, 8080, 8443})
# Older readers end the authority at the first slash, so an @ before it is a user name to them.
_USERINFO = re.compile(r"[^/?#]*(?:@|\?@|#[^/]*@)")
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]%]+)(?::([0-9]{0,5}))?")
_HOST_CHARS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
_JOINERS = "\u200c\u200d"  # part of the spelling of Persian, of Indic scripts and of emoji
_IDEOGRAPHIC_STOP = "\u3002"
_MIDDLE_DOTS = "\u00b7\u30fb"

_PRIVATE_ENDS = frozenset(
    [
        *("arpa", "cluster", "consul", "corp", "docker", "home", "internal", "intranet"),
        *("invalid", "lan", "local", "localdomain", "localhost", "onion", "private", "svc"),
        *("test", "workgroup"),
    ]
)
_PRIVATE_NAMES = (
    # names that stand for whatever private address is written into them
    *("nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "vcap.me", "lacolhost.com"),
    *("rbndr.us", "1u.ms"),
    # a cloud's own word to the machines inside it
    *("metadata.tencentyun.com", "metadata.packet.net", "metadata.platformequinix.com"),
)

_V4_SPECIAL = tuple(
    map(IPv4Network, ("100.64.0.0/10", "168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24"))
)
_V6_UNICAST = IPv6Network("2000::/3")
_V6_SPECIAL = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


class Refusal(Enum):
    """Why an address is not fetched. A person in Discord reads one sentence for all of them."""

    UNREADABLE = "it is not spelled like a link"
    SCHEME = "its scheme is neither http nor https"
    USERINFO = "it carries a user name"
    PORT = "its port is none of 80, 443, 8080 and 8443"
    HOST = "its host is not a plainly spelled name"
    PRIVATE_NAME = "its name belongs to a private network"
    ADDRESS = "its address is not public"
    DOWNGRADE = "it leads from https back to http"


class Refused(SourceError):
    """
    The desk does not go there. The sentence does not tell which rule, nor what a name means.

    `before` is the address that leads to `url`, where it was not a person who named it.
    """

    def __init__(self, url: str, refusal: Refusal, before: str = "") -> None:
        link = f"{before[:200]} leads to {url[:200]!r}, which" if before else f"{url[:200]!r}"
        super().__init__(
            f"{link} is not a public address that the desk may read",
            hint="give an http or https link that opens in any browser",
        )
        self.refusal = refusal


def check_url(text: str) -> URL:
    """Return `text` as the client will dial it. Raises `Refused`."""
    return only_public(read_url(text), text)


def only_public(url: URL, text: str) -> URL:
    """`url`, which was written as `text`, as it will be dialled. Raises `Refused`."""
    if url.port not in _PORTS:
        raise Refused(text, Refusal.PORT)
    host = url.raw_host or ""
    if refusal := _refuse_host(host):
        raise Refused(text, refusal)
    return url.with_host(host[:-1]) if host.endswith(".") else url


def read_url(text: str) -> URL:
    """`text` without its fragment, whatever it names; plainly spelled. Raises `Refused`."""
    if len(text) > LONGEST or not is_plain(text):
        raise Refused(text, Refusal.UNREADABLE)
    scheme, there, rest = text.partition("://")
    if not there:
        raise Refused(text, Refusal.UNREADABLE)
    if scheme.lower() not in ("http", "https"):
        raise Refused(text, Refusal.SCHEME)
    if _USERINFO.match(rest):
        raise Refused(text, Refusal.USERINFO)
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    if not _AUTHORITY.fullmatch(authority) or not _is_stable(authority):
        raise Refused(text, Refusal.HOST)
    try:
        return URL(text).with_fragment(None)
    except ValueError as error:
        raise Refused(text, Refusal.UNREADABLE) from error


def meant(text: str) -> str:
    """The link a person means: no blanks around it, `feed:` read as http, https where none is said."""
    link = text.strip()
    scheme, _, rest = link.partition(":")
    if scheme.lower() == "feed":
        link = f"http:{rest}" if rest.startswith("//") else rest
    return link if "://" in link else f"https://{link}"


def is_plain(text: str) -> bool:
    """No backslashes, blanks, control or invisible characters: readers disagree about them."""
    return not any(
        char == "\\" or char.isspace() or not (char.isprintable() or char in _JOINERS)
        for char in text
    )


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
        and int(ip) >> 32 & 0xFDFF_FFFF != 0x5EFE  # ISATAP: an IPv4 address of the inside
    )


def _is_stable(name: str) -> bool:
    """Whether every reader sees the same letters: ①②⑦, ｅxample and 。 are others to some."""
    return name.isascii() or (
        name.isprintable()
        and _IDEOGRAPHIC_STOP not in name
        and unicodedata.normalize("NFKC", name) == name
    )


def _refuse_host(host: str) -> Refusal | None:
    """`host` is ASCII, lower case and IDNA-encoded: what would be resolved or dialled."""
    name = host.removesuffix(".")
    labels = name.split(".")
    if ":" in host or _is_number(labels[-1]):
        return None if is_public(host) else Refusal.ADDRESS
    if len(name) > 253 or not all(_is_label(label) for label in labels):
        return Refusal.HOST
    private = any(f".{name}".endswith(f".{known}") for known in _PRIVATE_NAMES)
    if private or len(labels) == 1 or labels[-1] in _PRIVATE_ENDS:
        return Refusal.PRIVATE_NAME
    return None


def _is_number(label: str) -> bool:
    """The web's own rule: a host that ends so is an IPv4 address in some spelling, never a name."""
    return label.isdigit() or bool(re.fullmatch("0x[0-9a-f]*", label))


def _is_label(label: str) -> bool:
    if not 0 < len(label) < 64 or not set(label) <= _HOST_CHARS:
        return False
    if not label.startswith("xn--"):
        return True
    try:
        spelled = label[4:].encode().decode("punycode")
    except UnicodeError:
        return False
    return not spelled.isascii() and _is_stable(spelled) and all(map(_is_word, spelled))


def _is_word(char: str) -> bool:
    """Letters, marks, digits and emoji of every script, and what IDNA allows between them."""
    kind = unicodedata.category(char)
    return char in "-_" or kind[0] in "LMN" or kind == "So" or char in _MIDDLE_DOTS
