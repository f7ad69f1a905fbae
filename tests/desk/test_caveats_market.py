"""Caveats about the figure and the listing: each stands on its evidence, to the edge of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.brief import plainness
from bot.desk.caveats import warn
from bot.model.brief import Comparison, Context
from bot.model.gathered import Gathered
from bot.model.market import ActionKind, CorporateAction, Instrument, InstrumentKind
from tests.builders import BABA, DAY, at, catalyst, daily, gathered, instrument, move, quote

FRIDAY = date(2026, 1, 9)


def texts(known: Gathered, context: Context | None = None) -> dict[str, str]:
    found = warn(known, catalyst(), context or Context())
    return {caveat.code: caveat.text for caveat in found}


def text(code: str, known: Gathered, context: Context | None = None) -> str:
    return texts(known, context).get(code, "")


def by(percent: str, ticker: str = "KWEB") -> Comparison:
    return Comparison(ticker, ticker, Decimal(percent), at("11:08"))


def rise(percent: str) -> Gathered:
    last = str(Decimal(100) + Decimal(percent))
    return gathered(move=move(last, "100"), quote=quote(last, "100"))


def priced(
    last: str, close: str, currency: str = "USD", market_cap: Decimal | None = None
) -> Gathered:
    known = quote(last, close, currency=currency, market_cap=market_cap)
    return gathered(move=replace(move(last, close), currency=currency), quote=known)


def split(amount: str, day: date = DAY) -> CorporateAction:
    return CorporateAction(ActionKind.SPLIT, day, Decimal(amount))


def dividend(amount: str, day: date = DAY) -> CorporateAction:
    return CorporateAction(ActionKind.DIVIDEND, day, Decimal(amount))


def from_adjusted(action: CorporateAction, close: str, printed: str) -> Gathered:
    plain = move("16.60", close)
    reference = replace(plain.reference, adjusted=action, unadjusted=Decimal(printed))
    known = quote("16.60", printed, actions=(action,))
    return gathered(move=replace(plain, reference=reference), quote=known)


@pytest.mark.parametrize(
    ("amount", "words"),
    [("10", "10-for-1"), ("0.125", "1-for-8"), ("1.5", "3-for-2"), ("0.0666667", "1-for-15")],
)
def test_a_reference_in_todays_shares(amount: str, words: str) -> None:
    """The split is named; the provider's own percent is not held against ours that day."""
    found = texts(from_adjusted(split(amount), "15.10", "150.96"))

    assert found["split-adjusted"] == f"The reference is split-adjusted: {words} from today."
    assert found.keys().isdisjoint({"disagreement", "action-near"})


def test_a_reference_less_a_special_dividend() -> None:
    """Then it is not told a second time as ex-dividend."""
    found = texts(from_adjusted(dividend("3.50"), "15.10", "18.60"))

    assert found["dividend-adjusted"] == (
        "The reference is less today's dividend of 3.5 USD a share."
    )
    assert "ex-dividend" not in found


def test_ex_dividend_today() -> None:
    """With the money, in the unit of the price."""
    today = gathered(quote=quote(actions=(split("2", date(2020, 1, 2)), dividend("0.830"))))

    assert text("ex-dividend", today) == "It trades without its dividend of 0.83 USD a share today."
    assert text("ex-dividend", gathered(quote=quote(actions=(dividend("1", FRIDAY),)))) == ""
    assert text("ex-dividend", gathered(quote=quote(actions=(split("2"),)))) == ""


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (split("10", FRIDAY), "A 10-for-1 split was on Jan 9."),
        (split("10", date(2026, 1, 17)), "A 10-for-1 split is on Jan 17."),
        (split("10", date(2026, 1, 7)), "A 10-for-1 split was on Jan 7."),
        (dividend("1", date(2026, 1, 13)), "Its ex-dividend day is on Jan 13."),
        (split("10", date(2026, 1, 6)), ""),
        (split("10", date(2026, 1, 18)), ""),
        (split("10", DAY), ""),
    ],
)
def test_a_split_or_a_dividend_near(action: CorporateAction, words: str) -> None:
    """Within five days either way, today's apart."""
    assert words == text("action-near", gathered(quote=quote(actions=(action,))))


