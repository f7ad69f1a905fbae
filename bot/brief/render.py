"""
Which words does a template make of a brief? Jinja2, sandboxed and strict, and nothing else.

A template is a list of blocks; `part("lede")` marks where each begins. The folder is the
operator's: what is wrong in it is told by file and line, never as a traceback.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
)
from jinja2.sandbox import SandboxedEnvironment

from bot.brief import fit
from bot.brief.chart import alt_text
from bot.brief.context import NAMES, View, view
from bot.brief.context_move import line
from bot.brief.escape import bare, cut
from bot.brief.palette import colour_of
from bot.brief.phrases import verbs
from bot.brief.wording import clock, money, percent
from bot.errors import DeskError, Problem
from bot.model.brief import Brief, Layout, Rendered, Variant
from bot.model.news import Grade

CHART = "chart.png"
BRIEF, NO_CATALYST, MACROS = "brief.j2", "no_catalyst.j2", "macros.j2"
WAY_OUT = "correct it, or restore the shipped file with git restore templates"

_MARK = "\x1e"
_FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_GLOBALS = frozenset({"part", "say", "self"})


class Templates:
    """The templates of one folder, compiled once each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._jinja = SandboxedEnvironment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._jinja.globals["part"] = _begin
        self._jinja.filters["capital"] = _capital

    def render(self, brief: Brief, variant: Variant) -> Rendered:
        """
        Return the brief in words, fitted to Discord.

        Raises `DeskError` when a template fails, or when nothing it says can be made to fit.
        """
        name = NO_CATALYST if brief.catalyst.grade is Grade.NONE else BRIEF
        for room in fit.ROOMS[variant.layout]:
            parts = self._parts(name, view(brief, variant, room))
            if variant.layout is Layout.LINE:
                return _line(brief, variant, parts["line"], parts["rung"])
            description = fit.fit(parts, variant.layout)
            if description is not None:
                return _embed(brief, variant, parts, description)
        limit = fit.LIMITS[variant.layout]
        raise DeskError(
            f"template {self._folder / name} makes more than {limit} characters of "
            f"{brief.instrument.ticker} even at its shortest",
            hint="shorten its lede, catalyst or caveats block",
        )

    def problems(self) -> list[Problem]:
        """Everything that can be seen to be wrong without a brief, for `bot check`."""
        found: list[Problem] = []
        for name in (BRIEF, NO_CATALYST, MACROS):
            if not (self._folder / name).is_file():
                found.append(self._problem(name, 0, f"is missing; {WAY_OUT}"))
        for path in sorted(self._folder.glob("*.j2")):
            found += self._problems_of(path)
        return found

    def _problems_of(self, path: Path) -> list[Problem]:
        try:
            source = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            return [self._problem(path.name, 0, f"cannot be read: {error}; {WAY_OUT}")]
        try:
            tree = self._jinja.parse(source)
        except TemplateSyntaxError as error:
            return [self._problem(path.name, error.lineno, f"{error.message}; {WAY_OUT}")]
        unknown = meta.find_undeclared_variables(tree) - NAMES - _GLOBALS
        found = [
            self._problem(
                path.name,
                _line_of(source, name),
                f"{name} is not a name of the brief; use one of {', '.join(sorted(NAMES))}",
            )
            for name in sorted(unknown)
        ]
        if path.name == BRIEF:
            missing = [part for part in fit.PARTS if f'part("{part}")' not in source]
            for part in missing:
                text = f'part("{part}") and its block are missing; {WAY_OUT}'
                found.append(self._problem(path.name, 0, text))
        return found

    def _problem(self, name: str, number: int, text: str) -> Problem:
        return Problem(str(self._folder / name), number, "template", text)

    def _parts(self, name: str, seen: View) -> dict[str, str]:
        words = {field.name: getattr(seen, field.name) for field in fields(seen)}
        try:
            text = self._template(name).render(words)
        except TemplateNotFound as error:
            message = f"template {self._folder / (error.name or name)} is missing"
            raise DeskError(message, hint="restore it with git restore templates") from error
        except TemplateSyntaxError as error:
            where = f"{self._folder / (error.name or name)} line {error.lineno}"
            raise DeskError(f"template {where}: {error.message}", hint=WAY_OUT) from error
        except _FAULTS as error:
            where = self._where(error, name)
            raise DeskError(f"template {where}: {error}", hint=WAY_OUT) from error
        parts = _split(text)
        if silent := [part for part in fit.NEVER_EMPTY if not parts[part]]:
            raise DeskError(
                f"template {self._folder / name} says nothing in {', '.join(silent)}", hint=WAY_OUT
            )
        return parts

    def _template(self, name: str) -> Template:
        return self._jinja.get_template(name)

    def _where(self, error: Exception, name: str) -> str:
        """The innermost template frame: Jinja rewrites tracebacks to the operator's lines."""
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if frame.filename.endswith(".j2")]
        return f"{own[-1].filename} line {own[-1].lineno}" if own else str(self._folder / name)


