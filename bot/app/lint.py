"""
`bot lint`: does a template keep the stylebook, whatever happens?

Each template is read, then made to say every situation that ships with the desk, in every layout.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.brief.render import BRIEF, CORRECTION, NO_CATALYST, Templates, base_of
from bot.brief.render.engine import MACROS
from bot.brief.shown import corrections
from bot.brief.situations import SITUATIONS, Situation
from bot.brief.stylebook import check
from bot.errors import DeskError, UserError
from bot.model.brief import Layout, Variant

SHIPPED = Path(__file__).parents[2] / "templates"


@dataclass(slots=True)
class _Tally:
    """What was done so far."""

    renderings: int = 0
    wrong: int = 0


def lint(paths: Sequence[Path]) -> int:
    """
    Print whatever is wrong with these templates or folders of them; returns 1 where anything is.

    Without any, those that ship with the desk. Raises `UserError` for what is no template.
    """
    tally = _Tally()
    files = _files(paths or [SHIPPED])
    for path in files:
        for line in _wrong(path, tally):
            tally.wrong += 1
            sys.stdout.write(f"{line}\n")
    sys.stdout.write(_summary(len(files), tally))
    return int(tally.wrong > 0)


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*.j2")) if path.is_dir() else [path]
        if not inside or not all(one.is_file() and one.suffix == ".j2" for one in inside):
            told = "has no templates" if path.is_dir() else "is not a template"
            raise UserError(f"{path} {told}", hint="name a .j2 file, or a folder that has some")
        found += inside
    return found


def _wrong(path: Path, tally: _Tally) -> Iterator[str]:
    """What can be seen, and only where that is nothing, what can be heard."""
    templates = Templates(path.parent, spare=SHIPPED)
    seen = [one for one in templates.problems() if Path(one.file) == path]
    if seen:
        yield from (f"{one.file} line {one.line}: {one.text}" for one in seen)
        return
    role = templates.stands_for(path.name)
    spoken = Templates(path.parent, instead={role: path.name}, spare=SHIPPED)
    failed: Counter[str] = Counter()
    for name, situation in SITUATIONS.items():
        if _concerns(role, situation):
            for layout in Layout:
                tally.renderings += 1
                try:
                    yield from _broken(path, name, spoken, layout)
                except DeskError as error:
                    failed[str(error)] += 1
    for told, times in failed.items():
        yield f"{path}: {told} (in {times} renderings)"


def _broken(path: Path, name: str, templates: Templates, layout: Layout) -> Iterator[str]:
    brief, variant = SITUATIONS[name].make(), SITUATIONS[name].variant(layout)
    for one in check(brief, templates.render(brief, variant), variant):
        yield f"{path}: {name}, layout {layout.value}: {one.rule} {one.text}"


def _concerns(role: str, situation: Situation) -> bool:
    """Whether that template has a part in what is said."""
    brief = situation.make()
    used = {base_of(brief), MACROS}
    if NO_CATALYST in used:
        used.add(BRIEF)
    if corrections(brief, Variant()):
        used.add(CORRECTION)
    return role in used


def _summary(files: int, tally: _Tally) -> str:
    templates = "1 template" if files == 1 else f"{files} templates"
    said = f"{templates} in {len(SITUATIONS)} situations, {tally.renderings:,} renderings: "
    if not tally.wrong:
        return said + "every one keeps the stylebook.\n"
    return f"{said}{tally.wrong} to mend; docs/templates.md says how to write one.\n"
