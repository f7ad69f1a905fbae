"""feedparser in processes that can be killed: what cannot hold them, and what they cannot hold."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.errors import Killed
from bot.sources.parse_worker import Parsed, ParseWorker
from bot.sources.parse_worker.child import Child
from tests.sources.written import ENTRY, ONE, URL, XML, slow


async def read(worker: ParseWorker, body: bytes) -> Parsed:
    return await worker.parse(body, XML, URL)


async def test_a_hanging_document_is_killed_in_time_and_the_next_is_read() -> None:
    """The deadline holds, the worker is replaced, and only that document is lost."""
    worker = ParseWorker(deadline=1.0, workers=1)
    await read(worker, ONE)
    began = time.monotonic()
    waiting = [asyncio.ensure_future(read(worker, body)) for body in (ONE, slow(), ONE)]

    ends = await asyncio.gather(*waiting, return_exceptions=True)

    took = time.monotonic() - began
    await worker.close()
    assert isinstance(ends[1], Killed)
    assert str(ends[1]) == f"{URL} takes longer than 1 seconds to read; no feed should"
    assert [end.entries for end in ends if isinstance(end, Parsed)] == [(ENTRY,), (ENTRY,)]
    assert 1.0 <= took < 5.0


async def test_others_do_not_wait_for_a_hanging_document() -> None:
    """A second worker reads on, and is started by then at the latest."""
    worker = ParseWorker(deadline=60.0)
    await read(worker, ONE)
    hanging = asyncio.ensure_future(read(worker, slow()))
    await asyncio.to_thread(_wait_until_busy, pid_of(worker))

    others = [await read(worker, ONE) for _ in range(3)]

    assert not hanging.done()
    await worker.close()
    with pytest.raises(Killed):
        await hanging
    assert [other.entries for other in others] == [(ENTRY,)] * 3


async def test_a_document_too_large_for_the_memory_is_killed() -> None:
    """The limit holds, and the next document is read."""
    worker = ParseWorker(memory=60_000_000)
    hoard = ONE.replace(b"</item>", b"<enclosure url='x'/>" * 150_000 + b"</item>")

    with pytest.raises(Killed) as error:
        await read(worker, hoard)

    after = await read(worker, ONE)
    await worker.close()
    assert str(error.value) == f"{URL} needs more memory to read than the limit; no feed should"
    assert after.entries == (ENTRY,)


async def test_a_worker_that_has_grown_is_replaced() -> None:
    """Memory that a large document took is given back with its worker."""
    worker = ParseWorker()
    await read(worker, ONE)
    before = pid_of(worker)
    await read(worker, ONE.replace(b"Up.", b"Up." * 5_000_000))

    after = await read(worker, ONE)

    assert pid_of(worker) != before
    await worker.close()
    assert after.entries == (ENTRY,)


def pid_of(worker: ParseWorker) -> int:
    (child,) = children(worker)
    pid = child.process.pid
    assert pid is not None
    return pid


def children(worker: ParseWorker) -> list[Child]:
    return [*worker._idle, *worker._busy]


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
    deadly = asyncio.ensure_future(read(worker, slow()))
    first = pid_of(worker)
    await asyncio.to_thread(_wait_until_busy, first)
    os.kill(first, signal.SIGKILL)
    second = await asyncio.to_thread(_wait_for_another, worker, first)
    os.kill(second, signal.SIGKILL)

    with pytest.raises(Killed) as error:
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
    under_way = asyncio.ensure_future(read(worker, slow()))
    await asyncio.to_thread(_wait_until_busy, pid)
    began = time.monotonic()

    await worker.close()

    with pytest.raises(Killed):
        await under_way
    assert time.monotonic() - began < 2.0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_an_unused_worker_starts_nothing() -> None:
    """No process before the first document."""
    worker = ParseWorker()

    assert children(worker) == []
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
    while [child.process.pid for child in children(worker)] in ([], [pid]):
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
    pid = worker._idle[0].process.pid
    if MODE == "busy":
        worker._deadline = 600
        spent = ticks(pid)
        parse = asyncio.ensure_future(worker.parse(b"<rss>" + b"<a " * 1_000_000, "", "u"))
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
