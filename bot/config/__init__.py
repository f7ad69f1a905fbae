"""
config.toml and the environment, checked as a whole and frozen.

Every mistake is reported at once with file, line, key, the value found and the way out.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bot.config.problems import absurd_moves, explain
from bot.config.settings import Settings
from bot.errors import ConfigError, Problem

SECRETS = ("DISCORD_TOKEN", "NEWSDESK_STORE_URL")


@dataclass(frozen=True, slots=True)
class Config:
    """The checked settings, where they came from, and the secrets of the environment."""

    file: Path
    settings: Settings
    token: str = ""
    store_url: str = ""

    def path(self, name: str) -> Path:
        """A path of the settings, relative to the config file unless it is absolute."""
        return self.file.parent / name

    @property
    def data_dir(self) -> Path:
        return self.path(self.settings.desk.data_dir)

    @property
    def database(self) -> str:
        """The store's URL: the environment's, else the file's, else SQLite in `data_dir`."""
        default = f"sqlite+aiosqlite:///{self.data_dir / 'desk.db'}"
        return self.store_url or self.settings.store.url or default


def load(file: Path, environment: Mapping[str, str] | None = None) -> Config:
    """Read and check everything; raises one `ConfigError` that lists every mistake."""
    environment = os.environ if environment is None else environment
    problems: list[Problem] = []
    secrets = {name: _secret(name, environment, problems) for name in SECRETS}
    settings = _settings(file, problems)
    if problems or settings is None:
        raise ConfigError(problems)
    return Config(file, settings, secrets["DISCORD_TOKEN"], secrets["NEWSDESK_STORE_URL"])


def _secret(name: str, environment: Mapping[str, str], problems: list[Problem]) -> str:
    value, path = environment.get(name, ""), environment.get(f"{name}_FILE", "")
    if value or not path:
        return value.strip()
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        text = f"cannot read {path} ({error.strerror}); name a readable file or set {name}"
        problems.append(Problem("environment", 0, f"{name}_FILE", text))
        return ""


def _settings(file: Path, problems: list[Problem]) -> Settings | None:
    try:
        text = file.read_text("utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        problems.append(Problem(str(file), 0, "file", f"cannot be read ({error.strerror})"))
        return None
    except UnicodeDecodeError:
        problems.append(Problem(str(file), 0, "file", "is not UTF-8 text; save it as UTF-8"))
        return None
    except tomllib.TOMLDecodeError as error:
        line = int(found[1]) if (found := re.search(r"line (\d+)", str(error))) else 0
        problems.append(Problem(str(file), line, "syntax", f"is not TOML: {error}"))
        return None
    try:
        settings = Settings.model_validate(data)
    except ValidationError as errors:
        problems += explain(file, text, errors)
        return None
    problems += absurd_moves(file, text, settings)
    return settings
