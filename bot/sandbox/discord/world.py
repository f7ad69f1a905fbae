"""Who and what exists: users, guilds with their roles and members, channels. Changes are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.discord import shapes
from bot.sandbox.discord.permissions import (
    EVERYTHING,
    ORDINARY,
    Overwrite,
    Permission,
    in_channel,
    in_guild,
)
from bot.sandbox.discord.snowflake import Snowflakes
from bot.sandbox.discord.wire import Json

APPLICATION_ID = "900000000000000001"

_FIRST_GUILD = 1_000_000_000_000_000_000
_FIRST_USER = 900_000_000_000_000_009
_TEXT, _DIRECT = 0, 1

Tell = Callable[[str, Json, "Guild | None"], None]


@dataclass(slots=True, eq=False)
class User:
    id: str
    name: str
    bot: bool = False
    accepts_messages: bool = True

    def json(self) -> Json:
        return shapes.user(self.id, self.name, self.bot)


@dataclass(slots=True, eq=False)
class Role:
    id: str
    name: str
    permissions: int
    managed_by: str | None = None

    def json(self) -> Json:
        return shapes.role(self.id, self.name, self.permissions, self.managed_by)


@dataclass(slots=True, eq=False)
class Channel:
    """A text channel of a guild or, without a guild, the messages with one person."""

    id: str
    name: str
    world: World
    snowflakes: Snowflakes
    guild: Guild | None = None
    recipient: User | None = None
    position: int = 0
    kind: int = _TEXT
    overwrites: dict[str, Overwrite] = field(default_factory=dict)
    last_message_id: str | None = None

    def json(self) -> Json:
        common = {"id": self.id, "type": self.kind, "last_message_id": self.last_message_id}
        if self.recipient is not None:
            return {**common, "recipients": [self.recipient.json()], "flags": 0}
        return {
            **shapes.TEXT_CHANNEL,
            **common,
            "guild_id": self.guild.id if self.guild else None,
            "name": self.name,
            "position": self.position,
            "permission_overwrites": [each.json() for each in self.overwrites.values()],
        }

    def permissions_of(self, user: User) -> int:
        """What the user may do here; everything in a direct message."""
        if self.guild is None:
            return EVERYTHING
        base, roles = self.guild.permissions_of(user), self.guild.members.get(user.id, [])
        return in_channel(base, self.overwrites, self.guild.id, roles, user.id)

    def set_overwrite(self, target: User | Role, *, allow: int = 0, deny: int = 0) -> None:
        """Replace the exception for a member or role, and send CHANNEL_UPDATE."""
        member = isinstance(target, User)
        self.overwrites[target.id] = Overwrite(target.id, member, int(allow), int(deny))
        self.world.tell("CHANNEL_UPDATE", self.json(), self.guild)

    def clear_overwrites(self) -> None:
        """Take every exception away, and send CHANNEL_UPDATE."""
        self.overwrites.clear()
        self.world.tell("CHANNEL_UPDATE", self.json(), self.guild)


@dataclass(slots=True, eq=False)
class Guild:
    id: str
    name: str
    world: World
    owner: User
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)  # user id -> role ids
    channels: list[Channel] = field(default_factory=list)

    @property
    def everyone(self) -> Role:
        return self.roles[self.id]

    @property
    def bot_role(self) -> Role:
        return self.roles[str(int(self.id) + 1)]

    def json(self) -> Json:
        """The guild as the bot sees it in GUILD_CREATE: of the members, only itself."""
        return {
            **shapes.GUILD,
            "id": self.id,
            "name": self.name,
            "owner_id": self.owner.id,
            "roles": [each.json() for each in self.roles.values()],
            "channels": [each.json() for each in self.channels],
            "members": [self.member_json(self.world.bot)],
            "member_count": len(self.members),
        }

    def member_json(self, user: User) -> Json:
        return shapes.member(user.json(), self.members.get(user.id, []))

    def add_channel(self, name: str, id: int | str | None = None) -> Channel:
        """A text channel; without `id` the guild's id plus 101, 102, 103, ..."""
        number = len(self.channels)
        channel = Channel(
            id=str(id if id is not None else int(self.id) + 101 + number),
            name=name,
            world=self.world,
            snowflakes=self.world.next_snowflakes(),
            guild=self,
            position=number,
        )
        self.channels.append(channel)
        self.world.channels[channel.id] = channel
        self.world.tell("CHANNEL_CREATE", channel.json(), self)
        return channel

    def remove_channel(self, channel: Channel) -> None:
        """Delete the channel for everybody, and send CHANNEL_DELETE."""
        self.channels.remove(channel)
        del self.world.channels[channel.id]
        self.world.tell("CHANNEL_DELETE", channel.json(), self)

    def add_role(self, name: str, permissions: int = 0) -> Role:
        role = Role(str(int(self.id) + 1 + len(self.roles)), name, int(permissions))
        self.roles[role.id] = role
        self.world.tell("GUILD_ROLE_CREATE", {"guild_id": self.id, "role": role.json()}, self)
        return role

    def add_member(self, name: str, *, permissions: int = ORDINARY) -> User:
        """A person in this guild whose role of the same name has exactly these permissions."""
        user = self.world.add_user(name)
        self.members[user.id] = [self.add_role(name, permissions).id]
        return user

    def set_permissions(self, permissions: int, role: Role | None = None) -> None:
        """Change a role, the bot's own by default, and send GUILD_ROLE_UPDATE."""
        role = role or self.bot_role
        role.permissions = int(permissions)
        self.world.tell("GUILD_ROLE_UPDATE", {"guild_id": self.id, "role": role.json()}, self)

    def permissions_of(self, user: User) -> int:
        """What the user may do in this guild, before any channel is looked at."""
        if user is self.owner:
            return EVERYTHING
        if user.id not in self.members:
            return 0
        held = [self.id, *self.members[user.id]]
        return in_guild(self.roles[each].permissions for each in held)


