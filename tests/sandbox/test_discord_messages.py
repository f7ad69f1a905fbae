"""Messages through the real discord.py: sent, changed, found again, refused."""

from __future__ import annotations

import io
import struct
from datetime import timedelta

import aiohttp
import discord
import pytest

from bot.sandbox.discord import DiscordServer, Permission
from tests.sandbox.discord_client import NOON, ask, floor, serving

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 320) + b"rest"


def chart(name: str = "chart.png") -> discord.File:
    return discord.File(io.BytesIO(PNG), name)


def brief(words: str) -> discord.Embed:
    return discord.Embed(title=words).set_image(url="attachment://chart.png")


async def refused(code: int, attempt: object) -> discord.HTTPException:
    with pytest.raises(discord.HTTPException) as caught:
        await attempt  # type: ignore[misc]
    assert code == caught.value.code
    return caught.value


async def test_a_message_with_chart_arrives_whole() -> None:
    """Content, embed and file travel in one multipart request and can be downloaded again."""
    async with floor() as on:
        sent = await on.text.send("BABA rises 9.8%", embed=brief("BABA"), file=chart())
        [record] = on.server.export()["messages"]
        url = sent.embeds[0].image.url or ""
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            downloaded, kind = await response.read(), response.content_type

    assert sent.content == "BABA rises 9.8%"
    assert (sent.attachments[0].width, sent.attachments[0].height) == (640, 320)
    assert (downloaded, kind) == (PNG, "image/png")
    assert record["embeds"][0]["image"]["url"] == "attachment://chart.png"
    expected = {"filename": "chart.png", "content_type": "image/png", "size": len(PNG)}
    assert [expected] == record["attachments"]


async def test_an_edit_keeps_the_chart_or_replaces_it() -> None:
    """Not mentioned the chart stays, listed anew it is replaced, and every body is kept."""
    async with floor() as on:
        sent = await on.text.send(embed=brief("first"), file=chart())
        kept = await sent.edit(embed=brief("second"))
        renamed = brief("third").set_image(url="attachment://later.png")
        replaced = await sent.edit(embed=renamed, attachments=[chart("later.png")])
        bare = await sent.edit(embed=discord.Embed(title="fourth"), attachments=[])
        [message] = on.server.messages()

    assert [each.filename for each in kept.attachments] == ["chart.png"]
    assert [each.filename for each in replaced.attachments] == ["later.png"]
    assert bare.attachments == []
    titles = [each["embeds"][0]["title"] for each in message["edits"]]
    assert titles == ["first", "second", "third"]
    assert [None, *[NOON.isoformat(timespec="microseconds")] * 2] == [
        each["edited_at"] for each in message["edits"]
    ]


async def test_an_edit_may_attach_beside_what_is_kept() -> None:
    """Attachments passed back by id stay, new files are added."""
    async with floor() as on:
        sent = await on.text.send("two charts", file=chart())
        both = await sent.edit(attachments=[*sent.attachments, chart("second.png")])

    assert [each.filename for each in both.attachments] == ["chart.png", "second.png"]


async def test_a_deleted_message_is_unknown() -> None:
    """Deleted by a moderator or by the bot, a message answers 10008."""
    async with floor() as on:
        first, second = await on.text.send("one"), await on.text.send("two")
        on.server.delete_message(first.id)
        await second.delete()

        await refused(10008, first.edit(content="again"))
        await refused(10008, on.text.fetch_message(second.id))
        assert on.server.messages() == []


async def test_history_pages_in_every_direction() -> None:
    """Limit, before, after and around return what Discord returns, newest first by default."""
    async with floor() as on:
        ids = [(await on.text.send(str(n))).id for n in range(7)]
        middle = discord.Object(ids[3])

        async def page(**wanted: object) -> list[str]:
            return [each.content async for each in on.text.history(**wanted)]  # type: ignore[arg-type]

        assert await page(limit=2) == ["6", "5"]
        assert await page(limit=2, before=middle) == ["2", "1"]
        assert await page(limit=2, after=middle, oldest_first=True) == ["4", "5"]
        assert sorted(await page(limit=3, around=middle)) == ["2", "3", "4"]
        _, _, latest = await ask(on.server, "GET", f"/channels/{on.channel.id}")
        assert str(ids[-1]) == latest["last_message_id"]


async def test_without_read_history_the_page_is_empty() -> None:
    """Discord answers 200 and an empty list, which proves nothing; a single message is 50013."""
    async with floor() as on:
        sent = await on.text.send("here")
        on.guild.set_permissions(Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)

        assert [each async for each in on.text.history()] == []
        await refused(50013, on.text.fetch_message(sent.id))


async def test_a_direct_message_reaches_who_accepts_it() -> None:
    """A person's DM is a channel; closed, it answers 50007."""
    async with floor() as on:
        person = on.guild.add_member("ada")
        user = await on.client.fetch_user(int(person.id))
        await user.send("hello")
        person.accepts_messages = False

        await refused(50007, user.send("again"))
        direct = on.server.world.direct_channel(person)
        assert [each["content"] for each in on.server.messages(direct)] == ["hello"]


