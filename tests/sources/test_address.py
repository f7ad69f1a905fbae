"""Is this link one of the public internet? More than four hundred spellings, in links.toml."""

from __future__ import annotations

import socket
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.address import LONGEST, Refusal, Refused, check_url, is_public

LINKS = tomllib.loads(Path(__file__).with_name("links.toml").read_text())
ORDINARY: list[str] = LINKS["ordinary"]
REFUSED = [(link, Refusal[rule]) for rule, links in LINKS["refused"].items() for link in links]

DIALLED = {
    "HTTPS://Example.COM:443/a?b=c#top": "https://example.com/a?b=c",
    "http://example.com:80/": "http://example.com/",
    "http://example.com:/": "http://example.com/",
    "http://example.com:8080/rss": "http://example.com:8080/rss",
    "https://Example.com.:8443/feed": "https://example.com:8443/feed",
    "https://münchen.example/rss": "https://xn--mnchen-3ya.example/rss",
    "https://münchen.example./": "https://xn--mnchen-3ya.example/",
    "http://[2606:4700:4700:0:0:0:0:1111]/rss": "http://[2606:4700:4700::1111]/rss",
    "https://example.com/?u=http://127.0.0.1/": "https://example.com/?u=http://127.0.0.1/",
}


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_link_passes(text: str) -> None:
    """Not one link that a person would really give is turned away."""
    assert check_url(text).scheme in ("http", "https")


@pytest.mark.parametrize("text", DIALLED)
def test_a_link_is_returned_as_it_will_be_dialled(text: str) -> None:
    """Scheme, host and port in one spelling; the fragment, which stays at home, is gone."""
    assert DIALLED[text] == str(check_url(text))


@pytest.mark.parametrize(("text", "refusal"), REFUSED)
def test_everything_else_is_refused_for_a_named_reason(text: str, refusal: Refusal) -> None:
    """The guard says which rule refused, for the log."""
    with pytest.raises(Refused) as refused:
        check_url(text)

    assert refusal is refused.value.refusal


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("http://" + ".".join(["a" * 60] * 5) + ".com/", Refusal.HOST),
        ("http://" + "é" * 70 + ".com/", Refusal.UNREADABLE),
        ("http://example.com/" + "a" * LONGEST, Refusal.UNREADABLE),
        ("http://\ud800.com/", Refusal.UNREADABLE),
    ],
)
def test_what_is_too_long_or_no_text_is_refused(text: str, refusal: Refusal) -> None:
    """Names and links have a length, and characters exist."""
    with pytest.raises(Refused) as refused:
        check_url(text)

    assert refusal is refused.value.refusal


def test_the_longest_link_passes() -> None:
    """The limit itself is allowed."""
    start = "https://example.com/?q="

    assert len(str(check_url(start + "a" * (LONGEST - len(start))))) == LONGEST


@given(st.text("0127x.:@/\\#?%[]f①。\u0661-_", max_size=24))
def test_no_spelling_of_an_address_slips_past(host: str) -> None:
    """What the C library reads as an address, the guard has read as the same public address."""
    try:
        passed = check_url(f"http://{host}/").raw_host or ""
        packed = socket.inet_aton(passed)
    except (Refused, OSError):
        return

    assert socket.inet_ntoa(packed) == passed
    assert is_public(passed)


def test_a_person_reads_one_sentence_whatever_the_rule() -> None:
    """The words tell nothing about what a name means inside the operator's network."""
    with pytest.raises(Refused) as refused:
        check_url("http://10.0.0.1/")

    assert str(refused.value) == (
        "'http://10.0.0.1/' is not a public address that the desk may read; "
        "give an http or https link that opens in any browser"
    )


@pytest.mark.parametrize("address", ["", "example.com", "fe80::1%eth0", "2606:4700::1%1", "1.2.3"])
def test_what_is_no_plain_public_address_is_not_public(address: str) -> None:
    """Scope ids, names and short forms never pass."""
    assert not is_public(address)


def test_the_lists_are_long() -> None:
    """Links are judged by the hundred, on both sides."""
    assert len(set(ORDINARY)) >= 140
    assert len({link for link, _ in REFUSED}) >= 350
