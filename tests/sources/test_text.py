"""What does markup say?"""

from __future__ import annotations

import pytest

from bot.sources.text import plain

SAYS = {
    "Alibaba rises 5%": "Alibaba rises 5%",
    "AT&amp;T and R&amp;D": "AT&T and R&D",
    "AT&T and R&D": "AT&T and R&D",
    "EPS &lt; $1": "EPS < $1",
    "EPS < $1 and > $0": "EPS < $1 and > $0",
    "<b>Apple</b> up": "Apple up",
    "App<b>le</b> up": "Apple up",
    "&lt;b&gt;Apple&lt;/b&gt; up": "Apple up",
    "&amp;lt;b&amp;gt; is kept": "&lt;b&gt; is kept",
    "one<br>two<p>three</p>four": "one two three four",
    "a\n\t b\u00a0 c": "a b c",
    "<script>alert(1)</script>said<style>p{}</style>": "said",
    "</script>said": "said",
    "<!-- hidden -->said": "said",
    "nul\x00bell\x07": "nulbell",
    "lone \ud800 half": "lone half",
    "": "",
    "<img src=x onerror=alert(1)>": "",
}


@pytest.mark.parametrize("markup", SAYS)
def test_markup_becomes_the_words_a_reader_would_see(markup: str) -> None:
    """Entities once, tags dropped, blanks collapsed, nothing invisible kept."""
    assert SAYS[markup] == plain(markup, 300)


def test_long_text_is_cut_with_an_ellipsis() -> None:
    """At most as many characters as asked for, the sign of the cut included."""
    assert plain("a" * 11, 10) == "a" * 9 + "…"
    assert plain("a" * 10, 10) == "a" * 10


def test_huge_markup_is_cut_before_it_is_read() -> None:
    """What stands beyond 20,000 characters is not looked at."""
    assert plain(" " * 20_000 + "late", 300) == ""
