"""feedparser in a process that can be killed: what it reads, and what cannot hold it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.errors import Unreadable
from bot.sources.parse_worker import Entry, Parsed, ParseWorker

URL = "https://example.com/news/feed.xml"
XML = "application/rss+xml"


def rss(items: str, extra: str = "") -> bytes:
    return f'<rss version="2.0"><channel><title>Wire</title>{extra}{items}</channel></rss>'.encode()


ONE = rss(
    "<item><guid isPermaLink='false'>a1</guid><title>Alibaba &amp;amp; Tencent</title>"
    "<link>/a?x=1&amp;y=2</link><pubDate>Mon, 12 Jan 2026 09:00:00 GMT</pubDate>"
    "<description>&lt;p&gt;Up.&lt;/p&gt;</description></item>"
)
ENTRY = Entry(
    guid="a1",
    link="https://example.com/a?x=1&y=2",
    title="Alibaba & Tencent",
    summary="Up.",
    dated="Mon, 12 Jan 2026 09:00:00 GMT",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker() -> AsyncIterator[ParseWorker]:
    worker = ParseWorker(deadline=2.0)
    yield worker
    await worker.close()


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def read(worker: ParseWorker, body: bytes, kind: str = XML) -> Parsed:
    return await worker.parse(body, kind, URL)


async def test_rss_is_read(worker: ParseWorker) -> None:
    """Text without markup, links made absolute, the date as written."""
    assert Parsed("Wire", (ENTRY,)) == await read(worker, ONE)


async def test_atom_is_read(worker: ParseWorker) -> None:
    """The published date, else the updated one; the content where there is no summary."""
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>'
        b'<entry><id>urn:1</id><title type="html">A &amp;amp; B</title><link href="a"/>'
        b"<updated>2026-01-12T10:00:00Z</updated><published>2026-01-12T09:00:00Z</published>"
        b'<content type="html">&lt;b&gt;Body&lt;/b&gt;</content></entry>'
        b"<entry><id>urn:2</id><title>C</title><updated>2026-01-12T10:00:00Z</updated></entry>"
        b"</feed>"
    )

    first, second = (await read(worker, body)).entries

    assert (
        Entry("urn:1", "https://example.com/news/a", "A & B", "Body", "2026-01-12T09:00:00Z")
        == first
    )
    assert Entry("urn:2", "", "C", "", "2026-01-12T10:00:00Z") == second


async def test_rdf_is_read(worker: ParseWorker) -> None:
    """RSS 1.0 with Dublin Core dates, as Chinese and Japanese outlets still have it."""
    body = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        b' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b'<channel rdf:about="https://x"><title>C</title></channel>'
        b'<item rdf:about="https://x.example/1"><title>One</title>'
        b"<link>https://x.example/1</link><dc:date>2026-01-12T09:00:00+08:00</dc:date></item>"
        b"</rdf:RDF>"
    )

    (entry,) = (await read(worker, body)).entries

    assert (entry.link, entry.dated) == ("https://x.example/1", "2026-01-12T09:00:00+08:00")


@pytest.mark.parametrize(
    ("extra", "every"),
    [
        ("<ttl>60</ttl>", timedelta(hours=1)),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            timedelta(hours=6),
        ),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", None),
        ("", None),
    ],
)
async def test_a_feeds_own_pace_is_told(
    worker: ParseWorker, extra: str, every: timedelta | None
) -> None:
    """ttl in minutes, or the syndication module's period."""
    body = rss("", extra).replace(
        b"<rss ", b'<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    )

    assert every == (await read(worker, body)).every


@pytest.mark.parametrize(
    ("item", "link"),
    [
        ("<guid>https://example.com/1</guid>", "https://example.com/1"),
        ("<guid>https://example.com/?a=1&amp;b=2</guid>", "https://example.com/?a=1&b=2"),
        ("<guid>abc</guid>", ""),
        ("<guid>/abc</guid>", ""),
        ("<guid isPermaLink='false'>https://example.com/1</guid>", ""),
        ("<link>rel</link><guid>abc</guid>", "https://example.com/news/rel"),
    ],
)
async def test_a_guid_is_a_link_only_where_it_is_written_as_one(
    worker: ParseWorker, item: str, link: str
) -> None:
    """feedparser joins any guid to the feed's address; such a link never existed."""
    (entry,) = (await read(worker, rss(f"<item><title>t</title>{item}</item>"))).entries

    assert link == entry.link


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (b"AT&T R&D up", "AT&T R&D up"),
        (b"<![CDATA[AT&T <b>R&D</b> up]]>", "AT&T R&D up"),
        (b"Caf\xc3\xa9", "Café"),
        (b"A &nbsp;B &eacute;", "A B é"),
    ],
)
async def test_titles_are_verbatim(worker: ParseWorker, title: bytes, said: str) -> None:
    """A bare ampersand is an ampersand, as a person reads it."""
    body = b"<rss><channel><item><title>" + title + b"</title></item></channel></rss>"

    (entry,) = (await read(worker, body)).entries

    assert said == entry.title


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf  \n" + ONE,
        ONE.replace(b"<rss", b'<?xml version="1.0" encoding="utf-8"?><rss'),
        b'<?xml version="1.0" encoding="utf-16"?>'.decode().encode("utf-16")
        + ONE.decode().encode("utf-16")[2:],
        ONE.replace(b"<rss", b'<?xml version="1.0" encoding="iso-8859-1"?><rss'),
        b'<!DOCTYPE rss [<!ENTITY x "y">]>' + ONE,
        b'<?xml version="1.0" encoding="zlib"?>' + ONE,
    ],
)
async def test_wrappings_do_not_matter(worker: ParseWorker, body: bytes) -> None:
    """Blanks, byte order marks, encodings and document types still read."""
    assert tuple(e.title for e in (await read(worker, body)).entries) == ("Alibaba & Tencent",)


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "", "application/json", "nonsense"])
async def test_the_content_type_does_not_matter(worker: ParseWorker, kind: str) -> None:
    """Servers lie about it too often to believe them, or to call it damage."""
    assert await read(worker, ONE, kind) == Parsed("Wire", (ENTRY,))


