"""
How much does a body become? Decodes gzip and deflate as it arrives, and stops at a limit.

A bomb costs no more memory than the limit: nothing is decoded beyond it.
"""

from __future__ import annotations

import zlib

_GZIP = zlib.MAX_WBITS | 16
_MOST_MEMBERS = (
    100  # each copies what follows it, so that thousands of empty ones would cost minutes
)


class TooLarge(Exception):
    """The decoded body passes the limit."""


class BadEncoding(Exception):
    """The body is not what its Content-Encoding says, is cut short, or was not asked for."""


class Unpacker:
    """Feed it the chunks of a body sent with `encoding`; at most `most` bytes come out."""

    def __init__(self, encoding: str, most: int) -> None:
        self._most = most
        self._body = bytearray()
        self._deflate = encoding == "deflate"
        self._members = 1
        match encoding:
            case "" | "identity":
                self._stream: zlib._Decompress | None = None
            case "gzip" | "x-gzip":
                self._stream = zlib.decompressobj(_GZIP)
            case "deflate":
                self._stream = zlib.decompressobj()
            case _:
                raise BadEncoding(f"Content-Encoding {encoding[:40]!r} was not asked for")

    def feed(self, chunk: bytes) -> None:
        """Raises `TooLarge` or `BadEncoding`."""
        if self._stream is None:
            self._keep(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error as error:
            raise BadEncoding(f"the compressed body is damaged ({error})") from error

    def finish(self) -> bytes:
        """The whole body. Raises `BadEncoding` when the compressed stream never ended."""
        if self._stream is not None and not self._stream.eof:
            raise BadEncoding("the compressed body is cut short")
        return bytes(self._body)

    def _inflate(self, chunk: bytes) -> None:
        while chunk:
            assert self._stream is not None
            if self._stream.eof:
                if self._deflate:
                    return
                self._begin_member()
            self._keep(self._decompress(chunk))
            chunk = self._stream.unused_data or self._stream.unconsumed_tail

    def _begin_member(self) -> None:
        """A further member of the same gzip file."""
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise BadEncoding(f"the compressed body has more than {_MOST_MEMBERS} parts")
        self._stream = zlib.decompressobj(_GZIP)

    def _decompress(self, chunk: bytes) -> bytes:
        assert self._stream is not None
        room = self._most - len(self._body) + 1
        try:
            return self._stream.decompress(chunk, room)
        except zlib.error:
            if not self._deflate or self._body:
                raise
            # Half of the servers that say deflate mean the raw stream, without zlib's header.
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
            return self._stream.decompress(chunk, room)

    def _keep(self, data: bytes) -> None:
        self._body += data
        if len(self._body) > self._most:
            raise TooLarge
