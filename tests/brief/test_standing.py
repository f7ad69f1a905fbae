"""How a cause stands to the record: who said it, and in what form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.brief.situations.alibaba import scmp
from bot.brief.standing import filed
from bot.model.brief import Layout, Variant
from bot.model.news import Attribution, Grade, Outlet, OutletKind
from tests.brief import facts
from tests.brief.spoiling import SHIPPED

COMMISSION = Outlet("Federal Trade Commission", "FTC", "ftc.gov", OutletKind.REGULATOR)


def by_a_regulator(title: str) -> Attribution:
    said = scmp()
    story = replace(said.story, title=title, outlet=COMMISSION.name)
    return replace(said, story=story, outlet=COMMISSION, citing=(), topic="cloud probe")


@pytest.mark.parametrize(
    "title",
    ["8-K - Alibaba Group (Filer)", "Alibaba 20-F/A", "SC 13G: Alibaba", "Form 4 by an officer"],
)
def test_a_form_is_a_filing(title: str) -> None:
    assert filed(by_a_regulator(title))


@pytest.mark.parametrize("title", ["FTC opens a probe of Alibaba", "Qwen-2.5-K8 is tested"])
def test_a_press_item_is_not(title: str) -> None:
    assert not filed(by_a_regulator(title))


def test_only_a_regulator_files() -> None:
    said = scmp()

    assert not filed(replace(said, story=replace(said.story, title="8-K - Alibaba Group (Filer)")))


@pytest.mark.parametrize(
    ("title", "told", "headline"),
    [
        ("FTC opens a probe", "the Federal Trade Commission said at", "statement on cloud probe"),
        ("8-K - Alibaba", "the Federal Trade Commission published a filing at", "filing on cloud"),
    ],
)
def test_the_words_say_which(title: str, told: str, headline: str) -> None:
    brief = facts.baba()
    catalyst = replace(
        brief.catalyst, grade=Grade.STATED, attribution=by_a_regulator(title), rivals=()
    )
    rendered = SHIPPED.render(replace(brief, catalyst=catalyst), Variant(Layout.BRIEF))

    assert told in rendered.description
    assert headline in rendered.title