async def test_broken_xml_keeps_what_can_be_read(worker: ParseWorker) -> None:
    """One damaged tail does not hide the stories before it; the reader is told."""
    parsed = await read(worker, ONE[: ONE.index(b"</channel>")] + b"<item><title>half")

    assert parsed.entries[0].title == "Alibaba & Tencent"
    assert parsed.bozo


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            b"<!doctype html><html><body>Subscribe!</body></html>",
            f"{URL} is a web page, not a feed; look for its RSS or Atom link",
        ),
        (
            b"  <html><head></head></html>",
            f"{URL} is a web page, not a feed; look for its RSS or Atom link",
        ),
        (b"", f"{URL} is empty"),
        (b" \n ", f"{URL} is empty"),
        (b"all quiet", f"{URL} is not a feed; RSS, RDF and Atom can be read"),
        (b"\x89PNG\r\n\x1a\n\0\0", f"{URL} is not a feed; RSS, RDF and Atom can be read"),
        (
            b'{"version": "https://jsonfeed.org"}',
            f"{URL} is not a feed; RSS, RDF and Atom can be read",
        ),
        (b"<a><b/></a>", f"{URL} is not a feed; RSS, RDF and Atom can be read"),
        (b"/etc/passwd", f"{URL} is not a feed; RSS, RDF and Atom can be read"),
    ],
)
async def test_what_is_no_feed_is_unreadable(
    worker: ParseWorker, body: bytes, sentence: str
) -> None:
    """One sentence says what it was instead."""
    with pytest.raises(Unreadable) as error:
        await read(worker, body)

    assert sentence == str(error.value)


async def test_an_empty_feed_is_a_feed(worker: ParseWorker) -> None:
    """No story today is not a fault."""
    assert Parsed("Wire", ()) == await read(worker, rss(""))


async def test_a_body_that_names_a_file_opens_none(worker: ParseWorker, tmp_path: Path) -> None:
    """feedparser opens str and bytes that are a path; the desk never lets it."""
    path = tmp_path / "feed.xml"
    path.write_bytes(ONE)

    with pytest.raises(Unreadable, match="is not a feed"):
        await read(worker, str(path).encode())


async def test_strange_encodings_are_survived(worker: ParseWorker) -> None:
    """Whatever feedparser raises is a sentence here."""
    with pytest.raises(Unreadable):
        await read(worker, b'<?xml version="1.0" encoding="undefined"?>' + ONE)

    assert (await read(worker, ONE)).entries == (ENTRY,)


