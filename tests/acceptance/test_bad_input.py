"""Whatever is wrong outside: one clear sentence each, the desk runs on and loses nothing."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sandbox.discord import DiscordServer, Permission, Reply, Role
from bot.sandbox.feeds.faults import FeedFault
from bot.sandbox.world import World
from bot.sandbox.yahoo.faults import Faults
from bot.tape import Tape
from tests.acceptance.running import (
    DAY,
    ROOT,
    Desk,
    Message,
    Warm,
    bot,
    briefs,
    channel,
    clock,
    day_of,
    eventually,
    finished,
    hold,
    messages,
    settings,
    until,
    warming,
)
from tests.acceptance.warm_desk import QUICK

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIVE = "Alibaba ADRs rise 5.3% after report on Qwen downloads"
NINE = "Alibaba ADRs rise 9.8% after report on Qwen downloads"
EPHEMERAL = 64
BLIND = QUICK.blind.total_seconds()


@asynccontextmanager
async def playing(
    warm: Warm, tape: Tape, folder: Path, span: tuple[str, str], *changes: tuple[str, str]
) -> AsyncIterator[tuple[World, Desk]]:
    """A desk in lockstep with that part of the day."""
    async with (
        World(tape, starts=clock(span[0]), ends=clock(span[1])) as world,
        warm.desk(settings(world, folder, *changes)) as desk,
    ):
        await world.discord.ready()
        yield world, desk


def lines(desk: Desk, *words: str) -> list[str]:
    """The lines of the log that hold all of these words."""
    return [line for line in desk.said().splitlines() if all(word in line for word in words)]


ABSURD = [
    ("brief", {"ticker": "BABBA"}, "I don't know **BABBA**. Did you mean BABA (Alibaba Group,"),
    ("brief", {"ticker": "$$$"}, "No ticker was named. Try /brief BABA"),
    ("brief", {"ticker": "⚡"}, "I don't know that name. Try a ticker as listed"),
    ("alert set", {"ticker": "BABA", "move": "0"}, "between 0.5 and 50 percent, was 0. Try"),
    ("alert set", {"ticker": "BABA", "move": "999%"}, "between 0.5 and 50 percent, was 999."),
    ("alert set", {"ticker": "BABA", "move": "lots"}, "I cannot read the move “lots” for BABA."),
    ("subscribe", {"tickers": "JD, BABBA"}, "I don't know **BABBA**."),
    ("subscribe", {"tickers": "JD", "move": "0.1%"}, "Threshold for JD must be between 0.5 and"),
    ("unsubscribe", {"tickers": "JD"}, "This channel is not subscribed to JD. It hears of BABA"),
]


async def test_nonsense_in_commands(warm: Warm, tmp_path: Path) -> None:
    """Each is answered in private, in one line with the way out, and changes nothing."""
    async with playing(warm, day_of("alerts"), tmp_path, ("09:50", "09:58")) as (world, desk):
        await hold(world, "09:51")
        here = channel(world, "alerts")
        for name, options, words in ABSURD:
            said = await answer(world, await world.discord.command(name, options, channel=here))

            assert words in said["content"]
            assert said["flags"] & EPHEMERAL
            assert "\n" not in said["content"]
        listed = await world.discord.command("alert list", channel=here)
        world.clock.resume()
        await finished(world)

        assert f"<#{here.id}>\n• **BABA** ±5%, held 1 minute, again every 5 points" == listed.text
        assert [FIVE] == briefs(world, "alerts")
        assert "Traceback" not in desk.said()


async def answer(world: World, reply: Reply) -> Message:
    """The answer, or the apology that follows where a public answer could not be given."""

    def there(_message: Message) -> bool:
        return bool(reply.followups or reply.text)

    await world.discord.wait_for(there)
    answers = [*reply.followups, reply.message]
    assert answers[0] is not None
    return answers[0]


async def test_a_permission_is_missing(warm: Warm, tmp_path: Path) -> None:
    """The server is told once; when the desk may post again the brief lands, once."""
    tape = day_of("alerts", "full")
    async with playing(warm, tape, tmp_path, ("09:50", "10:30")) as (world, desk):
        closed = channel(world, "alerts")
        await shut_until(world, "09:58", tmp_path)
        await finished(world)

        (notice,) = messages(world, "full")
        assert (
            f"I cannot tell <#{closed.id}> about shares any more: I lack Attach Files. "
            "Its subscriptions are kept. Once I may post there again I go on by myself; "
            "`/unsubscribe` there stops them."
        ) == notice["content"]
        assert 1 == len(briefs(world, "alerts"))
        assert "Traceback" not in desk.said()


async def test_a_permission_is_missing_while_others_hear(warm: Warm, tmp_path: Path) -> None:
    """A channel on the same terms heard meanwhile: the brief still lands in the other, once."""
    alerts, full = day_of("alerts", "full").channels
    tape = replace(DAY, channels=(alerts, replace(alerts, name="twin"), full))
    async with playing(warm, tape, tmp_path, ("09:50", "10:02")) as (world, _):
        await shut_until(world, "09:58", tmp_path)
        await finished(world)

        assert [FIVE] == briefs(world, "twin")
        assert 1 == len(briefs(world, "alerts"))


async def shut_until(world: World, words: str, folder: Path) -> None:
    """Take the desk's permissions in #alerts away at 09:51, and give them back later."""
    closed = channel(world, "alerts")
    await hold(world, "09:51")
    closed.set_overwrite(our_role(world), deny=Permission.ATTACH_FILES)
    await world.discord.wait_for(lambda m: "I cannot tell" in m["content"])
    closed.set_overwrite(our_role(world), deny=Permission.SEND_MESSAGES)
    world.clock.resume()
    await hold(world, words)
    assert [] == messages(world, "alerts")
    closed.clear_overwrites()
    await mended(folder)
    world.clock.resume()


