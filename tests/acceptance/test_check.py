"""The commands that end: `bot check`, `bot brief`, and `bot run` that cannot begin."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine, Mapping
from pathlib import Path

import pytest

from bot.sandbox.discord import Permission
from bot.sandbox.feeds.faults import FeedFault
from bot.sandbox.world import World
from tests.acceptance.running import ROOT, Ran, bot, channel, clock, day_of, settings

TERMS = "Prices are Yahoo's, whose terms allow personal use only: do not redistribute them."
INVITE = (
    "https://discord.com/oauth2/authorize?client_id=900000000000000001"
    "&scope=bot+applications.commands&permissions=274878024704"
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Ran]:
    """Every command of this module, run side by side on one market at 11:08."""
    return asyncio.run(run_all(tmp_path_factory.mktemp("check")))


async def run_all(folder: Path) -> dict[str, Ran]:
    async with World(day_of("alerts", "full"), starts=clock("11:08")) as world:
        world.feeds.faults = {"courier": FeedFault("410")}
        full = channel(world, "full")
        full.set_overwrite(full.guild.bot_role, deny=Permission.EMBED_LINKS)  # type: ignore[union-attr]
        sick = await together(sick_runs(world, folder))
        world.feeds.faults = {}
        full.clear_overwrites()
        return sick | await together(well_runs(world, folder))


async def together(runs: dict[str, Coroutine[None, None, Ran]]) -> dict[str, Ran]:
    """Two at a time, for two cores."""
    gate = asyncio.Semaphore(2)

    async def one(run: Coroutine[None, None, Ran]) -> Ran:
        async with gate:
            return await run

    return dict(zip(runs, await asyncio.gather(*map(one, runs.values())), strict=True))


def sick_runs(world: World, folder: Path) -> dict[str, Coroutine[None, None, Ran]]:
    templates, file = folder / "templates", folder / "file"
    shutil.copytree(ROOT / "templates", templates)
    source = (templates / "brief.j2").read_text()
    (templates / "brief.j2").write_text("{{ nonsense }}\n" + source)
    (templates / "macros.j2").write_text("\n{% macro %}\n")
    file.write_text("")
    many = settings(
        world,
        folder / "many",
        ("[feeds]", '[feeds]\ndenied = ["Xinhau", "SCMP", "evil.example"]'),
        (f'data_dir = "{folder / "many" / "data"}"', f'data_dir = "{file}"'),
        (f'"{ROOT / "templates"}"', f'"{templates}"'),
        (f'"{folder / "many" / "feeds.opml"}"', f'"{folder / "none.opml"}"'),
        (f"channel = {world.channels[0]}", "channel = 4711"),
    )
    token = settings(world, folder / "token")
    down = ('url = "' + world.yahoo.url, 'url = "http://127.0.0.1:9')
    return {
        "many": bot("check", "--config", str(many), DISCORD_TOKEN="sandbox"),
        "unwritable": bot("run", "--config", str(many), DISCORD_TOKEN="sandbox"),
        "refused": bot("check", "--config", str(token), DISCORD_TOKEN="refused"),
        "nobody": bot("check", "--config", str(settings(world, folder / "down", down))),
    }


def well_runs(world: World, folder: Path) -> dict[str, Coroutine[None, None, Ran]]:
    def at(name: str, *changes: tuple[str, str]) -> str:
        return str(settings(world, folder / name, *changes))

    old, seed = folder / "outlets.toml", ROOT / "seeds" / "outlets.toml"
    text = seed.read_text().split('["Reuters"]')
    old.write_text(f'{text[0]}["Reuters"]{text[1].replace("2026", "2019", 1)}')
    deny = ("[feeds]", '[feeds]\ndenied = ["SCMP", "the guardian"]')
    aged = (f'"{seed}"', f'"{old}"')
    return {
        "check": bot("check", "--config", at("check"), DISCORD_TOKEN="sandbox"),
        "aged": bot("check", "--config", at("aged", aged, deny), DISCORD_TOKEN="sandbox"),
        "denied": bot("brief", "BABA", "--config", at("denied", deny)),
        "BABA": bot("brief", "BABA", "--config", at("BABA")),
        "Alibaba": bot("brief", "Alibaba", "--config", at("Alibaba")),
        "BABBA": bot("brief", "BABBA", "--config", at("BABBA")),
        "no token": bot("run", "--config", at("run")),
        "refused token": bot("run", "--config", at("run"), DISCORD_TOKEN="refused"),
    }


def wrong(ran: Ran) -> list[str]:
    return [line.removeprefix("WRONG  ") for line in ran.out.splitlines() if "WRONG" in line]


def test_check_when_all_is_well(ran: Mapping[str, Ran]) -> None:
    """Exit 0; the invite link asks for exactly what is needed; Yahoo's terms are said."""
    check = ran["check"]

    assert (0, "") == (check.code, check.err)
    assert [] == wrong(check)
    for words in (
        "ok     token: signed in as Newsdesk",
        f"ok     invite: {INVITE}\n",
        "ok     quotes: SPY ",
        "ok     feeds: 7 of 7 in ",
        f"\n{TERMS}\nEverything is well.\n",
    ):
        assert words in check.out
    assert 2 == check.out.count("the desk may post there")


def test_the_invite_asks_for_what_the_road_needs() -> None:
    """View, send (in threads too), embed, attach, read the history; nothing else."""
    needed = (
        Permission.VIEW_CHANNEL
        | Permission.SEND_MESSAGES
        | Permission.SEND_MESSAGES_IN_THREADS
        | Permission.EMBED_LINKS
        | Permission.ATTACH_FILES
        | Permission.READ_MESSAGE_HISTORY
    )

    assert INVITE.endswith(f"permissions={needed}")