async def test_many_entries_are_cut(worker: ParseWorker) -> None:
    """Five hundred entries are more than any desk reads at once."""
    body = rss("".join(f"<item><guid>g{n}</guid><title>{n}</title></item>" for n in range(700)))

    assert len((await read(worker, body)).entries) == 500


async def test_long_fields_are_cut(worker: ParseWorker) -> None:
    """A title of 300 and a summary of 500 characters say enough."""
    body = rss(f"<item><title>{'t' * 400}</title><description>{'s' * 600}</description></item>")

    (entry,) = (await read(worker, body)).entries

    assert (len(entry.title), len(entry.summary)) == (300, 500)


async def test_an_entity_bomb_stays_folded(worker: ParseWorker) -> None:
    """Billion laughs: nothing is expanded, and the worker goes on."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]>'.encode() + rss(
        "<item><title>&l9;</title></item>"
    )

    (entry,) = (await read(worker, body)).entries

    assert len(entry.title) <= 300


async def test_an_external_entity_is_not_followed(worker: ParseWorker, tmp_path: Path) -> None:
    """No file of this machine appears in a headline."""
    secret = tmp_path / "secret"
    secret.write_text("swordfish")
    body = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'.encode() + rss(
        "<item><title>a &x; b</title></item>"
    )

    (entry,) = (await read(worker, body)).entries

    assert "swordfish" not in entry.title


async def test_the_author_trap_is_not_sprung(worker: ParseWorker) -> None:
    """A long author is not searched for an address, which takes quadratic time."""
    author = "a@" + "a." * 60_000 + "!"

    parsed = await read(worker, rss(f"<item><title>t</title><author>{author}</author></item>"))

    assert parsed.entries[0].title == "t"


async def test_a_giant_tag_is_refused_unparsed(worker: ParseWorker) -> None:
    """Tens of thousands of attributes take seconds; no feed has such a tag."""
    attributes = " ".join(f"a{n}='1'" for n in range(20_000))

    with pytest.raises(Unreadable) as error:
        await read(worker, rss(f"<item {attributes}><title>t</title></item>"))

    assert f"{URL} has a tag of more than 64 kB; no feed should" == str(error.value)


def quadratic() -> bytes:
    """Tags that just pass the scan for long ones, with attributes enough to take minutes."""
    tag = "<x " + " ".join(f"a{n}=''" for n in range(7000)) + "/>"
    assert len(tag) < 65_536
    return rss(f"<item><title>t</title>{tag * 60}</item>")


async def test_a_quadratic_document_is_killed_in_time_and_others_go_on() -> None:
    """The deadline holds, the worker is replaced, and the next feed is read."""
    worker = ParseWorker(deadline=1.0)
    await read(worker, ONE)
    began = time.monotonic()
    waiting = [asyncio.ensure_future(read(worker, body)) for body in (ONE, quadratic(), ONE)]

    ends = await asyncio.gather(*waiting, return_exceptions=True)

    took = time.monotonic() - began
    await worker.close()
    assert f"{URL} takes longer than 1 seconds to read; no feed should" == str(ends[1])
    assert [end.entries for end in ends if isinstance(end, Parsed)] == [(ENTRY,), (ENTRY,)]
    assert 1.0 <= took < 5.0


def pid_of(worker: ParseWorker) -> int:
    assert worker._child is not None
    pid = worker._child.process.pid
    assert pid is not None
    return pid


async def test_a_worker_found_dead_is_replaced() -> None:
    """Whatever killed it between two documents, the next one is read."""
    worker = ParseWorker()
    before = await read(worker, ONE)
    os.kill(pid_of(worker), signal.SIGKILL)

    after = await read(worker, ONE)

    await worker.close()
    assert after == before


async def test_a_document_that_kills_two_workers_is_given_up() -> None:
    """The first death may be an accident; the second is the document's doing."""
    worker = ParseWorker(deadline=60.0)
    await read(worker, ONE)
    deadly = asyncio.ensure_future(read(worker, quadratic()))
    first = pid_of(worker)
    await asyncio.to_thread(_wait_until_busy, first)
    os.kill(first, signal.SIGKILL)
    second = await asyncio.to_thread(_wait_for_another, worker, first)
    os.kill(second, signal.SIGKILL)

    with pytest.raises(Unreadable) as error:
        await deadly

    after = await read(worker, ONE)
    await worker.close()
    assert str(error.value) == f"{URL} broke the reader of feeds; no feed should"
    assert after.entries == (ENTRY,)


