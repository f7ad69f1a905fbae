"""Two thousand invented listings as Yahoo would quote them, and a server that does nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

BATCH = 50
CLOSE = 100.0
A_DAY = 86_400


def tickers(many: int) -> list[str]:
    """T0000, T0001, …"""
    return [f"T{number:04}" for number in range(many)]


def answers(names: Sequence[str], at: datetime, round_: int) -> list[str]:
    """The bodies of /v7/finance/quote for all of them, 50 a request; prices differ by round."""
    batches = [names[start : start + BATCH] for start in range(0, len(names), BATCH)]
    return [
        json.dumps(
            {
                "quoteResponse": {
                    "result": [row(name, at, _percent(name, round_)) for name in batch],
                    "error": None,
                }
            }
        )
        for batch in batches
    ]


def row(name: str, at: datetime, percent: float) -> dict[str, object]:
    """What Yahoo tells of a listing in regular hours, in the fields that the desk asks for."""
    price = round(CLOSE * (1 + percent / 100), 2)
    stamp = int(at.timestamp())
    results = stamp // A_DAY * A_DAY + 24 * A_DAY
    return {
        "language": "en-US",
        "region": "US",
        "quoteType": "EQUITY",
        "typeDisp": "Equity",
        "quoteSourceName": "Nasdaq Real Time Price",
        "triggerable": True,
        "customPriceAlertConfidence": "HIGH",
        "currency": "USD",
        "marketState": "REGULAR",
        "exchange": "NMS",
        "fullExchangeName": "NasdaqGS",
        "exchangeTimezoneName": "America/New_York",
        "exchangeTimezoneShortName": "EST",
        "gmtOffSetMilliseconds": -18000000,
        "market": "us_market",
        "esgPopulated": False,
        "hasPrePostMarketData": True,
        "firstTradeDateMilliseconds": 345479400000,
        "priceHint": 2,
        "exchangeDataDelayedBy": 0,
        "sourceInterval": 15,
        "tradeable": False,
        "cryptoTradeable": False,
        "corporateActions": [],
        "shortName": f"{name} Incorporated",
        "longName": f"{name} Incorporated",
        "averageDailyVolume3Month": 4_000_000,
        "marketCap": int(price * 500_000_000),
        "earningsTimestamp": results,
        "earningsTimestampStart": results,
        "earningsTimestampEnd": results + 4 * A_DAY,
        "isEarningsDateEstimate": True,
        "regularMarketPrice": price,
        "regularMarketTime": stamp,
        "regularMarketPreviousClose": CLOSE,
        "regularMarketChange": price - CLOSE,
        "regularMarketChangePercent": (price / CLOSE - 1) * 100,
        "regularMarketDayHigh": round(CLOSE * 1.2, 2),
        "regularMarketDayLow": round(CLOSE * 0.8, 2),
        "regularMarketVolume": 1_500_000,
        "symbol": name,
    }


def _percent(name: str, round_: int) -> float:
    """Between -4.5 and +4.5 and a little different every time, as a market is."""
    spread = (int(name[1:]) * 37 % 91 - 45) / 10
    return spread + ((int(name[1:]) + round_) % 7 - 3) / 100


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    at: datetime

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query).get("symbols", [""])[0]
        body = "crumb" if "getcrumb" in self.path else "{}"
        if asked:
            body = answers(asked.split(","), self.at, 0)[0]
        self.send_response(200)
        self.send_header("Content-Type", "application/json" if asked else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: every line would cost more than the answer."""


if __name__ == "__main__":
    _Handler.at = datetime.fromisoformat(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
