"""A Yahoo Finance on loopback: every shape is derived from a recorded day at the market clock."""

from bot.sandbox.yahoo.faults import Faults
from bot.sandbox.yahoo.server import YahooServer

__all__ = ["Faults", "YahooServer"]
