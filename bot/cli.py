"""The command line: each command is a few lines into a service; bodies import lazily."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import click

from bot import __version__
from bot.errors import ConfigError, DeskError
from bot.tape import TapeError

CONFIG = click.option(
    "--config",
    "file",
    type=click.Path(path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    help="The settings.",
)


class Desk(click.Group):
    """A group whose commands end in one clear sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            click.echo("The settings cannot be used:", err=True)
            for problem in error.problems:
                click.echo(f"  {problem}", err=True)
            ctx.exit(2)
        except (DeskError, TapeError) as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=Desk, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """A financial news desk for Discord: it watches prices and feeds, and says why it spoke."""


@main.command()
@CONFIG
def run(file: Path) -> None:
    """Run the desk: against Discord with DISCORD_TOKEN set, until stopped."""
    from bot.app.run import run_until_stopped
    from bot.config import load

    sys.exit(run_until_stopped(load(file)))


@main.command()
@click.option(
    "--day",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(__file__).parent.parent / "seeds" / "days" / "2026-01-12",
    show_default="12 January 2026",
    help="A recorded day.",
)
@click.option("--speed", type=click.FloatRange(1, 3600), default=60.0, show_default=True)
@click.option("--once", is_flag=True, help="Play the day to its end in lockstep, then stop.")
@click.option("--json", "as_json", is_flag=True, help="With --once: print every message as JSON.")
@click.option("--log", type=click.Path(path_type=Path), help="Write every request as a JSON line.")
@click.option("--port", type=int, default=8765, show_default=True, help="Where the page is.")
def demo(day: Path, speed: float, once: bool, as_json: bool, log: Path | None, port: int) -> None:
    """Play a recorded day in a local Discord: no token, no account, nothing leaves the machine."""
    from bot.sandbox.demo import Options, play

    if as_json and not once:
        raise click.UsageError("--json prints when the day has ended; add --once")
    sys.exit(play(Options(day, None if once else speed, as_json, log, port)))


@main.command()
@click.argument("day")
@click.option("--json", "as_json", is_flag=True, help="Every message and every silence as JSON.")
@click.option("--draw", is_flag=True, help="Draw the pictures too; they take most of the time.")
def replay(day: str, as_json: bool, draw: bool) -> None:
    """Play DAY, a recorded day, through the whole desk in seconds: no sockets, no token."""
    from bot.app.replay import run_replay

    sys.exit(run_replay(day, as_json=as_json, draw=draw))


@main.command()
@CONFIG
@click.option("--feeds", is_flag=True, help="Only which of the listed feeds answer today.")
def check(file: Path, feeds: bool) -> None:
    """Verify settings, token, permissions, templates, sources and data folder, all at once."""
    from bot.app.check import check_everything
    from bot.app.check_feeds import check_feeds

    sys.exit(check_feeds(file) if feeds else check_everything(file))


@main.command()
@CONFIG
@click.argument("ticker")
def brief(file: Path, ticker: str) -> None:
    """Print the brief on TICKER (or a company's name) as it would read in Discord."""
    from bot.app.printing import print_brief
    from bot.config import load

    print_brief(load(file), ticker)


@main.command()
@click.argument("templates", nargs=-1, type=click.Path(path_type=Path))
def lint(templates: tuple[Path, ...]) -> None:
    """Hold TEMPLATES (files or folders; without any, the shipped ones) against the stylebook."""
    from bot.app.lint import lint as hold

    sys.exit(hold(templates))


@main.group()
def explain() -> None:
    """Judge cases of your own with the desk's own judgement."""


@explain.command()
@click.argument("case", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--jsonl", is_flag=True, help="A case a line in, one result a line out.")
def catalyst(case: TextIO, jsonl: bool) -> None:
    """Say what best explains the move of CASE, a file of JSON or stdin, and why."""
    from bot.app.explain import explain as explain_catalyst

    explain_catalyst(case, click.echo, jsonl=jsonl)


@explain.command()
@click.argument("headlines", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--jsonl", is_flag=True, help="A headline a line in, its cluster a line out.")
def cluster(headlines: TextIO, jsonl: bool) -> None:
    """Say which of HEADLINES, JSON lines in the order of time, tell the same story."""
    from bot.app.explain_cluster import explain as explain_cluster

    explain_cluster(headlines, click.echo, jsonl=jsonl)


@explain.command()
@click.argument("title", default="")
@click.option("--jsonl", is_flag=True, help="Headlines on stdin, a JSON object a line.")
def link(title: str, jsonl: bool) -> None:
    """Say which companies the headline TITLE names, and why."""
    from bot.app.explain_link import explain as explain_link

    explain_link(title, sys.stdin, click.echo, jsonl=jsonl)


@explain.command()
@click.argument("links", nargs=-1)
@click.option("--jsonl", is_flag=True, help="A link a line in, one verdict a line out.")
def url(links: tuple[str, ...], jsonl: bool) -> None:
    """Say whether the desk would fetch LINKS, by their spelling: nothing is looked up."""
    from bot.app.explain_url import explain_url

    lines = click.open_file("-", encoding="utf-8", errors="replace")
    explain_url(links, lines, click.echo, jsonl=jsonl)


@main.command()
@CONFIG
@click.argument("piece")
@click.option(
    "--what",
    type=click.Choice(["cause", "close", "price", "words", "piece"]),
    required=True,
    help="What is wrong; piece withdraws the whole brief.",
)
@click.option("--why", required=True, help="Why, in a few words; it is printed.")
@click.option("--right", default="", help="The figure or the words as they should be.")
@click.option("--wrong", default="", help="The words as they stand.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
def correct(file: Path, piece: str, what: str, yes: bool, **words: str) -> None:
    """
    Correct PIECE on every copy, also while the desk runs.

    PIECE is its id such as BABA/2026-01-12/up/1, the link of a message, or a ticker for the
    newest brief on it. How it will read is shown first.
    """
    from bot.app.correct import correct as put_right
    from bot.config import load
    from bot.model.piece import Matter
    from bot.services.faces import Mending

    matter = Matter.REFERENCE if what == "close" else Matter[what.upper()]
    mending = Mending(piece, matter, words["why"], words["right"], words["wrong"])
    sys.exit(put_right(load(file), mending, lambda: yes or click.confirm("Correct it?")))


@main.group()
def feed() -> None:
    """Look at feeds as the desk does."""


@feed.command()
@click.argument("files", nargs=-1)
@click.option("--jsonl", is_flag=True, help="An answer a line, as JSON.")
def parse(files: tuple[str, ...], jsonl: bool) -> None:
    """
    Say what the desk reads in FILES; without any, in those that are named on stdin, one a line.

    Read are the first 500 entries of a document of at most 5 MB, in at most 5 seconds.
    """
    from bot.app.feed_parse import names_in, parse_files

    parse_files(files or names_in(sys.stdin.buffer), click.echo, jsonl=jsonl)


@feed.command()
@CONFIG
@click.argument("address")
@click.option("--again", is_flag=True, help="Ask a feed that failed again at once.")
def why(file: Path, address: str, again: bool) -> None:
    """Say how the feed at ADDRESS is doing: who wants it, its last polls, what is next."""
    from bot.app.feed_why import why_feed
    from bot.config import load

    sys.exit(why_feed(load(file), address, again=again))


@main.group()
def universe() -> None:
    """The register of listed companies: everybody whom a headline may name."""


@universe.command()
@CONFIG
def refresh(file: Path) -> None:
    """Renew the register from the SEC, in the data folder; a running desk reads it when restarted."""
    from bot.app.refresh import refresh as renew
    from bot.config import load

    renew(load(file), click.echo)
