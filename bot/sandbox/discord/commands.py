"""Which slash commands are there? The lists the bot synced, global and for guilds."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.sandbox.discord.call import Call
from bot.sandbox.discord.routes import Route
from bot.sandbox.discord.validate_commands import check_commands
from bot.sandbox.discord.wire import Json, refusal
from bot.sandbox.discord.world import Guild, World

_CREATES_A_DAY = 200


class Commands:
    """The synced commands and their routes. A changed or known command is not a new one."""

    def __init__(self, world: World) -> None:
        self.synced = asyncio.Event()
        self.syncs = 0
        self._world = world
        self._scopes: dict[str | None, list[Json]] = {}
        self._created: dict[str | None, int] = {}

    def routes(self) -> list[Route]:
        everywhere = "/applications/{application}/commands"
        in_guild = "/applications/{application}/guilds/{guild}/commands"
        return [
            Route("PUT", everywhere, self.put),
            Route("GET", everywhere, self.get),
            Route("PUT", in_guild, self.put),
            Route("GET", in_guild, self.get),
        ]

    def put(self, call: Call) -> list[Json]:
        """PUT /applications/{application}/commands or .../guilds/{guild}/commands"""
        scope = self._scope(call)
        check_commands(call.body)
        known = {(each["type"], each["name"]): each for each in self._scopes.get(scope, [])}
        wanted = [{"type": 1, **each} for each in call.body]
        new = sum((each["type"], each["name"]) not in known for each in wanted)
        self._created[scope] = self._created.get(scope, 0) + new
        if self._created[scope] > _CREATES_A_DAY:
            raise refusal(30034)
        self._scopes[scope] = [self._stored(each, scope, known) for each in wanted]
        self.syncs += 1
        self.synced.set()
        return self._scopes[scope]

    def get(self, call: Call) -> list[Json]:
        """GET /applications/{application}/commands or .../guilds/{guild}/commands"""
        return self._scopes.get(self._scope(call), [])

    def find(self, name: str, guild: Guild | None) -> Json:
        """The command of that name a person sees there: the guild's own before the global."""
        scopes = [guild.id, None] if guild else [None]
        for scope in scopes:
            for command in self._scopes.get(scope, []):
                if command["name"] == name:
                    return command
        there = sorted(each["name"] for scope in scopes for each in self._scopes.get(scope, []))
        raise LookupError(f"no command /{name} was synced; there are {there}")

    def _scope(self, call: Call) -> str | None:
        if call["application"] != self._world.bot.id:
            raise refusal(50001)
        guild = call.parameters.get("guild")
        if guild is not None and guild not in self._world.guilds:
            raise refusal(50001)
        return guild

    def _stored(self, command: Json, scope: str | None, known: dict[Any, Json]) -> Json:
        before = known.get((command["type"], command["name"]))
        permissions = command.get("default_member_permissions")
        stored = {
            "options": [],
            "description": "",
            "dm_permission": True,
            "nsfw": False,
            "integration_types": [0],
            "contexts": None,
            **command,
            "id": before["id"] if before else self._world.next_id(),
            "application_id": self._world.bot.id,
            "version": self._world.next_id(),
            "default_member_permissions": None if permissions is None else str(permissions),
        }
        return {**stored, "guild_id": scope} if scope else stored
