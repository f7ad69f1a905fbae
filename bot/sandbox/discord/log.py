"""Every REST request as one line of JSON, in the file before its answer is on the wire."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

from bot.sandbox.discord.call import Call
from bot.sandbox.discord.wire import Json


class RequestLog:
    """Appends to a file, or only counts when there is none."""

    def __init__(self, path: Path | None) -> None:
        self.count = 0
        self._file: IO[str] | None = None
        if path is not None:
            self._file = path.open("a", encoding="utf-8")

    def write(self, call: Call, status: int) -> None:
        """Note one request and what it was answered; 0 when the socket was dropped."""
        self.count += 1
        if self._file is None:
            return
        line = {
            "method": call.method,
            "path": call.path,
            "query": dict(call.query),
            "headers": _redacted(call),
            **_body(call),
            "status": status,
        }
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _redacted(call: Call) -> dict[str, str]:
    secret = ("authorization", "cookie")
    return {
        name: "[redacted]" if name.lower() in secret else value
        for name, value in call.headers.items()
    }


def _body(call: Call) -> Json:
    if not call.multipart:
        return {"json": call.body}
    files = [
        {"name": each.name, "filename": each.filename, "size": len(each.data)}
        for each in call.uploads
    ]
    return {"multipart": {"payload_json": call.body, "files": files}}
