"""What `bot check` says of one thing that it tried."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`problem` is "" where it works; `doubt` is what to look at though it does."""

    what: str
    said: str
    problem: str = ""
    doubt: str = ""

    def line(self) -> str:
        mark = "WRONG" if self.problem else "LOOK " if self.doubt else "ok   "
        return f"{mark}  {self.what}: {self.problem or self.doubt or self.said}"
