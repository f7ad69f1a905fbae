"""
Everybody who can be named: the register of listed companies, what they are called, the linker.

The register in the data folder, which `bot universe refresh` writes, goes before the one that
ships with the program.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bot.app.files import SEEDS
from bot.desk.link import Linker
from bot.desk.linking.called import called
from bot.desk.linking.names import Names
from bot.desk.linking.weights import Judgement, judgement, nobody
from bot.errors import DeskError
from bot.model.company import Called, Company
from bot.model.market import Instrument
from bot.model.news import Mention, Story

UNIVERSE = "universe.csv"
COLUMNS = ("cik", "ticker", "exchange", "name")
_NAMES = SEEDS / "names.toml"
WEIGHTS, WORDS = SEEDS / "linking" / "weights.toml", SEEDS / "linking" / "words.toml"


def linking(known: Iterable[Instrument], folder: Path) -> Callable[[Story], list[Mention]]:
    """What links stories; built when it is first asked, which takes a fifth of a second."""
    instruments = tuple(known)

    @cache
    def linker() -> Linker:
        return open_linker(instruments, folder)

    return lambda story: linker().link(story)


def open_linker(known: Iterable[Instrument], folder: Path | None = None) -> Linker:
    """The linker over everybody; `folder` may hold a newer register. Raises `DeskError`."""
    newer = folder / UNIVERSE if folder else None
    path = newer if newer and newer.exists() else SEEDS / UNIVERSE
    files = (path, _NAMES, WEIGHTS, WORDS)
    return _linker(tuple(known), tuple((file, file.stat().st_mtime_ns) for file in files))


def read_companies(path: Path) -> list[Company]:
    """The issuers of a register in its order. Raises `DeskError` where it is none."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(line for line in lines if not line.startswith("#"))
            if tuple(next(rows, ())) == COLUMNS:
                return list(companies(rows))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise _unread(path, str(error)) from error
    raise _unread(path, f"its first row must be {','.join(COLUMNS)}")


def companies(rows: Iterable[list[str]]) -> Iterator[Company]:
    """
    The issuers of rows in the order of `COLUMNS`, each by the first of its symbols.

    Raises `ValueError` for a row with another number of fields.
    """
    listings: dict[str, list[list[str]]] = {}
    for row in rows:
        if len(row) != len(COLUMNS):
            raise ValueError(f"a row must have {len(COLUMNS)} fields, was {row}")
        listings.setdefault(row[0], []).append(row)
    for rank, lines in enumerate(listings.values()):
        _, ticker, _, name = lines[0]
        otc = all(line[2] == "OTC" for line in lines)
        yield Company(ticker, name, rank, tuple(line[1] for line in lines), otc)


def read_called() -> list[Called]:
    """What editors call companies, as it ships. Raises `ConfigError`."""
    return called(_toml(_NAMES))


def read_judgement() -> Judgement:
    """What tells a name from a word, as it ships. Raises `ConfigError`."""
    return judgement(_toml(WEIGHTS), _toml(WORDS))


def read_nobody() -> tuple[str, ...]:
    """The phrases that name nobody, as they ship. Raises `ConfigError`."""
    return nobody(_toml(WORDS))


@lru_cache(maxsize=2)
def _linker(known: tuple[Instrument, ...], files: tuple[tuple[Path, int], ...]) -> Linker:
    """Kept, because replays and rehearsals open one desk after another in one process."""
    names = Names(known, read_companies(files[0][0]), read_called(), read_nobody())
    return Linker(known, names, read_judgement())


def _toml(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _unread(path: Path, why: str) -> DeskError:
    return DeskError(
        f"the register of companies {path} cannot be read: {why}",
        hint="remove it, or renew it by `bot universe refresh`",
    )
