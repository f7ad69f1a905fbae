"""What can a server do to the desk? Nothing but be told of in one sentence."""

from __future__ import annotations

import gzip
import socket
import time
import zlib

import pytest
from aiohttp.abc import ResolveResult

from bot.errors import SourceError, Unreachable
from bot.sources.address import Refused
from bot.sources.http import Http, Limits
from tests.sources.fakes import Names, to_port
from tests.sources.raw import RawServer

OK = b"HTTP/1.1 200 OK\r\n"
GO = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
ZIPPED = OK + b"Connection: close\r\nContent-Encoding: "
LIMITS = Limits(seconds=5, idle=0.5)

IMPROPER = "could not be reached (its answer is not proper HTTP)"
DAMAGED = (
    "the compressed body is damaged (Error -3 while decompressing data: incorrect header check)"
)
LARGE = "is larger than the limit of 5 MB"
BLANKS = b"\0" * 50_000_000

HOSTILE = {
    "nothing": (b"", "could not be reached (it hung up)"),
    "noise": (b"\x00\xff" * 100, IMPROPER),
    "bare words": (b"hello", IMPROPER),
    "a status of letters": (b"HTTP/1.1 abc OK\r\n\r\n", IMPROPER),
    "a long status": (b"HTTP/1.1 99999 OK\r\n\r\n", IMPROPER),
    "a negative length": (OK + b"Content-Length: -5\r\n\r\nhello", IMPROPER),
    "two lengths": (OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", IMPROPER),
    "a length past counting": (OK + b"Content-Length: " + b"9" * 40 + b"\r\n\r\nx", IMPROPER),
    "a length and chunks": (
        OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        IMPROPER,
    ),
    "a chunk of letters": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello", IMPROPER),
    "a chunk past counting": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 18 + b"\r\nhello",
        IMPROPER,
    ),
    "a flood of trailers": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
        IMPROPER,
    ),
    "a flood of headers": (OK + b"X: y\r\n" * 50_000 + b"\r\n", IMPROPER),
    "a header of more than 8 kB": (OK + b"X: " + b"y" * 8300 + b"\r\n\r\n", IMPROPER),
    "an endless header": (OK + b"X: " + b"y" * 1_000_000, IMPROPER),
    "a header without a name": (OK + b"nonsense\r\n\r\n", IMPROPER),
    "a zero in a header": (OK + b"X: \x00\r\n\r\n", IMPROPER),
    "half of what was announced": (
        OK + b"Content-Length: 100\r\n\r\nhalf",
        "broke off in the middle of its answer",
    ),
    "chunks without an end": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "broke off in the middle of its answer",
    ),
    "a body past the limit": (OK + b"Connection: close\r\n\r\n" + b"x" * 5_000_001, LARGE),
    "a gzip bomb": (ZIPPED + b"gzip\r\n\r\n" + gzip.compress(BLANKS), LARGE),
    "a deflate bomb": (ZIPPED + b"deflate\r\n\r\n" + zlib.compress(BLANKS), LARGE),
    "a raw deflate bomb": (ZIPPED + b"deflate\r\n\r\n" + zlib.compress(BLANKS)[2:-4], LARGE),
    "a bomb in many parts": (ZIPPED + b"gzip\r\n\r\n" + gzip.compress(BLANKS[:900_000]) * 9, LARGE),
    "parts without number": (
        ZIPPED + b"gzip\r\n\r\n" + gzip.compress(b"") * 200_000,
        "could not be decoded: the compressed body has more than 100 parts",
    ),
    "packed twice": (
        ZIPPED + b"gzip, gzip\r\n\r\n" + gzip.compress(gzip.compress(b"x")),
        "could not be decoded: Content-Encoding 'gzip, gzip' was not asked for",
    ),
    "packed twice, in two headers": (
        ZIPPED + b"gzip\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(gzip.compress(b"x")),
        "could not be decoded: Content-Encoding 'gzip, gzip' was not asked for",
    ),
    "packed as nobody asked": (
        ZIPPED + b"br\r\n\r\n\x0b\x02\x80hello\x03",
        "could not be decoded: Content-Encoding 'br' was not asked for",
    ),
    "packed as nobody can": (
        ZIPPED + b"\xff\xfe\r\n\r\nhello",
        "could not be decoded: Content-Encoding '\\udcff\\udcfe' was not asked for",
    ),
    "a packed body cut short": (
        ZIPPED + b"gzip\r\n\r\n" + gzip.compress(b"hello" * 99)[:-9],
        "could not be decoded: the compressed body is cut short",
    ),
    "nothing packed at all": (
        ZIPPED + b"gzip\r\n\r\nhello",
        "could not be decoded: " + DAMAGED,
    ),
}

