"""The situations that ship: every kind of brief that a template must be able to say."""

from __future__ import annotations

from bot.brief.render import base_of
from bot.brief.situations import SITUATIONS
from bot.brief.stylebook_page import Kind, read
from bot.model.brief import Brief, Layout
from bot.model.piece import CorrectionKind
from tests.brief.spoiling import SHIPPED


def test_the_set_has_every_situation_that_is_promised() -> None:
    promised = {
        "up",
        "down",
        "before-the-open",
        "evening",
        "no-cause",
        "possible-cause",
        "split-day",
        "pence",
        "crypto",
        "half-day",
        "market-wide",
        "corrected",
        "refiled",
        "withdrawn",
        "faded",
        "closed",
        "long-name",
        "target",
        "best-buy",
        "nvidia",
        "hostile",
    }

    assert promised <= SITUATIONS.keys()


def test_every_kind_of_brief_and_of_correction_is_among_them() -> None:
    made = [(one.make(), one.variant(Layout.BRIEF)) for one in SITUATIONS.values()]
    kinds = {read(brief, SHIPPED.render(brief, variant), variant).kind for brief, variant in made}
    corrected = {one.kind for brief, _ in made for one in brief.corrections}

    assert set(Kind) == kinds
    assert set(CorrectionKind) == corrected
    assert 3 == len({base_of(brief) for brief, _ in made})


def test_the_awkward_ones_are_what_they_are_called() -> None:
    long, owned = SITUATIONS["long-name"].make(), SITUATIONS["up"].make()
    assert isinstance(long, Brief)
    assert isinstance(owned, Brief)
    said = owned.catalyst.attribution

    assert 60 == len(long.instrument.name)
    assert said is not None
    assert owned.instrument.ticker in said.outlet.owner_tickers
