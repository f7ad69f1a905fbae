"""Text from outside is words, and nothing that acts."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.brief import escape as e

ACTIVE = re.compile(
    r"(?<!\\)[*_~`|<>@\[\]]|(?<!\\):\w+:|https?://|discord(?:app)?\.(?:gg|com/invite)|^(?:[#>+-]|\d+[.)]\s)",
    re.IGNORECASE,
)
HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\\*_~`|<>@[]():/#-+.1 aé\u202e\u200b\u0301\n\x02😀\u200d"), st.characters()
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@everyone **buy**", r"\@everyone \*\*buy\*\*"),
        ("[x](http://evil.example)", "\\[x\\](evil.\u2060example)"),
        ("<t:1:R> <#12> <@&3>", r"\<t\:1:R\> \<#12\> \<\@&3\>"),
        (":smile: at 10:05", r"\:smile: at 10:05"),
        ("discord.gg/abc", "discord.\u2060gg/abc"),
        ("see www.evil.example now", "see www.\u2060evil.\u2060example now"),
        ("# Big", r"\# Big"),
        ("-# small", r"\-# small"),
        ("1. one", r"1\. one"),
        ("1.5 million", "1.5 million"),
        ("a\nb\u2028c\td", "a b c d"),
        ("gnp\u202e.exe\u200b", "gnp.exe"),
        ("AI-powered + #1 (again)", "AI-powered + #1 (again)"),
        ("e\u0301", "é"),
        ("q" + "\u0301" * 30, "q" + "\u0301" * 3),
    ],
)
def test_markdown_mentions_links_and_invites_are_disarmed(text: str, expected: str) -> None:
    assert expected == e.escape(text)


@given(HOSTILE)
@example("http:*//evil.example")
@example("hthttp://tp://evil.example")
@example("dis*cord.gg/x")
def test_nothing_active_survives_escaping(text: str) -> None:
    safe = e.escape(text)

    assert not ACTIVE.search(safe.replace("\\\\", ""))
    assert safe == safe.strip()
    assert "\n" not in safe


@given(HOSTILE)
@example("http:*//evil.example")
@example("disc`ord.gg/x")
def test_nothing_active_and_no_backslash_survives_in_a_bare_line(text: str) -> None:
    safe = e.bare(text)

    assert "\\" not in safe
    assert not ACTIVE.search(f"▲ {safe}")


@given(HOSTILE)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert e.clean(text) == e.clean(e.clean(text))


@given(st.text(max_size=40), st.integers(1, 20))
def test_a_cut_never_splits_what_a_reader_sees_as_one(text: str, limit: int) -> None:
    short = e.cut(text, limit)
    whole = list(e.graphemes(text))

    assert "".join(whole) == text
    assert len(short) <= limit
    assert short == text or short.endswith("…")
    kept = list(e.graphemes(short.removesuffix("…")))
    assert short == text or kept == whole[: len(kept)]


def test_families_and_flags_are_one_character() -> None:
    assert list(e.graphemes("👨‍👩‍👧🇭🇰🇨🇳é👍🏽")) == ["👨‍👩‍👧", "🇭🇰", "🇨🇳", "é", "👍🏽"]


def test_a_joiner_stays_in_an_emoji_and_goes_elsewhere() -> None:
    assert e.clean("👨‍👩‍👧 a\u200db") == "👨‍👩‍👧 ab"


def test_a_quotation_is_verbatim_but_for_its_inner_marks() -> None:
    """Our own double quotes stand around it, so those inside become single."""
    assert e.quotable("He said “buy”, twice", 50) == "He said ‘buy’, twice"
    assert e.quotable("He said “buy”, twice", 7) == "He sai…"


@pytest.mark.parametrize(
    ("address", "host", "url"),
    [
        ("https://www.scmp.com/a?x=1", "scmp.com", "https://www.scmp.com/a?x=1"),
        ("https://a.example/x) (y", "a.example", "https://a.example/x%29%20%28y"),
        ("https://exämple.com/ü", "xn--exmple-cua.com", "https://xn--exmple-cua.com/%C3%BC"),
        ("https://аpple.com/", "xn--pple-43d.com", "https://xn--pple-43d.com/"),
        ("HTTPS://A.example:8443/p#f", "a.example", "https://a.example:8443/p"),
    ],
)
def test_a_link_shows_its_host_and_cannot_break_out(address: str, host: str, url: str) -> None:
    assert e.Link(host, url) == e.link(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "ftp://a.example/",
        "//a.example/",
        "https://scmp.com@evil.example/",
        "https://localhost/",
        "http://[::1]/",
        "http://[bad",
        "https://a.example:99999/",
        "https://a..example/",
        "https://a b.example/",
        "https://" + "a" * 70 + ".example/",
    ],
)
def test_what_is_not_a_plain_web_address_is_no_link(address: str) -> None:
    assert e.link(address) is None


@given(st.text())
def test_no_address_raises(address: str) -> None:
    found = e.link(f"https://{address}")

    assert found is None or not re.search(r"[\s()<>\\]", found.url)
