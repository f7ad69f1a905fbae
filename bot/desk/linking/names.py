"""
Every name the desk knows, filed for looking up: which issuer do these words stand for?

Words that several issuers could be called by belong to one of them: the best evidence first,
then whom editors' names were written down for, then the larger. How many others there are is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.desk.linking.forms import Form, forms
from bot.desk.linking.tokens import JOINTS, Token, keys
from bot.model.company import Called, Company
from bot.model.market import Instrument, InstrumentKind

NOBODY = ""
_CROWD = 3  # so many others make a first word nobody's
_BY_FULL_NAME = frozenset([InstrumentKind.ETF, InstrumentKind.INDEX])


class Spelt(Enum):
    """How a name is written: with capitals, in capitals alone, or small."""

    PLAIN = "plain"
    LOUD = "loud"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    What words stand for. `ticker` is empty for a phrase that only seems to name somebody.

    `shared` counts the other issuers whose name starts so; `weak` words often mean something
    else; `spelt` is how its name is written where that says something ("NOV", "iPhone").
    """

    ticker: str
    form: Form
    shared: int = 0
    weak: bool = False
    spelt: Spelt = Spelt.PLAIN


@dataclass(frozen=True, slots=True)
class Issuer:
    """What is known of one issuer beside its names."""

    ticker: str
    rank: int
    otc: bool = False
    curated: bool = False
    rates: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a text that stand for an issuer, from token `first` up to `last` exclusive."""

    entry: Entry
    first: int
    last: int


class Names:
    """The names of all issuers. Built once, asked often."""

    def __init__(
        self,
        instruments: Sequence[Instrument],
        companies: Iterable[Company] = (),
        called: Iterable[Called] = (),
        nobody: Iterable[str] = (),
    ) -> None:
        self.issuers: dict[str, Issuer] = {}
        self.tickers: dict[str, str] = {}  # every symbol of an issuer -> its primary one
        self._entries: dict[str, Entry] = {}
        self._longest: dict[str, int] = {}
        curated = {one.ticker: one for one in called}
        desks = {one.ticker for one in instruments}
        for company in companies:
            self._add_company(company, curated.get(company.ticker), company.ticker in desks)
        for one in curated.values():
            self._add_called(one)
        self._add_instruments(instruments)
        self._drop_starts(nobody)
        for key in self._entries:
            first = key.partition(" ")[0]
            self._longest[first] = max(1 + key.count(" "), self._longest.get(first, 0))

    def find(self, words: Sequence[Token], text: str) -> Iterator[Found]:
        """The names in a text, from the left, the longest first; what is masked is left out."""
        at = 0
        while at < len(words):
            found = self._at(words, text, at)
            if found and found.entry.ticker:
                yield found
            at = found.last if found else at + 1

    def _at(self, words: Sequence[Token], text: str, at: int) -> Found | None:
        first = words[at]
        longest = max(self._longest.get(first.key, 0), self._longest.get(first.bare, 0))
        glued = at + 1 < len(words) and text[first.end : words[at + 1].start] in ("-", "‑")
        if not longest and not glued:
            return None
        size = 1
        while size < longest and at + size < len(words) and joined(words, text, at + size):
            size += 1
        if glued:
            size = max(size, 2)
        for last in range(at + size, at, -1):
            if entry := self._entry(words, at, last, glued):
                return Found(entry, at, last)
        return None

    def _entry(self, words: Sequence[Token], at: int, last: int, glued: bool) -> Entry | None:
        start = [token.key for token in words[at : last - 1]]
        for end in dict.fromkeys((words[last - 1].key, words[last - 1].bare)):
            key = " ".join([*start, end])
            entry = self._entries.get(key)
            if entry is None and glued and last == at + 2:
                entry = self._entries.get(start[0] + end)
            if entry and (not entry.ticker or entry.spelt is Spelt.SMALL or words[at].upper):
                return entry
        return None

    def _add_company(self, company: Company, called: Called | None, desks: bool) -> None:
        rates = called is not None and called.rates
        known = desks or called is not None
        self.issuers[company.ticker] = Issuer(
            company.ticker, company.rank, company.otc, known, rates
        )
        for symbol in company.listings or (company.ticker,):
            self.tickers.setdefault(symbol, company.ticker)
        weak = {key for word in called.weak for key in _filed(word)} if called else set()
        for key, form in forms(company.name):
            self._file(key, Entry(company.ticker, form, weak=key in weak))

    def _add_called(self, called: Called) -> None:
        issuer = self.tickers.get(called.ticker, called.ticker)
        self.issuers.setdefault(issuer, Issuer(issuer, len(self.issuers), curated=True))
        self.tickers.setdefault(called.ticker, issuer)
        for line in called.lines:
            self.tickers.setdefault(line, issuer)
        weak = {key for word in called.weak for key in _filed(word)}
        own = tuple(f"{key} " for name in called.names for key in _filed(name) if key not in weak)
        for form, name in _called_names(called):
            for key in _filed(name):
                kind = Form.NAME if key.startswith(own) else form  # "Verizon Wireless"
                self._file(key, Entry(issuer, kind, 0, key in weak, _spelt(name)))
        self._mask(called.never)

    def _add_instruments(self, instruments: Sequence[Instrument]) -> None:
        homes = {one.home.ticker: one.ticker for one in instruments if one.home}
        for one in instruments:
            issuer = self.tickers.get(one.ticker) or homes.get(one.ticker) or self._same(one)
            self.tickers[one.ticker] = issuer
            if one.home:
                self.tickers.setdefault(one.home.ticker, issuer)
            self.issuers.setdefault(issuer, Issuer(issuer, len(self.issuers), curated=True))
            for name, form in _instrument_names(one):
                for key in _filed(name):
                    self._file(key, Entry(issuer, form, spelt=_spelt(name)))
            self._mask(one.never)

    def _same(self, one: Instrument) -> str:
        """The issuer of another listing that has the very name; else the listing by itself."""
        entry = self._entries.get(" ".join(keys(one.name)))
        shares = one.kind in (InstrumentKind.EQUITY, InstrumentKind.ADR)
        return entry.ticker if shares and entry and entry.form <= Form.FULL else one.ticker

    def _file(self, key: str, new: Entry) -> None:
        old = self._entries.get(key)
        if old is None or not old.ticker:
            self._entries[key] = new
        elif old.ticker == new.ticker:
            best = min(old, new, key=lambda one: one.form)
            weak = old.weak or new.weak
            spelt = new.spelt if old.spelt is Spelt.PLAIN else old.spelt
            self._entries[key] = replace(best, shared=old.shared, weak=weak, spelt=spelt)
        else:
            best = min(old, new, key=self._claim)
            self._entries[key] = replace(best, shared=old.shared + 1, weak=old.weak or new.weak)

    def _claim(self, entry: Entry) -> tuple[bool, bool, bool, int]:
        issuer = self.issuers[entry.ticker]
        return entry.form >= Form.START, not issuer.curated, issuer.otc, issuer.rank

    def _mask(self, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            for key in _filed(phrase):
                self._entries.setdefault(key, Entry(NOBODY, Form.NAME))

    def _drop_starts(self, nobody: Iterable[str]) -> None:
        """First words that many share, or that mean something else, are no company's."""
        mask = Entry(NOBODY, Form.START)
        for key, entry in self._entries.items():
            if entry.form is Form.START and entry.shared >= _CROWD and " " not in key:
                self._entries[key] = mask
        for phrase in nobody:
            for key in _filed(phrase):
                if self._entries.get(key, mask).form is Form.START:
                    self._entries[key] = mask


def joined(words: Sequence[Token], text: str, at: int) -> bool:
    """Whether the token at `at` may belong to one name with the token before it."""
    return text[words[at - 1].end : words[at].start] in JOINTS


def _spelt(name: str) -> Spelt:
    if name[0].islower():
        return Spelt.SMALL
    return Spelt.LOUD if name.isupper() and len(name) > 1 else Spelt.PLAIN


def _filed(name: str) -> tuple[str, ...]:
    key = " ".join(keys(name))
    return (key,) if key else ()


def _called_names(called: Called) -> Iterator[tuple[Form, str]]:
    for form, names in (
        (Form.NAME, called.names),
        (Form.FORMER, called.former),
        (Form.NICKNAME, called.nicknames),
        (Form.BRAND, called.brands),
        (Form.PRODUCT, called.products),
    ):
        yield from ((form, name) for name in names)


def _instrument_names(one: Instrument) -> Iterator[tuple[str, Form]]:
    """Funds and indexes go by their full name only: their short names are everyday words."""
    yield one.name, Form.NAME
    if one.kind not in _BY_FULL_NAME:
        for name in (one.short, *one.aliases):
            yield name, Form.NAME
    for product in one.products:
        yield product, Form.PRODUCT
