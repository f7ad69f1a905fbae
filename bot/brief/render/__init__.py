"""
Which words does a template make of a brief? Jinja2, sandboxed and strict, and nothing else.

A template is a list of blocks; `part("lede")` marks where each begins. The folder is the
operator's: what is wrong in it is told by file and line, never as a traceback.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError

from bot.brief import fit
from bot.brief.chart import alt_text
from bot.brief.context import View, view
from bot.brief.context_market import MarketView, market_view
from bot.brief.escape import cut
from bot.brief.fit import Room
from bot.brief.palette import colour_of
from bot.brief.render.engine import (
    BRIEF,
    CORRECTION,
    FAULTS,
    MARKET,
    NO_CATALYST,
    Folders,
    engine,
    split,
)
from bot.brief.render.reading import WAY_OUT, problems_of
from bot.brief.render.reading import stands_for as stands_for_
from bot.brief.shown import as_of, corrections, subject, withdrawn
from bot.errors import DeskError, Problem
from bot.model.brief import AnyBrief, Layout, MarketBrief, Rendered, Variant
from bot.model.news import Grade

CHART = "chart.png"

__all__ = ["BRIEF", "CHART", "CORRECTION", "MARKET", "NO_CATALYST", "Templates"]


class Templates:
    """
    The templates of one folder, compiled once each.

    `instead` names a file to use in the place of a shipped one; what the folder lacks is taken
    from `spare`, where that is given.
    """

    def __init__(
        self, folder: Path, *, instead: Mapping[str, str] | None = None, spare: Path | None = None
    ) -> None:
        self._folders = Folders(folder, spare)
        self._instead = instead or {}
        self._jinja = engine(self._folders)

    def render(self, brief: AnyBrief, variant: Variant) -> Rendered:
        """
        Return the brief in words, fitted to Discord.

        Raises `DeskError` when a template fails, or when nothing it says can be made to fit.
        """
        base = self._named(base_of(brief))
        corrected = bool(corrections(brief, variant))
        name = self._named(CORRECTION) if corrected else base
        for room in fit.ROOMS[variant.layout]:
            parts = self.say(name, words_of(brief, variant, room) | {"base": base})
            self._complete(name, parts, needed(brief, variant))
            if variant.layout is Layout.LINE:
                return line(brief, variant, parts["line"], parts["rung"])
            description = fit.fit(parts, variant.layout, short=room.short)
            if description is not None:
                return _embed(brief, variant, parts, description)
        limit, which = fit.LIMITS[variant.layout], self._folders.path(name)
        raise DeskError(
            f"template {which} makes more than {limit} characters of {subject(brief)} "
            "even at its shortest",
            hint="shorten its lede, catalyst or caveats block",
        )

    def problems(self) -> list[Problem]:
        """Everything that can be seen to be wrong without a brief, for `bot check`."""
        return problems_of(self._jinja, self._folders)

    def stands_for(self, name: str) -> str:
        """The shipped template whose briefs this one is written for."""
        return stands_for_(self._jinja, self._folders, name)

    def _named(self, shipped: str) -> str:
        return self._instead.get(shipped, shipped)

    def _complete(self, name: str, parts: Mapping[str, str], wanted: tuple[str, ...]) -> None:
        if silent := [part for part in wanted if not parts[part]]:
            told = f"template {self._folders.path(name)} says nothing in {', '.join(silent)}"
            raise DeskError(told, hint=WAY_OUT)

    def say(self, name: str, words: Mapping[str, object]) -> dict[str, str]:
        """The parts that the template of that name makes of these words. Raises `DeskError`."""
        try:
            return split(self._jinja.get_template(name).render(words))
        except TemplateNotFound as error:
            message = f"template {self._folders.path(str(error.name or name))} is missing"
            raise DeskError(message, hint="restore it with git restore templates") from error
        except TemplateSyntaxError as error:
            where = f"{self._folders.path(str(error.name or name))} line {error.lineno}"
            raise DeskError(f"template {where}: {error.message}", hint=WAY_OUT) from error
        except FAULTS as error:
            where = self._where(error, name)
            raise DeskError(f"template {where}: {error}", hint=WAY_OUT) from error

    def _where(self, error: Exception, name: str) -> str:
        """The innermost template frame: Jinja rewrites tracebacks to the operator's lines."""
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if frame.filename.endswith(".j2")]
        found = f"{own[-1].filename} line {own[-1].lineno}" if own else ""
        return found or str(self._folders.path(name))


def base_of(brief: AnyBrief) -> str:
    """The shipped template that a brief is written with, its corrections aside."""
    if isinstance(brief, MarketBrief):
        return MARKET
    return NO_CATALYST if brief.catalyst.grade is Grade.NONE else BRIEF


def needed(brief: AnyBrief, variant: Variant) -> tuple[str, ...]:
    """The parts that must not be empty."""
    if withdrawn(brief, variant):
        return ("notification", "line", "headline", "correction", "footer")
    found = fit.COMMON if isinstance(brief, MarketBrief) else (*fit.COMMON, "catalyst")
    return (*found, "correction") if corrections(brief, variant) else found


def line(brief: AnyBrief, variant: Variant, content: str, reply: str = "") -> Rendered:
    """The line layout: no embed, no picture."""
    return Rendered(
        content=cut(content, fit.LINE),
        title="",
        description="",
        footer="",
        colour=colour(brief, variant),
        timestamp=as_of(brief),
        reply=cut(reply, fit.NOTIFICATION),
    )


def colour(brief: AnyBrief, variant: Variant) -> int:
    """0xRRGGBB; a withdrawal has the colour of no move."""
    if withdrawn(brief, variant):
        return colour_of(Decimal(0), variant.colours)
    if isinstance(brief, MarketBrief):
        return colour_of(Decimal(1 if brief.up else -1), variant.colours)
    return colour_of(brief.move.percent, variant.colours)


def words_of(brief: AnyBrief, variant: Variant, room: Room) -> dict[str, object]:
    """What a template may name, by name."""
    seen: View | MarketView = (
        market_view(brief, variant, room)
        if isinstance(brief, MarketBrief)
        else view(brief, variant, room)
    )
    return {name: getattr(seen, name) for name in seen.__slots__}


def _embed(
    brief: AnyBrief, variant: Variant, parts: Mapping[str, str], description: str
) -> Rendered:
    alt = ""
    if not isinstance(brief, MarketBrief) and not withdrawn(brief, variant):
        alt = cut(alt_text(brief), fit.ALT)
    return Rendered(
        content=cut(parts["notification"], fit.NOTIFICATION),
        title=cut(parts["headline"], fit.TITLE),
        description=description,
        footer=cut(parts["footer"], fit.FOOTER),
        colour=colour(brief, variant),
        timestamp=as_of(brief),
        reply=cut(parts["rung"], fit.NOTIFICATION),
        chart=CHART if alt else "",
        alt=alt,
    )
