"""What does markup say?"""

from __future__ import annotations

import random

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
    "<![if !mso]>said<![endif]>": "said",
    "<![CDATA[said]]> &lt;![CDATA[twice]]&gt;": "said twice",
    "up <![o so far": "up <![o so far",
    "nul\x00bell\x07": "nulbell",
    "lone \ud800 half": "lone half",
    "Apple <b up": "Apple <b up",
    '<a title="1 > 0">x</a>': "x",
    "<a title='it's'>x</a>": "x",
    "<!-- a > b -->said<!-- open": "said<!-- open",
    "<SCRIPT>a < b</SCRIPT>said": "said",
    "": "",
    "<img src=x onerror=alert(1)>": "",
}


@pytest.mark.parametrize("markup", SAYS)
def test_markup_becomes_the_words_a_reader_would_see(markup: str) -> None:
    """Entities once, tags dropped, blanks collapsed, nothing invisible kept."""
    assert SAYS[markup] == plain(markup, 300)


PIECES = "< <! <![ [ ] ]]> --> <!-- <? ?> > & &amp; a script <script> </script / ' \" = CDATA &#0;"


def test_no_markup_breaks_it() -> None:
    """Whatever stands in a title, the other titles of its feed are not lost with it."""
    chance = random.Random(7)
    broken = [
        "".join(chance.choices(PIECES.split(" "), k=chance.randint(1, 12))) for _ in range(20_000)
    ]

    assert all(len(plain(markup, 20)) <= 20 for markup in broken)


@pytest.mark.parametrize("piece", ["<a ", "<a/", "<a b=", '<a b="', "<a '>", "<!--", "<![", "<?"])
def test_tags_that_never_end_cost_nothing(piece: str) -> None:
    """Twenty thousand characters of them; a quadratic reader would need the test's whole time."""
    for _ in range(100):
        assert len(plain(piece * (20_000 // len(piece)), 300)) <= 300


def test_long_text_is_cut_with_an_ellipsis() -> None:
    """At most as many characters as asked for, the sign of the cut included."""
    assert plain("a" * 11, 10) == "a" * 9 + "…"
    assert plain("a" * 10, 10) == "a" * 10


def test_huge_markup_is_cut_before_it_is_read() -> None:
    """What stands beyond 20,000 characters is not looked at."""
    assert plain(" " * 20_000 + "late", 300) == ""


def test_long_markup_is_read_only_as_far_as_it_shows() -> None:
    """What stands behind the cut changes nothing, whatever it is."""
    shown = "<p>" + "<b>word</b> " * 400

    assert plain(shown + "<script>", 300) == plain(shown, 300)


def test_markup_may_be_cut_anywhere() -> None:
    """Text is handed on in pieces; no piece shows where it was cut."""
    markup = "a <i>b</i> &amp; c<br/>" * 300

    assert plain(markup, 20_000) == ("a b & c " * 300).strip()
