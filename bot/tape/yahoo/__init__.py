"""
What would Yahoo Finance have answered on the recorded day? Every shape, from the tape alone.

The stand-in serves it over HTTP (`bot.sandbox.yahoo`); a replay asks it directly.
"""

from bot.tape.yahoo.listing import Listing, scale_all, scale_day
from bot.tape.yahoo.provider import Provider

__all__ = ["Listing", "Provider", "scale_all", "scale_day"]
