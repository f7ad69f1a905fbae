"""What is said of a headline before it is weighed: traits, tone, names, echoes, clocks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk import features as feature
from bot.desk import tone
from bot.desk import traits as trait
from bot.desk.called import called, naming
from bot.desk.clocks import impossible
from bot.desk.features import Headline, Pile
from bot.desk.weigh import close_before
from bot.desk.weights import weights
from bot.errors import ConfigError
from bot.model.news import Story
from tests.builders import at, hong_kong, instrument, session, story
from tests.desk.weighing import WEIGHTS

ACME = naming(instrument("ACME", name="Acme Corp", short="Acme", aliases=("Acme Rockets",)))
HOUR = timedelta(hours=1)


def pile(*titles: str, up: bool = True, age: timedelta = HOUR) -> list[frozenset[str]]:
    """All of one outlet and one age, in a session whose last close was 18 hours ago."""
    return Pile([Headline(t, age, "Wire") for t in titles], ACME, up, 18 * HOUR).features()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Acme Q1 EPS $1.20 Beats $1.10 Estimate", trait.RESULTS),
        ("Acme reports third quarter results", trait.RESULTS),
        ("Acme cuts full-year outlook", trait.OUTLOOK),
        ("Acme to buy Widget Works", trait.DEAL),
        ("FDA approves Acme's pill", trait.HEALTH),
        ("Jury finds Acme liable", trait.LEGAL),
        ("New tariffs hit Acme", trait.POLICY),
        ("Acme announces $5 billion buyback", trait.CAPITAL),
        ("Acme CEO steps down", trait.PEOPLE),
        ("Director bought 10,000 shares of Acme", trait.INSIDER),
        ("Acme plans layoffs", trait.JOBS),
        ("Acme unveils a rocket", trait.PRODUCT),
        ("Acme deliveries fall", trait.VOLUMES),
        ("Harbour Bank upgrades Acme to Buy", trait.RATING),
        ("Harbour Bank raises price target on Acme", trait.TARGET),
        ("10 Biggest Movers Today", trait.MOVERS),
        ("Dow and Nasdaq mixed", trait.MARKET),
        ("What to expect from Acme", trait.SCHEDULE),
        ("Why Acme stock is up", trait.RECAP),
        ("Acme vs. Widget: the better buy", trait.OPINION),
        ("Is Acme next?", trait.QUESTION),
        ("Acme shares jump", trait.MOVED),
        ("Acme Q1 earnings call transcript", trait.AFTERMATH),
        ("Acme in talks with Widget, sources say", trait.SOURCED),
        ("Acme presents at a conference", trait.ROUTINE),
        ("Acme: a rocket to hold", trait.COLUMN),
        ("Rockets, rockets, rockets", trait.NOTHING),
    ],
)
def test_a_headline_has_its_traits(title: str, expected: str) -> None:
    """One example a trait; others may fit beside it."""
    assert expected in trait.traits(trait.plain(title))


@pytest.mark.parametrize(
    ("title", "up", "expected"),
    [
        ("Acme beats estimates", True, tone.FITS),
        ("Acme beats estimates", False, tone.AGAINST),
        ("Acme misses estimates", False, tone.FITS),
        ("Bank downgrades Acme", False, tone.RATING_FITS),
        ("Bank downgrades Acme", True, tone.RATING_AGAINST),
        ("Bank raises price target on Acme", True, tone.TARGET_FITS),
        ("Bank lowers price target on Acme", True, tone.TARGET_AGAINST),
        ("Acme shares jump", True, tone.SHARES_FIT),
        ("Acme shares sink", True, tone.SHARES_AGAINST),
    ],
)
def test_tone_is_read_against_the_move(title: str, up: bool, expected: str) -> None:
    """The same words fit one direction and not the other."""
    text = trait.plain(title)

    assert expected in set(tone.agreement(text, trait.traits(text), up))


def test_a_balanced_headline_has_no_tone() -> None:
    """One good word and one bad cancel out."""
    text = "acme beats estimates, warns"

    assert not {tone.FITS, tone.AGAINST} & set(tone.agreement(text, trait.traits(text), True))


@pytest.mark.parametrize(
    ("company", "expected"),
    [
        ("Tesla, Inc.", ("tesla",)),
        ("ELI LILLY & Co", ("eli lilly", "lilly")),
        ("Procter & Gamble Co", ("procter gamble", "procter & gamble", "p&g", "procter")),
        ("EXXON MOBIL CORP", ("exxon mobil", "exxon")),
        ("Alphabet Inc", ("alphabet", "Google")),
        ("The Trust Company", ("the",)),
    ],
)
def test_what_a_company_is_called(company: str, expected: tuple[str, ...]) -> None:
    """The legal tail goes, a first name does not stand alone, some have another name."""
    assert called(company) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Acme’s rocket flies", 0),
        ("Rockets by ACME-ROCKETS fly", 11),
        ("Shares of (ACME) rise", 10),
        ("Acmeville opens", None),
        ("Racme opens", None),
    ],
)
def test_where_a_headline_names_the_company(title: str, expected: int | None) -> None:
    """By a name whatever its case, or by its ticker; never inside another word."""
    assert ACME.at(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Acme buys Widget", feature.LEADS),
        ("Jury finds Acme liable", feature.EARLY),
        ("Regulators in Europe look hard at Acme", feature.LATER),
        ("Widget Works opens", feature.ELSEWHERE),
    ],
)
def test_where_the_company_stands(title: str, expected: str) -> None:
    """First words, early, late or not at all: one of the four."""
    (found,) = pile(title)

    assert expected in found
    assert len(found & {feature.LEADS, feature.EARLY, feature.LATER, feature.ELSEWHERE}) == 1


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (2.9, "out in the 3 hours before"),
        (3, "out 3 to 6 hours before"),
        (6, "out 6 to 12 hours before"),
        (12, "out 12 to 20 hours before"),
        (20, "out 20 to 28 hours before"),
        (28, "out 28 to 48 hours before"),
        (48, "out more than two days before"),
    ],
)
def test_how_old_it_is(hours: float, expected: str) -> None:
    """Every age has one name."""
    (found,) = pile("Acme buys Widget", age=timedelta(hours=hours))

    assert [one for one in found if one.startswith("out ") and "before" in one] == [expected]


def test_the_last_close_divides() -> None:
    """Fresh since the close; older figures are old news."""
    (fresh,) = pile("Acme Q1 earnings beat estimates", age=18 * HOUR)
    (stale,) = pile("Acme Q1 earnings beat estimates", age=19 * HOUR)

    assert {feature.FRESH, feature.PLAINLY_FRESH} <= fresh
    assert feature.STALE_RESULTS in stale
    assert not {feature.FRESH, feature.PLAINLY_FRESH} & stale


def test_talk_about_an_event_is_not_told_plainly() -> None:
    """A question or advice around the same deal is no plain report of it."""
    told, asked, mixed = pile(
        "Acme to buy Widget",
        "Acme to buy Widget: should you buy the stock?",
        "Acme opens a canteen",
    )

    assert {feature.PLAINLY, feature.PLAINLY_ABOUT} <= told
    assert feature.TALKED_TWICE in asked
    assert feature.PLAINLY not in asked
    assert feature.PLAINLY not in mixed


def test_what_others_repeat() -> None:
    """Titles that share rare words are echoes; the same title again is none."""
    found = pile(
        "Acme to merge with Widget Works",
        "Widget Works and Acme agree to merge",
        "Acme opens a canteen in Johor",
        "Acme opens a canteen in Johor",
        "Sunny weather over Lisbon harbour",
    )

    assert feature.ONE_ECHO in found[0]
    assert feature.ONE_ECHO in found[1]
    assert not {feature.ONE_ECHO, feature.SOME_ECHOES} & found[2]
    assert feature.OTHER_OUTLET not in found[0]


def test_many_echoes_of_other_outlets() -> None:
    """Above four they are many, and another outlet among them is noted."""
    cities = ("Lisbon", "Oslo", "Quito", "Lima", "Cairo", "Perth")
    lines = [Headline(f"Acme to merge with Widget Works in {c}", HOUR, c) for c in cities]
    lines += [Headline(f"Sunny weather number{n}", HOUR, "Wire") for n in "abcdef"]
    found = Pile(lines, ACME, True, 18 * HOUR).features()

    assert feature.MANY_ECHOES in found[0]
    assert feature.OTHER_OUTLET in found[0]


def test_a_burst_is_new_since_the_close() -> None:
    """Words that only today's headlines have stand out from those of yesterday."""
    new = [
        Headline("Acme Widget merger stuns", HOUR, "A"),
        Headline("Acme Widget merger", HOUR, "B"),
    ]
    old = [Headline(f"Acme opens canteen number{n}", 30 * HOUR, "A") for n in "abcdef"]
    found = Pile([*new, *old], ACME, True, 18 * HOUR).features()

    assert feature.BURST in found[0]
    assert feature.BURST not in found[2]


