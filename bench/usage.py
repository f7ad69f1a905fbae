"""What do a process and its children use? Read from /proc, so on Linux only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_SESSION = 3  # after pid and name: state, parent, group, session


@dataclass(frozen=True, slots=True)
class Usage:
    """`cpu` is seconds since the start; `memory` is resident MiB, shared pages counted by each."""

    cpu: float
    memory: float


def of_session(leader: int) -> Usage:
    """The sum over every living process of the session that `leader` leads."""
    members = list(_members(leader))
    return Usage(sum(map(_cpu, members)), sum(map(_memory, members)))


def _members(leader: int) -> Iterator[Path]:
    for process in PROC.glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[_SESSION]) == leader:
            yield process


def _cpu(process: Path) -> float:
    """Nanoseconds on a processor, thread by thread; clock ticks would be too coarse."""
    spent = ((thread / "schedstat").read_text().split()[0] for thread in process.glob("task/*"))
    return sum(map(int, spent)) / 1e9


def _memory(process: Path) -> float:
    resident = int((process / "statm").read_text().split()[1])
    return resident * os.sysconf("SC_PAGE_SIZE") / 2**20
