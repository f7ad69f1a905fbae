"""
APScheduler as a ticker: a handful of jobs, each asking "is it due?" by the market clock.

No due-time lives here that a restart could lose: feeds keep theirs in the store, and a watch
that was missed is simply made now. In lockstep the market clock triggers the jobs itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.services.ports import MarketClock

log = structlog.get_logger(__name__)

RETRY = timedelta(seconds=30)


@dataclass(slots=True)
class Job:
    """Work that is due at market times: `run(now)` does it and returns when it is due next."""

    name: str
    run: Callable[[datetime], Awaitable[datetime]]
    due: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)


class Ticker:
    """Runs jobs when they are due; a job that raises is logged and tried half a minute later."""

    def __init__(self, clock: MarketClock, jobs: Sequence[Job], tick: float) -> None:
        self._clock = clock
        self._jobs = jobs
        self._tick = tick
        self._stopping = False
        self._aps = AsyncIOScheduler(timezone=UTC)
        self._aps.add_listener(self._late, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)

    def start(self) -> None:
        """Tick every `tick` seconds of real time."""
        for job in self._jobs:
            self._aps.add_job(
                self._if_due,
                "interval",
                seconds=self._tick,
                args=[job],
                id=job.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
                next_run_time=datetime.now(UTC),  # noqa: TID251 - APScheduler's own clock
            )
        self._aps.start()

    async def stop(self, within: float) -> None:
        """No further tick; jobs under way are waited for, and cut short after `within` seconds."""
        if not self._aps.running:
            return
        self._aps.pause()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._idle()
        self._stopping = True
        self._aps.shutdown(wait=False)
        await self._idle()

    async def _idle(self) -> None:
        for job in self._jobs:
            async with job.busy:
                pass

    async def run_in_lockstep(self, settle: Callable[[], Awaitable[None]]) -> None:
        """Run what is due, `settle`, then let time jump to the next due-time, for ever."""
        while True:
            for job in self._jobs:
                await self._if_due(job)
            await settle()
            await self._clock.sleep_until(min(job.due for job in self._jobs if job.due))

    async def _if_due(self, job: Job) -> None:
        now = self._clock.now()
        if job.busy.locked() or (job.due is not None and now < job.due):
            return
        async with job.busy:
            try:
                job.due = await job.run(now)
            except asyncio.CancelledError:
                if not self._stopping:
                    raise
                log.warning("job cut short", job=job.name)  # raised, APScheduler prints a traceback
            except Exception:
                job.failures += 1
                job.due = now + RETRY
                log.exception("job failed", job=job.name)
            else:
                job.succeeded_at = now

    def _late(self, event: JobEvent) -> None:
        log.debug("tick skipped", job=event.job_id)
