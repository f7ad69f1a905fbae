"""
What marks a headline as news that moves a price, or as talk around it?

Any number of traits may fit one headline; how much each speaks for or against a cause is not
said here but in the weights. The names of the traits are the words that people read.
"""

from __future__ import annotations

import re

SHARES = r"(?:shares?|stocks?)"
UP = (
    r"(?:ris(?:e|es|ing)|rose|jump(?:s|ed|ing)?|gain(?:s|ed|ing)?|surg(?:e|es|ed|ing)"
    r"|soar(?:s|ed|ing)?|climb(?:s|ed|ing)?|rall(?:y|ies|ied|ying)|pop(?:s|ped|ping)?|higher|up"
    r"|advance[sd]?|leap(?:s|t)?|skyrocket\w*|rocket\w*|spike[sd]?|rebound\w*|outperform\w*)"
)
DOWN = (
    r"(?:fall(?:s|ing)?|fell|drop(?:s|ped|ping)?|slip(?:s|ped|ping)?|slid(?:e|es|ing)?"
    r"|sink(?:s|ing)?|sank|tumbl(?:e|es|ed|ing)|plung(?:e|es|ed|ing)|plummet\w*|lower|down"
    r"|dip(?:s|ped|ping)?|slump(?:s|ed|ing)?|sell-?off|declin\w*|tank(?:s|ed)?|crash\w*"
    r"|crater\w*|dives?)"
)
_FIGURES = r"(?:eps|earnings|revenues?|profits?|sales|results)"
_BAR = r"(?:estimates?|views?|expectations|forecasts?|consensus)"
_BEATS = r"(?:beats?|miss(?:es)?|tops?|topped|surpass(?:es)?|exceeds?|lags?)"

MOVERS = "a round-up of many stocks"
MARKET = "about the whole market"
SCHEDULE = "looks ahead, nothing happened yet"
RECAP = "explains a move afterwards"
OPINION = "investing advice"
QUESTION = "asks a question"
COMMENT = "a public figure's opinion"
MOVED = "says how the shares moved"
COLUMN = "a column's title"
AFTERMATH = "details of a report already out"
ROUTINE = "routine company notice"
TARGET = "an analyst's price target"
RATING = "an analyst's rating"
RESULTS = "quarterly figures"
OUTLOOK = "outlook or warning"
DEAL = "a deal or an order"
HEALTH = "a medicine's trial or approval"
LEGAL = "courts and investigations"
POLICY = "government and trade rules"
CAPITAL = "buyback, dividend or debt"
PEOPLE = "a change at the top"
INSIDER = "somebody bought or sold shares"
JOBS = "job cuts"
PRODUCT = "a launch or an announcement"
VOLUMES = "deliveries, orders, users"
PRICES = "prices and demand"
SOURCED = "reported by others, or plans"
RELEASE = "in the voice of a company release"
NOTHING = "of no kind the desk knows"

TALK = frozenset({MOVERS, MARKET, SCHEDULE, RECAP, OPINION, QUESTION, AFTERMATH})
EVENTFUL = frozenset(
    {RATING, RESULTS, OUTLOOK, DEAL, HEALTH, LEGAL, POLICY, CAPITAL, PEOPLE, INSIDER, JOBS}
    | {PRODUCT, VOLUMES}
)


def _trait(name: str, pattern: str) -> tuple[str, re.Pattern[str]]:
    return name, re.compile(pattern)


