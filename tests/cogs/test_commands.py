from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.cogs import replies
from bot.delivery.client import DeskClient
from bot.errors import Unreachable, UserError
from bot.model.brief import Layout
from bot.sandbox.discord import ORDINARY, Channel, DiscordServer, Guild, Permission, Reply
from bot.services.faces import Typed
from tests.cogs.fakes import Desk

EPHEMERAL = 64
EXAMPLES: list[tuple[str, dict[str, str]]] = [
    ("brief", {"ticker": "BABA"}),
    ("subscribe", {"tickers": "BABA"}),
    ("unsubscribe", {"tickers": "BABA"}),
    ("alert set", {"ticker": "BABA", "move": "5%"}),
    ("alert list", {}),
    ("alert remove", {"ticker": "BABA"}),
]


def private(reply: Reply) -> bool:
    return bool(reply.message and reply.message["flags"] & EPHEMERAL)


async def told(server: DiscordServer, words: str) -> dict[str, object]:
    """The private answer that holds these words, now or soon."""
    return await server.wait_for(lambda m: words in m["content"] and m["flags"] & EPHEMERAL, 5)


@pytest.mark.usefixtures("client")
class TestBrief:
    async def test_it_shows_the_full_layout(
        self, server: DiscordServer, channel: Channel, desk: Desk
    ) -> None:
        """/brief answers in the channel, with everything that Details adds, and the chart."""
        reply = await server.command("brief", {"ticker": "BABA"}, channel=channel)

        assert reply.message is not None
        assert not private(reply)
        assert "Alibaba ADRs rise 9.8%" in reply.text
        assert reply.message["attachments"][0]["filename"] == "baba.png"
        assert [variant.layout for variant in desk.briefing.variants] == [Layout.FULL]

    async def test_it_works_in_direct_messages(self, server: DiscordServer) -> None:
        """Anybody who installed the desk for themselves may ask it anywhere."""
        here = server.world.direct_channel(server.operator)

        reply = await server.command("brief", {"ticker": "BABA"}, channel=here)

        assert "Alibaba ADRs rise 9.8%" in reply.text

    async def test_an_unknown_ticker_is_told_in_private(
        self, server: DiscordServer, channel: Channel
    ) -> None:
        """One sentence with the way out, and nothing is left in the channel."""
        reply = await server.command("brief", {"ticker": "BABBA"}, channel=channel)

        await told(server, "I don't know **BABBA**. Did you mean BABA (Alibaba Group, NYSE)?")
        assert reply.message is None


@pytest.mark.usefixtures("client")
class TestSubscribe:
    async def test_one_command_sets_channel_and_threshold(
        self, server: DiscordServer, channel: Channel, desk: Desk
    ) -> None:
        """The default is said as a number, and the author is remembered."""
        reply = await server.command("subscribe", {"tickers": "BABA, JD"}, channel=channel)

        assert private(reply)
        assert reply.text == (
            f"<#{channel.id}> now hears of\n"
            "• **BABA** ±5%, held 1 minute\n"
            "• **JD** ±5%, held 1 minute"
        )
        assert {int(server.operator.id)} == {w.author for w in desk.subscriptions.watches}
        assert {int(channel.id)} == {w.destination for w in desk.subscriptions.watches}

    async def test_another_channel_and_another_step(
        self, server: DiscordServer, channel: Channel, guild: Guild, desk: Desk
    ) -> None:
        """Both options are heard."""
        other = guild.add_channel("alerts")
        options = {"tickers": "BABA", "move": "7%", "channel": other}

        reply = await server.command("subscribe", options, channel=channel)

        assert reply.text == f"<#{other.id}> now hears of\n• **BABA** ±7%, held 1 minute"
        assert int(other.id) == desk.subscriptions.watches[0].destination

    async def test_an_absurd_threshold_is_refused(
        self, server: DiscordServer, channel: Channel
    ) -> None:
        """The service's sentence, word for word."""
        reply = await server.command("subscribe", {"tickers": "BABA", "move": "0"}, channel=channel)

        assert private(reply)
        assert reply.text == (
            "Threshold for BABA must be between 0.5 and 50 percent, was 0. Try /alert set BABA 5"
        )

    async def test_missing_permissions_here_are_named(
        self, server: DiscordServer, channel: Channel, desk: Desk
    ) -> None:
        """Subscribing a channel that cannot be told is refused, with the way out."""
        channel.set_overwrite(
            server.world.bot, deny=Permission.EMBED_LINKS | Permission.READ_MESSAGE_HISTORY
        )

        reply = await server.command("subscribe", {"tickers": "BABA"}, channel=channel)

        assert reply.text == (
            f"I cannot post in <#{channel.id}>: I lack Embed Links, Read Message History there. "
            "Allow me that in the channel's settings under Permissions, then try again"
        )
        assert desk.subscriptions.watches == []

    async def test_missing_permissions_elsewhere_are_named(
        self, server: DiscordServer, channel: Channel, guild: Guild
    ) -> None:
        """For another channel the client's own knowledge counts."""
        other = guild.add_channel("alerts")
        other.set_overwrite(server.world.bot, deny=Permission.SEND_MESSAGES)

        reply = await server.command(
            "subscribe", {"tickers": "BABA", "channel": other}, channel=channel
        )

        assert f"I cannot post in <#{other.id}>: I lack Send Messages" in reply.text


