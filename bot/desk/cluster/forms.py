"""
In which form is a headline written: as news, or in one of the forms that repeat themselves?

In a form ("Q1 earnings call highlights", "3 stocks to buy") likeness of words says nothing;
only what fills it does.
"""

from __future__ import annotations

import re

NEWS, MOVES, SESSION = "news", "moves", "session"

_MOVED = (
    r"(?:rise|jump|fall|drop|surge|soar|sink|slide|tumble|plunge|gain|slip|climb|pop|dip|plummet"
    r"|move)s?|crash(?:es)?|rall(?:y|ies)|up|down|higher|lower|trading"
)
_FORMS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            SESSION,
            (
                r"^sector update|^(?:us )?(?:equit(?:y|ies)|stocks?|markets?|futures"
                r"|exchange-traded funds|etfs?)\b.*(?:pre-bell|intraday|midday|pre-?market|afternoon"
                r"|close|morning)|^stock market today|^dow jones|daily open|morning squawk"
                r"|^closing bell|^s&p 500|^nasdaq |^wall street (?:ends|opens|closes)|^stock futures"
                r"|most active|biggest moves|movers|unusual volume|gapping|morning bid|final trades"
                r"|^(?:market open|opening bell|the look ahead)|stock market news|\bcd rates\b"
            ),
        ),
        (
            "transcript",
            (
                r"earnings call (?:transcript|summary)|call presentation|transcript"
                r"|to present at|presents at|to participate in"
            ),
        ),
        (
            "highlights",
            r"call highlights|deep dive|earnings snapshot|call: key|top questions|takeaways",
        ),
        (
            "list",
            (
                r"\b(?:\d+|two|three|four|five|six|seven|ten) (?:[\w'&-]+ ){0,4}(?:stocks?|shares"
                r"|things|reasons|etfs?|funds|picks|ways|charts|dividend|growth)\b"
                r"|\bbest\b.*\bstocks?\b|\btop (?:[\w-]+ ){0,3}(?:stocks?|picks)\b"
                r"|stocks to (?:buy|watch)|should you buy|better buy|is it time|too late|zacks"
                r"|worth this much|would have made|invested in"
            ),
        ),
        ("why", r"\bwhy\b|here's what|need to know|what it means|what happened|explained|going on"),
        (
            "target",
            (
                r"price target|target price|\bPT\b|(?:raises|cuts|lowers|lifts|boosts) target"
                r"|maintains (?:buy|overweight|neutral|outperform|equal|hold|in-line|sector|market"
                r"|underweight|sell|positive)|reiterates"
            ),
        ),
        ("rating", r"\bupgrade|\bdowngrade|\bcoverage\b"),
        ("question", r"\?"),
        (
            "opinion",
            (
                r"\bhow\b|valuation|\bbull(?:s|ish)? (?:case|thesis)|\bnarrative|undervalued"
                r"|investment (?:story|case|thesis)|investors? (?:focus|should)|^[\w&. ]+: [A-Z]"
            ),
        ),
        (
            "preview",
            r"preview|ahead of|what to expect|expected to|set to report|to watch|to report",
        ),
        (MOVES, rf"\b(?:stock|shares?)\b.*\b(?:{_MOVED})\b"),
    )
)
REPEATING = frozenset(name for name, _ in _FORMS) - {MOVES, "rating"}


def form_of(text: str) -> str:
    """The form's name; `NEWS` where there is none."""
    return next((name for name, pattern in _FORMS if pattern.search(text)), NEWS)
