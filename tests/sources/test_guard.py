"""May the desk go there?"""

from __future__ import annotations

import pytest
from yarl import URL

from bot.sources.guard import Guard, Refusal, Refused, check_url, is_public

PUBLIC = {
    "http://example.com/feed": "http://example.com/feed",
    "https://example.com": "https://example.com",
    "HTTPS://Example.COM:443/a?b=c#top": "https://example.com/a?b=c",
    "http://example.com:80/": "http://example.com/",
    "http://example.com:/": "http://example.com/",
    "http://example.com:8080/rss": "http://example.com:8080/rss",
    "https://example.com:8443/rss": "https://example.com:8443/rss",
    "https://münchen.example/rss": "https://xn--mnchen-3ya.example/rss",
    "https://a-b.c_d.example/": "https://a-b.c_d.example/",
    "http://8.8.8.8/rss": "http://8.8.8.8/rss",
    "http://[2606:4700:4700::1111]/rss": "http://[2606:4700:4700::1111]/rss",
    "https://example.com/user@host/x": "https://example.com/user@host/x",
    "https://example.com/?u=http://127.0.0.1/": "https://example.com/?u=http://127.0.0.1/",
}

REFUSED = {
    # schemes
    "ftp://example.com/": Refusal.SCHEME,
    "file:///etc/passwd": Refusal.SCHEME,
    "gopher://example.com/": Refusal.SCHEME,
    "//example.com/": Refusal.SCHEME,
    "javascript://example.com/": Refusal.SCHEME,
    # no link at all
    "": Refusal.UNREADABLE,
    "example.com": Refusal.UNREADABLE,
    "http:example.com": Refusal.UNREADABLE,
    "data:text/xml,<rss/>": Refusal.UNREADABLE,
    "http://exa mple.com/": Refusal.UNREADABLE,
    "http://example.com/a b": Refusal.UNREADABLE,
    "http://example.com\r\nHost: 127.0.0.1/": Refusal.UNREADABLE,
    "http://example.com\t/": Refusal.UNREADABLE,
    "http://example.com\\@127.0.0.1/": Refusal.UNREADABLE,
    "http:\\\\127.0.0.1/": Refusal.UNREADABLE,
    "http://127.0.0\u00ad.1/": Refusal.UNREADABLE,
    "http://127.0.0.1\u200b/": Refusal.UNREADABLE,
    "http://example.com:99999/": Refusal.UNREADABLE,
    "http://[::1/": Refusal.UNREADABLE,
    "http://example.com/" + "a" * 2048: Refusal.UNREADABLE,
    # user names
    "http://user@example.com/": Refusal.USERINFO,
    "http://user:secret@example.com/": Refusal.USERINFO,
    "http://example.com@127.0.0.1/": Refusal.USERINFO,
    "http://@example.com/": Refusal.USERINFO,
    # ports
    "http://example.com:22/": Refusal.PORT,
    "http://example.com:6379/": Refusal.PORT,
    "http://example.com:0/": Refusal.PORT,
    "http://127.0.0.1:8801/": Refusal.PORT,
    # hosts that are no plain name
    "http:///feed": Refusal.HOST,
    "http://example.com./": Refusal.HOST,
    "http://127.0.0.1./": Refusal.HOST,
    "http://a..example.com/": Refusal.HOST,
    "http://%31%32%37.0.0.1/": Refusal.HOST,
    "http://①②⑦.⓪.⓪.①/": Refusal.HOST,
    "http://１２７.0.0.1/": Refusal.HOST,
    "http://ｅxample.com/": Refusal.HOST,
    "http://[fe80::1%25eth0]/": Refusal.HOST,
    "http://exa$mple.com/": Refusal.HOST,
    "http://" + ".".join(["a" * 60] * 5) + ".com/": Refusal.HOST,
    # names of private networks
    "http://localhost/": Refusal.PRIVATE_NAME,
    "http://LOCALHOST:8080/": Refusal.PRIVATE_NAME,
    "http://router/": Refusal.PRIVATE_NAME,
    "http://printer.local/": Refusal.PRIVATE_NAME,
    "http://metadata.google.internal/": Refusal.PRIVATE_NAME,
    "http://app.localhost/": Refusal.PRIVATE_NAME,
    "http://nas.home.arpa/": Refusal.PRIVATE_NAME,
    "http://x.onion/": Refusal.PRIVATE_NAME,
    # addresses, in every spelling
    "http://127.0.0.1/": Refusal.ADDRESS,
    "http://127。0。0。1/": Refusal.ADDRESS,
    "http://127.1/": Refusal.ADDRESS,
    "http://0/": Refusal.ADDRESS,
    "http://0.0.0.0/": Refusal.ADDRESS,
    "http://2130706433/": Refusal.ADDRESS,
    "http://017700000001/": Refusal.ADDRESS,
    "http://0177.0.0.1/": Refusal.ADDRESS,
    "http://0x7f.0.0.1/": Refusal.ADDRESS,
    "http://0x7f000001/": Refusal.ADDRESS,
    "http://example.0x1/": Refusal.ADDRESS,
    "http://example.1/": Refusal.ADDRESS,
    "http://10.0.0.1/": Refusal.ADDRESS,
    "http://172.16.0.1/": Refusal.ADDRESS,
    "http://192.168.1.1/": Refusal.ADDRESS,
    "http://169.254.169.254/latest/meta-data/": Refusal.ADDRESS,
    "http://100.64.0.1/": Refusal.ADDRESS,
    "http://192.0.0.9/": Refusal.ADDRESS,
    "http://192.88.99.1/": Refusal.ADDRESS,
    "http://198.18.0.1/": Refusal.ADDRESS,
    "http://203.0.113.5/": Refusal.ADDRESS,
    "http://224.0.0.1/": Refusal.ADDRESS,
    "http://240.0.0.1/": Refusal.ADDRESS,
    "http://255.255.255.255/": Refusal.ADDRESS,
    "http://[::]/": Refusal.ADDRESS,
    "http://[::1]/": Refusal.ADDRESS,
    "http://[::ffff:127.0.0.1]/": Refusal.ADDRESS,
    "http://[::ffff:8.8.8.8]/": Refusal.ADDRESS,
    "http://[::127.0.0.1]/": Refusal.ADDRESS,
    "http://[64:ff9b::7f00:1]/": Refusal.ADDRESS,
    "http://[2002:7f00:1::]/": Refusal.ADDRESS,
    "http://[2001:0:7f00:1::]/": Refusal.ADDRESS,
    "http://[2001:db8::1]/": Refusal.ADDRESS,
    "http://[fe80::1]/": Refusal.ADDRESS,
    "http://[fc00::1]/": Refusal.ADDRESS,
    "http://[fec0::1]/": Refusal.ADDRESS,
    "http://[ff02::1]/": Refusal.ADDRESS,
    "http://[3fff::1]/": Refusal.ADDRESS,
}

