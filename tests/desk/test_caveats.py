"""Every caveat stands on a piece of evidence, and is silent without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.desk.caveats import warn
from bot.model.brief import Context
from bot.model.gathered import Gathered, Told
from bot.model.news import Attribution, Catalyst, Grade, Outlet, OutletKind
from tests.builders import SCMP, at, catalyst, gathered, minutes, move, outlet, quote, story

TIMES = outlet("Example Times")
DOWNLOADS = (
    "Downloads are a rough gauge: one developer may pull a model many times, "
    "and a download is not revenue."
)


FIVE_HOURS = timedelta(hours=5)
RESULTS = "Alibaba's quarterly results beat estimates"


def said(
    by: Outlet = TIMES,
    *citing: str,
    title: str = RESULTS,
    event: str = "results",
    words: str = "Alibaba",
    seen: str = "07:43",
) -> Attribution:
    out = story(title, published=at("07:42"), first_seen=at(seen))
    return Attribution(out, by, citing, event=event, words=words)


def codes(found: Catalyst, known: Gathered | None = None) -> list[str]:
    return [caveat.code for caveat in warn(known or gathered(), found, Context())]


def text(found: Catalyst, code: str, known: Gathered | None = None) -> str:
    caveats = warn(known or gathered(), found, Context())
    return next(caveat.text for caveat in caveats if caveat.code == code)


def text_or_none(found: Catalyst, code: str, known: Gathered | None = None) -> str:
    return text(found, code, known) if code in codes(found, known) else ""


def reported(one: Attribution, **changes: object) -> Catalyst:
    return catalyst(attribution=one, **changes)


def test_the_recorded_day() -> None:
    """Downloads are no revenue, and the one report comes from an outlet the company owns."""
    assert tuple(caveat.text for caveat in warn(gathered(), catalyst(), Context())) == (
        DOWNLOADS,
        "One report, second-hand, from an outlet that the company owns.",
    )


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Taobao has 900 million active users", "A count of users is not revenue."),
        ("Alibaba app gains 3.5m followers", "A count of followers is not revenue."),
        ("Qwen sign-ups double", "A count of sign-ups is not revenue."),
        ("Qwen tops App Store in China", "A place in a chart is not revenue."),
        ("Qwen is the most popular open model", "A place in a chart is not revenue."),
        ("Qwen downloaded 10 million times", DOWNLOADS),
        ("Qwen downloads double as cloud revenue rises", ""),
        ("Alibaba tells users to update", ""),
        ("Alibaba to build data centre", ""),
    ],
)
def test_users_are_not_revenue_either(title: str, words: str) -> None:
    """The words fit what was counted; a headline with money in it needs no such words."""
    assert words == text_or_none(reported(said(title=title)), "popularity")


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (said(), "One report, found in no other outlet by then."),
        (said(TIMES, "AIBase"), "One report, second-hand."),
        (said(SCMP), "One report, from an outlet that the company owns."),
        (said(SCMP, "AIBase"), "One report, second-hand, from an outlet that the company owns."),
    ],
)
def test_one_report(one: Attribution, words: str) -> None:
    """A single source is said to be one, with its chain and its owner."""
    assert words == text(reported(one), "one-report")


def test_several_outlets_are_not_one_report() -> None:
    """But the ownership is still said."""
    assert codes(reported(said(), also_in=1)) == ["timing"]
    assert codes(reported(said(SCMP), also_in=1)) == ["owned"]


def test_an_interest_is_not_ownership() -> None:
    """A newspaper of the company's founder is not the company's newspaper."""
    post = outlet("Post", owner="Nash Holdings", owner_tickers=("BABA",))

    assert text(reported(said(post)), "interest") == "The outlet belongs to Nash Holdings."
    assert "company owns" not in text(reported(said(post)), "one-report")


def test_an_outlet_of_a_peer() -> None:
    """A peer of the company, or a holder of its shares, owns the outlet."""
    rival = outlet("Rival Times", owner="JD.com", owner_tickers=("JD",))

    assert text(reported(said(rival)), "interest") == "The outlet belongs to JD.com."
    assert text(reported(said(rival), also_in=2), "interest") == "The outlet belongs to JD.com."


def test_a_companys_own_site_is_not_told_to_be_owned() -> None:
    """That it is the company's own account says so already."""
    newsroom = outlet("Alizila", kind=OutletKind.ISSUER, owner="Alibaba", owner_tickers=("BABA",))

    assert codes(reported(said(newsroom))) == ["own-claim"]


def test_an_owner_by_any_name_of_the_company() -> None:
    """The register may call it by its short name; a regulator's outlet of its own is told too."""
    short = outlet("Example Times", owner="Alibaba", owner_tickers=("9988.HK",))
    gazette = replace(short, kind=OutletKind.REGULATOR)

    assert text(reported(said(short)), "one-report").endswith("that the company owns.")
    assert text(reported(said(gazette)), "owned") == "The company owns the outlet."


def test_nameless_sources() -> None:
    """People without a name, and headlines that hedge, are unconfirmed."""
    nameless = said(TIMES, "people familiar with the matter")
    hedged = said(title="Alibaba may sell a unit", event="deal")

    assert "unnamed" in codes(reported(nameless))
    assert "second-hand" not in text(reported(nameless), "one-report")
    assert "unconfirmed" in codes(reported(hedged))


