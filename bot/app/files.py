"""What the settings point at on disk: the data folder, the registers, the feeds."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from bot.config import Config
from bot.desk.register import Outlets, instruments, outlets
from bot.desk.weights import Weights, weights
from bot.errors import ConfigError, DeskError, Problem
from bot.model.market import Instrument
from bot.model.news import Feed
from bot.sources.opml import read_opml

T = TypeVar("T")

SEEDS = Path(__file__).parents[2] / "seeds"
OUTLETS, WEIGHTS = SEEDS / "outlets.toml", SEEDS / "catalyst" / "weights.toml"


def data_folder(config: Config) -> Path:
    """The folder of the database and caches, made if need be. Raises `DeskError`."""
    folder = config.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder.resolve()
    except OSError as error:
        raise DeskError(
            f"the data folder {folder} cannot be written ({error.strerror})",
            hint="choose another desk.data_dir, or allow the desk to write there",
        ) from error


def read_registers(config: Config) -> tuple[dict[str, Instrument], Outlets]:
    """Companies and outlets. Raises one `ConfigError` with the mistakes of both files."""
    problems: list[Problem] = []
    known = _read(config, "instruments", instruments, problems)
    register = _read(config, "outlets", outlets, problems)
    if known is None or register is None:
        raise ConfigError(problems)
    return known, register


def read_weights() -> Weights:
    """What speaks for a cause, as it ships with the program. Raises `ConfigError`."""
    return weights(tomllib.loads(WEIGHTS.read_text()))


def read_outlets() -> Outlets:
    """The disclosure register that ships with the program. Raises `ConfigError`."""
    return outlets(tomllib.loads(OUTLETS.read_text()))


def read_feeds(config: Config) -> list[Feed]:
    """The feeds of `feeds.opml`. Raises `Unreadable`."""
    return read_opml(config.path(config.settings.feeds.opml))


def _read(
    config: Config,
    key: str,
    understand: Callable[[Mapping[str, Any]], T],
    problems: list[Problem],
) -> T | None:
    """The register named by `desk.{key}`; None, and why, where it cannot be used."""
    path = config.path(getattr(config.settings.desk, key))
    try:
        return understand(tomllib.loads(path.read_text()))
    except OSError as error:
        text = f"cannot read {path} ({error.strerror}); name the file that ships with the desk"
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        text = f"{path} is not TOML: {error}"
    except ConfigError as error:
        problems += error.problems
        return None
    problems.append(Problem(str(config.file), 0, f"desk.{key}", text))
    return None
