"""What one shard was told, kept so that a resume can tell it again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.discord.sockets import Socket, event
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import Guild

_REPLAYED = 5000


@dataclass(slots=True, eq=False)
class Session:
    id: str
    shard: tuple[int, int]
    intents: int
    socket: Socket | None
    sequence: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=_REPLAYED))

    def tell(self, name: str, data: Json) -> None:
        self.sequence += 1
        frame = event(name, data, self.sequence)
        self.sent.append((self.sequence, frame))
        if self.socket is not None:
            self.socket.send(frame)

    def concerns(self, guild: Guild | None) -> bool:
        """Whether the guild is of this shard; direct messages are of the first."""
        number, count = self.shard
        return (int(guild.id) >> 22) % count == number if guild else number == 0
