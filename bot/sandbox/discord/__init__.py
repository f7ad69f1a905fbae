"""A Discord on loopback that the real discord.py runs against."""

from bot.sandbox.discord.events import MessageEvent, Subscription
from bot.sandbox.discord.faults import Fault, Faults, Kind
from bot.sandbox.discord.limits import Limits
from bot.sandbox.discord.people import Reply
from bot.sandbox.discord.permissions import ORDINARY, RECOMMENDED, Permission
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.discord.world import Channel, Guild, Role, User

__all__ = [
    "ORDINARY",
    "RECOMMENDED",
    "Channel",
    "DiscordServer",
    "Fault",
    "Faults",
    "Guild",
    "Kind",
    "Limits",
    "MessageEvent",
    "Permission",
    "Reply",
    "Role",
    "Subscription",
    "User",
]
