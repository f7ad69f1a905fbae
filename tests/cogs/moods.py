"""How the services of the face are today: calm, troubled, or hanging."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass
class Mood:
    """How the services are today."""

    trouble: Exception | None = None
    hangs: bool = False
    hanging: asyncio.Event = field(default_factory=asyncio.Event)

    async def passes(self) -> None:
        if self.hangs:
            self.hanging.set()
            await asyncio.Event().wait()
        if self.trouble is not None:
            raise self.trouble
