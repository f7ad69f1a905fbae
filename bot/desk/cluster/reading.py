"""
What does a headline say? Its names, its figures, and its words cut to classes of one meaning.

A name is a company of the table under any of its aliases, or capitals that no dictionary word
explains. The skeleton is the headline with names and figures taken out: templates share it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from bot.desk.cluster.events import REMEMBERED, domains, happenings
from bot.desk.cluster.everyday import EVERYDAY
from bot.desk.cluster.forms import form_of
from bot.desk.cluster.hints import hinted
from bot.desk.cluster.roles import DIRECTED, Role, roles, suffered
from bot.desk.cluster.small import (
    DAYS,
    EMPTY,
    JOINING,
    MONTHS,
    ORDINALS,
    ORDINARY,
    PLACES,
    SHARES,
    SMALL,
    SPELT,
    SUBJECTS,
)
from bot.desk.cluster.tables import CLASS_PHRASES, CLASSES, COMPANIES, COMPOUNDS
from bot.desk.cluster.title import Figure, Word, pieces, plain

LOUD = 0.6  # share of capitals from which a headline is in title case

Name = tuple[str, ...]
NAME, FIGURE = "@", "#"


@dataclass(frozen=True, slots=True)
class Reading:
    """One headline, read. `hinted` are companies that it may mean by their trade."""

    words: frozenset[str]
    stems: frozenset[str]
    names: tuple[Name, ...]
    figures: tuple[Figure, ...]
    skeleton: tuple[str, ...]
    classes: frozenset[str]
    form: str
    hinted: frozenset[str]
    roles: frozenset[Role]
    happenings: frozenset[str] = field(init=False)
    domains: frozenset[str] = field(init=False)
    steps: frozenset[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "happenings", happenings(self.classes))
        object.__setattr__(self, "domains", domains(self.classes))
        object.__setattr__(self, "steps", frozenset(pairwise(self.skeleton)))


@lru_cache(maxsize=REMEMBERED)
def read(title: str) -> Reading:
    """Read one headline; any text is one."""
    text = plain(title)
    return _Reader(list(pieces(text, COMPOUNDS))).reading(form_of(text))


class _Reader:
    """Walks the pieces once; each taker says how many it understood."""

    def __init__(self, found: Sequence[Word | Figure | None]) -> None:
        self._pieces = found
        words = [piece for piece in found if isinstance(piece, Word)]
        long = [word.capital for word in words[1:] if len(word.text) > 3]
        self._loud = not long or sum(long) > LOUD * len(long)
        self._bare = [piece.bare if isinstance(piece, Word) else "" for piece in found]
        self._stems = [piece.stem if isinstance(piece, Word) else "" for piece in found]
        self._takers: tuple[Callable[[int, Word], int], ...] = (
            self._company,
            self._phrase,
            self._date,
            self._spelt,
            self._class,
            self._empty,
        )
        self._open: list[str] = []
        self._names: list[Name] = []
        self._told: list[str | tuple[str, bool]] = []
        self._figures: list[Figure] = []
        self._skeleton: list[str] = []
        self._classes: set[str] = set()
        self._words: set[str] = set()
        self._raw: set[str] = set()

    def reading(self, form: str) -> Reading:
        at = 0
        while at < len(self._pieces):
            at += self._take(at)
        self._close()
        if not self._names:
            self._names += [(name,) for name in sorted(self._classes & SUBJECTS)]
        return Reading(
            words=frozenset(self._words | {f":{name}" for name in self._classes}),
            stems=frozenset(self._raw),
            names=tuple(dict.fromkeys(self._names)),
            figures=tuple(self._figures),
            skeleton=tuple(self._skeleton),
            classes=frozenset(self._classes),
            form=form,
            hinted=hinted(self._stems),
            roles=roles(self._told),
        )

    def _take(self, at: int) -> int:
        piece = self._pieces[at]
        if piece is None:
            self._close()
            return 1
        if isinstance(piece, Figure):
            return self._figure(piece)
        for taker in self._takers:
            if taken := taker(at, piece):
                return taken
        return self._other(piece)

    def _figure(self, figure: Figure, taken: int = 1) -> int:
        self._close()
        self._figures.append(figure)
        self._skeleton.append(FIGURE)
        return taken

    def _company(self, at: int, word: Word) -> int:
        taken, name = COMPANIES.at(self._bare, at)
        marked = word.capital or self._bare[at + taken - 1] == "maker"
        doubtful = taken == 1 and word.bare in ORDINARY and self._loud and not word.opens
        if not taken or not marked or doubtful:
            return 0
        self._close()
        self._name(name)
        return taken

    def _phrase(self, at: int, word: Word) -> int:
        taken, name = CLASS_PHRASES.at(self._stems, at)
        if taken:
            self._say(name, *self._stems[at : at + taken])
        return taken

    def _date(self, at: int, word: Word) -> int:
        if not word.capital:
            return 0
        if word.bare in DAYS:
            return self._figure(Figure(DAYS[word.bare], "day"))
        month = MONTHS.get(word.bare.rstrip("."))
        after = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
        if month is None or (word.bare == "may" and not isinstance(after, Figure)):
            return 0
        if isinstance(after, Figure) and after.unit == "n" and after.value <= 31:
            return self._figure(Figure(month * 100 + after.value, "date"), 2)
        return self._figure(Figure(month, "month"))

    def _spelt(self, at: int, word: Word) -> int:
        following = self._stems[at + 1] if at + 1 < len(self._stems) else ""
        if word.bare in ORDINALS and following == "quarter":
            self._say("results")
            return self._figure(Figure(ORDINALS[word.bare], "quarter"), 2)
        if word.bare in SMALL:
            return self._figure(Figure(SMALL[word.bare], "n", 1))
        if word.bare in SHARES and at and self._bare[at - 1] in ("a", "one"):
            return self._figure(SHARES[word.bare])
        return self._figure(SPELT[word.bare]) if word.bare in SPELT else 0

    def _class(self, at: int, word: Word) -> int:
        names = CLASSES.get(word.bare) or CLASSES.get(word.stem, ())
        if not names:
            return 0
        self._say(names[0], word.stem)
        if word.bare in DIRECTED:
            self._told.append((DIRECTED[word.bare], suffered(self._bare, at)))
        self._classes.update(names[1:])
        return 1

    def _empty(self, at: int, word: Word) -> int:
        if word.bare not in EMPTY and (len(word.stem) > 1 or word.capital):
            return 0
        if word.bare not in JOINING:
            self._close()
        return 1

    def _other(self, word: Word) -> int:
        shouted = word.text.isupper() and len(word.text) > 1
        told = not self._loud and not word.opens
        if word.capital and (word.stem not in EVERYDAY or told or shouted):
            self._open.append(word.bare)
            return 1
        self._close()
        self._words.add(word.stem)
        self._raw.add(word.stem)
        self._skeleton.append(word.stem)
        return 1

    def _say(self, name: str, *stems: str) -> None:
        self._close()
        self._classes.add(name)
        self._raw.update(stems)
        if name in PLACES:
            self._names.append((name,))
        self._skeleton.append(name)

    def _close(self) -> None:
        """A run of capitals ends; it is one name."""
        if self._open:
            self._name(*self._open)
            self._open.clear()

    def _name(self, *parts: str) -> None:
        self._names.append(parts)
        self._told.append(parts[0])
        self._skeleton.append(NAME)
