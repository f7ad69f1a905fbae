"""An outlet can be denied: by any of its names, by its domain, and where a link leads to it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.desk.denied import denied, unknown
from bot.desk.register import outlets
from bot.model.news import Story
from tests.builders import story

SEEDS = Path(__file__).parents[2] / "seeds"
REGISTER = outlets(tomllib.loads((SEEDS / "outlets.toml").read_text()))


def told(outlet: str, link: str = "https://news.example/1") -> Story:
    return story("Alibaba opens a data centre", outlet=outlet, link=link)


@pytest.mark.parametrize(
    "words", ["South China Morning Post", "the south china morning post", "SCMP", "scmp.com"]
)
def test_by_every_name_of_the_register(words: str) -> None:
    """Its stories are left out by whichever name their feed goes."""
    leave_out = denied([words], REGISTER)

    for outlet in ("South China Morning Post", "The South China Morning Post", "SCMP", "scmp.com"):
        assert leave_out(told(outlet))
    assert not leave_out(told("Reuters"))


def test_an_outlet_that_nobody_listed() -> None:
    """By the name of its feed, or by a domain."""
    leave_out = denied(["Stock Whispers", "evil.example"], REGISTER)

    assert leave_out(told("stock whispers"))
    assert leave_out(told("evil.example"))
    assert leave_out(told("news.evil.example"))
    assert not leave_out(told("Stock Whispers Daily"))
    assert not leave_out(told("notevil.example"))


@pytest.mark.parametrize(
    ("link", "left_out"),
    [
        ("https://www.scmp.com/tech/1", True),
        ("HTTPS://SCMP.COM", True),
        ("https://user:secret@scmp.com:443/1", True),
        ("https://scmp.com?x=1", True),
        ("https://notscmp.com/1", False),
        ("https://news.example/scmp.com", False),
        ("https://news.example/?at=@scmp.com", False),
        ("https://scmp.com.example/1", False),
        ("", False),
    ],
)
def test_what_an_aggregator_carries(link: str, left_out: bool) -> None:
    """The host of the link counts, and nothing else in it."""
    assert left_out == denied(["SCMP"], REGISTER)(told("Example Times", link))


def test_nobody_is_denied_unless_asked() -> None:
    """Neither are outlets without a domain, when one of those is."""
    assert not denied([], REGISTER)(told("Reuters"))
    assert not denied(["Stock Whispers"], REGISTER)(told("Some Paper", ""))


def test_names_that_mean_nobody() -> None:
    """A name in the register or of a feed, and any domain, are understood."""
    words = ["SCMP", "Stock Whispers", "evil.example", "Xinhau", "Reuter"]

    assert unknown(words, REGISTER, ["stock whispers"]) == ["Xinhau", "Reuter"]
