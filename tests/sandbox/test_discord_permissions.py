"""Permissions: computed from roles and overwrites, and enforced."""

from __future__ import annotations

from bot.sandbox.discord import Permission
from tests.sandbox.discord_client import ask, floor


async def test_permissions_decide_what_may_be_sent() -> None:
    """50013 for what is missing in the channel, 50001 where the bot sees nothing, 10003 else."""
    async with floor() as on:
        bot, channel = on.server.world.bot, on.channel

        async def codes() -> list[int]:
            found = []
            for body in ({"content": "x"}, {"embeds": [{"title": "x"}]}):
                path = f"/channels/{channel.id}/messages"
                _, _, answer = await ask(on.server, "POST", path, json=body)
                found.append(answer.get("code", 0))
            return found

        assert await codes() == [0, 0]
        channel.set_overwrite(bot, deny=Permission.EMBED_LINKS)
        assert await codes() == [0, 50013]
        channel.set_overwrite(bot, deny=Permission.SEND_MESSAGES)
        assert await codes() == [50013, 50013]
        channel.set_overwrite(bot, deny=Permission.VIEW_CHANNEL)
        assert await codes() == [50001, 50001]
        channel.clear_overwrites()
        channel.set_overwrite(on.guild.everyone, deny=Permission.SEND_MESSAGES)
        assert await codes() == [50013, 50013]
        channel.set_overwrite(on.guild.bot_role, allow=Permission.SEND_MESSAGES)
        assert await codes() == [0, 0]
        on.guild.set_permissions(Permission.ADMINISTRATOR)
        channel.set_overwrite(bot, deny=Permission.VIEW_CHANNEL)
        assert await codes() == [0, 0]
        on.server.remove_guild(on.guild)
        assert await codes() == [50001, 50001]
        _, _, gone = await ask(on.server, "GET", "/channels/5")
        _, _, guild = await ask(on.server, "GET", f"/guilds/{on.guild.id}")
        assert (gone["code"], guild["code"]) == (10003, 10004)