def test_the_close_before_a_session() -> None:
    """Friday's close before a Monday, on the wall of the exchange."""
    assert close_before(session()) == at("16:00", day="2026-01-09")
    assert close_before(hong_kong()) == at("16:00", day="2026-01-09", zone="Asia/Hong_Kong")


def seen(*minutes: int, lag: timedelta, outlet: str = "Vendor") -> list[Story]:
    return [
        story(
            f"{outlet} {minute}",
            outlet=outlet,
            published=at("05:00") + timedelta(minutes=minute) - lag,
            first_seen=at("05:00") + timedelta(minutes=minute),
        )
        for minute in minutes
    ]


@pytest.mark.parametrize(
    ("stories", "expected"),
    [
        (seen(0, 15, 30, 45, lag=5 * HOUR), frozenset({"Vendor"})),
        (seen(0, 15, 30, 45, lag=3 * HOUR), frozenset({"Vendor"})),
        (seen(0, 15, 30, 45, lag=2.9 * HOUR), frozenset()),
        (seen(0, 15, 30, lag=5 * HOUR), frozenset()),
        (seen(0, 0, 0, 0, lag=5 * HOUR), frozenset()),
        ([*seen(0, 15, 30, 45, lag=5 * HOUR), *seen(60, lag=HOUR)], frozenset()),
        (seen(0, 15, 30, lag=-HOUR), frozenset({"Vendor"})),
        (seen(0, 15, lag=-HOUR), frozenset()),
        ([], frozenset()),
    ],
)
def test_an_impossible_clock(stories: list[Story], expected: frozenset[str]) -> None:
    """Hours behind with every fresh story, or in the future; a feed's first batch is history."""
    assert impossible(stories) == expected


