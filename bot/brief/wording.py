"""
How does a number become words? Here, and nowhere else.

One rounding rule for every figure: half away from zero (ROUND_HALF_UP), which is what a
reader with a pocket calculator gets. Every clock time carries its zone.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

MINUS = "\N{MINUS SIGN}"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_BEFORE = {
    "USD": "$",
    "HKD": "HK$",
    "CAD": "C$",
    "AUD": "A$",
    "SGD": "S$",
    "TWD": "NT$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "CNY": "CN¥",
    "INR": "₹",
    "KRW": "₩",
}
_WHOLE = frozenset({"JPY", "KRW"})
_PENCE = frozenset({"GBp", "GBX"})
_BILLION, _MILLION = Decimal(10) ** 9, Decimal(10) ** 6


def rounded(value: Decimal, places: int) -> Decimal:
    """Return `value` to `places` decimals, half away from zero; never a negative zero."""
    step = Decimal(1).scaleb(-places)
    return value.quantize(step, rounding=ROUND_HALF_UP) + Decimal(0)


def money(amount: Decimal, currency: str) -> str:
    """ "$165.68", "HK$148.30", "308.8p", "165.68 XYZ"; four decimals or digits below 1."""
    if currency in _PENCE:
        return f"{_pence(amount)}p"
    places = decimals(amount)
    if currency in _WHOLE and amount == rounded(amount, 0):
        places = 0
    figure = f"{rounded(amount, places):,f}"
    sign = _BEFORE.get(currency)
    return f"{figure} {currency}".rstrip() if sign is None else f"{sign}{figure}"


def decimals(amount: Decimal) -> int:
    """How many decimals a price is printed with: two, four below 1, four digits below a cent."""
    if abs(amount) >= 1:
        return 2
    return max(4, 3 - amount.adjusted()) if amount else 4


def percent(value: Decimal) -> str:
    """ "+9.8%", "−2.1%"; "0.0%" has no sign."""
    figure = rounded(value, 1)
    sign = "+" if figure > 0 else MINUS if figure < 0 else ""
    return f"{sign}{abs(figure)}%"


def size(value: Decimal) -> str:
    """The percent without its sign, for use beside a verb: "rises 9.8%"."""
    return f"{abs(rounded(value, 1))}%"


def level(value: Decimal) -> str:
    """A threshold in percent, as short as it is exact: "3%", "2.5%"."""
    return f"{value.normalize():f}%"


def flat(value: Decimal) -> bool:
    """Whether a percent is nought as printed, so that no verb of direction fits."""
    return rounded(value, 1) == 0


def points(value: Decimal, against: Decimal) -> Decimal:
    """The plain difference of the two figures as printed, so that a reader can check it."""
    return rounded(value, 1) - rounded(against, 1)


def apart(value: Decimal, against: Decimal, name: str) -> str:
    """ "6.7 points above KWEB", "level with KWEB"."""
    gap = points(value, against)
    if gap == 0:
        return f"level with {name}"
    return f"{abs(gap)} points {'above' if gap > 0 else 'below'} {name}"


def times(value: Decimal) -> str:
    """ "3.5 times"; whole from ten on: "12 times"."""
    return f"{rounded(value, 0 if rounded(value, 1) >= 10 else 1)} times"


def shares(count: int) -> str:
    """ "18.4m shares", "1.2bn shares", "840,000 shares"."""
    millions = rounded(count / _MILLION, 1)
    if count < _MILLION:
        return f"{count:,} {'share' if count == 1 else 'shares'}"
    if millions < 1000:
        return f"{millions}m shares"
    return f"{rounded(count / _BILLION, 1)}bn shares"


def counted(count: int, noun: str) -> str:
    """ "1 headline", "31 headlines"."""
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def span(time: timedelta) -> str:
    """ "3 minutes", "2 hours", "less than a minute"; whole units, rounded down."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return counted(minutes, "minute")
    return counted(minutes // 60, "hour") if minutes < 2880 else counted(minutes // 1440, "day")


def split(amount: Decimal) -> str:
    """Shares after a split for shares before it: "2-for-1", "1-for-10"."""
    ratio = Fraction(amount).limit_denominator(1000)
    return f"{ratio.numerator}-for-{ratio.denominator}"


def clock(at: datetime, zone: str) -> str:
    """ "11:08 EST"; a zone without letters of its own is told as "UTC+4"."""
    local = at.astimezone(ZoneInfo(zone))
    name = local.tzname() or "UTC"
    return f"{local:%H:%M} {name if name.isalpha() else 'UTC' + _offset(name)}"


def hour(at: datetime, zone: str) -> str:
    """ "11:08", beside a clock time that has told the zone."""
    return clock(at, zone).partition(" ")[0]


def day(on: date) -> str:
    """ "Jan 9"."""
    return f"{MONTHS[on.month - 1]} {on.day}"


def full_day(on: date) -> str:
    """ "Jan 9, 2026"."""
    return f"{day(on)}, {on.year}"


def weekday(on: date) -> str:
    """ "Friday"."""
    return DAYS[on.weekday()]


def local_day(at: datetime, zone: str) -> date:
    """The date on the wall of `zone`."""
    return at.astimezone(ZoneInfo(zone)).date()


def stamp(at: datetime, zone: str, today: date) -> str:
    """ "07:42 EST" today, "Jan 9, 21:10 EST" on another day, with the year in another year."""
    on = local_day(at, zone)
    if on == today:
        return clock(at, zone)
    return f"{day(on) if on.year == today.year else full_day(on)}, {clock(at, zone)}"


def _pence(amount: Decimal) -> str:
    """Up to the decimals of any price, and at least one: 308.8, 45.62, 0.125."""
    figure = f"{rounded(amount, decimals(amount)):,f}"
    whole, _, part = figure.partition(".")
    return f"{whole}.{part.rstrip('0') or '0'}"


def _offset(name: str) -> str:
    """ "+04" → "+4", "+0530" → "+5:30"."""
    sign, hours, minutes = name[0], int(name[1:3]), name[3:].lstrip(":")
    return f"{sign}{hours}" + (f":{minutes}" if minutes else "")
