"""May the desk go there?"""

from __future__ import annotations

import socket

import pytest
from yarl import URL

from bot.sources.address import Refusal, Refused
from bot.sources.guard import Guard, GuardedResolver, is_one_site
from bot.sources.names import SystemNames
from tests.sources.fakes import Names, NoDial

ORIGIN = "http://127.0.0.1:8801"

GOOD = [
    ["93.184.215.14"],
    ["93.184.215.14", "93.184.215.15"],
    ["2606:4700::1111"],
    ["2606:4700::1111", "93.184.215.14"],
]

BAD = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.0.1"),
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192"),
    *("192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::7f00:1"),
    *("fe80::1", "fe80::1%eth0", "2606:4700::1111%1", "fc00::1", "fd00:ec2::254", "ff02::1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001::1", "2001:db8::1"),
    *("", "localhost", "127.1", "0x7f000001"),
]


@pytest.mark.parametrize(
    "text", [ORIGIN, f"{ORIGIN}/feeds/a.xml", f"{ORIGIN}/a?b=c#d", "HTTP://127.0.0.1:8801/x"]
)
def test_an_allowed_origin_may_be_named(text: str) -> None:
    """Exact scheme, host and port from the configuration open the loopback."""
    url = Guard([ORIGIN]).first(text)

    assert (url.host, url.port, url.fragment) == ("127.0.0.1", 8801, "")


@pytest.mark.parametrize(
    "text",
    [
        "http://127.0.0.1:8802/",
        "https://127.0.0.1:8801/",
        "http://127.0.0.2:8801/",
        "http://localhost:8801/",
        "http://me@127.0.0.1:8801/",
        "http://127.0.0.1:8801\\x/",
        "http://127.1:8801/",
    ],
)
def test_what_only_resembles_an_allowed_origin_is_refused(text: str) -> None:
    """Another port, scheme, address or spelling is another origin."""
    with pytest.raises(Refused):
        Guard([ORIGIN]).first(text)


@pytest.mark.parametrize(
    ("before", "location", "after"),
    [
        ("https://example.com/a", "/b", "https://example.com/b"),
        ("https://example.com/a", "c?d=e", "https://example.com/c?d=e"),
        ("http://example.com/", "https://example.com/", "https://example.com/"),
        ("http://example.com/", "http://other.example/", "http://other.example/"),
        (f"{ORIGIN}/a", "/b", f"{ORIGIN}/b"),
        (f"{ORIGIN}/a", f"{ORIGIN}/c", f"{ORIGIN}/c"),
        (f"{ORIGIN}/a", "https://example.com/", "https://example.com/"),
    ],
)
def test_a_redirect_is_followed_to_where_one_may_go(before: str, location: str, after: str) -> None:
    """Relative and absolute, to public addresses and within an allowed origin."""
    assert after == str(Guard([ORIGIN]).hop(URL(before), location))


@pytest.mark.parametrize(
    ("before", "location", "refusal"),
    [
        ("https://example.com/", "http://example.com/", Refusal.DOWNGRADE),
        ("https://example.com/", "http://127.0.0.1/", Refusal.ADDRESS),
        ("http://example.com/", f"{ORIGIN}/x", Refusal.PORT),
        (f"{ORIGIN}/a", "http://127.0.0.1:8802/", Refusal.PORT),
        (f"{ORIGIN}/a", "//127.0.0.1/", Refusal.ADDRESS),
        ("https://example.com/", "ftp://example.com/", Refusal.SCHEME),
        ("https://example.com/", "file:///etc/passwd", Refusal.SCHEME),
        ("https://example.com/", "//user@example.com/", Refusal.USERINFO),
        ("https://example.com/", "\\\\127.0.0.1\\x", Refusal.UNREADABLE),
        ("https://example.com/", "http://[", Refusal.HOST),
    ],
)
def test_a_redirect_elsewhere_is_refused(before: str, location: str, refusal: Refusal) -> None:
    """The rules hold at every hop; only an allowed origin leads to itself."""
    with pytest.raises(Refused) as refused:
        Guard([ORIGIN]).hop(URL(before), location)

    assert refusal is refused.value.refusal


@pytest.mark.parametrize(
    ("before", "after", "one"),
    [
        ("https://a.example/x", "https://a.example/y", True),
        ("http://a.example/", "https://a.example/", True),
        ("https://a.example/", "http://a.example/", False),
        ("http://a.example/", "https://www.a.example/", False),
        ("http://a.example/", "https://a.example:8443/", False),
        ("http://a.example:8080/", "https://a.example/", False),
        ("http://127.0.0.1:8801/", "http://127.0.0.1:8802/", False),
    ],
)
def test_validators_stay_on_one_site(before: str, after: str, one: bool) -> None:
    """One origin; or one host that has moved from http to https, and nowhere else."""
    assert one is is_one_site(URL(before), URL(after))


async def test_a_name_without_an_address_is_no_way_in() -> None:
    """No answer is not a good answer."""
    resolver = GuardedResolver(Names({"empty.example": []}), Guard())

    with pytest.raises(OSError, match="empty.example has no address"):
        await resolver.resolve("empty.example", 80)


@pytest.mark.parametrize("answers", GOOD)
async def test_public_answers_are_passed_on(answers: list[str]) -> None:
    """All of them, in their order, asked for once."""
    names = Names({"feeds.example": answers})

    found = await GuardedResolver(names, Guard()).resolve("feeds.example", 443)

    assert (answers, ["feeds.example"]) == ([each["host"] for each in found], names.asked)


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("around", [[], ["93.184.215.14"], ["2606:4700::1111"]])
async def test_one_bad_answer_refuses_the_name(bad: str, around: list[str]) -> None:
    """Alone, before or after a public one: where the name points is never used."""
    for answers in ([bad, *around], [*around, bad]):
        with pytest.raises(Refused) as refused:
            await GuardedResolver(Names({"x.example": answers}), Guard()).resolve("x.example", 80)

        assert Refusal.ADDRESS is refused.value.refusal


@pytest.mark.parametrize("bad", BAD)
def test_no_socket_is_made_for_a_bad_address(bad: str) -> None:
    """The last line needs neither the link nor the resolver to be right."""
    dial = NoDial()

    with pytest.raises(ConnectionRefusedError, match="is not public"):
        Guard(dial=dial).socket((2, 1, 6, "", (bad, 80)))

    assert dial.dialled == []


async def test_an_allowed_name_may_point_inside() -> None:
    """The configuration may name a host of the operator's own; its port alone is opened."""
    guard = Guard(["http://feeds.lan:8801"])
    resolver = GuardedResolver(Names({"feeds.lan": ["10.0.0.7"], "x.lan": ["10.0.0.7"]}), guard)

    await resolver.resolve("feeds.lan", 8801)

    assert guard.allows_name("10.0.0.7", 8801)
    assert not guard.allows_name("10.0.0.7", 80)
    with pytest.raises(Refused):
        await resolver.resolve("x.lan", 8801)


async def test_the_system_is_asked_in_threads_of_its_own() -> None:
    """Every address of a name comes with the port it is wanted for."""
    names = SystemNames()

    found = await names.resolve("localhost", 80, socket.AF_INET)
    await names.close()

    assert [("localhost", "127.0.0.1", 80)] == [
        (x["hostname"], x["host"], x["port"]) for x in found
    ]