def test_the_weights_that_ship_name_real_features() -> None:
    """Every point stands for something the desk can say of a headline."""
    known = {value for value in vars(feature).values() if isinstance(value, str)}
    known |= {value for value in vars(trait).values() if isinstance(value, str)}
    known |= {value for value in vars(tone).values() if isinstance(value, str)}
    known |= {why for _, why in (*feature.AGES, *feature.QUIET)}
    unknown = [name for name in WEIGHTS.points if name not in known]
    starts = ("published by ", "kind of outlet: ", "unconfirmed", "other outlets", "out in the")

    assert [name for name in unknown if not name.startswith((*starts, "a theme of"))] == []
    assert WEIGHTS.rival < WEIGHTS.possible <= WEIGHTS.reported <= WEIGHTS.headline


def test_every_mistake_of_the_weights_is_reported() -> None:
    """Together, by table and name."""
    with pytest.raises(ConfigError) as caught:
        weights({"bands": {"possible": 1.5}, "points": {"gives figures": "many", "x": True}})

    assert [str(problem) for problem in caught.value.problems] == [
        "weights.toml:0: bands.possible: must be whole points, was 1.5",
        "weights.toml:0: points.gives figures: must be whole points, was 'many'",
        "weights.toml:0: points.x: must be whole points, was True",
    ]


@pytest.mark.parametrize("data", [{}, {"points": {}}, {"bands": {"possible": 1}, "points": {}}])
def test_weights_without_their_bands_are_refused(data: dict[str, object]) -> None:
    """Each missing table or band is named with the way out."""
    with pytest.raises(ConfigError, match="is missing; run seeds/catalyst/fit.py"):
        weights(data)
