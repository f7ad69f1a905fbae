"""
What stands around a name: the features by which a name is told from a word.

Pure facts of the text, each a short text of its own; what they are worth is `weights.toml`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.desk.linking.forms import TAIL, Form
from bot.desk.linking.headline import Headline, Style
from bot.desk.linking.lexicon import Lexicon, Sort
from bot.desk.linking.names import Found, Issuer, Spelt, joined
from bot.desk.linking.ratings import raters
from bot.desk.linking.tokens import Token

_NAMES = frozenset([Form.NAME, Form.FULL])  # context decides on these, not what was seen before
_OWNED = frozenset([Form.BRAND, Form.PRODUCT])
_BY_DEED = frozenset([Form.FORMER, Form.BRAND, Form.PRODUCT, Form.NICKNAME])


def features(found: Found, issuer: Issuer, headline: Headline, lexicon: Lexicon) -> Iterator[str]:
    """Everything that speaks for or against these words meaning that issuer here."""
    words = headline.words
    sort = _sort(found, words, lexicon)
    form = _form(found, headline)
    yield from _of_the_name(found, issuer, form, sort)
    if found.entry.form not in _NAMES and (sort != Sort.RARE.value or found.entry.form in _BY_DEED):
        yield f"the words {words_of(found, words)}"
    yield from _of_the_place(found, headline, form, sort)
    yield from _of_the_neighbours(found, headline, lexicon, sort)
    yield from _of_the_evidence(found, headline, sort)
    yield from raters(found, issuer, headline)


def _sort(found: Found, words: Sequence[Token], lexicon: Lexicon) -> str:
    """What the words are beside a name; more words than one are as rare as their rarest."""
    sorts = {lexicon.sort(words[at].bare) for at in range(found.first, found.last)}
    if Sort.RARE in sorts:
        return Sort.RARE.value
    size = found.last - found.first
    one = min(sorts, key=list(Sort).index).value
    return one if size == 1 else f"{one} words"


def _form(found: Found, headline: Headline) -> str:
    """How the words stand for the issuer; long ago a brand may have had another owner."""
    form = found.entry.form
    return f"{'old ' if headline.old and form in _OWNED else ''}{form.name.lower()}"


def _of_the_name(found: Found, issuer: Issuer, form: str, sort: str) -> Iterator[str]:
    entry, size = found.entry, min(found.last - found.first, 3)
    weak = " weak" if entry.weak else ""
    yield f"{form}{weak}"
    yield f"{form} of {size}"
    yield f"{form}{weak}, {sort}"
    yield f"{'curated' if issuer.curated else 'registered'} {form}, {sort}"
    if not issuer.curated:
        yield f"size {_size(issuer)}"
        yield f"{form}, size {_size(issuer)}"
    if entry.shared and entry.form is not Form.NAME:
        yield f"{form} shared by {min(entry.shared, 3)}"


def words_of(found: Found, words: Sequence[Token]) -> str:
    """The words as they are learned: without case, marks and possessive endings."""
    keys = [token.key for token in words[found.first : found.last - 1]]
    return " ".join([*keys, words[found.last - 1].bare])


def _size(issuer: Issuer) -> str:
    if issuer.otc:
        return "otc"
    for limit in (100, 300, 1000, 2500):
        if issuer.rank < limit:
            return str(limit)
    return "small"


def _of_the_place(found: Found, headline: Headline, form: str, sort: str) -> Iterator[str]:
    words, entry = headline.words, found.entry
    first = words[found.first]
    if not first.upper:
        case = "small"
    elif first.loud and headline.style is not Style.LOUD:
        case = "loud"
    else:
        case = "capital"
    place = _place(found, headline)
    soft = " weak" if entry.weak else ""
    setting = f"{case} at {place} of {headline.style.value}"
    yield setting
    if entry.spelt is Spelt.LOUD and case == "capital" and headline.style is not Style.LOUD:
        yield "not in capitals"
    yield f"{setting}, {sort}{soft}"
    yield f"{setting}, {form}{soft}"


def _place(found: Found, headline: Headline) -> str:
    if found.first == 0:
        return "the start"
    gap = headline.gap(found.first)
    if any(mark in gap for mark in ':?!;—–|"“') or gap.startswith(". "):
        return "a new start"
    return "the middle"


def _of_the_neighbours(
    found: Found, headline: Headline, lexicon: Lexicon, sort: str
) -> Iterator[str]:
    words = headline.words
    common = "" if sort == Sort.RARE.value else ", common"
    before = words[found.first - 1] if found.first else None
    after = words[found.last] if found.last < len(words) else None
    if words[found.last - 1].possessive:
        yield f"possessive{common}"
    if before is None:
        yield f"before: nothing{common}"
    elif joined(words, headline.text, found.first):
        yield f"before: {before.bare}"
        yield f"before {_kind(before, lexicon)} in {headline.style.value}{common}"
        if headline.gap(found.first) == "-":
            yield f"after a hyphen{common}"
    else:
        yield f"before a break{common}"
    yield from _of_what_follows(found, after, headline, lexicon, common)


def _of_what_follows(
    found: Found, after: Token | None, headline: Headline, lexicon: Lexicon, common: str
) -> Iterator[str]:
    if after is None:
        yield f"after: nothing{common}"
        return
    gap = headline.gap(found.last)
    if gap.strip() in ("", "-", ".") and after.bare in TAIL and after.upper:
        yield f"a legal tail follows{common}"
    if gap in (" ", ". "):
        yield f"after: {after.bare}"
        yield f"after {_kind(after, lexicon)} in {headline.style.value}{common}"
    elif gap == "-":
        yield f"a hyphen follows{common}"
        yield f"after -{after.bare}"
    else:
        yield f"a {gap.strip()[:1] or 'break'} follows{common}"


def _kind(token: Token, lexicon: Lexicon) -> str:
    case = "small" if not token.upper else "loud" if token.loud else "capital"
    return f"{case} {lexicon.sort(token.bare).value}"


def _of_the_evidence(found: Found, headline: Headline, sort: str) -> Iterator[str]:
    ticker = found.entry.ticker
    common = "" if sort == Sort.RARE.value else ", common"
    if ticker in headline.symbols:
        yield "its ticker is printed"
    if ticker in headline.repeated:
        yield f"named more than once{common}"
    if headline.told:
        yield f"{_told(ticker, headline)} in the summary{common}"


def _told(ticker: str, headline: Headline) -> str:
    if ticker in headline.elsewhere:
        return "named"
    if ticker in headline.again:
        return "said"
    return "others are named" if headline.elsewhere else "nobody is named"
