"""The day's feeds on loopback: RSS 2.0, RDF and Atom, with the manners and the faults of real ones."""

from bot.sandbox.feeds.faults import FeedFault
from bot.sandbox.feeds.server import FeedServer, Fetch

__all__ = ["FeedFault", "FeedServer", "Fetch"]
