"""What a server adds and filters touches that server only."""

from __future__ import annotations

from dataclasses import replace

from bot.brief.situations import many
from bot.desk import own
from bot.desk.compose import Edition, compose
from bot.model.brief import Brief, Variant
from bot.model.gathered import Own
from bot.model.news import Grade, Outlet, OutletKind
from bot.model.piece import PieceState, UpdateKind
from bot.model.wish import Overheard, Sieve, Wish
from tests import builders
from tests.builders import SCMP, at
from tests.desk.weighing import WEIGHTS

CHIPS = "https://chips.example/feed"
QWEN = builders.story("Alibaba wins approval to export its Qwen chips", feed=CHIPS, id="own")
MINUTES = builders.minutes("09:30 151.00\n10:00 152.00\n10:30 158.60\n11:08 165.68")


def wish(guild: int = 7, **changes: object) -> Wish:
    plain = Wish(CHIPS, guild, 70, "Chip Notes", at("08:00"))
    return replace(plain, **changes)  # type: ignore[arg-type]


def find(name: str) -> Outlet:
    return SCMP if name == SCMP.name else Outlet(name, name, "", OutletKind.PRESS)


def sift(*wishes: Wish) -> tuple[Own, ...]:
    return own.sift([Overheard(QWEN, "Qwen")], {CHIPS: wishes}, find)


def composed(*wishes: Wish, told: tuple[str, ...] = ()) -> Brief:
    gathered = builders.gathered(
        minutes=MINUTES, told=[builders.told(title) for title in told], own=sift(*wishes)
    )
    return compose(gathered, Edition("p", 1, PieceState.LIVE), WEIGHTS)


def test_servers_that_read_the_same_share_it() -> None:
    """By what they call the feed, and what passes of it."""
    three = sift(wish(7), wish(8), wish(9, outlet="Semis"))

    assert [(7, 8), (9,)] == [one.guilds for one in three]
    assert ["Chip Notes", "Semis"] == [one.told[0].outlet.name for one in three]
    assert all(one.told[0].outlet.added for one in three)


def test_a_feeds_filter_holds_back_there() -> None:
    """Words and patterns; another server's filter is its own."""
    found = sift(wish(7, deny=("approval",)), wish(8, allow=("/chips?/",)), wish(9, allow=("x",)))

    assert [(8,)] == [one.guilds for one in found]


def test_a_name_alone_makes_no_outlet() -> None:
    """Whoever owns one of that name is disclosed; at its own address it is what it is."""
    issuer = replace(SCMP, kind=OutletKind.ISSUER)
    known = {SCMP.name: issuer, "feeds.scmp.com": issuer, "www.scmp.com": issuer}

    def look(name: str) -> Outlet:
        return known.get(name) or find(name)

    named = own.outlet_of(wish(outlet=SCMP.name), QWEN, look)
    at_home = own.outlet_of(wish(feed="https://feeds.SCMP.com:443/x"), QWEN, look)
    leading = replace(QWEN, link="https://user@www.scmp.com/article")
    relayed = own.outlet_of(wish(), leading, look)

    press = OutletKind.PRESS
    assert (SCMP.name, press, SCMP.owner) == (named.name, named.kind, named.owner)
    assert ("Chip Notes", OutletKind.ISSUER) == (at_home.name, at_home.kind)
    assert (press, SCMP.owner_tickers) == (relayed.kind, relayed.owner_tickers)
    assert named.added and at_home.added and relayed.added


def test_a_servers_own_cause_is_possible_at_most() -> None:
    """And only that server reads of it."""
    brief = composed(wish(7))
    here = own.read_there(brief, Variant(guild=7))
    there = own.read_there(brief, Variant(guild=8))

    assert Grade.NONE is brief.catalyst.grade
    assert brief == there == own.read_there(brief, Variant())
    assert Grade.POSSIBLE is here.catalyst.grade
    assert here.catalyst.attribution is not None
    assert "Chip Notes" == here.catalyst.attribution.outlet.name
    assert "added" in [caveat.code for caveat in here.caveats]
    assert "no-cause" not in [caveat.code for caveat in here.caveats]


def test_a_cause_that_everybody_reads_goes_before() -> None:
    """The server's own is not even looked for."""
    brief = composed(wish(7), told=("Alibaba raises its forecast after record Qwen sales",))

    assert brief.catalyst.attribution is not None
    assert () == brief.local
    assert brief == own.read_there(brief, Variant(guild=7))


def test_a_channels_filter_takes_the_cause_away() -> None:
    """Nothing of the headline is left, and one line says that it was held back."""
    update = replace(builders.brief().updates[0], kind=UpdateKind.CATALYST, text="SCMP")
    brief = replace(builders.brief(), updates=(update, *builders.brief().updates))
    said = brief.catalyst.attribution
    assert said is not None
    aside = own.held_back(brief, None, [Sieve(1, deny=("downloads",))])
    read = own.read_there(brief, Variant(aside=aside))

    assert (said.story.id,) == aside[:1]
    assert (Grade.NONE, None) == (read.catalyst.grade, read.catalyst.attribution)
    assert "1 headline was set aside by this channel's filter." == read.caveats[0].text
    assert (UpdateKind.DETAILS, "") == (read.updates[0].kind, read.updates[0].text)
    assert own.cause_aside(brief, Variant(aside=aside))


def test_a_filter_for_another_share_holds_nothing_back() -> None:
    """One for everything and one for this share both must let it pass."""
    brief = builders.brief()
    deny = {"deny": ("downloads",)}
    here, elsewhere = Sieve(1, "BABA", **deny), Sieve(1, "JD", **deny)
    passing = Sieve(1, allow=("Qwen",))

    assert () == own.held_back(brief, None, [elsewhere, passing])
    assert () != own.held_back(brief, None, [passing, here])


def test_a_rival_is_held_back_alone() -> None:
    """The cause stands as it was."""
    brief = builders.brief()
    rival = brief.catalyst.attribution
    assert rival is not None
    rival = replace(rival, story=builders.story("A rumour", id="rival"))
    brief = replace(brief, catalyst=replace(brief.catalyst, rivals=(rival,)))
    aside = own.held_back(brief, None, [Sieve(1, deny=("rumour",))])
    read = own.read_there(brief, Variant(aside=aside))

    assert ("rival",) == aside
    assert brief.catalyst.attribution == read.catalyst.attribution
    assert () == read.catalyst.rivals
    assert brief.caveats == read.caveats


def test_a_channels_filter_counts_for_a_servers_own_cause_too() -> None:
    """What the server reads there is what is filtered."""
    brief = composed(wish(7))
    aside = own.held_back(brief, 7, [Sieve(1, deny=("approval",))])
    read = own.read_there(brief, Variant(guild=7, aside=aside))

    assert ("own",) == aside
    assert Grade.NONE is read.catalyst.grade
    assert not own.cause_aside(brief, Variant(guild=7, aside=aside))


def test_many_names_have_no_cause_to_hold_back() -> None:
    """A market-wide brief reads alike everywhere."""
    market = many.market_wide()

    assert () == own.held_back(market, 7, [Sieve(1, deny=("a",))])
    assert market == own.read_there(market, Variant(guild=7, aside=("x",)))
