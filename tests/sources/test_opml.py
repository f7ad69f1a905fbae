"""Which feeds does an OPML file name?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Unreadable
from bot.model.found import Imported
from bot.model.news import Feed, OutletKind
from bot.sources.address import check_url
from bot.sources.guard import Guard
from bot.sources.opml import import_opml, parse_opml, read_opml, write_opml

SEEDS = Path(__file__).parents[2] / "seeds" / "feeds.opml"


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><body>{body}</body></opml>'.encode()


def test_outlines_become_feeds() -> None:
    """Nested or not; the outlet's name, its kind where one is told, each address once."""
    feeds = parse_opml(
        opml(
            '<outline text="Regulators"><outline text="  The  SEC " newsdeskKind="regulator"'
            ' xmlUrl="https://sec.example/rss"/></outline>'
            '<outline title="Wire" xmlUrl=" https://wire.example/rss "/>'
            '<outline xmlUrl="https://bare.example/rss"/>'
            '<outline text="Again" xmlUrl="https://wire.example/rss"/>'
            '<outline text="A folder" xmlUrl=""/>'
        ),
        "list.opml",
    )

    assert feeds == [
        Feed("https://sec.example/rss", "The SEC", OutletKind.REGULATOR),
        Feed("https://wire.example/rss", "Wire", OutletKind.PRESS),
        Feed("https://bare.example/rss", "https://bare.example/rss", OutletKind.PRESS),
    ]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (b"", "list.opml is not well-formed XML (no element found: line 1, column 0)"),
        (b"hello", "list.opml is not well-formed XML (syntax error: line 1, column 0)"),
        (b"<opml>", "list.opml is not well-formed XML (no element found: line 1, column 6)"),
        (b"<rss></rss>", "list.opml is not an OPML file: it begins with <rss>"),
        (
            b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>',
            "list.opml has a DOCTYPE, which a list of feeds must not have",
        ),
        (
            "<!DOCTYPE opml><opml/>".encode("utf-16"),
            "list.opml has a DOCTYPE, which a list of feeds must not have",
        ),
        (b"<opml>" + b" " * 5_000_000, "list.opml is larger than the limit of 5 MB"),
        (
            b"\xff<opml/>",
            "list.opml is not well-formed XML (not well-formed (invalid token): line 1, column 0)",
        ),
        (
            b'<?xml version="1.0" encoding="punycode"?><opml/>',
            "list.opml is written in no encoding of XML's; save it as UTF-8",
        ),
        (
            opml("".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(20_001))),
            "list.opml names 20,001 feeds, more than the limit of 20,000",
        ),
        (
            opml('<outline xmlUrl="https://a.example/" newsdeskInterval="often"/>'),
            (
                "list.opml says newsdeskInterval='often' of https://a.example/; "
                "it is a whole number of minutes from 1 to 1440"
            ),
        ),
        (
            opml('<outline xmlUrl="https://a.example/" newsdeskKind="blog"/>'),
            (
                "list.opml calls https://a.example/ 'blog', which is no kind of outlet; "
                "newsdeskKind is one of newswire, press, state media, company release, "
                "company-release wire, regulator, aggregator"
            ),
        ),
    ],
)
def test_anything_else_is_one_sentence(document: bytes, sentence: str) -> None:
    """No entity is ever expanded, and the file is named."""
    with pytest.raises(Unreadable) as error:
        parse_opml(document, "list.opml")

    assert str(error.value) == sentence


def test_what_newsdesk_adds_is_read() -> None:
    """Kind, outlet, interval in minutes and the ticker a feed is about."""
    feeds = parse_opml(
        opml(
            '<outline text="8-K filings" newsdeskOutlet="SEC" newsdeskKind="regulator"'
            ' newsdeskInterval="10" newsdeskAbout="baba" xmlUrl="https://sec.example/rss"/>'
        ),
        "list.opml",
    )

    minutes = timedelta(minutes=10)
    assert feeds == [Feed("https://sec.example/rss", "SEC", OutletKind.REGULATOR, minutes, "BABA")]


@pytest.mark.parametrize(
    ("outline", "url", "outlet"),
    [
        ('<outline XMLURL="https://a.example/" TEXT="A"/>', "https://a.example/", "A"),
        ('<OUTLINE xmlurl="https://a.example/" title="A"/>', "https://a.example/", "A"),
        ('<outline xmlUrl="feed://a.example/x" text="A"/>', "http://a.example/x", "A"),
        ('<outline xmlUrl="feed:https://a.example/x" text="A"/>', "https://a.example/x", "A"),
        ('<outline xmlUrl="a.example/x" text="A"/>', "https://a.example/x", "A"),
        (
            '<outline xmlUrl="https://a.example/?b=1&c=2" text="A"/>',
            "https://a.example/?b=1&c=2",
            "A",
        ),
        (
            '<outline xmlUrl="https://a.example/?b=1&amp;c=2" text="A"/>',
            "https://a.example/?b=1&c=2",
            "A",
        ),
        ('<outline xmlUrl="https://a.example/" text="R&D"/>', "https://a.example/", "R&D"),
        (
            '<outline xmlUrl="https://a.example/" text="&eacute;&nbsp;b"/>',
            "https://a.example/",
            "é b",
        ),
        (
            '<outline xmlUrl="https://a.example/" text="&what; b"/>',
            "https://a.example/",
            "&what; b",
        ),
        ('<outline xmlUrl="https://a.example/" text="&#233;"/>', "https://a.example/", "é"),
        (
            '<outline xmlUrl="https://a.example/" text="  "/>',
            "https://a.example/",
            "https://a.example/",
        ),
    ],
)
def test_the_files_of_other_readers_are_taken_as_they_are(
    outline: str, url: str, outlet: str
) -> None:
    """Names in any case, links in any form, ampersands as hands write them."""
    assert [Feed(url, outlet)] == parse_opml(opml(outline), "list.opml")


