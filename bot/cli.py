"""The command line: each command is a few lines into a service; bodies import lazily."""

from __future__ import annotations

import sys
from pathlib import Path

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
@CONFIG
def check(file: Path) -> None:
    """Verify settings, token, permissions, templates, sources and data folder, all at once."""
    from bot.app.check import check_everything

    sys.exit(check_everything(file))


@main.command()
@CONFIG
@click.argument("ticker")
def brief(file: Path, ticker: str) -> None:
    """Print the brief on TICKER (or a company's name) as it would read in Discord."""
    from bot.app.printing import print_brief
    from bot.config import load

    print_brief(load(file), ticker)