def test_of_several_actions_the_nearest_is_told() -> None:
    """A day of which nothing more is known counts too, but not beside what is known of it."""
    known = quote(
        actions=(split("2", date(2026, 1, 8)), dividend("1", date(2026, 1, 14))),
        action_days=(date(2026, 1, 14), date(2026, 1, 13)),
    )
    same = replace(known, action_days=(date(2026, 1, 14),))

    assert text("action-near", gathered(quote=known)) == "A split or a dividend is on Jan 13."
    assert text("action-near", gathered(quote=same)) == "Its ex-dividend day is on Jan 14."


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((0, 0), "expected today."),
        ((7, 7), "expected on Jan 19."),
        ((7, 11), "expected between Jan 19 and Jan 23."),
        ((-2, 0), "expected between Jan 10 and Jan 12."),
        ((8, 8), ""),
        ((-3, -1), ""),
    ],
)
def test_results_within_a_week(days: tuple[int, int], words: str) -> None:
    """On their day, or between the days that the provider tells."""
    first, last = (DAY + timedelta(days=one) for one in days)
    known = gathered(quote=quote(earnings=(first, last)))

    assert text("results-near", known) == (words and f"Its quarterly results are {words}")
    assert text("results-near", gathered()) == ""


def test_results_that_are_out_are_not_expected() -> None:
    """Where they are the cause, the provider's date is behind the news."""
    found = catalyst()
    assert found.attribution is not None
    results = replace(found, attribution=replace(found.attribution, event="results"))
    known = gathered(quote=quote(earnings=(DAY, DAY)))

    assert "results-near" in texts(known)
    assert "results-near" not in {one.code for one in warn(known, results, Context())}


@pytest.mark.parametrize(
    ("percent", "index", "words"),
    [
        ("6", "3", "KWEB rose 3.0% too: at least half of the move is not its own."),
        ("6", "2.9", ""),
        ("6", "-6", ""),
        ("-6", "-6.25", "KWEB fell 6.3% too: at least half of the move is not its own."),
        ("-6", "-2.9", ""),
        ("1.5", "0.9", ""),
        ("1.5", "1.0", "KWEB rose 1.0% too: at least half of the move is not its own."),
    ],
)
def test_a_move_shared_with_the_benchmark(percent: str, index: str, words: str) -> None:
    """Half as far the same way, and a point at least."""
    context = Context(benchmarks=(by(index), by("9", "SPY")))

    assert words == text("shared", rise(percent), context)


@pytest.mark.parametrize(
    ("peers", "words"),
    [
        (("4", "3"), "All 2 peers rose too, at least half as far."),
        (("4", "3", "-1"), "2 of 3 peers rose too, at least half as far."),
        (("4", "2.9", "-1"), ""),
        (("4",), ""),
        ((), ""),
    ],
)
def test_a_move_shared_with_most_peers(peers: tuple[str, ...], words: str) -> None:
    """Two of three at least; the benchmark, where it went along, is told instead."""
    others = tuple(by(one, "JD") for one in peers)
    index = Context(benchmarks=(by("5"),), peers=others)

    assert words == text("shared", rise("6"), Context(peers=others))
    assert text("shared", rise("6"), index).startswith("KWEB")


def test_thin_trading_tells_what_was_traded() -> None:
    """Where that is known."""
    early = gathered(move=move(as_of=at("08:00")))

    assert text("thin", early, Context(volume=48_200)) == (
        "Trading before the open is thin: 48,200 shares so far."
    )
    assert text("thin", early) == "Trading before the open is thin."