@pytest.mark.parametrize(
    "one",
    [
        said(outlet("Alibaba Cloud", kind=OutletKind.ISSUER)),
        said(outlet("Business Wire", kind=OutletKind.RELEASE_WIRE)),
        said(TIMES, "Alibaba"),
        said(TIMES, "Alibaba Group"),
    ],
)
def test_the_companys_own_account(one: Attribution) -> None:
    """A release, a release wire, and a paper that cites the company."""
    assert "own-claim" in codes(reported(one))


def test_a_release_wire_checks_nothing() -> None:
    """Hoaxes have run there: whose account it is, only the sender knows."""
    wire = said(outlet("Business Wire", kind=OutletKind.RELEASE_WIRE))
    newsroom = said(outlet("Alibaba Cloud", kind=OutletKind.ISSUER))

    assert text(reported(wire), "own-claim") == (
        "The sender's own account: a company-release wire does not check what it carries."
    )
    assert text(reported(newsroom), "own-claim") == "This is the company's own account."
    assert codes(reported(wire)) == ["own-claim"]


@pytest.mark.parametrize(
    ("published", "seen", "words"),
    [
        (None, at("07:43"), "Its feed tells no usable time; the desk's first reading counts."),
        (
            at("07:45:01"),
            at("07:43"),
            "Its outlet's clock is wrong; the desk's first reading counts.",
        ),
        (at("07:45"), at("07:43"), ""),
        (
            at("00:00", zone="UTC"),
            at("01:00", zone="UTC"),
            "Its time is midnight to the second: perhaps only the day is known.",
        ),
        (at("00:00", zone="UTC"), at("00:59", zone="UTC"), ""),
        (at("00:00:01", zone="UTC"), at("04:00", zone="UTC"), ""),
    ],
)
def test_an_outlets_clock(published: datetime | None, seen: datetime, words: str) -> None:
    """What cannot be, and what looks like a day without its hour."""
    one = said()
    told = replace(one, story=replace(one.story, published=published, first_seen=seen))

    assert words == text_or_none(reported(told), "clock")


def test_an_outlet_whose_every_story_is_hours_late() -> None:
    """Its clock is judged by all that it told, not by this one story."""
    one = said()
    slow = [
        replace(
            one.story,
            id=str(n),
            outlet=TIMES.name,
            first_seen=one.story.first_seen + n * FIVE_HOURS,
        )
        for n in range(6)
    ]
    told = replace(one, story=slow[1])
    pile = gathered(told=[Told(story, TIMES, "Alibaba") for story in slow])

    assert text_or_none(reported(told), "clock", pile) == (
        "Its outlet's clock is wrong; the desk's first reading counts."
    )
    assert text_or_none(reported(told), "clock") == ""


def test_a_feed_that_a_server_added() -> None:
    """It is named as such, before anything else about the report."""
    added = said(outlet("Whispers", added=True))

    assert codes(reported(added, grade=Grade.POSSIBLE)) == ["added", "ours", "one-report"]
    assert text(reported(added), "added") == (
        "Its feed was added by this server; the desk does not know the outlet."
    )


def test_a_possible_cause_is_our_link() -> None:
    """Of a story that names no company that is said by the company's name."""
    theme = reported(said(words="AI into manufacturing"), grade=Grade.POSSIBLE)
    named = reported(said(), grade=Grade.POSSIBLE)

    assert text(theme, "ours") == "It does not name Alibaba; the link is ours."
    assert text(named, "ours") == "Nothing but its time ties it to the move; the link is ours."


def test_no_cause() -> None:
    """A brief without a cause says so as a caveat, and nothing about a report."""
    assert codes(Catalyst(Grade.NONE)) == ["no-cause"]


def test_thin_trading_outside_regular_hours() -> None:
    """Before the open and after hours."""
    early = gathered(move=move(as_of=at("08:00")))
    late = gathered(move=move(as_of=at("17:00")))

    assert text(catalyst(), "thin", early) == "Trading before the open is thin."
    assert text(catalyst(), "thin", late) == "Trading after hours is thin."
    assert "thin" not in codes(catalyst())


def test_a_delayed_price() -> None:
    """With the minutes."""
    delayed = gathered(quote=quote(delay=timedelta(minutes=15)))

    assert text(catalyst(), "delayed", delayed) == "The price is delayed by 15 minutes."


def test_a_headline_first_read_after_the_move_began() -> None:
    """Its time is the outlet's word, not the desk's."""
    tape = gathered(minutes=minutes("07:42 151.00\n07:46 152.50\n11:08 165.68"))
    late = reported(said(seen="09:27"))
    in_time = reported(said(seen="07:45"))

    assert "seen-late" in codes(late, tape)
    assert "seen-late" not in codes(in_time, tape)


def test_headlines_that_did_not_come_in_time() -> None:
    """A brief made without them says so first."""
    assert codes(Catalyst(Grade.NONE), gathered(missing=("headlines",))) == [
        "incomplete",
        "no-cause",
    ]


def test_there_is_always_one_about_the_evidence() -> None:
    """Even the best sourced report is tied to the move by time alone."""
    regulator = said(outlet("SEC", kind=OutletKind.REGULATOR))
    (caveat,) = warn(gathered(), reported(regulator, grade=Grade.STATED), Context())

    assert (caveat.code, caveat.evidence) == ("timing", True)
