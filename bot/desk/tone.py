"""
Do the words of a headline point the way the price went?

A tone is a hint and no more: a company may beat every estimate and fall.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.desk import traits as trait

FITS, AGAINST = "its tone fits the move", "its tone is against the move"
RATING_FITS, RATING_AGAINST = "the rating fits the move", "the rating is against the move"
TARGET_FITS, TARGET_AGAINST = "the target fits the move", "the target is against the move"
SHARES_FIT, SHARES_AGAINST = "the shares moved the same way", "the shares moved the other way"

_GOOD = re.compile(
    r"\b(?:beats?|tops?|topped|surpass\w*|exceed\w*|raises?|raised|lifts?|boosts?|hikes?"
    r"|upgrade[sd]?|approv\w+|wins?|record|strong\w*|growth|jump(?:s|ed)?|surg\w+|soar\w*|rises?"
    r"|rising|gain(?:s|ed)?|climb\w*|rall\w+|pops?|higher|expand\w*|positive|breakthrough"
    r"|partner\w*|joins?|deal|agrees|agreement|buy-?back|repurchase|lands?|secures?|upbeat|better"
    r"|accelerat\w*|optimis\w+|bullish|rebound\w*|meets? primary|success\w*|invest(?:s|ment)?"
    r"|orders?|smash\w*|delivers?|up)\b"
)
_BAD = re.compile(
    r"\b(?:miss(?:es)?|lags?|cuts?|lower(?:s|ed)?|slash\w*|downgrade[sd]?|warn\w*|probe\w*"
    r"|investigat\w+|lawsuit|sue[sd]?|recall\w*|fall(?:s|ing)?|drop(?:s|ped)?|slip\w*|slid\w*"
    r"|sink\w*|tumbl\w+|plung\w+|plummet\w*|weak\w*|loss(?:es)?|delay\w*|concern\w*|fear\w*|risk\w*"
    r"|layoffs?|halt\w*|suspend\w*|exit\w*|leav(?:e|es|ing)|steps? down|liable|guilty|verdict"
    r"|shortfall|disappoint\w*|soft|slow\w*|decline\w*|trouble\w*|threat\w*|tepid|limits?"
    r"|ban(?:s|ned)?|tariff\w*|snag|sells?|sold|bearish|trims?|flaw\w*|down|worse|shut|hit"
    r"|pressure\w*|slump\w*|headwinds?|faces|deepens|write-?down)\b"
)
_BETTER_RATING = re.compile(r"upgrade|initiat")
_WORSE_RATING = re.compile(r"downgrade|cut")
_MORE = re.compile(r"raise|hike|lift|boost|increase")
_LESS = re.compile(r"lower|cut|trim|slash|reduc")
_ROSE = re.compile(rf"\b{trait.UP}\b")
_FELL = re.compile(rf"\b{trait.DOWN}\b")


def agreement(text: str, traits: Collection[str], up: bool) -> Iterator[str]:
    """How a `plain` headline with those traits stands to a move `up` or down."""
    balance = len(_GOOD.findall(text)) - len(_BAD.findall(text))
    yield from _sided(balance, up, FITS, AGAINST)
    if trait.RATING in traits:
        yield from _sided(
            _side(text, _BETTER_RATING, _WORSE_RATING), up, RATING_FITS, RATING_AGAINST
        )
    if trait.TARGET in traits:
        yield from _sided(_side(text, _MORE, _LESS), up, TARGET_FITS, TARGET_AGAINST)
    if trait.MOVED in traits:
        yield from _sided(_side(text, _ROSE, _FELL), up, SHARES_FIT, SHARES_AGAINST)


def _side(text: str, good: re.Pattern[str], bad: re.Pattern[str]) -> int:
    return bool(good.search(text)) - bool(bad.search(text))


def _sided(balance: int, up: bool, fits: str, against: str) -> Iterator[str]:
    if balance:
        yield fits if (balance > 0) is up else against
