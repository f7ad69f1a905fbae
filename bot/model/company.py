"""Who is listed: the register of companies, and what people call them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Company:
    """
    One issuer. `ticker` is its primary share, `listings` all its symbols; `name` is as registered.

    `rank` is its place in the register, which lists the largest first; `otc` says that it
    trades over the counter only.
    """

    ticker: str
    name: str
    rank: int
    listings: tuple[str, ...] = ()
    otc: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """
    What editors call the issuer of `ticker`.

    `weak` are those of its names that often mean something else; `never` are phrases that hold
    a name and mean something else; `rates` is a house whose name mostly signs ratings.
    """

    ticker: str
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    rates: bool = False
