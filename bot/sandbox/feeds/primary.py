"""Documents as EDGAR and Nasdaq's list of halts write them, with their own turns of phrase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("America/New_York")
_DECLARATION = '<?xml version="1.0" encoding="ISO-8859-1" ?>\n'
_ARCHIVE = "https://www.sec.gov/Archives/edgar/data"


@dataclass(frozen=True, slots=True)
class Company:
    """As EDGAR's register has it: "MICRON TECHNOLOGY INC", 723125."""

    name: str
    cik: int


@dataclass(frozen=True, slots=True)
class Filing:
    """
    `accession` is EDGAR's number of it, `at` when it was accepted, `filed` the day it counts as
    filed on; `items` are lines such as "Item 2.02: Results of Operations and Financial Condition".
    """

    company: Company
    form: str
    accession: str
    at: datetime
    items: tuple[str, ...] = ()
    filed: date | None = None


@dataclass(frozen=True, slots=True)
class Halted:
    """A row of the list of halts: the exchange's symbol, its code, and when trading goes on."""

    symbol: str
    code: str
    at: datetime
    quotes_at: datetime | None = None
    resumes_at: datetime | None = None


def company_filings(company: Company, filings: Iterable[Filing]) -> bytes:
    """What EDGAR answers for one company, the newest filing first: no entry names the company."""
    entries = "".join(_entry(one, f"{one.form}  - {_described(one.form)}") for one in filings)
    head = (
        f"<author><email>webmaster@sec.gov</email><name>Webmaster</name></author>\n"
        f"<company-info><cik>{company.cik:010}</cik>"
        f"<conformed-name>{escape(company.name)}</conformed-name></company-info>\n"
    )
    return _feed(f"{escape(company.name)}  ({company.cik:010})", head, entries)


def current_filings(filings: Iterable[Filing]) -> bytes:
    """What EDGAR answers for the latest filings of everybody, the newest first."""
    entries = "".join(
        _entry(one, f"{one.form} - {escape(one.company.name)} ({one.company.cik:010}) (Filer)")
        for one in filings
    )
    return _feed("Latest Filings - Tue, 13 Jan 2026 09:01:03 EST", "", entries)


def halts(rows: Iterable[Halted]) -> bytes:
    """Nasdaq's list, its times on the wall of New York."""
    items = "".join(map(_item, rows))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:ndaq="http://www.nasdaqtrader.com/"><channel>\n'
        "<title>NASDAQTrader.com</title><link>http://www.nasdaqtrader.com</link>"
        f"<description>NASDAQ Trade Halts</description><ttl>1</ttl>\n{items}</channel></rss>\n"
    ).encode()


def _feed(title: str, head: str, entries: str) -> bytes:
    text = (
        f'{_DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom">\n{head}{entries}'
        f"<title>{title}</title></feed>\n"
    )
    return text.encode("iso-8859-1", "xmlcharrefreplace")


def _entry(one: Filing, title: str) -> str:
    accepted = one.at.astimezone(_ZONE).replace(microsecond=0)
    filed = one.filed or accepted.date()
    link = (
        f"{_ARCHIVE}/{one.company.cik}/{one.accession.replace('-', '')}/{one.accession}-index.htm"
    )
    items = "".join(f"<br>{item}" for item in one.items)
    summary = escape(
        f" <b>Filed:</b> {filed} <b>AccNo:</b> {one.accession} <b>Size:</b> 1 MB{items}"
    )
    return (
        f'<entry><category label="form type" scheme="https://www.sec.gov/" term="{one.form}" />\n'
        f'<content type="text/xml"><accession-number>{one.accession}</accession-number>'
        f"<filing-date>{filed}</filing-date><filing-type>{one.form}</filing-type></content>\n"
        f"<id>urn:tag:sec.gov,2008:accession-number={one.accession}</id>\n"
        f'<link href="{link}" rel="alternate" type="text/html" />\n'
        f'<summary type="html">{summary}</summary>\n'
        f"<title>{title}</title><updated>{accepted.isoformat()}</updated></entry>\n"
    )


def _described(form: str) -> str:
    return "Report of foreign issuer" if form == "6-K" else "Current report"


def _item(one: Halted) -> str:
    fields = {
        "HaltDate": _day(one.at),
        "HaltTime": _time(one.at),
        "IssueSymbol": one.symbol,
        "IssueName": f"{one.symbol} Common Stock",
        "Market": "NYSE",
        "ReasonCode": one.code,
        "PauseThresholdPrice": "",
        "ResumptionDate": _day(one.resumes_at or one.quotes_at),
        "ResumptionQuoteTime": _time(one.quotes_at),
        "ResumptionTradeTime": _time(one.resumes_at),
    }
    told = "".join(f"<ndaq:{name}>{value}</ndaq:{name}>" for name, value in fields.items())
    return (
        f"<item><title>{one.symbol}</title><pubDate>Mon, 12 Jan 2026 05:00:00 GMT</pubDate>{told}"
        f"<description><![CDATA[<table><tr><td>{_day(one.at)}</td></tr></table>]]></description>"
        "</item>\n"
    )


def _day(at: datetime | None) -> str:
    return f"{at.astimezone(_ZONE):%m/%d/%Y}" if at else ""


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(_ZONE):%H:%M:%S}" if at else ""
