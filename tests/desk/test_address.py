"""Do two addresses name one feed?"""

from __future__ import annotations

import pytest

from bot.desk.address import same_feed


@pytest.mark.parametrize(
    "other",
    [
        "https://News.Example/Feed?a=B",
        "HTTPS://news.example/Feed?a=B",
        "https://news.example:443/Feed?a=B",
        "https://news.example/Feed?a=B#top",
        "  https://news.example/Feed?a=B\n",
        "https://NEWS.example:443/Feed?a=B#x://y#z",
    ],
)
def test_f20_what_no_server_can_tell_apart_is_one_feed(other: str) -> None:
    """Case of the host, default port, fragment."""
    assert same_feed(other) == "https://news.example/Feed?a=B"


@pytest.mark.parametrize(
    "other",
    [
        "http://news.example/Feed?a=B",
        "https://news.example:8443/Feed?a=B",
        "https://news.example:80/Feed?a=B",
        "https://news.example/feed?a=B",
        "https://news.example/Feed?a=b",
        "https://news.example/Feed/?a=B",
        "https://news.example/Feed?a=B&utm_source=rss",
        "https://www.news.example/Feed?a=B",
        "https://news.example/%46eed?a=B",
        "https://Me@news.example/Feed?a=B",
        "https://news.example?a=/B",
        "https://[2001:db8::80]/Feed",
    ],
)
def test_f20_whatever_a_server_may_tell_apart_is_another(other: str) -> None:
    """Scheme, port, path and query stay as they are."""
    assert same_feed(other) == other


@pytest.mark.parametrize("odd", ["", "http://[", "no address", "http://", "feed:x"])
def test_what_cannot_be_taken_apart_stays(odd: str) -> None:
    """Adding it will say what is wrong."""
    assert same_feed(odd) == odd
