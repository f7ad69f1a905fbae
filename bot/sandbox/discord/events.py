"""Who hears that a message was created, edited or deleted? Everybody who subscribed before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from bot.sandbox.discord.wire import Json


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """A change of one message, with the message as it stands after it."""

    kind: Literal["create", "edit", "delete"]
    message: Json


class Subscription:
    """An endless iterator of events, from its creation until it or the hub is closed."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._queue: asyncio.Queue[MessageEvent | None] = asyncio.Queue()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> MessageEvent:
        event = await self._queue.get()
        if event is None:
            raise StopAsyncIteration
        return event

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def put(self, event: MessageEvent | None) -> None:
        self._queue.put_nowait(event)

    def close(self) -> None:
        """Hear nothing more; a waiting reader ends."""
        self._hub.forget(self)
        self.put(None)


class Hub:
    """Passes every event to every subscription, without ever waiting for a slow one."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[MessageEvent], None]] = []
        self._subscriptions: set[Subscription] = set()

    def subscribe(self) -> Subscription:
        subscription = Subscription(self)
        self._subscriptions.add(subscription)
        return subscription

    def publish(self, event: MessageEvent) -> None:
        for listener in self.listeners:
            listener(event)
        for subscription in self._subscriptions:
            subscription.put(event)

    def forget(self, subscription: Subscription) -> None:
        self._subscriptions.discard(subscription)

    def close(self) -> None:
        for subscription in list(self._subscriptions):
            subscription.close()