def test_check_says_everything_at_once(ran: Mapping[str, Ran]) -> None:
    """Data folder, templates by file and line, feeds, channels: one run tells all."""
    many, told = ran["many"], "\n".join(wrong(ran["many"]))

    assert (1, "") == (many.code, many.err)
    for words in (
        "data folder: the data folder ",
        "cannot be written (File exists); choose another desk.data_dir",
        "/templates/brief.j2:1: template: nonsense is not a name of the brief; use one of ",
        "/templates/macros.j2:2: template: expected token 'name', got 'end of statement block'",
        "\nstore: the store",
        "denied: feeds.denied names Xinhau, an outlet nobody knows; write it as the register ",
        "/none.opml cannot be read (No such file or directory); feeds.opml in config.toml names it",
        "channel 4711: the desk sees no text channel of that id; invite it there, or correct the",
        ": the desk lacks Embed Links there; allow it in the channel's permissions",
    ):
        assert words in told
    assert many.out.endswith(f"\n{TERMS}\n{len(wrong(many))} to mend.\n")
    assert f"invite: {INVITE}" in many.out


def test_check_looks_at_the_registers_age(ran: Mapping[str, Ran]) -> None:
    """A row that nobody went over for a year is a doubt, not a fault."""
    check = ran["aged"]

    assert (0, "") == (check.code, check.err)
    assert (
        "LOOK   outlets: not gone over for a year: Reuters (2019-11-24); "
        "open the source of each, then correct the row and its date\n"
    ) in check.out
    assert "ok     denied: SCMP, the guardian: left out\n" in check.out
    assert check.out.endswith(f"\n{TERMS}\nEverything works; 1 to look at.\n")


def test_a_denied_outlet_makes_no_cause(ran: Mapping[str, Ran]) -> None:
    """The day's cause is that outlet's; without it, its headlines are nowhere in the brief."""
    brief = ran["denied"]

    assert (0, "") == (brief.code, brief.err)
    assert "rose 9.8% to $165.68" in brief.out
    for words in ("SCMP", "South China Morning Post", "AIBase"):
        assert words in ran["BABA"].out
        assert words not in brief.out


def test_check_with_a_refused_token(ran: Mapping[str, Ran]) -> None:
    """The rest is looked at all the same; a feed that is gone is named."""
    check = ran["refused"]

    assert (1, "") == (check.code, check.err)
    assert "discord: Discord refuses the token; make a new one and set DISCORD_TOKEN" in wrong(
        check
    )
    assert any(
        line.startswith("feed Millbrook Courier: ") and "is gone for good (410)" in line
        for line in wrong(check)
    )
    assert "ok     quotes: SPY " in check.out


def test_check_without_token_and_quotes(ran: Mapping[str, Ran]) -> None:
    """Each in one line with its way out."""
    check = ran["nobody"]

    assert 1 == check.code
    assert "token: DISCORD_TOKEN is not set; set it, or DISCORD_TOKEN_FILE" in wrong(check)
    assert any("quotes: Yahoo could not be reached" in line for line in wrong(check))


@pytest.mark.parametrize("asked", ["BABA", "Alibaba"])
def test_a_brief_in_the_terminal(ran: Mapping[str, Ran], asked: str) -> None:
    """By ticker or by name; read as it reads in Discord, with the day's cause."""
    brief = ran[asked]

    assert (0, "") == (brief.code, brief.err)
    for words in (
        "▲ BABA +9.8% $165.68 · report on Qwen downloads – SCMP citing AIBase\n",
        "\nNYSE, Jan 12, 2026, 11:08 EST\nAlibaba Group (BABA) rose 9.8% to $165.68 in",
        "after the South China Morning Post reported at 07:42 EST, citing AIBase",
        "9.8% above its 200-day average",
        "\nAutomated, no AI · Yahoo prices, quote 11:08 EST · not advice\n",
    ):
        assert words in brief.out
    for mark in ("**", "<t:", "](", "-# "):
        assert mark not in brief.out


def test_a_brief_on_nobody(ran: Mapping[str, Ran]) -> None:
    """One sentence, exit 1."""
    assert (1, "") == (ran["BABBA"].code, ran["BABBA"].out)
    assert (
        "I don't know BABBA; did you mean BABA (Alibaba Group, NYSE)? Try /brief BABA\n"
        == ran["BABBA"].err
    )


CANNOT_BEGIN = {
    "no token": """\
DISCORD_TOKEN is not set, so there is nobody to be on Discord; \
set it, or try `make run` without it for the demo
""",
    "refused token": "Discord refuses the token; make a new one and set DISCORD_TOKEN\n",
}


@pytest.mark.parametrize(("name", "sentence"), [*CANNOT_BEGIN.items()])
def test_a_run_that_cannot_begin(ran: Mapping[str, Ran], name: str, sentence: str) -> None:
    """One sentence, exit 1."""
    assert (1, "", sentence) == (ran[name].code, ran[name].out, ran[name].err)


def test_a_run_with_a_folder_that_cannot_be_written(ran: Mapping[str, Ran]) -> None:
    """One sentence, exit 1."""
    assert (1, "") == (ran["unwritable"].code, ran["unwritable"].out)
    assert 1 == ran["unwritable"].err.count("\n")
    assert "cannot be written (File exists); choose another" in ran["unwritable"].err