@pytest.mark.parametrize(
    "document",
    [
        opml('<outline xmlUrl="https://a.example/" text="é"/>').decode().encode("utf-16"),
        b"\xef\xbb\xbf" + opml('<outline xmlUrl="https://a.example/" text="\xe9"/>'),
        b"\n \n" + opml('<outline xmlUrl="https://a.example/" text="\xe9"/>'),
        b'<?xml version="1.0" encoding="windows-1252"?>'
        + b'<opml><body><outline xmlUrl="https://a.example/" text="\xe9"/></body></opml>',
        b"<opml><!-- a --><body><outline xmlUrl='https://a.example/' text='&#xe9;'/></body></opml>",
    ],
)
def test_encodings_are_read(document: bytes) -> None:
    """With a mark, with blanks in front, in the encodings that old programs wrote."""
    assert [Feed("https://a.example/", "é")] == parse_opml(document, "list.opml")


def test_ten_thousand_outlines_are_an_import() -> None:
    """A whole life of reading comes over at once."""
    outlines = "".join(
        f'<outline type="rss" text="Feed number {n}" title="Feed number {n}"'
        f' xmlUrl="https://feeds{n}.example/a/long/path/to/the/feed.xml?id={n}"'
        f' htmlUrl="https://feeds{n}.example/"/>'
        for n in range(10_000)
    )

    imported = import_opml(opml(outlines), "list.opml", Guard().first)

    assert (10_000, ()) == (len(imported.feeds), imported.left_out)


def test_an_import_leaves_out_what_may_not_be_read() -> None:
    """The rest comes in, and each address left out has its reason."""
    outlines = '<outline xmlUrl="https://a.example/"/><outline xmlUrl="http://10.0.0.1/"/>'

    assert import_opml(opml(outlines), "list.opml", Guard().first) == Imported(
        feeds=(Feed("https://a.example/", "https://a.example/"),),
        left_out=(
            (
                "http://10.0.0.1/",
                (
                    "'http://10.0.0.1/' is not a public address that the desk may read; "
                    "give an http or https link that opens in any browser"
                ),
            ),
        ),
    )


WORDS = (
    st.text(min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and text.isprintable())
)
FEEDS = st.builds(
    Feed,
    url=WORDS.map(lambda path: f"https://a.example/?q={path}"),
    outlet=WORDS,
    kind=st.sampled_from(OutletKind),
    interval=st.none() | st.integers(1, 1440).map(lambda n: timedelta(minutes=n)),
    about=st.sampled_from(["", "BABA", "BRK-B", "9988.HK"]),
)


@given(st.lists(FEEDS, max_size=5, unique_by=lambda feed: feed.url))
def test_what_is_exported_is_imported_alike(feeds: list[Feed]) -> None:
    """Every feed comes back with its outlet, kind, interval and ticker."""
    assert feeds == parse_opml(write_opml("The desk's <feeds>", feeds), "list.opml")


def test_an_export_can_be_read_by_other_readers() -> None:
    """Type, text, title and xmlUrl are what they look for; the list has a title."""
    document = write_opml("Feeds & co.", [Feed("https://a.example/?b&c", 'The "A"\x00')])

    assert document.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        "  <head><title>Feeds &amp; co.</title></head>\n  <body>\n"
        """    <outline type="rss" text='The "A"' title='The "A"'"""
        ' xmlUrl="https://a.example/?b&amp;c"/>\n'
        "  </body>\n</opml>\n"
    )


def test_deep_nesting_is_no_burden() -> None:
    """Folders in folders, far beyond any stack."""
    depth = 20_000
    body = "<outline>" * depth + '<outline xmlUrl="https://a.example/"/>' + "</outline>" * depth

    assert [feed.url for feed in parse_opml(opml(body), "x")] == ["https://a.example/"]


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """It names the file and where its name stands."""
    path = tmp_path / "none.opml"

    with pytest.raises(Unreadable) as error:
        read_opml(path)

    assert str(error.value) == (
        f"{path} cannot be read (No such file or directory); feeds.opml in config.toml names it"
    )


def test_the_seeds_are_a_desk_to_start_with() -> None:
    """A dozen and more public addresses, each with its outlet and kind."""
    feeds = read_opml(SEEDS)

    assert len(feeds) >= 12
    assert {OutletKind.PRESS, OutletKind.REGULATOR, OutletKind.RELEASE_WIRE} <= {
        feed.kind for feed in feeds
    }
    plain = [feed.url for feed in feeds if "{" not in feed.url]  # the others are filled in first
    assert plain == [str(check_url(url)) for url in plain]
    assert not [feed for feed in feeds if feed.outlet == feed.url]