async def mended(folder: Path) -> None:
    """Return when the desk has learned that every channel can be told again."""
    await eventually(lambda: not broken_channels(folder))


def broken_channels(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "data" / "desk.db")) as database:
        count = database.execute("SELECT count(*) FROM destination WHERE broken != ''")
        return int(count.fetchone()[0])


def our_role(world: World) -> Role:
    return world.discord.world.guilds[str(world.guild)].bot_role


async def test_a_permission_goes_missing_unseen(warm: Warm, tmp_path: Path) -> None:
    """What Discord refuses at the post itself is told the same way, and goes out later."""
    tape = day_of("alerts", "full")
    async with playing(warm, tape, tmp_path, ("09:53", "10:40")) as (world, desk):
        closed = channel(world, "alerts")
        await hold(world, "09:54")
        world.discord.faults.error(
            50013, 403, "Missing Permissions", method="POST", path=f"{closed.id}/messages"
        )
        world.clock.resume()
        await world.discord.wait_for(lambda m: "I cannot tell" in m["content"])
        world.clock.pause()
        assert [] == messages(world, "alerts")
        closed.set_overwrite(our_role(world), allow=Permission.SEND_MESSAGES)
        await mended(tmp_path)
        world.clock.resume()
        await finished(world)

        assert [FIVE] == briefs(world, "alerts")
        assert 1 == len(messages(world, "full"))
        assert 1 == len(lines(desk, "not posted", "the desk may not post there"))


MISTAKES = """\
[quotes]
timeout = "ten"
[thresholds]
smalest = 1
[discord]
api_url = "here"
[[watch]]
channel = 0
tickers = []
zone = "Mars/North"
"""


async def test_broken_settings(tmp_path: Path) -> None:
    """Every mistake at once, with file, line, key, the value found and the way out; exit 2."""
    config, token = tmp_path / "config.toml", tmp_path / "token"
    config.write_text(MISTAKES)
    ran = await bot("run", "--config", str(config), DISCORD_TOKEN_FILE=str(token))

    assert (2, "") == (ran.code, ran.out)
    assert (
        f"""\
The settings cannot be used:
  environment:0: DISCORD_TOKEN_FILE: cannot read {token} (No such file or directory); \
name a readable file or set DISCORD_TOKEN
  {config}:2: quotes.timeout: must be a number, was 'ten'
  {config}:4: thresholds.smalest: is not a setting; did you mean smallest?
  {config}:6: discord.api_url: must be "" or a whole address such as \
"http://127.0.0.1:8801", was 'here'
  {config}:8: watch.0.channel: must be more than 0, was 0
  {config}:9: watch.0.tickers: must name at least one, was []
  {config}:10: watch.0.zone: must be "" or an IANA zone such as "Europe/Berlin", was 'Mars/North'
"""
        == ran.err
    )


