"""
How does a question reach Yahoo? yfinance's own request path, on one session of ours.

Everything yfinance sends passes `_Session.request`, cookie and crumb included: there the base
address is changed, time is capped, requests are counted and a 429 breaks the circuit before
yfinance answers it with two more requests. Its own time-outs leave cookie and crumb out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from threading import local
from typing import Any
from urllib.parse import urlsplit

import yfinance
from curl_cffi import requests
from curl_cffi.requests.exceptions import HTTPError, Timeout
from yfinance.data import YfData
from yfinance.exceptions import YFRateLimitError

from bot.errors import SourceError, Unreachable, Unreadable
from bot.sources.yahoo.breaker import Breaker

_UNKNOWN = 404
_ASIDE = 4  # cookie and crumb each get this part of the time, so that the question can still be put


class Wire:
    """Blocking, for threads. `fetch` raises `Unreachable` or `Unreadable`."""

    def __init__(
        self,
        base_url: str | None,
        cache_dir: Path,
        timeout: float,
        monotonic: Callable[[], float],
    ) -> None:
        logging.getLogger("yfinance").setLevel(logging.CRITICAL)
        cache_dir.mkdir(parents=True, exist_ok=True)
        yfinance.set_tz_cache_location(str(cache_dir))
        self._timeout = timeout
        self._breaker = Breaker(monotonic)
        self._session = _Session(base_url, timeout, monotonic, self._breaker)
        # YfData is a singleton whose cookie and crumb outlive its session; this one is ours alone.
        self._data: Any = type.__call__(YfData, session=self._session)

    @property
    def requests(self) -> int:
        return self._session.sent

    def fetch(self, url: str, params: Mapping[str, str]) -> object:
        """The JSON at `url`; None where Yahoo says there is no such thing (404)."""
        with self._breaker.call():
            self._session.begin(url)
            try:
                return self._data.get_raw_json(url, params=dict(params), timeout=self._timeout)
            except SourceError:
                raise
            except Exception as error:
                if isinstance(error, HTTPError) and _status(error) == _UNKNOWN:
                    return None
                raise self._translate(error) from error

    def stop(self) -> None:
        """Calls under way end with the request they are at."""
        self._session.stopped = True

    def close(self) -> None:
        self._session.close()

    def _translate(self, error: Exception) -> SourceError:
        match error:
            case YFRateLimitError():
                return self._breaker.trip()
            case HTTPError():
                return Unreachable(f"Yahoo answered {_status(error)}")
            case Timeout():
                return Unreachable(f"Yahoo did not answer within {self._timeout:g} seconds")
            case OSError():
                return Unreachable("Yahoo could not be reached")
            case ValueError():
                return Unreadable("Yahoo answered with something that is not JSON")
            case _:
                return Unreadable(f"Yahoo's answer was not understood ({type(error).__name__})")


class _Session(requests.Session[requests.Response]):
    """`base_url` None is Yahoo itself; else https://HOST/PATH goes to base_url/_h/HOST/PATH."""

    def __init__(
        self,
        base_url: str | None,
        timeout: float,
        monotonic: Callable[[], float],
        breaker: Breaker,
    ) -> None:
        super().__init__(timeout=timeout, trust_env=base_url is None, impersonate="chrome")
        self._base = base_url.rstrip("/") if base_url else None
        self._patience = timeout
        self._monotonic = monotonic
        self._breaker = breaker
        self._counter = count(1)
        self._call = local()
        self.sent = 0
        self.stopped = False

    def begin(self, question: str) -> None:
        """A call begins in this thread: all of its requests share one time-out."""
        self._call.question = question
        self._call.until = self._monotonic() + self._patience

    def request(self, method: Any, url: str, *args: Any, **kwargs: Any) -> requests.Response:
        self._breaker.check()
        kwargs["timeout"] = self._time_for(url)
        if self._base is not None:
            url = _inside(self._base, url)
            kwargs["allow_redirects"] = False  # libcurl would follow one out of the sandbox
        self.sent = next(self._counter)
        response = super().request(method, url, *args, **kwargs)
        if response.status_code == 429:
            raise self._breaker.trip()
        return response

    def _time_for(self, url: str) -> float:
        left: float = self._call.until - self._monotonic()
        if self.stopped:
            raise Unreachable("the desk is closing")
        if left <= 0:
            raise Timeout("the call's time is over")
        return left if url == self._call.question else min(left, self._patience / _ASIDE)


def _inside(base: str, url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not host.endswith(".yahoo.com"):
        raise Unreachable(f"{host} is not part of the stand-in at {base}")
    query = f"?{parts.query}" if parts.query else ""
    return f"{base}/_h/{host}{parts.path or '/'}{query}"


def _status(error: HTTPError) -> int:
    return int(getattr(error.response, "status_code", 0))