_TRAITS: tuple[tuple[str, re.Pattern[str]], ...] = (
    _trait(
        MOVERS,
        r"\b(?:\d+ )?(?:[\w&']+ ){0,3}stocks? (?:moving|making|that hit|whale)|\bmovers\b"
        r"|\bmost[- ](?:active|searched)|\bsession\b.*\bs&p|s&p ?500.*\bsession"
        r"|\bgap(?:ping)?\b.*\bs&p|\bwhale (?:alerts?|activity)|\bstocks making the biggest"
        r"|\btop (?:\d+ )?(?:upgrades|stories)|52-week (?:lows|highs)|unusual volume"
        r"|stocks to watch|\btop midday stories|\bcompany news for\b|\bprice[- ]target (?:changes|round-?up)"
        r"|\bupgrades, downgrades\b|\banalyst calls|heard on the street|final trades?\b"
        r"|cramer'?s|\bmust-see|\bmorning squawk|daily open|wall street (?:lunch|breakfast|brunch)",
    ),
    _trait(
        MARKET,
        r"\b(?:dow|nasdaq|s&p 500|equity (?:futures|indexes|markets)|stock futures|stock index"
        r"|futures (?:up|down|edge)|stock market|wall street|treasury yields|sector update"
        r"|indexes|premarket|pre-bell|peek into the markets|stocks? (?:close|end|open|mixed|extend)"
        r"|etfs?|mag(?:nificent)? ?(?:7|seven)|bitcoin|crypto\w*|fed|fomc|inflation|cpi)\b",
    ),
    _trait(
        SCHEDULE,
        r"\bearnings scheduled\b|\bpreview\b|\bahead of (?:q[1-4]|earnings|results|report)"
        r"|\bearnings (?:outlook|on deck|are coming|will|could|what to|loom)"
        r"|\bwhat to (?:watch|expect)|\bexpected\b|\bweek ahead\b|\bupcoming\b|\bnext week|\bthis week"
        r"|\b(?:before|pre-?|ahead of|into) (?:q\d )?(?:earnings|results)\b|\bin store\b"
        r"|\bwill .*\bbeat\b|\bstay tuned|\bwhat you need to know|\bpre-(?:q\d )?earnings"
        r"|\bwill report|\bto report\b",
    ),
    _trait(
        RECAP,
        rf"^why\b|\bwhy (?:is |are )?.*\b{SHARES}\b|\bwhat'?s going on\b|\bwhat happened\b"
        r"|\bhere'?s (?:why|what)\b|\bwhat (?:it|this|that) means\b|\bwhat you need\b"
        r"|\bhow (?:investors|the market)\b|\bexplained\b|\bexplainer\b",
    ),
    _trait(
        OPINION,
        r"\bbuy(?:,| or) (?:sell|hold)|\ba (?:good |strong |better )?(?:stock to )?buy\b"
        r"|\bto buy (?:now|today|right|before|and hold)|\bshould (?:you|investors?)\b"
        r"|\bprediction\b|\bbetter (?:buy|stock|value|ai|dividend)|\bvs\.? |\bversus\b"
        r"|\bis it (?:time|too late)|\bbull(?:ish)? case|\bvaluation\b|\bundervalued\b"
        r"|\bovervalued\b|\bdividend (?:stocks?|king|aristocrat)|\bretire\w*\b|\bmillionaire"
        r"|\bbillionaire|\bforget\b|\b(?:best|top) (?:\w+ ){0,3}(?:stocks?|etfs?)"
        r"|\b\d+ (?:\w+[ -]){0,4}(?:stocks?|etfs?|reasons|things|companies|ways|charts?)\b"
        r"|\bwhere will\b|\bif you(?:'d)? (?:had )?invested|\$1,?000 invested|\bin \d+ years\b"
        r"|\btrending stock|\bnarrative\b|\btime to\b|\blong-term\b|\bportfolio\b|\bstrong buy\b"
        r"|\bwall street (?:analysts|thinks|says|bulls)|\bjim cramer|\bheavily search"
        r"|\bthe case for\b|\bworth\b|\bsma\b|\btechnical|\bfair value|\bno-brainer"
        r"|\bgrowth stock|\bhedge fund|\b13f\b|\bstake in\b.*\bfund|\bposition (?:in|worth)"
        r"|\bnew position\b|\bget rich|\bmonster\b|\bcould (?:soar|double|triple|surge)"
        r"|\bultimate\b|\boutlook for\b|\bpassive income|\bdip\b|\bmarket cap\b"
        r"|rating (?:upgrade|downgrade)\)|\((?:upgrade|downgrade)",
    ),
    _trait(QUESTION, r"\?"),
    _trait(
        COMMENT,
        r"\bsays .*\b(?:think|believe)|\bcathie wood|\bsenator|\bcongress\w*|\btrump\b.*\bstocks\b",
    ),
    _trait(
        MOVED,
        rf"\b{SHARES}\b(?:\W+\w+){{0,3}}?\W+(?:{UP}|{DOWN})\b"
        rf"|\b(?:{UP}|{DOWN})\b(?:\W+\w+){{0,2}}?\W+{SHARES}\b"
        rf"|\bstock is (?:up|down|rising|falling|dropping)|\b(?:{UP}|{DOWN}) \d+(?:\.\d+)?%"
        r"|\bshares? (?:move|trade)",
    ),
    _trait(COLUMN, r"^[\w&'. -]{2,40}(?: \([\w.: ]+\))?: [a-z]"),
    _trait(
        AFTERMATH,
        r"\bcall (?:transcript|highlights|presentation|summary)|\btranscript\b|\bearnings call\b"
        r"|\bkey metrics\b|\btakeaways\b|\bearnings: how|\brecap\b|\binsights\b|\bearnings summary"
        r"|\bdeep dive\b",
    ),
    _trait(
        ROUTINE,
        r"\b(?:conference|presents? at|fireside|webcast|to participate|market (?:report|research)"
        r"|report 20\d\d|esg|sustainability|foundation|donat\w+|awards?|scholarship|community"
        r"|celebrat\w+|named (?:a )?leader|magic quadrant|appoints?|annual meeting|podcast"
        r"|newsletter|interview|customers?|integration|appointed|charging)\b",
    ),
    _trait(
        TARGET,
        r"\b(?:maintains|reiterates|reaffirms|keeps|raises|lowers|cuts|hikes|lifts|boosts|trims?"
        r"|trimmed|slashes)\b.*\b(?:price )?(?:target|pt)\b|\bprice[- ]target\b|\bmaintains\b",
    ),
    _trait(
        RATING,
        r"\b(?:upgrade[sd]?|downgrade[sd]?|initiat(?:es|ed) coverage|initiates|reinstates"
        r"|cut to (?:sell|hold|neutral)|cuts .* to (?:neutral|hold|sell|underperform))\b",
    ),
    _trait(
        RESULTS,
        rf"\b(?:q[1-4]|first|second|third|fourth|full)\b.*\b(?:{_FIGURES}|sees)\b"
        rf"|\b(?:{_FIGURES}|{_BAR})\b.*\b(?:{_BEATS}|inline)\b"
        rf"|\b{_BEATS}\b.*\b(?:{_BAR}|revenue|profits?|earnings)\b|\breports? .*(?:quarter|results)"
        r"|\bquarter(?:ly)?\b.*\b(?:profit|results|revenue|loss|sales)|\bearnings\b|\bq[1-4]\b",
    ),
    _trait(
        OUTLOOK,
        r"\b(?:guid(?:ance|es|ed)|outlook|forecasts?|sees (?:q\d|fy|20|full|earnings|sales|adj)"
        r"|warns?|profit warning|raises? (?:\w+ ){0,3}(?:outlook|forecast|view|guidance)"
        r"|reaffirms? .*fy|capex|hikes? spending|spending)\b|^\S+(?: \S+){0,3} (?:expects|sees)\b",
    ),
    _trait(
        DEAL,
        r"\b(?:acqui(?:re|res|red|sition)|mergers?|merge|takeover|buyout|tender offer|buying"
        r"|to buy|buys|bids?|agrees|agreement|sign(?:s|ed)|deals?|partner(?:s|ship|ed)?"
        r"|collaborat\w+|contract|joins?|teams? up|inks?|lands?|wins?|orders?|awarded|strikes"
        r"|alliance|tie-?up|pact|invest(?:s|ment)?|stake|joint venture|spin-?off|sells?|sale of"
        r"|divest\w*|supply|supplies)\b",
    ),
    _trait(
        HEALTH,
        r"\b(?:fda|phase (?:\d|i+)\b|trial|approv(?:es|al|ed)|topline|clinical|clearance|chmp"
        r"|endpoint|drug|ema\b|european commission|efficacy|study)\b",
    ),
    _trait(
        LEGAL,
        r"\b(?:lawsuits?|sues?|sued|settle(?:s|d|ment)?|fine[ds]?|verdict|jury|court|judge|trial"
        r"|ruling|antitrust|probes?|investigat\w+|inquiry|subpoena|raid(?:ed|s)?|fraud"
        r"|short[- ]seller|recall(?:s|ed)?|doj|ftc|sec\b|nhtsa|liable|patent|ban(?:s|ned)?)\b",
    ),
    _trait(
        POLICY,
        r"\b(?:tariffs?|export (?:rules|curbs?|controls?|licen[cs]es?|permits?)|regulators?|rules?"
        r"|medicare|cms|white house|trump|administration|sanctions?|pentagon"
        r"|department of (?:war|defense)|subsid(?:y|ies)|china|beijing|government)\b",
    ),
    _trait(
        CAPITAL,
        r"\b(?:buy-?backs?|repurchases?|dividends?|stock split|share repurchase|offering|notes"
        r"|debt (?:offering|raise|sale)|bond (?:sale|deal|offering)|convertible)\b",
    ),
    _trait(
        PEOPLE,
        r"\b(?:ceo|cfo|coo|chief executive|chairman|co-founder|president)\b.*\b(?:steps? down"
        r"|resigns?|quits?|leav(?:es|ing)|ousted|appoint(?:s|ed)|named|succeed\w*|exit|depart\w*"
        r"|transition|out\b|to leave|retir\w+)|\b(?:steps? down|departure|resigns?|exit)\b",
    ),
    _trait(
        INSIDER,
        r"\b(?:purchas(?:es|ed)|buys?|bought|sells?|sold) (?:[\d,.$mk]+ )?(?:shares|stock|million)"
        r"|\binsider\b|\bshares of .* at average",
    ),
    _trait(
        JOBS,
        r"\b(?:layoffs?|job cuts?|cuts? (?:\w+ )?jobs|laying off|lays off|cut \d+|workforce"
        r"|restructuring|headcount)\b",
    ),
    _trait(
        PRODUCT,
        r"\b(?:launch(?:es|ed)?|unveils?|unveiled|releases?|released|introduces?|rolls? out|debuts?"
        r"|announces?|new .*(?:model|chip|pill)|starts production|production|tape out)\b",
    ),
    _trait(
        VOLUMES,
        r"\b(?:deliver(?:y|ies)|shipments?|sales (?:jump|fall|rise|drop|surge|growth)|registrations"
        r"|output|unit sales|comparable sales|comps?|monthly sales|bookings|traffic|backlog|orders"
        r"|downloads?|users|subscribers)\b",
    ),
    _trait(PRICES, r"\b(?:prices?|demand|shortages?|glut|inventories|oil|crude|gas)\b"),
    _trait(
        SOURCED,
        r"\breport(?:s|ed|edly)?\b(?! (?:first|second|third|fourth|q\d|earnings|results))"
        r"|\b(?:sources?|market chatter|exclusive|in talks|nears?|weighs?|mulls?|considers?|hearing"
        r"|unconfirmed|rumou?r\w*|exploring|plans?|bloomberg|reuters|wsj|financial times"
        r"|the information|axios)\b",
    ),
    _trait(
        RELEASE,
        r"\b(?:announces?|reports?|completes?|commences?|declares?|enters?|receives?|expands?"
        r"|signs?|selects?|to present|prices public)\b",
    ),
)


def plain(title: str) -> str:
    """The title in lower case with straight apostrophes: what all patterns here expect."""
    return title.replace("’", "'").replace("‘", "'").lower()


def traits(text: str) -> frozenset[str]:
    """Every trait of a `plain` headline; `NOTHING` alone where none fits."""
    found = frozenset(name for name, pattern in _TRAITS if pattern.search(text))
    return found or frozenset({NOTHING})