def test_little_volume_behind_the_move() -> None:
    """In regular hours, below half of what is normal for the time."""
    little = "Fewer than half of its usual shares for this time are behind it."
    early = gathered(move=move(as_of=at("08:00")))

    assert text("little-volume", gathered(), Context(volume_ratio=Decimal("0.49"))) == little
    assert text("little-volume", gathered(), Context(volume_ratio=Decimal("0.5"))) == ""
    assert text("little-volume", gathered(), Context()) == ""
    assert text("little-volume", early, Context(volume_ratio=Decimal("0.1"))) == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (59, ""),
        (60, "The price is delayed by 1 minute."),
        (1_200, "The price is delayed by 20 minutes."),
    ],
)
def test_a_delayed_price(seconds: int, words: str) -> None:
    """In whole minutes."""
    assert words == text("delayed", gathered(quote=quote(delay=timedelta(seconds=seconds))))


def test_the_providers_own_percent_is_another() -> None:
    """Beyond two hundredths of a point, in regular hours only; before the open it is older."""
    told = "The provider disagrees with itself: it calls the move {}%."

    assert text("disagreement", gathered(quote=quote("100", percent=Decimal("9.775")))) == (
        told.format("+9.78")
    )
    assert text("disagreement", gathered(quote=quote("100", percent=Decimal("-0.5")))) == (
        told.format("−0.50")
    )
    assert text("disagreement", gathered(quote=quote(percent=Decimal("9.77")))) == ""
    assert text("disagreement", gathered(quote=quote(percent=None))) == ""
    assert text("disagreement", gathered(quote=quote(percent=Decimal(1), state="PRE"))) == ""


@pytest.mark.parametrize(
    ("close", "words"),
    [
        ("151.17", "its history has that close at 151.17 USD."),
        ("151.12", "its history has that close at 151.12 USD."),
        ("151.11", ""),
        ("150.96", ""),
    ],
)
def test_the_providers_history_has_another_close(close: str, words: str) -> None:
    """By more than a tenth of a percent."""
    known = gathered(daily=daily([150] * 249 + [close]))

    assert text("disagreement", known) == (words and f"The provider disagrees with itself: {words}")


def test_only_the_session_of_the_reference_is_compared() -> None:
    """A history that ends a day earlier contradicts nothing; neither does a split."""
    older = gathered(daily=daily([150] * 250, until="2026-01-08"))
    halved = from_adjusted(split("10"), "15.10", "150.96")

    assert text("disagreement", older) == ""
    assert text("disagreement", replace(halved, daily=daily([151] * 250))) == ""


def test_a_small_close_is_told_to_the_fourth_decimal() -> None:
    """Of a share below one dollar."""
    known = replace(priced("0.4400", "0.4000"), daily=daily(["0.40"] * 249 + ["0.41235"]))

    assert text("disagreement", known).endswith("that close at 0.4124 USD.")


FUND = instrument("SHY", kind=InstrumentKind.ETF)


def test_a_share_below_a_dollar() -> None:
    """Not at a dollar, not in another currency, and not a fund or a coin."""
    penny = "A share of less than a dollar: a cent more or less is a large move."
    coin = replace(priced("0.9999", "0.90"), instrument=FUND)

    assert text("penny", priced("0.9999", "0.90")) == penny
    assert text("penny", priced("1", "0.90")) == ""
    assert text("penny", priced("0.99", "0.90", currency="HKD")) == ""
    assert text("penny", coin) == ""


def test_a_share_traded_over_the_counter() -> None:
    """By the provider's code of the exchange."""
    otc = "It trades over the counter, where prices are less reliable."

    assert text("otc", gathered(quote=quote(exchange="PNK"))) == otc
    assert text("otc", gathered(quote=quote(exchange="NYQ"))) == ""


