"""Which feeds does an OPML file name?"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Unreadable
from bot.model.news import Feed, OutletKind
from bot.sources.guard import check_url
from bot.sources.opml import parse_opml, read_opml

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
        (b"<opml>" + b" " * 1_000_000, "list.opml is larger than the limit of 1000 kB"),
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
    assert all(str(check_url(feed.url)) == feed.url for feed in feeds)
    assert not [feed for feed in feeds if feed.outlet == feed.url]
