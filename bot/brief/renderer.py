"""
May it leave? Words through template, fit and stylebook; the picture drawn off the loop.

A brief that a template or the stylebook stops is held and told to `on_held`; the plain
fallback goes out in its place, so a bad template silences nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from bot.brief import chart, stylebook
from bot.brief.fallback import plain
from bot.brief.render import Templates
from bot.errors import DeskError, Problem
from bot.model.brief import (
    AnyBrief,
    Brief,
    ChartData,
    Colours,
    Rendered,
    Variant,
    Violation,
)


class StylebookRenderer:
    """Satisfies `bot.services.ports.Renderer`."""

    def __init__(
        self,
        folder: Path,
        pool: Executor,
        on_held: Callable[[AnyBrief, list[Violation]], None],
    ) -> None:
        self._templates = Templates(folder)
        self._pool = pool
        self._on_held = on_held

    def render(self, brief: AnyBrief, variant: Variant) -> Rendered:
        """The brief in words that passed the stylebook, else the plain fallback."""
        try:
            rendered = self._templates.render(brief, variant)
        except DeskError as error:
            self._on_held(brief, [Violation("template", str(error))])
            return plain(brief, variant)
        broken = stylebook.check(brief, rendered, variant)
        if broken:
            self._on_held(brief, broken)
            return plain(brief, variant)
        return rendered

    def problems(self) -> list[Problem]:
        """What is wrong with the templates, for `bot check`."""
        return self._templates.problems()

    async def chart(self, brief: Brief, data: ChartData, colours: Colours) -> bytes:
        """A PNG, drawn in the pool."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, chart.draw, brief, data, colours)
