"""
Is the company the story, or the voice that rates another? "Goldman Sachs cuts X to Sell".

The words of analysts, and the features of who stands where among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.desk.linking.headline import Headline
from bot.desk.linking.names import Found, Issuer, joined
from bot.desk.linking.tokens import Token, words_in

_RATES = words_in(
    """
    raise raises raised raising lift lifts lifted hike hikes boost boosts boosted up ups bump
    bumps lower lowers lowered cut cuts trim trims trimmed slash slashes reduce reduces reduced
    upgrade upgrades upgraded downgrade downgrades downgraded initiate initiates initiated start
    starts started resume resumes resumed reinitiates maintain maintains maintained reiterate
    reiterates reiterated reaffirm reaffirms keep keeps kept assume assumes assumed remain remains
    stay stays adjust adjusts set sets give gives turn turns retain retains begin begins affirm
    affirms tweaks revises
    """
)
_RATING = words_in(
    """
    pt downgrade downgrades downgraded upgrade upgrades upgraded overweight underweight outperform
    underperform neutral coverage reiterates reiterated reinitiates initiated initiates resumes po
    rating ratings bullish bearish analyst analysts valuation
    """
)
_TARGETS = frozenset(
    ["price target", "price targets", "target price", "price objective", "equal weight"]
)
_ADVICE = frozenset(
    f"{how} {what}"
    for how in ("to", "at", "a", "from", "maintains", "with")
    for what in ("buy", "hold", "sell")
)
_HOSTED = words_in("conference conferences summit forum symposium transcript slideshow")
_RATED = words_in(
    "downgraded upgraded initiated reiterated reinitiated resumed price rating ratings target shares"
    " stock net profit earnings outlook"
)
_RATED_BEFORE = words_in("on of for upgrades downgrades")
_SPEAKS = words_in(
    """
    say says said see sees likes expects comments thinks analyst analysts strategist economist
    survey report note
    """
)
_SIGNED = words_in("at by from says said per via for")


def is_rating(words: Sequence[Token], text: str) -> bool:
    """Whether a headline speaks of ratings at all."""
    keys = [token.key for token in words]
    pairs = [(f"{one.key} {two.key}", two.upper) for one, two in pairwise(words)]
    if not _RATING.isdisjoint(keys):
        return True
    if any(pair in _TARGETS or (upper and pair in _ADVICE) for pair, upper in pairs):
        return True
    return any(
        words[at].text == "Target" and joined(words, text, at) and _sets(keys, at)
        for at in range(1, len(words))
    )


def is_hosted(words: Sequence[Token]) -> bool:
    """Whether a headline tells of a conference, which the house that holds it gives its name."""
    return any(token.key in _HOSTED for token in words)


def raters(found: Found, issuer: Issuer, headline: Headline) -> Iterator[str]:
    """A house that only rates is no subject; a company that is rated is."""
    words = headline.words
    after = words[found.last].bare if found.last < len(words) else ""
    before = words[found.first - 1].bare if found.first else ""
    who = "a house" if issuer.rates else "a company"
    if headline.hosted and before == "at":
        yield f"{who} is host"
    if headline.rating:
        yield from _in_a_rating(found, headline, who, (before, after))
    elif after in _SPEAKS:
        yield f"{who} speaks"


def _in_a_rating(
    found: Found, headline: Headline, who: str, beside: tuple[str, str]
) -> Iterator[str]:
    before, after = beside
    yield f"{who} in a rating"
    if after in _RATED or before in _RATED_BEFORE:
        yield f"{who} is rated"
        yield f"{who} is rated, {before if before in _RATED_BEFORE else after}"
    elif after in _RATES:
        yield f"{who} rates"
        first = " first" if found.first == 0 else ""
        yield f"{who} rates{first}, {'others' if len(headline.others) > 1 else 'alone'}"
    elif after in _SPEAKS:
        yield f"{who} speaks in a rating"
    if before in _SIGNED and found.last == len(headline.words):
        yield f"{who} signs a rating"
    elif before in ("at", "by", "from"):
        yield f"a rating {before} {who}"
    if found.first == 0:
        yield f"{who} leads a rating"


def _sets(keys: Sequence[str], at: int) -> bool:
    """Whether a target is set: "Lifts Its Target", "Target Lifted"."""
    return not _RATES.isdisjoint(keys[:at]) or not _RATES.isdisjoint(keys[at + 1 : at + 2])
