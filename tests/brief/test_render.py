"""Templates: what they may say, and what a person is told when one is wrong."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.brief.context import View
from bot.brief.context_market import MarketView
from bot.brief.fallback import plain
from bot.brief.render import Templates
from bot.brief.render.engine import words_of
from bot.errors import DeskError
from bot.model.brief import Colours, Layout, Variant
from bot.model.news import Catalyst, Grade
from tests import builders as b
from tests.brief import facts
from tests.brief.goldens import TEMPLATES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


def edited(folder: Path, old: str, new: str, name: str = "brief.j2") -> Templates:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return Templates(folder)


def said(templates: Templates) -> str:
    with pytest.raises(DeskError) as told:
        templates.render(facts.baba(), Variant())
    return str(told.value)


def test_the_shipped_templates_have_no_problems() -> None:
    assert Templates(TEMPLATES).problems() == []


def test_an_operator_may_change_the_words_of_a_block(folder: Path) -> None:
    templates = edited(folder, "of {{ reference.price }}", "of {{ reference.price }} in New York")
    description = templates.render(facts.baba(), Variant()).description

    assert "from Friday's close (Jan 9) of $150.96 in New York." in description


def test_no_catalyst_takes_every_other_block_from_the_brief(folder: Path) -> None:
    templates = edited(folder, "its usual daily move", "its usual day")
    description = templates.render(facts.pdd(), Variant()).description

    assert "**No confirmed catalyst** The desk read 31 headlines" in description
    assert "2.3 times its usual day" in description


def test_a_template_with_a_syntax_error_names_its_line(folder: Path) -> None:
    templates = edited(folder, "{% endblock %}", "{% endblok %}")
    problems = templates.problems()

    assert f"template {folder}/brief.j2 line " in said(templates)
    assert [problem.key for problem in problems] == ["template"]
    assert problems[0].file == str(folder / "brief.j2") and problems[0].line > 0
    assert "git restore templates" in problems[0].text


def test_an_unknown_name_is_found_before_and_during_rendering(folder: Path) -> None:
    templates = edited(folder, "{{ who.exchange }}", "{{ whom.exchange }}")
    problem = templates.problems()[0]
    line = (folder / "brief.j2").read_text("utf-8").split("whom")[0].count("\n") + 1

    assert line == problem.line
    assert problem.text.startswith("whom is not a name of the brief; use one of ")
    assert all(name in problem.text for name in View.__slots__)
    assert f"{folder}/brief.j2 line {line}: 'whom' is undefined" in said(templates)


def test_an_unknown_part_of_a_name_is_told_with_its_line(folder: Path) -> None:
    told = said(edited(folder, "{{ who.exchange }}", "{{ who.bourse }}"))

    assert "has no attribute 'bourse'" in told
    assert f"{folder}/brief.j2 line " in told


def test_arithmetic_that_fails_is_told_and_not_raised_raw(folder: Path) -> None:
    assert "division by zero" in said(edited(folder, "{{ who.exchange }}", "{{ 1 / 0 }}"))


def test_a_template_cannot_reach_into_the_program(folder: Path) -> None:
    told = said(edited(folder, "{{ who.exchange }}", "{{ who.__class__.__mro__ }}"))

    assert "unsafe" in told


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "macros.j2").unlink()
    templates = Templates(folder)

    assert f"template {folder}/macros.j2 is missing" in said(templates)
    assert [problem.text for problem in templates.problems()] == [
        "is missing; correct it, or restore the shipped file with git restore templates"
    ]


def test_a_missing_folder_is_five_missing_files(tmp_path: Path) -> None:
    problems = Templates(tmp_path / "nowhere").problems()

    assert [Path(problem.file).name for problem in problems] == [
        "brief.j2",
        "no_catalyst.j2",
        "correction.j2",
        "market.j2",
        "macros.j2",
    ]


def test_a_missing_part_is_told(folder: Path) -> None:
    templates = edited(folder, '{{ part("lede") }}', "")

    assert [problem.text.partition(";")[0] for problem in templates.problems()] == [
        'part("lede") and its block are missing'
    ]
    assert "says nothing in lede" in said(templates)


def test_a_file_that_is_not_text_is_told(folder: Path) -> None:
    (folder / "brief.j2").write_bytes(b"\xff\xfe\x00")
    templates = Templates(folder)

    assert "cannot be read" in templates.problems()[0].text
    assert "brief.j2" in said(templates)


def test_words_that_cannot_be_made_to_fit_are_told(folder: Path) -> None:
    told = said(edited(folder, "{{ who.name }} (", "{{ 'long ' * 300 }}{{ who.name }} ("))

    assert "makes more than 900 characters of BABA even at its shortest" in told


def test_the_line_layout_has_no_embed() -> None:
    rendered = Templates(TEMPLATES).render(facts.baba(), Variant(Layout.LINE))

    assert (
        rendered.title,
        rendered.description,
        rendered.footer,
        rendered.chart,
    ) == ("", "", "", "")


def test_the_embed_carries_the_quotes_time_the_chart_and_its_words() -> None:
    rendered = Templates(TEMPLATES).render(facts.baba(), Variant())

    assert b.at("11:08") == rendered.timestamp
    assert rendered.chart == "chart.png"
    assert rendered.alt.startswith("Minute chart of BABA on Jan 12: nearly 10% above")


def test_a_rise_is_green_or_red_by_convention_and_a_flat_price_neither() -> None:
    templates = Templates(TEMPLATES)
    level = facts.at_move(facts.baba(), b.move("150.98"))
    colours = [
        templates.render(brief, Variant(colours=colours)).colour
        for brief in (facts.baba(), facts.pdd(), level)
        for colours in Colours
    ]

    assert colours == [0x3BA55D, 0xED4245, 0xED4245, 0x3BA55D, 0x949BA4, 0x949BA4]


def test_a_flat_price_is_unchanged() -> None:
    """0.04 % is printed as nought, so no verb of direction fits."""
    level = facts.at_move(facts.baba(), b.move("150.98"))
    rendered = Templates(TEMPLATES).render(level, Variant())

    assert rendered.content == "◆ BABA 0.0% $150.98"
    assert rendered.title == "Alibaba ADRs are unchanged"
    assert "(BABA) was **unchanged at $150.98** in late-morning trading Monday" in (
        rendered.description
    )


def test_a_rung_is_told_once_and_later_with_its_time() -> None:
    templates = Templates(TEMPLATES)
    replies = [
        templates.render(brief, Variant()).reply
        for brief in (facts.baba(), facts.extended(), facts.faded())
    ]

    assert replies == [
        "",
        "▲ BABA extends to +12.4%, $169.68",
        "▲ BABA extended to +12.4%, $169.68 at 12:14 EST",
    ]


def test_a_cause_leaves_the_headline_where_both_would_be_cut_on_a_phone() -> None:
    title = Templates(TEMPLATES).render(facts.long_name(), Variant()).title

    assert title.endswith("ADRs rise 9.8%")


@pytest.mark.parametrize(
    "topic", ["price target", "stocks that soar", "QWEN3MAX", "growth!", "rally caused by Qwen"]
)
def test_a_topic_in_words_we_do_not_use_stays_out_of_the_headline(topic: str) -> None:
    said = b.catalyst().attribution
    assert said is not None
    brief = replace(facts.baba(), catalyst=b.catalyst(attribution=replace(said, topic=topic)))
    rendered = Templates(TEMPLATES).render(brief, Variant())

    assert (rendered.title, rendered.content) == ("Alibaba ADRs rise 9.8%", "▲ BABA +9.8% $165.68")


def test_a_long_chain_is_cut_in_its_topic_never_in_its_sources() -> None:
    said = b.catalyst().attribution
    assert said is not None
    longer = replace(
        said, topic="the downloads of Qwen models in December", citing=("AIBase", "HF")
    )
    brief = replace(facts.baba(), catalyst=b.catalyst(attribution=longer))
    content = Templates(TEMPLATES).render(brief, Variant()).content

    assert content.endswith("… – SCMP citing AIBase and HF")
    assert len(content) <= 90


def test_without_headlines_it_says_that_none_was_at_hand() -> None:
    brief = replace(facts.pdd(), catalyst=Catalyst(Grade.NONE))
    description = Templates(TEMPLATES).render(brief, Variant()).description

    assert "**No confirmed catalyst** No headline of the last 48 hours was at hand." in description


def test_the_plain_fallback_says_what_moved_and_nothing_else() -> None:
    rendered = plain(facts.pdd(), Variant())

    assert rendered.content == "▼ PDD −5.3% $103.40 · 10:41 EST, details withheld"
    assert rendered.description == (
        "PDD at $103.40, −5.3% from the close of 2026-01-09, $109.19, at 10:41 EST. "
        "Details withheld."
    )
    assert rendered.footer == "Automated, no AI · Yahoo prices, quote 10:41 EST · not advice"
    assert plain(facts.pdd(), Variant(Layout.LINE)).description == ""


def test_the_page_on_templates_names_every_word_and_every_block() -> None:
    """docs/templates.md is what a stranger writes from."""
    page = (TEMPLATES.parent / "docs" / "templates.md").read_text("utf-8")
    words = set(re.findall(r"\w+", page))
    known = {
        name
        for record in (View, MarketView)
        for first, inner in words_of(record).items()
        for name in (first, *(words_of(inner) if inner else ()))
    }
    blocks = {
        block
        for path in TEMPLATES.glob("*.j2")
        for block in re.findall(r"{% block (\w+)", path.read_text("utf-8"))
    }

    assert known - words == set()
    assert blocks - words == set()


def test_a_custom_template_that_no_brief_uses_is_still_read(folder: Path) -> None:
    (folder / "mine.j2").write_text(
        '{% extends "no_catalyst.j2" %}{% block cause %}{% endblock %}', "utf-8"
    )
    templates = Templates(folder)

    assert templates.stands_for("mine.j2") == "no_catalyst.j2"
    assert [problem.text.partition(";")[0] for problem in templates.problems()] == [
        "block cause is not one of no_catalyst.j2"
    ]


def test_a_template_may_extend_itself_in_no_endless_circle(folder: Path) -> None:
    (folder / "a.j2").write_text('{% extends "b.j2" %}', "utf-8")
    (folder / "b.j2").write_text('{% extends "a.j2" %}', "utf-8")

    assert Templates(folder).stands_for("a.j2") == "brief.j2"
    assert Templates(folder).problems() == []


def test_what_is_not_in_the_folder_may_come_from_a_spare_one(tmp_path: Path) -> None:
    (tmp_path / "brief.j2").write_text('{% include "macros.j2" %}', "utf-8")

    assert Templates(tmp_path, spare=TEMPLATES).render(facts.market_wide(), Variant()).title
    assert Templates(tmp_path).problems()[0].text.startswith("is missing")
