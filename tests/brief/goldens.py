"""
The golden briefs: every situation in every layout, as text people can read aloud.

`python -m tests.brief.goldens` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

from pathlib import Path

from bot.brief.render import Templates
from bot.brief.situations import SITUATIONS
from bot.model.brief import AnyBrief, Colours, Layout, Rendered, Variant

FOLDER = Path(__file__).parent / "golden"
TEMPLATES = Path(__file__).parents[2] / "templates"

TOKYO = "full-tokyo"
CASES = [
    *((situation, layout.value) for situation in SITUATIONS for layout in Layout),
    ("up", TOKYO),
]


def told(situation: str, layout: str) -> tuple[AnyBrief, Variant]:
    """The brief and the variant of one golden page."""
    found = SITUATIONS[situation]
    if layout == TOKYO:
        return found.make(), Variant(Layout.FULL, Colours.RED_UP, "Asia/Tokyo")
    return found.make(), found.variant(Layout(layout))


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
        rendered = templates.render(*told(situation, layout))
        (FOLDER / f"{situation}.{layout}.txt").write_text(printed(rendered), "utf-8")


if __name__ == "__main__":
    write()