async def test_an_absurd_threshold_in_the_settings(tmp_path: Path) -> None:
    """A watch's move is held to the same bounds as a person's."""
    config = tmp_path / "config.toml"
    watch = '[[watch]]\nchannel = 1\ntickers = ["BABA"]\nmove = "{}"\n'
    config.write_text(watch.format("0%") + watch.format("five"))
    ran = await bot("run", "--config", str(config), DISCORD_TOKEN="sandbox")

    assert 2 == ran.code
    assert (
        f"""\
The settings cannot be used:
  {config}:4: watch.0.move: threshold for BABA must be between 0.5 and 50 percent, was 0; write "5%"
  {config}:8: watch.1.move: I cannot read the move “five” for BABA; write "5%"
"""
        == ran.err
    )


async def test_a_broken_template(warm: Warm, tmp_path: Path) -> None:
    """The plain fallback goes out in its place, and the log names file, line and problem."""
    folder = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", folder)
    broken = folder / "brief.j2"
    broken.write_text(broken.read_text() + "\n{% if move %}\n")
    change = (f'"{ROOT / "templates"}"', f'"{folder}"')
    span = ("09:53", "09:58")
    async with playing(warm, day_of("alerts"), tmp_path / "desk", span, change) as (world, desk):
        await finished(world)

        (message,) = messages(world, "alerts")
        assert "▲ BABA +5.3% $158.96 · 09:55 EST, details withheld" == message["content"]
        assert "Details withheld." in message["embeds"][0]["description"]
        assert lines(desk, "brief held", f"{broken} line", "Unexpected end of template")
        assert "Traceback" not in desk.said()


NOBODY = "http://127.0.0.1:9"
SICK = {
    "xinhua": (FeedFault("410"), "is gone for good (410); it is not asked again"),
    "harbour": (FeedFault("500"), "answered 500"),
    "courier": (FeedFault("broken"), "its XML is damaged"),
    "roundup": (FeedFault("html"), "is a web page, not a feed; look for its RSS or Atom link"),
    "example-wire": (FeedFault("dropped"), "could not be reached (it hung up)"),
}


async def test_sick_feeds(warm: Warm, tmp_path: Path) -> None:
    """Each is named with what is the matter; the brief and its cause come from the others."""
    tape = day_of("full")
    async with World(tape, starts=clock("11:05"), ends=clock("11:10")) as world:
        world.feeds.faults = {name: fault for name, (fault, _) in SICK.items()}
        config = settings(
            world, tmp_path, ('allowed_origins = ["', f'allowed_origins = ["{NOBODY}", "')
        )
        opml = tmp_path / "feeds.opml"
        dead = f'<outline type="rss" text="Dead" xmlUrl="{NOBODY}/feed.xml"/></body>'
        opml.write_text(opml.read_text().replace("</body>", dead))
        async with warm.desk(config) as desk:
            await finished(world)

            for name, (_, words) in SICK.items():
                assert lines(desk, "feed read", f"/feeds/{name}.xml", words), (name, desk.said())
            assert lines(desk, "feed read", f"{NOBODY}/feed.xml", "could not be reached")
            assert [NINE] == briefs(world, "full")
            assert "Traceback" not in desk.said()


async def test_a_sick_feed_gets_well(warm: Warm, tmp_path: Path) -> None:
    """Stories that came while a feed was garbage are read once it is not."""
    async with World(day_of("full"), starts=clock("09:00"), ends=clock("11:10")) as world:
        world.feeds.faults = {"scmp": FeedFault("html")}
        async with warm.desk(settings(world, tmp_path)):
            await until(world, "09:02")
            world.feeds.faults = {}
            await finished(world)

            assert [NINE] == briefs(world, "full")


