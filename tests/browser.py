"""A headless Chromium over its debugging protocol: open a page, read it, press, look at it."""

from __future__ import annotations

import asyncio
import base64
import re
import shutil
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
PATIENCE = 30.0

_FLAGS = (
    "--headless",
    "--no-sandbox",  # it only ever sees our own page, and root may not have a sandbox
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--remote-debugging-port=0",
)
_KEYS = {"Enter": "\r", "Tab": "\t", "Escape": ""}


class Tab:
    """One tab, which remembers what it asked the network for and what went wrong."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        self._socket = socket
        self._loaded = asyncio.Event()
        self._calls: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the debugging protocol, and its result."""
        self._number += 1
        answer = self._calls[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        async with asyncio.timeout(PATIENCE):
            result: dict[str, Any] = await answer
        return result

    async def open(self, url: str) -> None:
        """Go there and wait until it has loaded."""
        self._loaded.clear()
        await self.call("Page.navigate", url=url)
        async with asyncio.timeout(PATIENCE):
            await self._loaded.wait()

    async def run(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited when it is a promise."""
        told = await self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in told:
            raise AssertionError(f"{expression}: {told['exceptionDetails']}")
        return told["result"].get("value")

    async def until(self, condition: str) -> None:
        """Wait until a JavaScript expression is true."""
        look = f"const look = () => ({condition}) ? done() : setTimeout(look, 20); look()"
        await self.run(f"new Promise(done => {{ {look} }})")

    async def text(self, selector: str) -> str:
        """What a reader sees in the first element that matches."""
        await self.until(f"document.querySelector({selector!r})")
        return str(await self.run(f"document.querySelector({selector!r}).innerText"))

    async def key(self, name: str, *, alt: bool = False) -> None:
        """Press and release a key such as "Tab" or "ArrowDown"."""
        codes = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40}
        key = {"key": name, "code": name, "windowsVirtualKeyCode": codes[name]}
        key |= {"modifiers": 1 if alt else 0, "text": _KEYS.get(name, "")}
        await self.call("Input.dispatchKeyEvent", type="keyDown", **key)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **key)

    async def size(self, width: int, height: int, *, scale: float = 1) -> None:
        """The window in CSS pixels, `scale` device pixels each."""
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=width < 500,
        )

    async def picture(self, **options: Any) -> bytes:
        """What the window shows, as a PNG; `clip` narrows it."""
        shot = await self.call("Page.captureScreenshot", **options)
        return base64.b64decode(shot["data"])

    async def read(self) -> None:
        """Take what the browser tells, until it is closed."""
        async for frame in self._socket:
            told = frame.json()
            if "id" not in told:
                self._hear(told["method"], told["params"])
            elif "error" in told:
                self._calls.pop(told["id"]).set_exception(AssertionError(told["error"]))
            else:
                self._calls.pop(told["id"]).set_result(told["result"])

    def _hear(self, event: str, told: dict[str, Any]) -> None:
        if event == "Page.loadEventFired":
            self._loaded.set()
        elif event == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            self.errors.append(str(told["exceptionDetails"]))
        elif event == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            self.errors.append(f"{told['entry']['text']} {told['entry'].get('url', '')}")
        elif event == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning"):
            self.errors.append(str(told["args"]))


@asynccontextmanager
async def browser() -> AsyncIterator[Tab]:
    """A browser with one empty tab, closed and cleaned up in the end."""
    if CHROMIUM is None:
        raise AssertionError(f"no browser on PATH; tried {', '.join(NAMES)}")
    with tempfile.TemporaryDirectory(prefix="page-test-", ignore_cleanup_errors=True) as profile:
        chromium = await asyncio.create_subprocess_exec(
            CHROMIUM,
            *_FLAGS,
            f"--user-data-dir={profile}",
            "about:blank",
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=PIPE,
        )
        origin = await _origin(chromium)
        draining = asyncio.create_task(_drain(chromium))
        try:
            async with _tab(origin) as tab:
                yield tab
                await tab.call("Browser.close")
        finally:
            if chromium.returncode is None:
                await _end(chromium)
            await draining


@asynccontextmanager
async def _tab(origin: str) -> AsyncIterator[Tab]:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{origin}/json") as response:
            tabs = await response.json()
        address = next(each for each in tabs if each["type"] == "page")["webSocketDebuggerUrl"]
        async with session.ws_connect(address, max_msg_size=0) as socket:
            tab = Tab(socket)
            reading = asyncio.create_task(tab.read())
            for domain in ("Page", "Network", "Runtime", "Log"):
                await tab.call(f"{domain}.enable")
            try:
                yield tab
            finally:
                reading.cancel()


async def _origin(chromium: Process) -> str:
    assert chromium.stderr is not None
    async with asyncio.timeout(PATIENCE):
        async for line in chromium.stderr:
            if found := re.search(rb"listening on ws://([^/]+)/", line):
                return f"http://{found[1].decode()}"
    raise AssertionError(f"{CHROMIUM} ended with code {await chromium.wait()}")


async def _drain(chromium: Process) -> None:
    """Read its chatter, or it would stand still once the pipe is full."""
    assert chromium.stderr is not None
    while await chromium.stderr.read(1 << 16):
        pass


async def _end(chromium: Process) -> None:
    try:
        await asyncio.wait_for(chromium.wait(), 5)
    except TimeoutError:
        chromium.kill()
        await chromium.wait()
