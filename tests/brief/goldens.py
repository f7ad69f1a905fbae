"""
The golden briefs: every situation in every layout, as text people can read aloud.

`python -m tests.brief.goldens` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.brief.render import Templates
from bot.model.brief import Brief, Colours, Layout, Rendered, Variant
from tests.brief import facts

FOLDER = Path(__file__).parent / "golden"
TEMPLATES = Path(__file__).parents[2] / "templates"

SITUATIONS: dict[str, Callable[[], Brief]] = {
    "reported": facts.baba,
    "extended": facts.extended,
    "faded": facts.faded,
    "turned": facts.turned,
    "closed": facts.closed,
    "possible": facts.micron,
    "no-catalyst": facts.pdd,
    "no-catalyst-candidates": facts.pdd_candidates,
    "pre-market": facts.intel,
    "evening": facts.evening,
    "pence-delayed-rumour": facts.ocado,
    "half-day": facts.half_day,
    "hostile": facts.hostile,
    "long-name": facts.long_name,
    "nothing-known": facts.bare,
    "story-after-the-move": facts.late_story,
    "average-crossed-intraday": facts.shy,
    "target": lambda: facts.named("TGT", "Target", "Target"),
    "best-buy": lambda: facts.named("BBY", "Best Buy", "Best Buy"),
    "nvidia": lambda: facts.named("NVDA", "NVIDIA", "NVIDIA"),
}
VARIANTS = {
    "line": Variant(Layout.LINE),
    "brief": Variant(Layout.BRIEF),
    "full": Variant(Layout.FULL),
    "full-tokyo": Variant(Layout.FULL, Colours.RED_UP, "Asia/Tokyo"),
}


CASES = [
    *((situation, layout) for situation in SITUATIONS for layout in ("line", "brief", "full")),
    ("reported", "full-tokyo"),
]


def printed(rendered: Rendered) -> str:
    """A rendered brief as a page."""
    return (
        f"content: {rendered.content}\n"
        f"title: {rendered.title}\n"
        f"colour: #{rendered.colour:06x}\n"
        f"--------\n{rendered.description}\n--------\n"
        f"footer: {rendered.footer}\n"
        f"reply: {rendered.reply}\n"
        f"alt: {rendered.alt}\n"
    )


def write() -> None:
    templates = Templates(TEMPLATES)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for situation, layout in CASES:
        rendered = templates.render(SITUATIONS[situation](), VARIANTS[layout])
        (FOLDER / f"{situation}.{layout}.txt").write_text(printed(rendered), "utf-8")


if __name__ == "__main__":
    write()