def plain(brief: Brief, variant: Variant) -> Rendered:
    """The fallback without templates: what moved, how far, to what, when; details withheld."""
    ticker = bare(brief.instrument.ticker)
    zone = variant.zone or brief.session.zone
    at, figures = clock(brief.quote.as_of, zone), line(brief)
    content = f"{verbs(brief.move.percent).arrow} {ticker} {figures} · {at}, details withheld"
    if variant.layout is Layout.LINE:
        return _line(brief, variant, content)
    reference = brief.move.reference
    close = money(reference.price, brief.move.currency)
    return Rendered(
        content=content,
        title=f"{ticker} {percent(brief.move.percent)}",
        description=(
            f"{ticker} at {money(brief.move.last, brief.move.currency)}, "
            f"{percent(brief.move.percent)} from the close of {reference.day.isoformat()}, "
            f"{close}, at {at}. Details withheld."
        ),
        footer=f"Automated, no AI · Yahoo prices, quote {at} · not advice",
        colour=colour_of(brief.move.percent, variant.colours),
        timestamp=brief.quote.as_of,
        chart=CHART,
        alt=alt_text(brief),
    )


def _embed(brief: Brief, variant: Variant, parts: Mapping[str, str], description: str) -> Rendered:
    return Rendered(
        content=cut(parts["notification"], fit.NOTIFICATION),
        title=cut(parts["headline"], fit.TITLE),
        description=description,
        footer=cut(parts["footer"], fit.FOOTER),
        colour=colour_of(brief.move.percent, variant.colours),
        timestamp=brief.quote.as_of,
        reply=cut(parts["rung"], fit.NOTIFICATION),
        chart=CHART,
        alt=cut(alt_text(brief), fit.ALT),
    )


def _line(brief: Brief, variant: Variant, content: str, reply: str = "") -> Rendered:
    """The line layout: no embed, no picture."""
    return Rendered(
        content=cut(content, fit.LINE),
        title="",
        description="",
        footer="",
        colour=colour_of(brief.move.percent, variant.colours),
        timestamp=brief.quote.as_of,
        reply=cut(reply, fit.NOTIFICATION),
    )


def _begin(part: str) -> str:
    return f"{_MARK}{part}\n"


def _capital(text: str) -> str:
    """The first letter large, the rest as it is ("Hong Kong", "KWEB")."""
    return text[:1].upper() + text[1:]


def _split(text: str) -> dict[str, str]:
    """The parts by name. A sentence is folded into one line; a list keeps its lines."""
    parts = dict.fromkeys(fit.PARTS, "")
    for section in text.split(_MARK)[1:]:
        name, _, body = section.partition("\n")
        lines = [" ".join(row.split()) for row in body.splitlines()]
        parts[name] = ("\n" if name in fit.LISTED else " ").join(filter(None, lines))
    return parts


def _line_of(source: str, name: str) -> int:
    found = re.search(rf"\b{re.escape(name)}\b", source)
    return source.count("\n", 0, found.start()) + 1 if found else 0