@pytest.mark.usefixtures("client")
class TestUnsubscribe:
    async def test_one_ticker_stops(
        self, server: DiscordServer, channel: Channel, desk: Desk
    ) -> None:
        """The others go on, and the way back is said."""
        await server.command("subscribe", {"tickers": "BABA, JD"}, channel=channel)

        reply = await server.command("unsubscribe", {"tickers": "BABA"}, channel=channel)

        assert reply.text == (
            f"<#{channel.id}> no longer hears of **BABA**\nBack again: `/subscribe BABA`"
        )
        assert [watch.ticker for watch in desk.subscriptions.watches] == ["JD"]

    async def test_everything_stops(self, server: DiscordServer, channel: Channel) -> None:
        """Without tickers all of them stop, by name."""
        await server.command("subscribe", {"tickers": "BABA, JD"}, channel=channel)

        reply = await server.command("unsubscribe", channel=channel)

        assert "no longer hears of **BABA, JD**" in reply.text

    async def test_nothing_to_stop(self, server: DiscordServer, channel: Channel) -> None:
        """An empty channel is told how to begin."""
        reply = await server.command("unsubscribe", channel=channel)

        assert reply.text == f"<#{channel.id}> heard of nothing; try `/subscribe BABA`"


@pytest.mark.usefixtures("client")
class TestAlert:
    async def test_set_list_remove(
        self, server: DiscordServer, channel: Channel, guild: Guild
    ) -> None:
        """A threshold is set, shown under its channel, and removed."""
        other = guild.add_channel("alerts")
        await server.command("alert set", {"ticker": "BABA", "move": "7%"}, channel=channel)
        await server.command(
            "alert set", {"ticker": "JD", "move": "3%", "channel": other}, channel=channel
        )

        listed = await server.command("alert list", channel=channel)
        removed = await server.command("alert remove", {"ticker": "BABA"}, channel=channel)

        assert listed.text == (
            f"<#{channel.id}>\n• **BABA** ±7%, held 1 minute\n"
            f"<#{other.id}>\n• **JD** ±3%, held 1 minute"
        )
        assert removed.text == (f"<#{channel.id}> is no longer told of **BABA** ±7%, held 1 minute")

    async def test_several_thresholds_on_one_share(
        self, server: DiscordServer, channel: Channel
    ) -> None:
        """Each has a line below the ticker, with its end; one of them can be removed by name."""
        for move, expires in (("5%", ""), ("above 180", "until Friday")):
            options = {"ticker": "BABA", "move": move}
            if expires:
                options["expires"] = expires
            await server.command("alert set", options, channel=channel)

        listed = await server.command("alert list", channel=channel)
        await server.command(
            "alert remove", {"ticker": "BABA", "which": "above 180"}, channel=channel
        )
        left = await server.command("alert list", channel=channel)

        assert listed.text == (
            f"<#{channel.id}>\n"
            "• **BABA**\n"
            "  • ±5%, held 1 minute\n"
            "  • above 180, held 1 minute, until <t:1768597200:f>"
        )
        assert left.text == f"<#{channel.id}>\n• **BABA** ±5%, held 1 minute"

    async def test_one_share_of_the_list(self, server: DiscordServer, channel: Channel) -> None:
        """A long list can be asked for one ticker."""
        await server.command("subscribe", {"tickers": "BABA, JD"}, channel=channel)

        one = await server.command("alert list", {"ticker": "jd"}, channel=channel)
        none = await server.command("alert list", {"ticker": "PDD"}, channel=channel)

        assert one.text == f"<#{channel.id}>\n• **JD** ±5%, held 1 minute"
        assert none.text == "No channel of this server hears of PDD; try `/subscribe PDD`"

    async def test_every_option_is_heard(
        self, server: DiscordServer, channel: Channel, desk: Desk
    ) -> None:
        """As it was typed; those that were left out are not said."""
        options = {
            "hold": "5m",
            "rung": "2",
            "rearm": "3%",
            "cooldown": "1h",
            "hours": "regular",
            "traded": "$5m",
        }
        asked = {"ticker": "BABA", "move": "5%", "expires": "7d", "anything": True, **options}

        await server.command("alert set", asked, channel=channel)
        await server.command("alert set", {"ticker": "BABA", "move": "5%"}, channel=channel)

        assert [
            Typed("5%", {**options, "anything": "yes"}, "7d"),
            Typed("5%"),
        ] == desk.subscriptions.heard

    async def test_what_it_took_the_place_of_is_said(
        self, server: DiscordServer, channel: Channel, desk: Desk
    ) -> None:
        """And what the person should know of it."""
        desk.subscriptions.setting = replace(
            desk.subscriptions.setting, before="±7%, held 1 minute", note="a plain default"
        )

        reply = await server.command("alert set", {"ticker": "BABA", "move": "5%"}, channel=channel)

        assert reply.text == (
            f"<#{channel.id}> is told of\n"
            "• **BABA** ±5%, held 1 minute (instead of ±7%, held 1 minute); a plain default"
        )

    async def test_an_empty_list_says_how_to_begin(
        self, server: DiscordServer, channel: Channel
    ) -> None:
        """Rather than show nothing."""
        reply = await server.command("alert list", channel=channel)

        assert reply.text == "No channel of this server hears of anything; try `/subscribe BABA`"

    async def test_a_long_list_is_cut_at_a_line(
        self, server: DiscordServer, channel: Channel, desk: Desk
    ) -> None:
        """A message holds 2,000 characters; what is left out is counted."""
        for _ in range(100):
            await server.command("alert set", {"ticker": "BABA", "move": "5%"}, channel=channel)

        reply = await server.command("alert list", channel=channel)

        lines = reply.text.split("\n")
        assert len(reply.text) <= 2000
        assert lines[-1] == f"… and {102 - (len(lines) - 1)} more"


