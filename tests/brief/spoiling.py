"""Ways to make a good brief slightly wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.brief.render import Templates
from bot.brief.stylebook import check
from bot.model.brief import AnyBrief, Layout, Rendered, Variant
from tests.brief.goldens import TEMPLATES

SPOILT = Callable[[Rendered], Rendered]
SHIPPED = Templates(TEMPLATES)


def said(*pairs: str) -> SPOILT:
    """Replace words of the description: old, new, old, new…"""

    def spoil(rendered: Rendered) -> Rendered:
        text = rendered.description
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text, f"{old} is not in the brief"
            text = text.replace(old, new)
        return replace(rendered, description=text)

    return spoil


def titled(title: str) -> SPOILT:
    return lambda rendered: replace(rendered, title=title)


def footed(old: str, new: str) -> SPOILT:
    return lambda rendered: replace(rendered, footer=rendered.footer.replace(old, new))


def content(old: str, new: str) -> SPOILT:
    return lambda rendered: replace(rendered, content=rendered.content.replace(old, new))


def alt(text: str) -> SPOILT:
    return lambda rendered: replace(rendered, alt=text)


def broken(brief: AnyBrief, spoil: SPOILT, variant: Variant | Layout = Layout.BRIEF) -> set[str]:
    """The rules that break once the shipped words are spoilt; none did before."""
    found = Variant(variant) if isinstance(variant, Layout) else variant
    rendered = SHIPPED.render(brief, found)
    assert check(brief, rendered, found) == []
    return {violation.rule for violation in check(brief, spoil(rendered), found)}
