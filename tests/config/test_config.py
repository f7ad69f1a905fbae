"""config.toml: complete as shipped; broken, it reports every mistake at once."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from bot.config import load
from bot.config.settings import Settings
from bot.errors import ConfigError

SHIPPED = Path(__file__).parent.parent.parent / "config.toml"


def refused(folder: Path, text: str, environment: dict[str, str] | None = None) -> list[str]:
    """What is said of a config file with this text, a line a mistake, without the folder."""
    file = folder / "config.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(file, environment or {})
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def test_the_shipped_file_is_the_defaults() -> None:
    """Every key stands in config.toml with its default, and the file is valid."""
    shipped = tomllib.loads(SHIPPED.read_text())
    defaults = Settings().model_dump(exclude={"watch"})

    assert Settings() == load(SHIPPED, {}).settings
    assert {name: set(section) for name, section in defaults.items()} == {
        name: set(section) for name, section in shipped.items()
    }


def test_every_key_has_one_sentence() -> None:
    """A comment stands behind every key of the shipped file."""
    keys = [line for line in SHIPPED.read_text().splitlines() if " = " in line]

    assert [line for line in keys if "  # " not in line] == []


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    """File, line, key, the value found and the way out, in the order of the file."""
    said = refused(
        tmp_path,
        """\
[store]
ulr = "x"
url = "mysql://x"
[discord]
api_url = "http://127.0.0.1:1"
[quotes]
timeout = "ten"
poll_regular = 1
[thresholds]
smallest = 9
[log]
format = "xml"
[[watch]]
channel = 5
tickers = []
zone = "Mars/City"
""",
    )

    assert said == [
        "config.toml:2: store.ulr: is not a setting; did you mean url?",
        (
            'config.toml:3: store.url: must be "", "sqlite+aiosqlite:///…" or '
            "\"postgresql+psycopg://…\", was 'mysql://x'"
        ),
        "config.toml:4: discord: must set api_url and gateway_url together, or leave both empty",
        "config.toml:7: quotes.timeout: must be a number, was 'ten'",
        "config.toml:8: quotes.poll_regular: must be 10 or more, was 1",
        "config.toml:9: thresholds: must have smallest ≤ move ≤ largest",
        "config.toml:12: log.format: must be 'text' or 'json', was 'xml'",
        "config.toml:15: watch.0.tickers: must name at least one, was []",
        (
            'config.toml:16: watch.0.zone: must be "" or an IANA zone such as "Europe/Berlin", '
            "was 'Mars/City'"
        ),
    ]


def test_a_file_that_is_not_toml(tmp_path: Path) -> None:
    """The line of the syntax error is named."""
    said = refused(tmp_path, "[desk]\ndata_dir = \n")

    assert said == ["config.toml:2: syntax: is not TOML: Invalid value (at line 2, column 12)"]


def test_a_missing_file(tmp_path: Path) -> None:
    """A missing config file is one clear sentence."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "none.toml", {})

    assert f"{tmp_path}/none.toml:0: file: cannot be read (No such file or directory)" == str(
        caught.value
    )


def test_a_secret_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    """NAME wins; NAME_FILE is read where NAME is not set."""
    (tmp_path / "token").write_text("from-a-file\n")
    named = {"DISCORD_TOKEN_FILE": str(tmp_path / "token")}

    assert load(SHIPPED, named).token == "from-a-file"
    assert load(SHIPPED, {**named, "DISCORD_TOKEN": "direct"}).token == "direct"
    assert load(SHIPPED, {}).token == ""


def test_a_secret_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A secret's file that is not there is reported beside the mistakes of the settings."""
    said = refused(tmp_path, "[log]\nlevel = 1\n", {"DISCORD_TOKEN_FILE": "/no/such/token"})

    assert said == [
        (
            "environment:0: DISCORD_TOKEN_FILE: cannot read /no/such/token (No such file or "
            "directory); name a readable file or set DISCORD_TOKEN"
        ),
        "config.toml:2: log.level: must be 'debug', 'info', 'warning' or 'error', was 1",
    ]


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    """The database is in data_dir, and data_dir beside the config file."""
    (tmp_path / "config.toml").write_text('[desk]\ndata_dir = "here"\n')
    config = load(tmp_path / "config.toml", {})

    assert f"sqlite+aiosqlite:///{tmp_path}/here/desk.db" == config.database
    assert (
        load(tmp_path / "config.toml", {"NEWSDESK_STORE_URL": "postgresql+psycopg://x"}).database
        == "postgresql+psycopg://x"
    )


def test_a_watch_is_held_to_what_people_may_type(tmp_path: Path) -> None:
    """Every kind of threshold may stand there; nonsense is named with its line."""
    watch = '[[watch]]\nchannel = 1\ntickers = ["BABA"]\nmove = "{}"\n'
    good = ("", "5% up", "3% in 1h, held 5 minutes", "above 180", "3σ", "52-week high")
    file = tmp_path / "good.toml"
    file.write_text("".join(watch.format(move) for move in good))

    said = refused(tmp_path, watch.format("0.2σ") + watch.format("3% in 30 days"))

    assert good == tuple(entry.move for entry in load(file, {}).settings.watch)
    assert said == [
        (
            "config.toml:4: watch.0.move: threshold for BABA must be between 1 and 20 times its "
            'usual daily move, was 0.2; write "5%"'
        ),
        (
            "config.toml:8: watch.1.move: window for BABA must be between 5 minutes and 5 days, "
            'was 30 days; write "5%"'
        ),
    ]


def test_the_defaults_of_thresholds(tmp_path: Path) -> None:
    """The file's figures are those of people who name none."""
    file = tmp_path / "config.toml"
    file.write_text("[thresholds]\nusual = 2.5\nat_least = 2\nmove = 4\n")

    found = load(file, {}).settings.thresholds.defaults()

    assert (Decimal("2.5"), Decimal("2.0"), Decimal("4.0")) == (
        found.usual,
        found.at_least,
        found.move,
    )
    assert refused(tmp_path, "[thresholds]\nat_least = 60\n") == [
        "config.toml:1: thresholds: must have smallest ≤ at_least ≤ largest"
    ]