async def test_closing_does_not_wait_for_a_document() -> None:
    """A shutdown ends a parse under way at once, and leaves no process behind."""
    worker = ParseWorker(deadline=60.0)
    await read(worker, ONE)
    pid = pid_of(worker)
    under_way = asyncio.ensure_future(read(worker, quadratic()))
    await asyncio.to_thread(_wait_until_busy, pid)
    began = time.monotonic()

    await worker.close()

    with pytest.raises(Unreadable):
        await under_way
    assert time.monotonic() - began < 2.0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_an_unused_worker_starts_nothing() -> None:
    """No process before the first document."""
    worker = ParseWorker()

    assert worker._child is None
    await worker.close()


async def test_the_worker_holds_no_socket_of_the_desk() -> None:
    """Whatever the desk had open when it started, the worker has not."""
    with socket.create_server(("127.0.0.1", 0)):
        fresh = ParseWorker()
        await read(fresh, ONE)
        held = _sockets(pid_of(fresh)) & _sockets(os.getpid())
        await fresh.close()

    assert held == set()


def _sockets(pid: int) -> set[str]:
    links = {os.readlink(fd) for fd in Path(f"/proc/{pid}/fd").iterdir() if fd.is_symlink()}
    return {link for link in links if link.startswith("socket:")}


def _wait_until_busy(pid: int) -> None:
    """Return once the process has used a tick of CPU more: it is at its document."""
    spent = _ticks(pid)
    while _ticks(pid) == spent:
        time.sleep(0.005)


def _wait_for_another(worker: ParseWorker, pid: int) -> int:
    while (child := worker._child) is None or child.process.pid == pid:
        time.sleep(0.005)
    return pid_of(worker)


def _ticks(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])


PROGRAM = """
import asyncio, sys
print("main")
from bot.sources.parse_worker import ParseWorker
async def main():
    worker = ParseWorker()
    print((await worker.parse(b"<rss><channel><title>T</title></channel></rss>", "", "u")).title)
    await worker.close()
if __name__ == "__main__":
    asyncio.run(main())
"""


async def launch(tmp_path: Path, program: str) -> asyncio.subprocess.Process:
    """`python -m desk`, whose __main__ is `program`."""
    package = tmp_path / "desk"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(program)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", "-m", "desk",
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path.cwd()), "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip


async def test_it_works_under_python_dash_m(tmp_path: Path) -> None:
    """The main program is a package's __main__; the worker does not run it again."""
    run = await launch(tmp_path, PROGRAM)

    told, complaints = await run.communicate()

    assert (run.returncode, told, complaints) == (0, b"main\nT\n", b"")


ENDLESS = """
import asyncio
from pathlib import Path
from bot.sources.parse_worker import ParseWorker
def ticks(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])
async def main():
    worker = ParseWorker(deadline=0.5)
    await worker.parse(b"<rss><channel><title>T</title></channel></rss>", "", "u")
    pid = worker._child.process.pid
    if MODE == "busy":
        worker._deadline = 600
        tag = b"<x " + b" ".join(b"a%d=''" % n for n in range(7000)) + b"/>"
        spent = ticks(pid)
        parse = asyncio.ensure_future(worker.parse(b"<rss><channel>" + tag * 100, "", "u"))
        while ticks(pid) < spent + 3:
            await asyncio.sleep(0.01)
    print("ready", flush=True)
    await asyncio.Event().wait()
if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.parametrize("mode", ["idle", "busy"])
async def test_a_desk_that_is_killed_leaves_no_worker(tmp_path: Path, mode: str) -> None:
    """Not even one in the middle of a document: nobody would be left to stop it."""
    run = await launch(tmp_path, ENDLESS.replace("MODE", repr(mode)))
    assert run.stdout is not None
    assert await run.stdout.readline() == b"ready\n"
    run.kill()

    # The pipe ends when its last holder has gone: worker, fork server and all.
    rest = await asyncio.wait_for(run.stdout.read(), 10)

    await run.wait()
    assert rest == b""