@pytest.mark.parametrize("trouble", ["503", "refused", "empty"])
async def test_yahoo_is_down(warm: Warm, tmp_path: Path, trouble: str) -> None:
    """No figure is invented meanwhile; the crossing is told once, when prices are back."""
    async with playing(warm, day_of("full"), tmp_path, ("11:04", "11:16")) as (world, desk):
        await hold(world, "11:06")
        if trouble == "refused":
            await world.yahoo.stop()
        elif trouble == "empty":
            world.yahoo.faults = Faults(empty=True)
        else:
            world.yahoo.faults = Faults(status={"*": 503})
        here = channel(world, "full")
        reply = await world.discord.command("brief", {"ticker": "BABA"}, channel=here)
        said = await answer(world, reply)
        world.clock.resume()
        await hold(world, "11:12")
        assert [] == [m for m in messages(world, "full") if m["embeds"]]
        if trouble == "refused":
            await world.yahoo.start()
        world.yahoo.faults = Faults()
        world.clock.resume()
        await finished(world)

        assert {
            "503": "No brief on BABA now: Yahoo answered 503. Try again in a minute",
            "refused": "No brief on BABA now: Yahoo could not be reached. Try again in a minute",
            "empty": "The price provider knows no quote for BABA. Check that it is still listed,",
        }[trouble] in said["content"]
        assert [NINE.replace("9.8%", "9.7%")] == briefs(world, "full")
        assert "Traceback" not in desk.said()


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def outages(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[dict[str, asyncio.Task[None]]]:
    """The two that take real time: begun before the other tests, looked at after them."""
    runs = {
        run.__name__: asyncio.create_task(run(tmp_path_factory.mktemp("outage")))
        for run in (discord_down, yahoo_asks_for_fewer)
    }
    yield runs
    for run in runs.values():
        run.cancel()
    await asyncio.gather(*runs.values(), return_exceptions=True)


async def test_discord_is_down(outages: dict[str, asyncio.Task[None]]) -> None:
    """Down for longer than nonces live, with one request applied: one brief each, all the same."""
    await outages["discord_down"]


async def test_yahoo_asks_for_fewer_requests(outages: dict[str, asyncio.Task[None]]) -> None:
    """A 429 silences the desk for a minute; what moved meanwhile is told after it, once."""
    await outages["yahoo_asks_for_fewer"]


async def discord_down(folder: Path) -> None:
    tape, log = day_of("alerts", "full"), folder / "requests.jsonl"
    async with warming(folder / "stderr") as warm, DatedWorld(tape, log) as world:
        discord, config = world.discord, settings(world, folder, ('"5%"', '"9.5%"'))
        async with warm.desk(config) as desk:
            first, second = (channel(world, each.name) for each in tape.channels)
            discord.faults.drop(applied=True, method="POST", path=f"{first.id}/messages")
            discord.faults.fail(503, method="POST", path=f"{second.id}/messages")
            while discord.faults.struck < 2:
                await discord.faults.strike.wait()
                discord.faults.strike.clear()
            discord.faults.down = True
            await asyncio.sleep(BLIND + 1)
            discord.faults.down = False
            await discord.wait_for(lambda m: m["channel_id"] == second.id, timeout=30)
            await finished(world)

            assert [NINE] == briefs(world, "alerts")
            assert [NINE] == briefs(world, "full")
            assert lines(desk, "not posted", "Discord answered 503")
            assert lines(desk, "Attempting a reconnect")
            assert "Traceback" not in desk.said()
        looked = [line for line in log.read_text().splitlines() if '"method": "GET"' in line]
        assert any(f"/channels/{first.id}/messages" in line for line in looked)


async def yahoo_asks_for_fewer(folder: Path) -> None:
    world = World(day_of("full"), speed=20, starts=clock("11:03"), ends=clock("11:45"))
    async with warming(folder / "stderr") as warm, world:
        config = settings(world, folder)
        async with warm.desk(config) as desk:
            await until(world, "11:04")
            world.yahoo.faults = Faults(status={"quote": 429})
            await world.discord.ready()
            await eventually(lambda: lines(desk, "no quotes", "429"))
            world.yahoo.faults = Faults()
            here = channel(world, "full")
            reply = await world.discord.command("brief", {"ticker": "BABA"}, channel=here)
            told = await answer(world, reply)
            brief = await world.discord.wait_for(lambda m: m["embeds"], timeout=90)
            await asyncio.sleep(3)

            assert "Yahoo asked for fewer requests (429); the desk is silent for" in told["content"]
            assert 1 == len(briefs(world, "full"))
            assert brief["embeds"][0]["title"].startswith("Alibaba ADRs rise 9.")
            assert "Traceback" not in desk.said()


class DatedWorld(World):
    """Its Discord dates messages by real time, as Discord does, and soon forgets a nonce."""

    def __init__(self, tape: Tape, log: Path) -> None:
        super().__init__(tape, starts=clock("11:06"), ends=clock("11:10"))
        now = partial(datetime.now, UTC)
        self.discord = DiscordServer(now=now, log=log, nonce_window=BLIND)
        guild = self.discord.add_guild("Trading floor")
        for each in tape.channels:
            guild.add_channel(each.name)
