"""
Weights for tests: those that ship, for what the desk would say, and a round set of our own,
for how it decides.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from bot.desk import features as feature
from bot.desk import traits as trait
from bot.desk import weigh
from bot.desk.weights import Weights, weights

FILE = Path(__file__).parents[2] / "seeds" / "catalyst" / "weights.toml"
WEIGHTS = weights(tomllib.loads(FILE.read_text()))
ROUND = Weights(
    points={
        feature.LEADS: 30,
        feature.EARLY: 30,
        feature.LATER: 20,
        feature.ELSEWHERE: -20,
        feature.PLAINLY: 20,
        trait.RESULTS: 20,
        trait.DEAL: 10,
        "out in the 3 hours before": 20,
        "out 3 to 6 hours before": 10,
        weigh.JUST_BEFORE: 10,
        weigh.THEME: 10,
        weigh.RUMOUR: -15,
        weigh.FURTHER: 10,
        "kind of outlet: regulator": 25,
        "kind of outlet: company release": 20,
        "kind of outlet: newswire": 20,
        "kind of outlet: press": 15,
        "kind of outlet: state media": 10,
        "kind of outlet: company-release wire": 5,
        "kind of outlet: aggregator": -5,
    },
    possible=60,
    reported=85,
    headline=100,
    clear=15,
    rival=25,
)
