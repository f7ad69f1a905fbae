"""Thresholds in a person's words: read, said back in figures, and judged."""

from bot.services.thresholds.defaults import Defaults
from bot.services.thresholds.describing import default, describe, name, summary, usually
from bot.services.thresholds.figures import figure
from bot.services.thresholds.parsing import parse, read, terms_of

__all__ = (
    "Defaults",
    "default",
    "describe",
    "figure",
    "name",
    "parse",
    "read",
    "summary",
    "terms_of",
    "usually",
)
