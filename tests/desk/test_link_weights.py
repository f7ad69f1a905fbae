"""The files of linking: read whole, or every mistake told."""

from __future__ import annotations

import pytest

from bot.desk.linking.called import called
from bot.desk.linking.lexicon import Sort
from bot.desk.linking.weights import judgement, nobody
from bot.errors import ConfigError
from bot.model.company import Called

WORDS = {"sorts": {"everyday": "target gap", "place": "china"}, "nobody": ["New York"]}


def test_a_judgement() -> None:
    """Points are added; what is not listed is worth nothing."""
    judged = judgement({"least": 30, "points": {"a": 20, "b": -5}}, WORDS)

    assert judged.least == 30
    assert judged.score(["a", "b", "c"]) == 15
    assert [judged.lexicon.sort(word) for word in ("gap", "china", "x", "20")] == [
        Sort.EVERYDAY,
        Sort.PLACE,
        Sort.RARE,
        Sort.NUMBER,
    ]
    assert nobody(WORDS) == ("New York",)


def test_mistakes_of_weights_and_words() -> None:
    """All at once, by file and key."""
    with pytest.raises(ConfigError) as raised:
        judgement({"points": {"a": "b"}}, {"sorts": {"odd": "x"}})
    with pytest.raises(ConfigError) as none:
        nobody({})

    assert [(one.file, one.key) for one in raised.value.problems] == [
        ("linking/weights.toml", "points.a"),
        ("linking/words.toml", "sorts.odd"),
        ("linking/weights.toml", "least"),
    ]
    assert [one.key for one in none.value.problems] == ["nobody"]


def test_what_companies_are_called() -> None:
    """Every key is optional."""
    (one, other) = called({"GS": {"names": ["Goldman"], "rates": True}, "X": {}})

    assert one == Called("GS", names=("Goldman",), rates=True)
    assert other == Called("X")


def test_mistakes_of_names() -> None:
    """By table and key: a misspelt key must not pass unseen."""
    with pytest.raises(ConfigError) as raised:
        called({"A": {"names": "Agilent"}, "B": {"name": ["Barrick"]}, "C": {"rates": 1}, "D": 5})

    assert [one.key for one in raised.value.problems] == ["A.names", "B.name", "C.rates", "D"]
