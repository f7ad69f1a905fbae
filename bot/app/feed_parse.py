"""
File names in, what the desk would read in them out: `bot feed parse`.

The same worker as for every feed of the desk, with the same limits; one document at a time.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.errors import DeskError, Unreadable
from bot.sources.parse_worker import Parsed, ParseWorker

_LARGEST = 5_000_000  # bytes, as for a feed that is fetched


def parse_files(names: Iterable[str], say: Callable[[str], None], *, jsonl: bool) -> None:
    """Say what each file holds: a JSON line each, or a line for a person."""
    asyncio.run(_parse_all(names, say, _as_json if jsonl else _in_words))


def names_in(lines: Iterable[bytes]) -> Iterable[str]:
    """The file names that stand one on a line, whatever bytes they are made of."""
    for line in lines:
        if name := line.rstrip(b"\r\n"):
            yield name.decode("utf-8", "surrogateescape")


async def _parse_all(
    names: Iterable[str],
    say: Callable[[str], None],
    phrase: Callable[[str, Parsed | DeskError], str],
) -> None:
    worker = ParseWorker()
    try:
        for name in names:
            try:
                told: Parsed | DeskError = await worker.parse(_read(name), "", name)
            except DeskError as error:
                told = error
            say(phrase(name, told))
    finally:
        await worker.close()


def _read(name: str) -> bytes:
    """Raises `Unreadable` where there is no such file, or more of it than a feed may have."""
    try:
        path = Path(name)
        if path.exists() and not path.is_file():
            raise Unreadable(f"{name} is not a file")
        with path.open("rb") as file:
            body = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Unreadable(f"{name} cannot be opened ({why.lower()})") from error
    if len(body) > _LARGEST:
        raise Unreadable(f"{name} is larger than {_LARGEST / 1e6:g} MB; no feed should be")
    return body


def _as_json(name: str, told: Parsed | DeskError) -> str:
    if isinstance(told, DeskError):
        return json.dumps({"file": name, "ok": False, "items": 0, "error": str(told)})
    return json.dumps({"file": name, "ok": True, "items": len(told.entries)})


def _in_words(name: str, told: Parsed | DeskError) -> str:
    if isinstance(told, DeskError):
        return str(told)
    many = "entry" if len(told.entries) == 1 else "entries"
    damage = f"; its XML is damaged ({told.bozo})" if told.bozo else ""
    return f"{name}: {told.title or 'without a title'}, {len(told.entries)} {many}{damage}"
