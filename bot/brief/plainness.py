"""
Are these words plain? The word lists of the stylebook, for our own words only.

Names, tickers, quotations and links are masked by the caller before the lists are asked.
"""

from __future__ import annotations

import re

HYPE = re.compile(
    r"\b(?:soar|plunge|crash|skyrocket|moon|rocket|tank|plummet|surge|tumble|explode|nosedive)"
    r"(?:s|es|ed|ing)?\b",
    re.IGNORECASE,
)
ADVICE = re.compile(
    r"\b(?:buy|buys|buying|sell|sells|selling|should|must|opportunity|opportunities|target|targets"
    r"|recommend(?:s|ed|ation)?|bargain|undervalued|overvalued|will|guaranteed?)\b",
    re.IGNORECASE,
)
CAUSAL = re.compile(
    r"\b(?:because|due to|caused by|driven by|thanks to|on the back of|owing to)\b", re.IGNORECASE
)
SEQUENCE = re.compile(r"\b(?:after|following|as|before)\b", re.IGNORECASE)
APPROXIMATE = re.compile(
    r"\b(nearly|almost|more than|over|about|roughly|around)[ *_]+"
    r"([+\-−]?\d[\d,]*(?:\.\d+)?)(?:%| per ?cent)",
    re.IGNORECASE,
)
SHOUT = re.compile(r"\b(?:[A-Z]\d*){6,}\b")
PLURAL = re.compile(r"\b(?:reports|sources) (?:say|said|suggest|claim|show)\b", re.IGNORECASE)


def loud(text: str) -> str:
    """The first word of a headline that shouts: "!", a word in capitals, or hype; "" for none."""
    if "!" in text:
        return "!"
    found = SHOUT.search(text) or HYPE.search(text)
    return found[0] if found else ""


def plain_enough(topic: str) -> bool:
    """Whether a topic taken from a headline may stand in our own headline."""
    others = (ADVICE, CAUSAL, APPROXIMATE, PLURAL)
    return not loud(topic) and not any(words.search(topic) for words in others)
