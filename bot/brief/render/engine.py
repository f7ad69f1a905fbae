"""How are templates run? Strictly, in a sandbox, and taken apart into their parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from bot.brief import fit
from bot.brief.context import View
from bot.brief.context_market import MarketView

BRIEF, NO_CATALYST, MARKET = "brief.j2", "no_catalyst.j2", "market.j2"
CORRECTION, MACROS = "correction.j2", "macros.j2"
SHIPPED = (BRIEF, NO_CATALYST, CORRECTION, MARKET, MACROS)
FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
GLOBALS = frozenset({"part", "say", "self", "base"})

_MARK = "\x1e"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where templates are: the operator's folder, and a spare for what that one lacks."""

    own: Path
    spare: Path | None = None

    def path(self, name: str) -> Path:
        """Where a template of that name is, or ought to be."""
        there = self.spare / name if self.spare else self.own / name
        return there if there.is_file() and not (self.own / name).is_file() else self.own / name

    @property
    def all(self) -> list[Path]:
        return [self.own, *([self.spare] if self.spare else [])]


def engine(folders: Folders) -> SandboxedEnvironment:
    """An environment in which a template can say the words of a brief, and do nothing else."""
    jinja = _Sandbox(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders.all]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    jinja.globals["part"] = _begin
    jinja.filters["capital"] = _capital
    return jinja


def split(text: str) -> dict[str, str]:
    """The parts by name. A sentence is folded into one line; a list keeps its lines."""
    parts = dict.fromkeys(fit.PARTS, "")
    for section in text.split(_MARK)[1:]:
        name, _, body = section.partition("\n")
        if name in fit.LISTED:
            lines = (" ".join(row.split()) for row in body.splitlines())
            parts[name] = "\n".join(filter(None, lines))
        else:
            parts[name] = " ".join(body.split())
    return parts


def words_of(record: type) -> dict[str, type | None]:
    """The names in a record of the view, each with its own record or None for plain text."""
    hints = get_type_hints(record)
    return {field.name: _record(hints[field.name]) for field in fields(record)}


def _record(hint: Any) -> type | None:
    options: tuple[Any, ...] = getattr(hint, "__args__", ()) or (hint,)
    return next((one for one in options if isinstance(one, type) and is_dataclass(one)), None)


def _records(record: type) -> Iterator[type]:
    yield record
    for inner in words_of(record).values():
        if inner is not None:
            yield from _records(inner)


_OURS = {
    record: frozenset(words_of(record)) for top in (View, MarketView) for record in _records(top)
}


class _Sandbox(SandboxedEnvironment):
    """Our own records and marks need no inspection; everything else is judged as ever."""

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        if obj is _begin:
            return _begin(*args)
        return super().call(context, obj, *args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:
        known = _OURS.get(type(obj))
        if known is not None and attribute in known:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def _begin(part: str) -> str:
    return f"{_MARK}{part}\n"


def _capital(text: str) -> str:
    """The first letter large, the rest as it is ("Hong Kong", "KWEB")."""
    return text[:1].upper() + text[1:]
