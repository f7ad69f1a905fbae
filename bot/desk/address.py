"""Do two addresses name one feed? Only what no server can tell apart is made alike. Pure."""

from __future__ import annotations

_PORTS = {"http": ":80", "https": ":443"}


def same_feed(url: str) -> str:
    """
    The address by which a feed is known: host in lower case, no default port, no fragment.

    Path and query stay byte for byte. What has no host is returned as it came.
    """
    scheme, slashes, rest = url.strip().partition("://")
    if not slashes:
        return url
    scheme, rest = scheme.lower(), rest.partition("#")[0]
    ends = min((at for at in map(rest.find, "/?") if at >= 0), default=len(rest))
    user, at, host = rest[:ends].rpartition("@")
    host = host.lower().removesuffix(_PORTS.get(scheme, ":"))
    return f"{scheme}://{user}{at}{host}{rest[ends:]}"