@pytest.mark.usefixtures("client")
class TestHelp:
    async def test_it_is_private_and_shows_examples(
        self, server: DiscordServer, channel: Channel
    ) -> None:
        """Every command is named as it is typed, and the default is a number."""
        reply = await server.command("desk help", channel=channel)

        assert private(reply)
        for name, _ in EXAMPLES:
            assert f"`/{name}" in reply.text
        assert "a move of three times its usual daily move, at least 3%" in reply.text
        assert len(reply.text) <= 2000


@pytest.mark.usefixtures("client")
class TestWho:
    @pytest.mark.parametrize(("name", "options"), EXAMPLES[1:])
    async def test_discord_hides_settings_from_ordinary_members(
        self,
        server: DiscordServer,
        guild: Guild,
        channel: Channel,
        name: str,
        options: dict[str, str],
    ) -> None:
        """Manage Server is asked for by default."""
        member = guild.add_member("reader", permissions=ORDINARY)

        with pytest.raises(PermissionError):
            await server.command(name, options, channel=channel, user=member)

    @pytest.mark.parametrize(("name", "options"), EXAMPLES[1:])
    async def test_we_check_it_ourselves(
        self,
        server: DiscordServer,
        guild: Guild,
        channel: Channel,
        desk: Desk,
        name: str,
        options: dict[str, str],
    ) -> None:
        """Also when the command reaches somebody it was not shown to."""
        member = guild.add_member("reader", permissions=ORDINARY)
        server.commands.find(name.split()[0], None)["default_member_permissions"] = None

        reply = await server.command(name, options, channel=channel, user=member)

        assert private(reply)
        assert reply.text == (
            "Changing what this server hears of needs Manage Server, which you do not have here. "
            "Ask somebody who has it, or try /brief BABA"
        )
        assert desk.subscriptions.watches == []

    async def test_a_manager_may(
        self, server: DiscordServer, guild: Guild, channel: Channel
    ) -> None:
        """Manage Server is enough; nobody needs to own the server."""
        manager = guild.add_member("editor", permissions=ORDINARY | Permission.MANAGE_GUILD)

        reply = await server.command(
            "subscribe", {"tickers": "BABA"}, channel=channel, user=manager
        )

        assert "now hears of" in reply.text

    async def test_anybody_may_ask(
        self, server: DiscordServer, guild: Guild, channel: Channel
    ) -> None:
        """A brief and the help change nothing."""
        member = guild.add_member("reader", permissions=ORDINARY)

        brief = await server.command("brief", {"ticker": "BABA"}, channel=channel, user=member)
        help = await server.command("desk help", channel=channel, user=member)

        assert "Alibaba" in brief.text
        assert "The desk watches shares" in help.text


