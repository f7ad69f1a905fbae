"""
What does a company tell its regulator? The forms of the SEC, and the items that an 8-K reports.

A filing's title is in the desk's own words ("Micron Technology files 8-K: results of operations
(item 2.02)"), so that its items, and not its words, say what kind of event it tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.desk import traits as trait

FILED = "an event, as the company filed it"
SHOWN = 2  # items that a title names
_ITEM = re.compile(r"\bitems? (\d\.\d\d)\b", re.IGNORECASE)
_TITLE = re.compile(
    r".+ files (?:(?=\S*\d)[\w/-]{2,12}|(?:SC|SCHEDULE|DEF) [\w/]{3,8})"
    r"(?:: .*?\(item (?P<item>\d\.\d\d)\).*)?"
)


@dataclass(frozen=True, slots=True)
class Item:
    """`kind` is a kind of `bot.desk.events`; the items of lowest `order` come first."""

    words: str
    kind: str
    order: int


_OTHER = "filing"
_ITEMS = (
    ("1.03", "bankruptcy or receivership", "bankruptcy"),
    ("4.02", "earlier accounts no longer to be relied on", "accounts"),
    ("2.02", "results of operations", "results"),
    ("2.01", "completed acquisition or sale", "deal"),
    ("5.01", "change in control", "deal"),
    ("1.01", "material agreement", "deal"),
    ("1.02", "end of a material agreement", "deal"),
    ("3.01", "delisting notice", "delisting"),
    ("2.06", "material impairment", "impairment"),
    ("2.05", "exit or disposal costs", "restructuring"),
    ("4.01", "change of auditor", "accounts"),
    ("5.02", "directors and officers", "people"),
    ("1.05", "cybersecurity incident", _OTHER),
    ("2.04", "obligation due early", _OTHER),
    ("2.03", "new financial obligation", _OTHER),
    ("3.02", "unregistered sale of shares", _OTHER),
    ("3.03", "change to shareholders' rights", _OTHER),
    ("1.04", "mine safety", _OTHER),
    ("5.03", "change to the bylaws", _OTHER),
    ("5.04", "employee plans suspended", _OTHER),
    ("5.05", "change to the code of ethics", _OTHER),
    ("5.06", "change in shell status", _OTHER),
    ("5.07", "vote of shareholders", _OTHER),
    ("5.08", "shareholder nominations", _OTHER),
    ("7.01", "Regulation FD disclosure", _OTHER),
    ("8.01", "other events", _OTHER),
    ("9.01", "exhibits", _OTHER),
)
ITEMS = {code: Item(words, kind, order) for order, (code, words, kind) in enumerate(_ITEMS)}
_EXHIBITS = "9.01"
_MARKS = {"results": trait.RESULTS, "deal": trait.DEAL, "people": trait.PEOPLE}


def items_in(text: str) -> tuple[str, ...]:
    """The items that a text names and the desk knows, the weightiest first; exhibits alone last."""
    found = sorted({code for code in _ITEM.findall(text) if code in ITEMS}, key=_order)
    return tuple(code for code in found if code != _EXHIBITS) or tuple(found)


def title(company: str, form: str, items: Iterable[str]) -> str:
    """ "Micron Technology files 8-K: results of operations (item 2.02)", "Alibaba Group files 6-K"."""
    codes = list(items)
    told = ", ".join(f"{ITEMS[code].words} (item {code})" for code in codes[:SHOWN])
    more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
    return f"{company} files {form}" + (f": {told}{more}" if told else "")


def kind_of(title: str) -> str:
    """The kind of event that the title of a filing tells by its first item; "" for no filing."""
    match = _TITLE.fullmatch(title)
    if match is None:
        return ""
    item = ITEMS.get(match["item"] or "")
    return item.kind if item else _OTHER


def marks(title: str) -> frozenset[str] | None:
    """The traits of a filing's title; None where it is no filing's and its words decide."""
    kind = kind_of(title)
    if not kind:
        return None
    if kind == _OTHER:
        return frozenset({trait.NOTHING})
    return frozenset({FILED} | ({_MARKS[kind]} if kind in _MARKS else set()))


def telling(title: str) -> str:
    """A title's words as far as they have figures and a tone: a filing's, the desk's own, do not."""
    return "" if kind_of(title) else title


def _order(code: str) -> int:
    return ITEMS[code].order
