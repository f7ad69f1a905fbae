"""What can be seen to be wrong with templates before there is a brief? Each by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from bot.brief import fit
from bot.brief.context import View
from bot.brief.context_market import MarketView
from bot.brief.render.engine import (
    BRIEF,
    CORRECTION,
    GLOBALS,
    MACROS,
    MARKET,
    SHIPPED,
    Folders,
    words_of,
)
from bot.errors import Problem

WAY_OUT = "correct it, or restore the shipped file with git restore templates"

_PARTS = {BRIEF: fit.OF_BRIEF, MARKET: fit.OF_MARKET}


def problems_of(jinja: SandboxedEnvironment, folders: Folders) -> list[Problem]:
    """Everything that is wrong in the operator's folder; a spare file is never missing."""
    missing = [name for name in SHIPPED if not folders.path(name).is_file()]
    found = [_problem(folders.own / name, 0, f"is missing; {WAY_OUT}") for name in missing]
    for path in sorted(folders.own.glob("*.j2")):
        found += _Reading(jinja, folders, path).problems()
    return found


def stands_for(jinja: SandboxedEnvironment, folders: Folders, name: str) -> str:
    """The shipped template that this one is, or extends; one that stands alone is a brief."""
    return _Reading(jinja, folders, folders.path(name)).stands_for()


class _Reading:
    """One file, read and not run."""

    def __init__(self, jinja: SandboxedEnvironment, folders: Folders, path: Path) -> None:
        self._jinja = jinja
        self._folders = folders
        self._path = path

    def stands_for(self) -> str:
        tree = self._parse(self._path.name)
        return BRIEF if tree is None else self._root(tree, until=frozenset(SHIPPED))

    def problems(self) -> list[Problem]:
        try:
            source = self._path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            return [_problem(self._path, 0, f"cannot be read: {error}; {WAY_OUT}")]
        try:
            tree = self._jinja.parse(source)
        except TemplateSyntaxError as error:
            return [_problem(self._path, error.lineno, f"{error.message}; {WAY_OUT}")]
        known = self._known(tree)
        return [
            *self._unknown_names(tree, known),
            *self._unknown_words(tree, known),
            *self._unknown_blocks(tree),
            *self._missing_parts(source),
        ]

    def _known(self, tree: nodes.Template) -> dict[str, type | None]:
        """The names that its briefs have: those of market-wide ones in their template only."""
        root = self._root(tree, until=frozenset({MARKET, CORRECTION}))
        if self._path.name == MACROS:
            return {}
        if root == MARKET:
            return words_of(MarketView)
        own = words_of(View)
        return words_of(MarketView) | own if root == CORRECTION else own

    def _unknown_names(
        self, tree: nodes.Template, known: dict[str, type | None]
    ) -> Iterator[Problem]:
        unknown = meta.find_undeclared_variables(tree) - known.keys() - GLOBALS
        for name in sorted(unknown):
            line = _line_of(tree, name)
            use = f"use one of {', '.join(sorted(known))}" if known else "a macro is told its words"
            yield _problem(self._path, line, f"{name} is not a name of the brief; {use}")

    def _unknown_words(
        self, tree: nodes.Template, known: dict[str, type | None]
    ) -> Iterator[Problem]:
        for node in tree.find_all(nodes.Getattr):
            if not isinstance(node.node, nodes.Name) or node.node.ctx != "load":
                continue
            record = known.get(node.node.name)
            if record is not None and node.attr not in words_of(record):
                has = ", ".join(sorted(words_of(record)))
                told = f"{node.node.name}.{node.attr} is not known; {node.node.name} has {has}"
                yield _problem(self._path, node.lineno, told)

    def _unknown_blocks(self, tree: nodes.Template) -> Iterator[Problem]:
        """A block that the template above does not have would never be said."""
        above = self._above(tree)
        if above is None:
            return
        blocks = self._blocks(above)
        for block in tree.find_all(nodes.Block):
            if blocks and block.name not in blocks:
                told = f"block {block.name} is not one of {above}; use one of "
                yield _problem(self._path, block.lineno, told + ", ".join(sorted(blocks)))

    def _missing_parts(self, source: str) -> Iterator[Problem]:
        for part in _PARTS.get(self._path.name, ()):
            if f'part("{part}")' not in source:
                told = f'part("{part}") and its block are missing; {WAY_OUT}'
                yield _problem(self._path, 0, told)

    def _root(self, tree: nodes.Template, until: frozenset[str]) -> str:
        """Up its chain to the first of those names; a brief where the chain ends elsewhere."""
        name, seen = self._path.name, set[str]()
        while name not in until and name not in seen:
            seen.add(name)
            above = self._above(tree)
            found = self._parse(above) if above else None
            if above is None or found is None:
                return above or BRIEF
            name, tree = above, found
        return name if name in until else BRIEF

    def _above(self, tree: nodes.Template) -> str | None:
        """What it extends: a name, or the base of a correction; None where it stands alone."""
        found = tree.find(nodes.Extends)
        if found is None:
            return None
        return str(found.template.value) if isinstance(found.template, nodes.Const) else BRIEF

    def _blocks(self, name: str, depth: int = 5) -> set[str]:
        tree = self._parse(name)
        if tree is None or not depth:
            return set()
        above = self._above(tree)
        own = {block.name for block in tree.find_all(nodes.Block)}
        return self._blocks(above, depth - 1) if above else own

    def _parse(self, name: str) -> nodes.Template | None:
        try:
            return self._jinja.parse(self._folders.path(name).read_text("utf-8"))
        except (OSError, UnicodeDecodeError, TemplateSyntaxError):
            return None


def _problem(path: Path, number: int, text: str) -> Problem:
    return Problem(str(path), number, "template", text)


def _line_of(tree: nodes.Template, name: str) -> int:
    return next((node.lineno for node in tree.find_all(nodes.Name) if node.name == name), 0)
