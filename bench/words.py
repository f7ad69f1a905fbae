"""How long do view, template, fit and stylebook take, against the template alone?"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import fields
from functools import partial

import jinja2

from bench.desk import open_desk
from bench.figure import Figure, quantile, rounds
from bot.brief import fit
from bot.brief.context import view
from bot.brief.render import BRIEF
from bot.config import Config
from bot.model.brief import Brief, Layout, Variant

ROUNDS = 300
GOAL = 1000 / 45
"""Milliseconds: a variant of its own for each of the 45 posts of a second."""


async def figures(share: float) -> AsyncIterator[Figure]:
    """The brief of the recorded day, in its default and its full layout."""
    async with open_desk(channels=1) as desk, desk.newsroom() as room:
        await room.watch(desk.place.channels)
        await room.cross(desk.place.now)
        brief = room.witness.brief
        for layout in (Layout.BRIEF, Layout.FULL):
            variant = Variant(layout)
            plain = _plain(desk.parts.config, brief, variant)
            ours: list[float] = []
            bare: list[float] = []
            for _ in range(rounds(ROUNDS, share)):
                ours.append(_took(partial(room.witness.render, brief, variant)))
                bare.append(_took(plain))
            yield Figure(
                f"words of a brief, layout {layout.value}, p50",
                quantile(ours, 0.5),
                "ms",
                "the same template in a plain Jinja, its words made ready, p50",
                quantile(bare, 0.5),
                GOAL,
            )


def _plain(config: Config, brief: Brief, variant: Variant) -> Callable[[], str]:
    """The template without sandbox, fit or stylebook."""
    folder = config.path(config.settings.desk.templates)
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), trim_blocks=True, lstrip_blocks=True
    )
    jinja.globals["part"] = str
    jinja.filters["capital"] = lambda text: text[:1].upper() + text[1:]
    seen = view(brief, variant, fit.ROOMS[variant.layout][0])
    words = {field.name: getattr(seen, field.name) for field in fields(seen)}
    template = jinja.get_template(BRIEF)
    return lambda: template.render(words)


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
