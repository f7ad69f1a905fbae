"""
Whatever the facts: what leaves is within Discord's limits and passes the stylebook.

`make situations` draws 10,000 of them.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from hypothesis import HealthCheck, given, settings

from bot.brief.fallback import plain
from bot.brief.renderer import StylebookRenderer
from bot.model.brief import AnyBrief, Layout, Rendered, Variant, Violation
from tests.brief.generated import VARIANTS, any_briefs
from tests.brief.goldens import TEMPLATES

POOL = ThreadPoolExecutor(1)  # asked for nothing here
EXAMPLES = max(200, settings().max_examples)
LIVE = re.compile(r"(?<!\\)(?:@everyone|@here|<@|<#|<t:(?!\d+:R>))|javascript:")


class Collected:
    def __init__(self) -> None:
        self.violations: list[Violation] = []

    def __call__(self, brief: AnyBrief, violations: list[Violation]) -> None:
        self.violations += violations


HELD = Collected()
RENDERER = StylebookRenderer(TEMPLATES, POOL, HELD)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_briefs(), VARIANTS)
def test_no_combination_of_facts_fails_the_stylebook_or_discords_limits(
    brief: AnyBrief, variant: Variant
) -> None:
    """Nothing is held, and nothing that leaves can act in Discord."""
    HELD.violations.clear()
    rendered = RENDERER.render(brief, variant)

    assert HELD.violations == []
    assert within_limits(rendered, variant)
    assert not LIVE.search(f"{rendered.content}{rendered.title}{rendered.description}")


@settings(max_examples=EXAMPLES // 4, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_briefs(), VARIANTS)
def test_the_plain_fallback_is_within_the_limits_too(brief: AnyBrief, variant: Variant) -> None:
    rendered = plain(brief, variant)

    assert within_limits(rendered, variant)
    assert not LIVE.search(f"{rendered.content}{rendered.title}{rendered.description}")


def within_limits(rendered: Rendered, variant: Variant) -> bool:
    """Discord's own, and ours for a phone."""
    most = {Layout.LINE: 0, Layout.BRIEF: 900, Layout.FULL: 4096}[variant.layout]
    embed = len(rendered.title) + len(rendered.description) + len(rendered.footer)
    return (
        len(rendered.content) <= (240 if variant.layout is Layout.LINE else 90)
        and len(rendered.title) <= 256
        and len(rendered.description) <= most
        and len(rendered.footer) <= 2048
        and embed <= 6000
        and len(rendered.reply) <= 90
        and len(rendered.alt) <= 1024
    )