class World:
    """Everything that exists, by id. The first person owns every guild."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.tell: Tell = lambda event, data, guild: None
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.left: set[str] = set()  # channels of guilds the bot was removed from
        self._founded = 0
        self._ordinals = 0
        self._ids = self.next_snowflakes()
        self.bot = User(APPLICATION_ID, "Newsdesk", bot=True)
        self.operator = self.add_user("operator")

    def next_id(self) -> str:
        """An id for what is not a message: a command, an interaction."""
        return self._ids.next(self.now())

    def next_snowflakes(self) -> Snowflakes:
        self._ordinals += 1
        return Snowflakes(self._ordinals - 1)

    def add_user(self, name: str) -> User:
        """A person, whose direct messages have their channel from the start."""
        user = User(str(_FIRST_USER + 10 * len(self.users)), name)
        self.users[user.id] = user
        channel = Channel(
            id=str(int(user.id) + 1),
            name=name,
            world=self,
            snowflakes=self.next_snowflakes(),
            recipient=user,
            kind=_DIRECT,
        )
        self.channels[channel.id] = channel
        return user

    def direct_channel(self, user: User) -> Channel:
        return self.channels[str(int(user.id) + 1)]

    def add_guild(self, name: str, permissions: int) -> Guild:
        """A guild where the bot's role has these permissions and @everyone has none."""
        guild = Guild(str(_FIRST_GUILD + (self._founded << 22)), name, self, self.operator)
        self._founded += 1
        ours = Role(str(int(guild.id) + 1), self.bot.name, int(permissions), self.bot.id)
        guild.roles = {guild.id: Role(guild.id, "@everyone", 0), ours.id: ours}
        guild.members = {self.bot.id: [ours.id], self.operator.id: []}
        self.guilds[guild.id] = guild
        self.tell("GUILD_CREATE", guild.json(), guild)
        return guild

    def remove_guild(self, guild: Guild) -> None:
        """The bot is removed from the guild: GUILD_DELETE, and its channels answer 50001."""
        del self.guilds[guild.id]
        for channel in guild.channels:
            del self.channels[channel.id]
            self.left.add(channel.id)
        self.tell("GUILD_DELETE", {"id": guild.id}, guild)

    def permitted(self, channel: Channel, *needed: Permission) -> bool:
        """Whether the bot has all of these in the channel."""
        held = channel.permissions_of(self.bot)
        return all(held & each for each in needed)
