"""
What each feature around a name is worth, and from how many points on it is the company.

Read once from `seeds/linking/`: `weights.toml`, which `fit.py` beside it writes, and
`words.toml`. Pure; every mistake of the files is reported together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.desk.linking.lexicon import Lexicon, Sort
from bot.errors import ConfigError, Problem

WEIGHTS, WORDS = "linking/weights.toml", "linking/words.toml"
_FIT = "is missing; run seeds/linking/fit.py or take the file that ships"


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    `points` by feature; one that is not listed is worth nothing. Words count as the company
    from `least` points on. Without points every name counts.
    """

    points: Mapping[str, int] = field(default_factory=dict)
    least: int = 0
    lexicon: Lexicon = field(default_factory=Lexicon)

    def score(self, features: Iterable[str]) -> int:
        """The sum of the points of features."""
        points = self.points
        return sum([points.get(feature, 0) for feature in features])


def judgement(weights: Mapping[str, object], words: Mapping[str, object]) -> Judgement:
    """Both files as one judgement; raises `ConfigError` with every mistake."""
    problems: list[Problem] = []
    points = _points(weights.get("points"), problems)
    lexicon = Lexicon(_sorts(words.get("sorts"), problems))
    least = weights.get("least")
    if not isinstance(least, int):
        problems.append(Problem(WEIGHTS, 0, "least", _FIT))
    if problems or not isinstance(least, int):
        raise ConfigError(problems)
    return Judgement(points, least, lexicon)


def nobody(words: Mapping[str, object]) -> tuple[str, ...]:
    """Phrases that name no company though one's first words are in them."""
    listed = words.get("nobody")
    if isinstance(listed, list) and all(isinstance(phrase, str) for phrase in listed):
        return tuple(listed)
    raise ConfigError([Problem(WORDS, 0, "nobody", f"was {listed!r}; write a list of texts")])


def _points(table: object, problems: list[Problem]) -> dict[str, int]:
    if not isinstance(table, Mapping):
        problems.append(Problem(WEIGHTS, 0, "points", _FIT))
        return {}
    found: dict[str, int] = {}
    for name, value in table.items():
        if isinstance(value, int) and not isinstance(value, bool):
            found[name] = value
            continue
        text = f"was {value!r}; write a whole number"
        problems.append(Problem(WEIGHTS, 0, f"points.{name}", text))
    return found


def _sorts(table: object, problems: list[Problem]) -> dict[str, Sort]:
    known = {sort.value: sort for sort in Sort}
    found: dict[str, Sort] = {}
    for name, words in table.items() if isinstance(table, Mapping) else [("", table)]:
        if name in known and isinstance(words, str):
            found |= dict.fromkeys(words.split(), known[name])
            continue
        text = f"was {words!r:.60}; write words in one text for each of {', '.join(known)}"
        problems.append(Problem(WORDS, 0, f"sorts.{name}".rstrip("."), text))
    return found
