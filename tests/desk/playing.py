"""
A tape of prints played through the state machine.

    10:00 +5.1  HOLDING          time, percent (or the name of a NoMove), the expected reason
    10:01 +5.1@10:00 HOLDING     the print is older than the look: seen at 10:01, true at 10:00
"""

from __future__ import annotations

from bot.desk.episode import step
from bot.desk.reading import Reading, read
from bot.model.alert import Episode, Terms
from bot.model.no_move import NoMove
from tests.builders import at, facts, percent_move, terms


def play(tape: str, on: Terms | None = None, episode: Episode | None = None) -> Episode:
    """Play the tape, compare every reason with the one written beside it, return the episode."""
    state, setting = episode or Episode(), on or terms()
    played, expected = [], []
    for line in tape.strip().splitlines():
        clock, print_, reason = line.split()
        verdict = step(state, setting, _reading(clock, print_, setting, state), at(clock))
        state = verdict.episode
        played.append(f"{clock} {print_} {verdict.reason.name}")
        expected.append(f"{clock} {print_} {reason}")

    assert expected == played
    return state


def _reading(clock: str, print_: str, on: Terms, episode: Episode) -> Reading | NoMove:
    if print_.isupper():
        return NoMove[print_]
    percent, _, true_at = print_.partition("@")
    return read(on, facts(percent_move(percent, as_of=at(true_at or clock))), episode)