@pytest.mark.usefixtures("client")
class TestTrouble:
    @pytest.mark.parametrize(("name", "options"), EXAMPLES)
    async def test_a_reply_comes_in_time_though_the_service_hangs(
        self,
        server: DiscordServer,
        channel: Channel,
        desk: Desk,
        name: str,
        options: dict[str, str],
    ) -> None:
        """Discord forgets an interaction after 3 seconds, so every command defers first."""
        desk.mood.hangs = True
        asking = asyncio.create_task(server.command(name, options, channel=channel))
        await asyncio.wait_for(desk.mood.hanging.wait(), 5)

        asking.cancel()
        (message,) = server.messages(channel)
        assert message["flags"] & 128, "the placeholder of a deferred reply"

    @pytest.mark.parametrize(("name", "options"), EXAMPLES[1:])
    async def test_the_unexpected_is_one_calm_sentence(
        self,
        server: DiscordServer,
        channel: Channel,
        desk: Desk,
        name: str,
        options: dict[str, str],
    ) -> None:
        """No stack trace reaches a person."""
        desk.mood.trouble = KeyError("boom")

        reply = await server.command(name, options, channel=channel)

        assert private(reply)
        assert reply.text == replies.CALM

    async def test_the_unexpected_in_public_is_said_in_private(
        self, server: DiscordServer, channel: Channel, desk: Desk
    ) -> None:
        """/brief leaves no trace in the channel when it fails."""
        desk.mood.trouble = KeyError("boom")

        reply = await server.command("brief", {"ticker": "BABA"}, channel=channel)

        await told(server, replies.CALM)
        assert reply.message is None

    async def test_a_source_that_is_down_is_said(
        self, server: DiscordServer, channel: Channel, desk: Desk
    ) -> None:
        """Yahoo being away is no secret and no fault of the person's."""
        desk.mood.trouble = Unreachable("Yahoo did not answer", hint="try again in a minute")

        await server.command("brief", {"ticker": "BABA"}, channel=channel)

        await told(server, "Yahoo did not answer. Try again in a minute")

    async def test_what_discord_refuses_is_apologised_for(
        self, server: DiscordServer, channel: Channel
    ) -> None:
        """A person never stares at "thinking…" for ever."""
        server.faults.error(50035, 400, method="PATCH")

        reply = await server.command("alert list", channel=channel)

        assert reply.text == replies.CALM

    async def test_a_command_of_an_older_desk(
        self, server: DiscordServer, channel: Channel, client: DeskClient
    ) -> None:
        """Discord clients keep a removed command for a while."""
        client.tree.remove_command("brief")

        reply = await server.command("brief", {"ticker": "BABA"}, channel=channel)

        assert private(reply)
        assert reply.text == replies.OLD_COMMAND

    async def test_an_answer_that_takes_too_long_ends(
        self, server: DiscordServer, channel: Channel, desk: Desk
    ) -> None:
        """The service's own time-out is a sentence too."""
        desk.mood.trouble = TimeoutError()

        reply = await server.command("alert list", channel=channel)

        assert reply.text == replies.SLOW


def test_a_sentence_has_its_way_out() -> None:
    """Message, full stop, hint; a message alone ends like a sentence."""
    error = UserError("threshold must be above 0, was 0", hint="try /alert set BABA 5")

    assert replies.sentence(error) == "Threshold must be above 0, was 0. Try /alert set BABA 5"
    assert replies.sentence(UserError("no ticker was named")) == "No ticker was named."


def test_a_reply_holds_whole_lines() -> None:
    """And says how many it leaves out."""
    assert replies.fit(["a", "b"]) == "a\nb"
    assert replies.fit(["x" * 1000] * 3) == "x" * 1000 + "\n… and 2 more"
    assert len(replies.fit(["x" * 5000])) <= 2000