ASTRAY = [
    b"http://127.0.0.1/",
    b"//127.0.0.1/",
    b"///127.0.0.1/../../@[::1]\\",
    b"http:\\\\127.0.0.1\\",
    b"\\\\127.0.0.1\\x",
    b"/\\127.0.0.1/",
    b"http:/127.0.0.1/",
    b"http:127.0.0.1",
    b"https:",
    b"http://localhost/",
    b"http://[::1]/",
    b"http://[",
    b"http://0x7f.1/",
    b"http://2130706433/",
    b"http://169.254.169.254/latest/meta-data/",
    b"http://metadata.google.internal/",
    b"http://user@example.com/",
    b"//user:secret@example.com/",
    b"http://example.com:22/",
    b"//example.com:6379/",
    b"ftp://example.com/",
    b"file:///etc/passwd",
    b"gopher://127.0.0.1:6379/_INFO",
    b"data:text/xml,<rss/>",
    b"javascript:alert(1)",
    b"feed:http://example.com/",
    b"/a b",
    b"/a\tb",
    b"/a\x0bb",
    b"/\xff\xfe",
    b"/%0d%0a\xc2\x85",
    b"/" + b"a" * 8000,
    "http://①②⑦.⓪.⓪.①/".encode(),
    "//１２７.0.0.1/".encode(),
    "http://127。0。0。1/".encode(),
    "http://127.0.0.1\u200b/".encode(),
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_an_answer_meant_to_hurt_is_one_sentence(name: str) -> None:
    """Whatever comes, it comes to an error of ours, soon, and the next fetch is as good as new."""
    answer, sentence = HOSTILE[name]
    async with RawServer(answer) as server:
        http = Http("newsdesk", [server.url], resolver=Names(), limits=LIMITS)
        began = time.process_time()

        with pytest.raises(SourceError) as error:
            await http.get(f"{server.url}/")

        await http.close()
        assert f"{server.url}/ {sentence}" == str(error.value)
        assert time.process_time() - began < 2


@pytest.mark.parametrize("location", ASTRAY)
async def test_a_redirect_astray_is_not_followed(location: bytes) -> None:
    """No name is asked and nobody is dialled; the sentence says which feed leads where."""
    names = Names()
    async with RawServer(GO + location + b"\r\n\r\n") as server:
        http = Http("newsdesk", [server.url], resolver=names, limits=LIMITS)

        with pytest.raises(Refused, match=f"^{server.url}/ leads to '.*', which is not a public"):
            await http.get(f"{server.url}/")

        await http.close()
        assert names.asked == []


async def test_silence_is_one_sentence() -> None:
    """A server that takes the request and never answers is left after a while."""
    async with RawServer(b"", held=True) as server:
        http = Http("newsdesk", [server.url], resolver=Names(), limits=Limits(seconds=5, idle=0.1))

        with pytest.raises(Unreachable) as error:
            await http.get(f"{server.url}/")

        await http.close()
        assert f"{server.url}/ was silent for 0.1 seconds" == str(error.value)


async def test_interim_answers_end_in_the_last() -> None:
    """A server may say 103 first; that is no answer yet."""
    answer = b"HTTP/1.1 103 Early Hints\r\n\r\n" * 50 + OK + b"Content-Length: 2\r\n\r\nok"
    async with RawServer(answer) as server:
        http = Http("newsdesk", [server.url], resolver=Names(), limits=LIMITS)

        response = await http.get(f"{server.url}/")

        await http.close()
        assert (response.status, response.body) == (200, b"ok")


async def test_a_name_that_changes_its_mind_is_caught() -> None:
    """DNS rebinding: the second question is answered with the inside, and that ends the fetch."""

    class Turning(Names):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            self.addresses[host] = ["127.0.0.1"] if self.asked else ["93.184.215.14"]
            return await super().resolve(host, port, family)

    names = Turning()
    async with RawServer(GO + b"http://turn.example:8080/\r\n\r\n") as server:
        port = int(server.url.rpartition(":")[2])
        http = Http("newsdesk", resolver=names, dial=to_port(port), limits=LIMITS)

        with pytest.raises(Refused, match="^'turn.example' is not a public address"):
            await http.get("http://turn.example/")

        await http.close()
        assert names.asked == ["turn.example", "turn.example"]


async def test_what_looks_names_up_ends_with_the_client() -> None:
    """No thread that waits for a name server outlives the desk."""

    class Closing(Names):
        closed = False

        async def close(self) -> None:
            self.closed = True

    names = Closing()
    async with RawServer(OK + b"Content-Length: 0\r\n\r\n") as server:
        http = Http("newsdesk", [server.url], resolver=names, limits=LIMITS)
        await http.get(f"{server.url}/")
        await http.close()

    assert names.closed
