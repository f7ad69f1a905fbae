"""`bot feed parse`: a file name in, what the desk reads there out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from tests.sources.written import ALL, ONE, rss


def written(folder: Path, name: str, body: bytes) -> str:
    path = folder / name
    path.write_bytes(body)
    return str(path)


def told(*names: str) -> list[dict[str, object]]:
    lines = "".join(f"{name}\n" for name in names)
    ran = CliRunner().invoke(main, ["feed", "parse", "--jsonl"], input=lines)
    assert ran.exit_code == 0, ran.output
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_file_gets_its_line_in_order(tmp_path: Path) -> None:
    """With the number of its entries, or one sentence; blank lines are none."""
    feed = written(tmp_path, "feed.xml", ONE)
    page = written(tmp_path, "page.html", b"<html></html>")
    gone = str(tmp_path / "gone.xml")

    lines = told(feed, "", page, gone, str(tmp_path), feed)

    assert lines == [
        {"file": feed, "ok": True, "items": 1},
        {
            "file": page,
            "ok": False,
            "items": 0,
            "error": f"{page} is a web page, not a feed; look for its RSS or Atom link",
        },
        {
            "file": gone,
            "ok": False,
            "items": 0,
            "error": f"{gone} cannot be opened (no such file or directory)",
        },
        {"file": str(tmp_path), "ok": False, "items": 0, "error": f"{tmp_path} is not a file"},
        {"file": feed, "ok": True, "items": 1},
    ]


def test_a_file_larger_than_any_feed_is_not_read(tmp_path: Path) -> None:
    """As when it is fetched."""
    large = written(tmp_path, "large.xml", ONE + b" " * 5_000_000)

    (line,) = told(large)

    assert line["error"] == f"{large} is larger than 5 MB; no feed should be"


def test_five_hundred_entries_are_counted(tmp_path: Path) -> None:
    """The desk reads no more of a document."""
    long = written(tmp_path, "long.xml", rss("<item><title>t</title></item>" * 501))

    assert told(long) == [{"file": long, "ok": True, "items": 500}]


def test_names_of_any_bytes_are_found(tmp_path: Path) -> None:
    """A file name need not be text; the answer carries it as Python and JSON do."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.xml"
    Path(os.fsdecode(path)).write_bytes(ONE)

    ran = subprocess.run(
        (sys.executable, "-m", "bot", "feed", "parse", "--jsonl"),
        input=path + b"\r\n\0\n",
        capture_output=True,
        check=True,
    )

    first, second = map(json.loads, ran.stdout.splitlines())
    assert first == {"file": os.fsdecode(path), "ok": True, "items": 1}
    assert second["error"] == "\0 cannot be opened (embedded null byte)"
    assert ran.stderr == b""


def test_a_person_reads_sentences(tmp_path: Path) -> None:
    """Files named as arguments; the title, the number of entries, and damage if there is any."""
    names = [written(tmp_path, f"{n}.xml", body) for n, body in enumerate(ALL)]
    torn = written(tmp_path, "torn.xml", b"<rss><channel><item><title>Half")

    ran = CliRunner().invoke(main, ["feed", "parse", *names, torn])

    lines = ran.stdout.splitlines()
    assert ran.exit_code == 0
    assert lines[0] == f"{names[0]}: C, 1 entry"
    assert lines[-1].startswith(f"{torn}: without a title, 1 entry; its XML is damaged (")
    assert len(lines) == len(ALL) + 1
