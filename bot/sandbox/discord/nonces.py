"""Was this message sent already? The nonces of the past few minutes, with enforce_nonce."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.discord.messages import Message
from bot.sandbox.discord.wire import refusal


class Nonces:
    """The bot's nonces within the window, by the real clock and across channels."""

    def __init__(self, window: float, clock: Callable[[], float]) -> None:
        self.window = window
        self._clock = clock
        self._sent: dict[str, tuple[float, Message]] = {}

    def first(self, nonce: int | str) -> Message | None:
        """The message first sent with the nonce, or 10008 if it was deleted since."""
        sent_at, message = self._sent.get(str(nonce), (0.0, None))
        if message is None or self._clock() - sent_at > self.window:
            return None
        if message.deleted:
            raise refusal(10008)
        return message

    def remember(self, nonce: int | str, message: Message) -> None:
        self._sent[str(nonce)] = (self._clock(), message)

    def forget(self) -> None:
        """As if the window had passed."""
        self._sent.clear()
