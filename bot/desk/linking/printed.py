"""
Which tickers does a text print, in the forms editors use?

$BABA, (BABA), NYSE: BABA, BABA:US, BABA.N, 9988.HK, HKEX: 700, and a list of them in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.desk.linking.tokens import words_in

_EXCHANGES = (
    r"(?:NYSE(?: ?American| ?Arca| ?MKT)?|NASDAQ|Nasdaq(?:GS|GM|CM)?|AMEX|CBOE"
    r"|OTC(?:MKTS|QB|QX| ?Pink)?|HKEX|SEHK|HKG|LSE|LON)"
)
_ABROAD = {"HKEX": ".HK", "SEHK": ".HK", "HKG": ".HK", "LSE": ".L", "LON": ".L"}
_CLASSES = (".A", ".B", ".C", ".K")  # of shares: BRK.B
_SYMBOL = r"[A-Z]{1,5}(?:[.-][A-Z])?"
_HOME = r"\d{4,6}\.(?:HK|T|TW|KS|SS|SZ)|[A-Z]{2,5}\.(?:L|AS|DE|PA|SW|CO|TO|MI|MC)"
_MARKED = re.compile(
    rf"(?<![\w$])\$(?P<cash>{_SYMBOL})\b"
    rf"|\b(?P<exchange>{_EXCHANGES})\s?:\s?(?P<listed>[A-Z0-9]{{1,6}}(?:[.-][A-Z]{{1,2}})?)\b"
    rf"|\((?P<bracketed>(?:{_SYMBOL}|{_HOME})(?:, ?{_SYMBOL})*)\)"
    r"|\b(?P<suffixed>[A-Z]{1,5})(?::US| US Equity)\b"
    r"|(?<![\w.])(?P<wired>[A-Z]{1,5})\.(?:N|O|OQ|K|A|P|PK)(?![\w.])"
    rf"|\b(?P<home>{_HOME})\b"
)
# Letters that say something else than a ticker, where nothing else marks them as one.
ABBREVIATIONS = words_in(
    """
    A AI API ATM B BEV C CAD CEO CFO COO CTO D DOE DOJ E ECB EPS ESG ETF EU EV EVS FAQ FBI FCC FDA
    FTC FX GDP GOP GPU H I ICE II III IMF IPO IR IRA IRS IT IV JV LLC LNG M MOU NAV NDA NFT NHS
    OPEC PC PDF PE PM PR PT Q R RSI S SEC SPAC T TV UAE UK UN US USA USD V VC VR X Y YTD
    AB AG BLA CO CORP CRL EUA INC LP LTD NV PDUFA PLC SA SE
    """
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A symbol where a text prints it; `sure` where the form allows no other reading."""

    symbol: str
    words: str
    start: int
    end: int
    sure: bool


def printed(text: str) -> Iterator[Printed]:
    """The symbols of a text, whether or not anybody is listed under them."""
    for match in _MARKED.finditer(text):
        group = match.lastgroup or ""
        listed = [symbol.strip() for symbol in match[group].split(",")]
        for symbol in listed:
            yield Printed(
                symbol=_as_listed(symbol, match["exchange"] or ""),
                words=match.group().strip("()") if len(listed) == 1 else symbol,
                start=match.start(),
                end=match.end(),
                sure=group != "bracketed" or len(listed) > 1 or symbol not in ABBREVIATIONS,
            )


def _as_listed(symbol: str, exchange: str) -> str:
    """The symbol as registers write it: BRK-B, 0700.HK, BARC.L."""
    abroad = _ABROAD.get(exchange, "")
    if abroad and "." not in symbol:
        return f"{symbol.zfill(4) if symbol.isdigit() else symbol}{abroad}"
    return symbol.replace(".", "-") if symbol.endswith(_CLASSES) else symbol
