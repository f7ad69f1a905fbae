"""
The exception tree, and what each branch means.

    DeskError                    said to a person in one sentence; carries a hint
    ├── ConfigError              every mistake of a configuration at once; stops the program
    ├── UserError                wrong ticker, missing permission, limit reached
    ├── SourceError              a feed or a quote could not be had: reported, survived
    │   ├── Unreachable          try later (with `retry_after` when known)
    │   └── Unreadable           fetched, but not a feed or not a quote
    │       └── Killed           the document was too much for its reader, which was ended
    └── DeliveryError            one channel could not be told
        ├── Transient            retry later; `ambiguous` when Discord may have applied it
        └── Permanent            stop, and tell the server once

A message names the thing, the value found and the way out.
"No catalyst", "stale quote" and "already said" are values, not exceptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


class DeskError(Exception):
    """Something a person is told in one sentence."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a configuration: where it stands, what was found, the way out."""

    file: str
    line: int
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.text}"


class ConfigError(DeskError):
    """Every mistake of a configuration, reported together."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class UserError(DeskError):
    """A person asked for something that cannot be; the hint is an example that works."""


class SourceError(DeskError):
    """A feed or a quote could not be had."""


class Unreachable(SourceError):
    """Nothing came back; worth another try, after `retry_after` when the server said so."""

    def __init__(
        self, message: str, *, hint: str = "", retry_after: timedelta | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class Unreadable(SourceError):
    """Something came back, but it is not what was asked for."""


class Killed(Unreadable):
    """Reading the document passed the limits of time or memory; its reader was ended."""


class DeliveryError(DeskError):
    """One destination could not be told."""


class Transient(DeliveryError):
    """
    Try again later. `ambiguous` means Discord may have applied the request already.

    `everywhere` means that the limit is the whole desk's: until `retry_after` has passed,
    nothing may leave for any channel.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        ambiguous: bool = False,
        retry_after: timedelta | None = None,
        everywhere: bool = False,
    ) -> None:
        super().__init__(message, hint=hint)
        self.ambiguous = ambiguous
        self.retry_after = retry_after
        self.everywhere = everywhere


class Permanent(DeliveryError):
    """Trying again cannot help. `gone` says what is missing; see `bot.model.post.Gone`."""

    def __init__(self, message: str, *, hint: str = "", gone: str = "") -> None:
        super().__init__(message, hint=hint)
        self.gone = gone