@pytest.mark.parametrize(
    ("value", "currency", "words"),
    [
        ("299999999", "USD", "299 million USD"),
        ("300000000", "USD", ""),
        ("0", "USD", ""),
        ("900000", "USD", "less than 1 million USD"),
        ("120000000", "GBp", "120 million GBP"),
        ("1200000000", "HKD", "1,200 million HKD"),
        ("1", "XYZ", ""),
    ],
)
def test_a_small_company(value: str, currency: str, words: str) -> None:
    """Less than about 300 million dollars, in whole currency where prices are in pence."""
    known = priced("120", "100", currency=currency, market_cap=Decimal(value))
    fund = replace(known, instrument=FUND)

    assert text("small", known) == (words and f"A small company: all its shares are worth {words}.")
    assert text("small", fund) == ""


def test_a_share_that_hardly_trades() -> None:
    """Fewer than 100,000 on a usual day."""
    few = "Few of its shares trade: 99,999 on a usual day."
    fund = replace(gathered(), instrument=FUND)

    assert text("rarely-traded", gathered(), Context(average_volume=99_999)) == few
    assert text("rarely-traded", gathered(), Context(average_volume=100_000)) == ""
    assert text("rarely-traded", gathered(), Context()) == ""
    assert text("rarely-traded", fund, Context(average_volume=1)) == ""


@pytest.mark.parametrize(
    ("sessions", "words"),
    [
        (0, ""),
        (1, "Only 1 session of its history is known: how unusual the move is cannot be said."),
        (39, "Only 39 sessions of its history are known: how unusual the move is cannot be said."),
        (40, "Only 40 sessions of its history are known."),
        (199, "Only 199 sessions of its history are known."),
        (200, ""),
    ],
)
def test_a_short_history(sessions: int, words: str) -> None:
    """A new listing; what did not come in time is told elsewhere."""
    known = gathered(daily=daily([150] * sessions))

    assert words == text("short-history", known)
    assert text("short-history", replace(known, missing=("daily",))) == ""


def every_evil() -> Gathered:
    """A penny share of a tiny company, over the counter, late, thin, new, near everything."""
    known = quote(
        "0.88",
        "0.80",
        as_of=at("08:00"),
        exchange="PNK",
        delay=timedelta(minutes=15),
        market_cap=Decimal(9_000_000),
        earnings=(DAY, DAY),
        actions=(dividend("0.01"), split("2", FRIDAY)),
    )
    company = Instrument("EVIL", "Evil", "Evil", "OTC", "XNYS", "USD")
    return gathered(
        instrument=company,
        quote=known,
        move=move("0.88", "0.80", as_of=at("08:00")),
        daily=daily(["0.9"] * 12),
    )


def test_every_caveat_that_applies_is_told_in_one_order() -> None:
    """And all of them are plain words: no advice, no cause, no hype, no loose figure."""
    found = warn(every_evil(), catalyst(), Context(average_volume=10, volume=300))

    assert [caveat.code for caveat in found] == [
        "popularity",
        "one-report",
        "thin",
        "disagreement",
        "penny",
        "otc",
        "small",
        "ex-dividend",
        "action-near",
        "results-near",
        "rarely-traded",
        "delayed",
        "short-history",
    ]
    for caveat in found:
        assert plainness.plain_enough(caveat.text), caveat.text
        assert len(caveat.text) <= 160
        assert caveat.evidence


def test_an_ordinary_morning_has_none_of_them() -> None:
    """The recorded day: a large company, in regular hours, with a long history."""
    whole = gathered(
        instrument=BABA,
        daily=daily([150] * 249 + ["150.96"]),
        quote=quote(exchange="NYQ", market_cap=Decimal(400_000_000_000)),
    )
    context = Context(
        volume_ratio=Decimal("2.9"),
        average_volume=19_900_000,
        benchmarks=(by("3.1"),),
        peers=(by("2.4", "JD"), by("1.9", "PDD")),
    )

    assert list(texts(whole, context)) == ["popularity", "one-report"]
