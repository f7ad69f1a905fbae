"""How long do view, template, fit and stylebook take, and the template against a plain Jinja?"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from functools import partial

import jinja2

from bench.desk import open_desk
from bench.figure import Figure, quantile, rounds
from bot.brief import escape, fit
from bot.brief.render import BRIEF, Templates, words_of
from bot.config import Config
from bot.model.brief import Layout, Variant

ROUNDS = 300
NO_MORE = 1.5
"""Times a plain render: what sandbox, strictness and parts may cost."""
GOAL = 5.0
"""Milliseconds for words that may leave: view, render, fit and lint."""


async def figures(share: float) -> AsyncIterator[Figure]:
    """The brief of the recorded day, in its default and its full layout."""
    async with open_desk(channels=1) as desk, desk.newsroom() as room:
        await room.watch(desk.place.channels)
        await room.cross(desk.place.now)
        brief, config = room.witness.brief, desk.parts.config
        templates = Templates(config.path(config.settings.desk.templates))
        for layout in (Layout.BRIEF, Layout.FULL):
            variant = Variant(layout)
            words = words_of(brief, variant, fit.ROOMS[layout][0])
            plain, ours = _plain(config, words), partial(templates.say, BRIEF, words)
            told: list[float] = []
            bare: list[float] = []
            made: list[float] = []
            for _ in range(rounds(ROUNDS, share)):
                made.append(_second(ours))
                bare.append(_second(plain))
                _forget()
                told.append(_took(partial(room.witness.render, brief, variant)))
            against = "the same template and words in a plain Jinja, p50"
            least = quantile(bare, 0.5)
            yield Figure(
                f"a template made into parts, layout {layout.value}, p50",
                quantile(made, 0.5),
                "ms",
                against,
                least,
                NO_MORE * least,
            )
            yield Figure(
                f"words of a brief: render, fit and lint, layout {layout.value}, p50",
                quantile(told, 0.5),
                "ms",
                against,
                least,
                GOAL,
            )


def _forget() -> None:
    """As if no word of the brief had ever been seen."""
    for remembering in (escape.clean, escape.escape, escape.bare):
        remembering.cache_clear()


def _plain(config: Config, words: dict[str, object]) -> Callable[[], str]:
    """The template without sandbox, fit or stylebook."""
    folder = config.path(config.settings.desk.templates)
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), trim_blocks=True, lstrip_blocks=True
    )
    jinja.globals["part"] = str
    jinja.filters["capital"] = lambda text: text[:1].upper() + text[1:]
    template = jinja.get_template(BRIEF)
    return lambda: template.render(words)


def _second(work: Callable[[], object]) -> float:
    """Of two runs in a row, so that neither side finds the processor's caches colder."""
    work()
    return _took(work)


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