ORIGIN = "http://127.0.0.1:8801"


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_link_is_returned_as_it_will_be_dialled(text: str) -> None:
    """Scheme, host and port in one spelling; the fragment, which stays at home, is gone."""
    assert PUBLIC[text] == str(check_url(text))


@pytest.mark.parametrize("text", REFUSED)
def test_everything_else_is_refused_for_a_named_reason(text: str) -> None:
    """The guard says which rule refused, for the log."""
    with pytest.raises(Refused) as refused:
        check_url(text)

    assert REFUSED[text] is refused.value.refusal


def test_a_person_reads_one_sentence_whatever_the_rule() -> None:
    """The words tell nothing about what a name means inside the operator's network."""
    with pytest.raises(Refused) as refused:
        check_url("http://10.0.0.1/")

    assert str(refused.value) == (
        "the desk does not fetch 'http://10.0.0.1/': it reads public http and https addresses "
        "only; check the link in a browser and copy it from there"
    )


@pytest.mark.parametrize("address", ["", "example.com", "fe80::1%eth0", "2606:4700::1%1", "1.2.3"])
def test_what_is_no_plain_public_address_is_not_public(address: str) -> None:
    """Scope ids, names and short forms never pass."""
    assert not is_public(address)


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
        ("https://example.com/", "http://[", Refusal.UNREADABLE),
    ],
)
def test_a_redirect_elsewhere_is_refused(before: str, location: str, refusal: Refusal) -> None:
    """The rules hold at every hop; only an allowed origin leads to itself."""
    with pytest.raises(Refused) as refused:
        Guard([ORIGIN]).hop(URL(before), location)

    assert refusal is refused.value.refusal


def test_the_table_is_large() -> None:
    """At least sixty ways to lead the desk astray are known to fail."""
    assert len(REFUSED) >= 60
