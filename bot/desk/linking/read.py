"""
Read one text: whom might it name, and what speaks for it?

Every candidate comes with its features; how much they are worth is another's question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.desk.linking.context import features
from bot.desk.linking.forms import TAIL, Form
from bot.desk.linking.headline import Headline, style
from bot.desk.linking.lexicon import Lexicon
from bot.desk.linking.names import Entry, Found, Names
from bot.desk.linking.printed import ABBREVIATIONS, printed
from bot.desk.linking.ratings import is_hosted, is_rating
from bot.desk.linking.tokens import Token, tokens

_ENOUGH = 40  # characters of a summary that would name its subject


@dataclass(frozen=True, slots=True)
class Said:
    """
    A text to read; `beside` is what else is told, its summary; `old` if it was told so long ago
    that brands had other owners.
    """

    text: str
    beside: str = ""
    old: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a text may name. `features` are empty for a printed ticker: its form decides."""

    ticker: str
    form: Form
    words: str
    features: tuple[str, ...] = ()


def candidates(said: Said, names: Names, lexicon: Lexicon) -> list[Candidate]:
    """Whom a text may name, in its order."""
    text = said.text
    words = tokens(text)
    marks = [mark for mark in printed(text) if mark.symbol in names.tickers]
    found = [*names.find(words, text)]
    found += _bare(text, words, found, names)
    elsewhere, again = _told(said.beside, names)
    often = Counter(one.entry.ticker for one in found)
    headline = Headline(
        text=text,
        words=words,
        style=style(words, {at for one in found for at in range(one.first, one.last)}),
        rating=is_rating(words, text),
        hosted=is_hosted(words),
        others=frozenset(often),
        symbols=frozenset(names.tickers[mark.symbol] for mark in marks),
        elsewhere=elsewhere,
        again=again,
        told=len(said.beside) >= _ENOUGH,
        old=said.old,
        repeated=frozenset(ticker for ticker, times in often.items() if times > 1),
    )
    named = [_named(one, headline, names, lexicon) for one in found]
    listed = [
        Candidate(names.tickers[mark.symbol], Form.TICKER, mark.words)
        for mark in marks
        if mark.sure
    ]
    return listed + named


def _named(found: Found, headline: Headline, names: Names, lexicon: Lexicon) -> Candidate:
    issuer = names.issuers[found.entry.ticker]
    start, end = headline.words[found.first].start, headline.words[found.last - 1].end
    said = tuple(features(found, issuer, headline, lexicon))
    return Candidate(issuer.ticker, found.entry.form, headline.text[start:end], said)


def _bare(
    text: str, words: Sequence[Token], found: Sequence[Found], names: Names
) -> Iterator[Found]:
    """Tickers that nothing marks as such: "AMD shares rise"."""
    if all(token.text.isupper() for token in words):
        return
    taken = {at for one in found for at in range(one.first, one.last)}
    for at, token in enumerate(words):
        symbol = token.text[:-2] if token.possessive else token.text
        if at in taken or not (2 <= len(symbol) <= 5 and symbol.isupper()):
            continue
        if symbol in names.tickers and symbol not in ABBREVIATIONS and not _marked(text, token):
            yield Found(Entry(names.tickers[symbol], Form.BARE), at, at + 1)


def _marked(text: str, token: Token) -> bool:
    """Whether a mark stands before a symbol: an exchange's, which is read elsewhere or unknown."""
    return text[max(0, token.start - 2) : token.start].strip()[-1:] in (":", "$", "(")


def _told(summary: str, names: Names) -> tuple[frozenset[str], frozenset[str]]:
    """Whom a summary names beyond doubt (in full, with a legal tail, by a ticker); and at all."""
    words = tokens(summary)
    found = [*names.find(words, summary)]
    full = {
        one.entry.ticker for one in found if one.last - one.first > 1 or _has_tail(words, one.last)
    }
    marks = (names.tickers.get(mark.symbol, "") for mark in printed(summary) if mark.sure)
    return frozenset(full.union(marks) - {""}), frozenset(one.entry.ticker for one in found)


def _has_tail(words: Sequence[Token], at: int) -> bool:
    return at < len(words) and words[at].bare in TAIL and words[at].upper
