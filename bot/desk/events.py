"""
What kind of event does a headline report?

One table, asked from top to bottom: headlines about the move itself come first, for they
explain nothing, then the kinds that move prices. Every kind says what it weighs as a cause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.desk.filings import kind_of


@dataclass(frozen=True, slots=True)
class Event:
    """`noun` ends a topic ("Qwen downloads"); `weight` are points as a cause, below 0 as none."""

    kind: str
    noun: str
    weight: int
    pattern: re.Pattern[str]

    @property
    def real(self) -> bool:
        """Whether something happened, beyond the price itself and opinions on it."""
        return self.weight > 0


NONE = Event("", "", 0, re.compile(r"(?!)"))

_RISE = r"(?:rise|rally|jump|gain|surge|soar|climb|advance|fall|drop|slip|slide|sink|tumble|plunge|rebound|move|swing)"
_SHARES = r"(?:shares?|stocks?|ADRs?|adrs?|listing)"


def _event(kind: str, noun: str, weight: int, pattern: str) -> Event:
    return Event(kind, noun, weight, re.compile(pattern, re.IGNORECASE))


EVENTS: tuple[Event, ...] = (
    _event(
        "recap",
        "share move",
        -40,
        rf"\bwhy\b.*\b{_SHARES}\b|\b{_SHARES}\b(?:\W+\w+){{0,3}}?\W+{_RISE}(?:s|ing|ed|ped|es|ies|ied)?\b"
        rf"|\b{_SHARES}\b.*\b(?:rose|fell|sank|leapt|higher|lower|up|down|moving)\b"
        r"|\bpre-?market (?:movers|trading)|\bmovers\b|\bmarkets? (?:wrap|close|open)"
        r"|\b(?:ends?|closes?|opens?|trades?|trading) (?:[\d.]+ ?(?:%|percent) )?(?:higher|lower)\b"
        r"|\b(?:extends?|pares?|trims?) (?:gains?|losses|rally)\b"
        rf"|\b{_RISE}s? (?:in|during) (?:\w+ )?trading\b",
    ),
    _event(
        "listicle",
        "stock list",
        -40,
        r"\b\d+ (?:\w+ ){0,3}(?:stocks|shares|things|reasons|etfs)\b|\bstocks to (?:buy|watch)"
        r"|\b(?:best|top) (?:\w+ ){0,3}stocks\b|\bshould you\b|\bis it (?:time|too late)\b"
        r"|\bbetter buy\b|\bwhat (?:to|you should) (?:know|watch|expect)\b|\bdeep dive\b"
        r"|\bvaluation\b|\bpreview\b|\bpodcast\b|\bgrowth story\b|\bkey (?:metrics|takeaways)\b",
    ),
    _event(
        "speculation",
        "speculation",
        -20,
        r"\?|\brumou?rs?\b|\bspeculat|\bforums?\b|\bmessage boards?\b|\bchatter\b",
    ),
    _event(
        "price target",
        "price target",
        -20,
        r"\b(?:price[- ]targets?|target price|PT to|(?:raises?|cuts?|lowers?|lifts?) target)\b",
    ),
    _event(
        "rating",
        "rating",
        10,
        r"\b(?:upgrade|downgrade)[ds]?\b|\b(?:initiates?|reiterates?|resumes?) (?:\w+ ){0,2}"
        r"(?:coverage|buy|hold|sell|overweight)|\b(?:overweight|underweight|outperform)\b",
    ),
    _event("delisting", "delisting notice", 25, r"\bdelist"),
    _event("halt", "trading halt", 25, r"\b(?:trading (?:halt|suspen)|halted)"),
    _event(
        "bankruptcy",
        "bankruptcy",
        30,
        r"\b(?:bankruptcy|chapter (?:7|11)|insolven(?:cy|t)|receivership)\b",
    ),
    _event(
        "guidance",
        "outlook",
        30,
        r"\b(?:guidance|outlook|forecasts?|profit warning|warns? (?:of|on|that))\b",
    ),
    _event(
        "results",
        "results",
        30,
        r"\b(?:(?:quarter|half|year)(?:ly)? (?:results|profit|revenue|sales|earnings|loss)"
        r"|results|earnings|revenue|net (?:income|profit|loss)|EPS|Q[1-4]|deliveries)\b",
    ),
    _event(
        "deal",
        "deal",
        30,
        r"\b(?:acqui(?:re|res|red|sition)|mergers?|merge|takeover|buyout|tender offer|to buy"
        r"|stake in|spin-?off|joint venture|partnership|partners with|contract|deal)\b",
    ),
    _event(
        "lawsuit",
        "lawsuit",
        20,
        r"\b(?:lawsuits?|sues?|sued|settle(?:s|d|ment)|fine[ds]?|verdict|jury|court)\b",
    ),
    _event(
        "probe",
        "probe",
        25,
        r"\b(?:probes?|investigat(?:es?|ion|ing)|inquiry|antitrust|anti-monopoly|subpoena"
        r"|raid(?:ed|s)?|fraud|short seller)\b",
    ),
    _event(
        "popularity",
        "downloads",
        20,
        r"\b(?:downloads?|downloaded|installs|monthly active|active users|most popular)\b",
    ),
    _event(
        "regulation",
        "rules",
        20,
        r"\b(?:regulators?|tariffs?|export (?:curbs?|controls?|licen[cs]es?)|bans?|banned|sanctions?"
        r"|blacklist|approv(?:es?|ed|al)|rules?|subsid(?:y|ies)|stimulus|(?:state|national) plan"
        r"|plans? (?:for|to)|action plan)\b",
    ),
    _event("buyback", "buyback", 20, r"\b(?:buy-?backs?|repurchases?|dividends?|stock split)\b"),
    _event(
        "people",
        "leadership change",
        20,
        r"\b(?:CEO|CFO|chief executive|chairman)\b.*\b(?:steps? down|resigns?|quits?|leaves?"
        r"|ousted|appoint(?:s|ed)|named|succeed)|\b(?:layoffs?|job cuts?|cuts? jobs)\b",
    ),
    _event(
        "product",
        "launch",
        15,
        r"\b(?:launch(?:es|ed)?|unveils?|unveiled|releases?|released|introduces?|rolls? out"
        r"|debuts?|open-sources?|orders?|chips?)\b",
    ),
    _event(
        "prices",
        "prices",
        15,
        r"\b(?:prices?|demand|supply|supplies|shortages?|glut|inventories|shipments?)\b",
    ),
    _event("impairment", "impairment", 20, r"\b(?:impairments?|write-?(?:downs?|offs?))\b"),
    _event("restructuring", "restructuring", 20, r"\brestructur(?:e[sd]?|ing)\b"),
    _event("accounts", "accounts", 20, r"\b(?:auditors?|restate(?:s|d|ments?)?)\b"),
    _event(
        "filing",
        "filing",
        10,
        r"\b(?:8-K|10-[KQ]|13[DFG]|6-K|20-F|files? (?:with|for)|prospectus)\b",
    ),
)

_UNCONFIRMED = re.compile(
    r"\b(?:rumou?rs?|reportedly|said to (?:be|have|plan|consider)|in talks|could|may|might"
    r"|consider(?:s|ing)|weigh(?:s|ing)|explor(?:es|ing)|people familiar|sources?(?: say)?)\b",
    re.IGNORECASE,
)


_BY_KIND = {event.kind: event for event in EVENTS}


def event_of(title: str, summary: str = "") -> Event:
    """The kind of event the title reports, else the summary; `NONE` where neither says."""
    if filed := kind_of(title):
        return _BY_KIND[filed]
    in_title = next((event for event in EVENTS if event.pattern.search(title)), NONE)
    if in_title is not NONE or not summary:
        return in_title
    return next((event for event in EVENTS if event.real and event.pattern.search(summary)), NONE)


def unconfirmed(title: str) -> bool:
    """Whether a headline itself says that it is not certain."""
    return _UNCONFIRMED.search(title) is not None
