"""The register of listed companies, as it ships and as it is renewed."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from bot.app.files import SEEDS
from bot.app.universe import (
    UNIVERSE,
    linking,
    open_linker,
    read_called,
    read_companies,
    read_judgement,
    read_nobody,
)
from bot.desk.linking.names import Names
from bot.errors import DeskError
from tests.builders import story

HEADER = "cik,ticker,exchange,name\n"


def test_the_register_that_ships() -> None:
    """Some eight thousand issuers, the largest first, each by its primary share."""
    companies = read_companies(SEEDS / UNIVERSE)
    by_ticker = {one.ticker: one for one in companies}

    assert 7_000 < len(companies) < 12_000
    assert {"AAPL", "BABA", "BRK-B", "GOOGL", "META"} <= by_ticker.keys()
    assert "GOOG" in by_ticker["GOOGL"].listings
    assert by_ticker["AAPL"].rank < 100
    assert [one.rank for one in companies] == list(range(len(companies)))


def test_loading_is_cheap() -> None:
    """The index of everybody takes megabytes in single figures and a fraction of a second."""
    tracemalloc.start()
    started = time.process_time()
    names = Names([], read_companies(SEEDS / UNIVERSE), read_called(), read_nobody())
    took, (held, _) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(names.issuers) > 7_000
    assert held < 25_000_000
    assert took < 3  # with every allocation traced; a tenth of that without


def test_the_judgement_that_ships() -> None:
    """Points for hundreds of features, and sorts of words."""
    judged = read_judgement()

    assert len(judged.points) > 300
    assert len(judged.lexicon.sorts) > 3_000
    assert judged.least > 0


def test_a_newer_register_goes_first(tmp_path: Path) -> None:
    """Whom the data folder lists can be named; without it the one that ships is read."""
    shipped = open_linker([], tmp_path)
    (tmp_path / UNIVERSE).write_text(f"# renewed\n{HEADER}1,ZZZQ,NYSE,Zanzibar Quartz Corp\n")
    newer = open_linker([], tmp_path)
    title = "Zanzibar Quartz Corp and Micron Technology Inc report"

    assert ["ZZZQ"] == [hit.ticker for hit in newer.named("Zanzibar Quartz Corp reports profit")]
    assert ["MU"] == [hit.ticker for hit in shipped.named(title)]


def test_it_is_read_when_first_asked(tmp_path: Path) -> None:
    """A desk that links nothing reads nothing."""
    link = linking([], tmp_path)
    (tmp_path / UNIVERSE).write_text(f"{HEADER}1,ZZZQ,NYSE,Zanzibar Quartz Corp\n")
    (mention,) = link(story("Zanzibar Quartz Corp reports profit"))

    assert mention.ticker == "ZZZQ"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "its first row must be cik,ticker,exchange,name"),
        ("a,b\n", "its first row must be cik,ticker,exchange,name"),
        (f"{HEADER}1,ZZZQ\n", "a row must have 4 fields, was ['1', 'ZZZQ']"),
    ],
)
def test_a_register_that_is_none(tmp_path: Path, text: str, why: str) -> None:
    """One sentence, with the way out."""
    path = tmp_path / UNIVERSE
    path.write_text(text)

    with pytest.raises(DeskError) as raised:
        read_companies(path)

    assert raised.value.message == f"the register of companies {path} cannot be read: {why}"
    assert raised.value.hint == "remove it, or renew it by `bot universe refresh`"
