"""
What the seeds teach: instruments and outlets from parsed TOML.

Pure; every mistake of a register is reported together, by row and field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from bot.errors import ConfigError, Problem
from bot.model.market import HomeListing, Instrument, InstrumentKind
from bot.model.news import Outlet, OutletKind

INSTRUMENTS, OUTLETS = "instruments.toml", "outlets.toml"
A_YEAR = timedelta(days=365)

E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Outlets:
    """The disclosure register, by name, short name and domain, whatever their case or article."""

    known: Mapping[str, Outlet]

    def find(self, name: str) -> Outlet:
        """
        The outlet of that name or domain, or of the domain it is a part of.

        One that nobody listed is plain press without an owner.
        """
        domain = name if is_domain(name) else ""
        for key in (_key(name), *wider(_key(domain))):
            if outlet := self.known.get(key):
                return outlet
        return Outlet(name, name, domain, OutletKind.PRESS)

    def aged(self, today: date) -> tuple[Outlet, ...]:
        """Those whose row was last gone over more than a year before `today`, oldest first."""
        old = {
            outlet.name: (outlet.checked, outlet)
            for outlet in self.known.values()
            if outlet.checked is not None and today - outlet.checked > A_YEAR
        }
        return tuple(outlet for _, outlet in sorted(old.values(), key=lambda row: row[0]))


def instruments(data: Mapping[str, object]) -> dict[str, Instrument]:
    """Tables keyed by ticker, in the order given; raises `ConfigError` with every mistake."""
    problems: list[Problem] = []
    known: dict[str, Instrument] = {}
    for ticker, fields in data.items():
        row = _Row(INSTRUMENTS, ticker, fields, problems)
        known[ticker] = _instrument(ticker, row)
        row.finish()
    for one in known.values():
        for field in ("benchmarks", "peers"):
            for other in getattr(one, field):
                if other not in known:
                    text = f"names {other}, which has no table; add one or leave it out"
                    problems.append(Problem(INSTRUMENTS, 0, f"{one.ticker}.{field}", text))
    if problems:
        raise ConfigError(problems)
    return known


def outlets(data: Mapping[str, object]) -> Outlets:
    """Tables keyed by the outlet's name; raises `ConfigError` with every mistake."""
    problems: list[Problem] = []
    known: dict[str, Outlet] = {}
    for name, fields in data.items():
        row = _Row(OUTLETS, name, fields, problems)
        outlet = Outlet(
            name=name,
            short=row.text("short", name),
            domain=row.text("domain"),
            kind=row.word("kind", OutletKind, OutletKind.PRESS),
            owner=row.text("owner", ""),
            owner_tickers=row.texts("owner_tickers"),
            source=row.text("source"),
            checked=row.day("checked"),
        )
        row.finish()
        for word in filter(None, (outlet.name, outlet.short, outlet.domain)):
            first = known.setdefault(_key(word), outlet)
            if first is not outlet:
                row.taken(word, first.name)
    if problems:
        raise ConfigError(problems)
    return Outlets(known)


def is_domain(name: str) -> bool:
    """Whether an outlet is told by its domain, "scmp.com", and not by its name."""
    return "." in name and " " not in name


def wider(domain: str) -> Iterator[str]:
    """The domain and what it is a part of: "tech.scmp.com", "scmp.com"."""
    while "." in domain:
        yield domain
        domain = domain.partition(".")[2]


def _instrument(ticker: str, row: _Row) -> Instrument:
    return Instrument(
        ticker=ticker,
        name=row.text("name"),
        short=row.text("short"),
        exchange=row.text("exchange"),
        calendar=row.text("calendar"),
        currency=row.text("currency"),
        kind=row.word("kind", InstrumentKind, InstrumentKind.EQUITY),
        benchmarks=row.texts("benchmarks"),
        peers=row.texts("peers"),
        aliases=row.texts("aliases"),
        products=row.texts("products"),
        never=row.texts("never"),
        themes=row.texts("themes"),
        home=_home(row),
    )


def _home(row: _Row) -> HomeListing | None:
    fields = row.table("home")
    if fields is None:
        return None
    home = _Row(row.file, f"{row.key}.home", fields, row.problems)
    listing = HomeListing(
        ticker=home.text("ticker"),
        calendar=home.text("calendar"),
        city=home.text("city"),
        ratio=home.number("ratio"),
    )
    home.finish()
    return listing


class _Row:
    """One table of a register: typed reading that notes what is wrong and goes on."""

    def __init__(self, file: str, key: str, fields: object, problems: list[Problem]) -> None:
        self.file, self.key, self.problems = file, key, problems
        self._fields: dict[str, object] = dict(fields) if isinstance(fields, Mapping) else {}
        self._asked: set[str] = set()
        if not isinstance(fields, Mapping):
            self._wrong("", fields, "a table of fields")

    def text(self, field: str, default: str | None = None) -> str:
        value = self._take(field, default)
        if isinstance(value, str) and (value or default == ""):
            return value
        self._wrong(field, value, "a text")
        return ""

    def texts(self, field: str) -> tuple[str, ...]:
        value = self._take(field, [])
        if isinstance(value, list) and all(isinstance(one, str) and one for one in value):
            return tuple(value)
        self._wrong(field, value, 'a list of texts, such as ["KWEB", "SPY"]')
        return ()

    def word(self, field: str, words: type[E], default: E) -> E:
        value = self._take(field, default.value)
        allowed = {member.value: member for member in words}
        if isinstance(value, str) and value in allowed:
            return allowed[value]
        self._wrong(field, value, f"one of {_listed(allowed)}")
        return default

    def number(self, field: str) -> Decimal:
        value = self._take(field, None)
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return Decimal(str(value))
        self._wrong(field, value, "a number above 0")
        return Decimal(1)

    def day(self, field: str) -> date | None:
        value = self._take(field, None)
        if type(value) is date:
            return value
        self._wrong(field, value, "a date, such as 2026-11-24")
        return None

    def table(self, field: str) -> object:
        return self._take(field, None)

    def taken(self, word: str, by: str) -> None:
        """Note that another row has that name already: only one of the two would be found."""
        text = f"is called {word}, and so is {by}; give each its own name and domain"
        self.problems.append(Problem(self.file, 0, self.key, text))

    def finish(self) -> None:
        """Note the fields nobody asked for: a misspelt one must not pass unseen."""
        for field in sorted(self._fields.keys() - self._asked):
            text = f"is not a field; the fields are {_listed(self._asked)}"
            self.problems.append(Problem(self.file, 0, f"{self.key}.{field}", text))

    def _take(self, field: str, default: object) -> object:
        self._asked.add(field)
        return self._fields.get(field, default)

    def _wrong(self, field: str, value: object, wanted: str) -> None:
        found = "is missing" if value is None else f"was {value!r}"
        key = f"{self.key}.{field}".rstrip(".")
        self.problems.append(Problem(self.file, 0, key, f"{found}; write {wanted}"))


def _listed(words: Collection[str]) -> str:
    return ", ".join(sorted(words))


def _key(name: str) -> str:
    return name.strip().casefold().removeprefix("www.").removeprefix("the ")