async def test_a_reply_names_its_message() -> None:
    """A reply carries its reference; to a message that is gone it is refused or made plain."""
    async with floor() as on:
        first = await on.text.send("living message")
        reply = await on.text.send("rung", reference=first)
        on.server.delete_message(first.id)
        gone = first.to_reference(fail_if_not_exists=False)
        plain = await on.text.send("plain", reference=gone)
        error = await refused(50035, on.text.send("lost", reference=first))

        replies = [each["reply_to"] for each in on.server.export()["messages"]]

    assert reply.reference is not None and first.id == reply.reference.message_id
    assert discord.MessageType.reply is reply.type
    assert discord.MessageType.default is plain.type
    assert [str(first.id), None] == replies
    assert "In message_reference: Unknown message" in error.text


async def test_a_reply_needs_read_history() -> None:
    """Without Read Message History a reply answers 160002."""
    async with floor(permissions=Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES) as on:
        first = await on.text.send("living message")

        await refused(160002, on.text.send("rung", reference=first))


async def test_a_repeated_nonce_returns_the_first_message() -> None:
    """Within the window the first message comes back with its old body, in any channel."""
    server = DiscordServer(now=lambda: NOON)
    async with floor(server=server) as on:
        seconds = 0.0
        server.clock = lambda: seconds
        first = await on.text.send("old", nonce="n1")
        seconds = 179.0
        again = await on.text.send("new", nonce="n1")
        seconds = 181.0
        later = await on.text.send("new", nonce="n1")

        assert (first.id, "old") == (again.id, again.content)
        assert first.id != later.id
        on.server.delete_message(later.id)
        await refused(10008, on.text.send("new", nonce="n1"))


async def test_a_nonce_without_enforcement_is_not_looked_at() -> None:
    """Only enforce_nonce makes Discord compare."""
    async with floor() as on:
        path = f"/channels/{on.channel.id}/messages"
        body = {"content": "x", "nonce": "n1"}
        _, _, first = await ask(on.server, "POST", path, json=body)
        _, _, second = await ask(on.server, "POST", path, json=body)

    assert first["id"] != second["id"]


async def test_ids_depend_on_channel_and_moment_only() -> None:
    """The order between channels is without effect on the ids, within a channel they rise."""
    runs = []
    for order in ([0, 1, 0, 1], [1, 1, 0, 0]):
        server = DiscordServer(now=lambda: NOON)
        guild = server.add_guild("Floor")
        channels = [guild.add_channel("a"), guild.add_channel("b")]
        async with serving(server):
            for each in order:
                path = f"/channels/{channels[each].id}/messages"
                await ask(server, "POST", path, json={"content": "x"})
        runs.append(server.export()["messages"])

    assert runs[0] == runs[1]
    assert discord.utils.snowflake_time(int(runs[0][0]["id"])) == NOON
    assert [each.id for each in channels] == ["1000000000000000101", "1000000000000000102"]


async def test_mentions_are_those_let_through() -> None:
    """allowed_mentions decides who is pinged; @everyone also needs the permission."""
    async with floor() as on:
        person, role = on.guild.add_member("ada"), on.guild.add_role("traders")
        words = f"<@{person.id}> <@&{role.id}> @everyone"
        everything = discord.AllowedMentions.all()
        silent = await on.text.send(words)
        loud = await on.text.send(words, allowed_mentions=everything)
        on.guild.set_permissions(int(on.guild.bot_role.permissions | Permission.MENTION_EVERYONE))
        louder = await on.text.send(words, allowed_mentions=everything)
        chosen = discord.AllowedMentions(roles=[discord.Object(int(role.id))], users=False)
        one = await on.text.send(words, allowed_mentions=chosen)

    stored = {each["id"]: each for each in on.server.messages()}
    pings = [
        (len(each["mentions"]), len(each["mention_roles"]), each["mention_everyone"])
        for each in (stored[str(sent.id)] for sent in (silent, loud, louder, one))
    ]
    assert pings == [(0, 0, False), (1, 1, False), (1, 1, True), (0, 1, False)]


async def test_edits_are_dated_by_the_market_clock() -> None:
    """Creation and edit carry the moment of the clock the stand-in was given."""
    moment = NOON
    server = DiscordServer(now=lambda: moment)
    async with floor(server=server) as on:
        sent = await on.text.send("one")
        moment = NOON + timedelta(minutes=3)
        edited = await sent.edit(content="two")

    assert (NOON, NOON + timedelta(minutes=3)) == (sent.created_at, edited.edited_at)


async def test_only_own_messages_may_be_edited() -> None:
    """What a person wrote answers 50005 to an edit, and 50013 to a deletion."""
    async with floor() as on:
        written = on.server.say(on.channel, "hello", on.server.operator)
        message = on.text.get_partial_message(int(written["id"]))

        await refused(50005, message.edit(content="x"))
        await refused(50013, message.delete())
