"""Logging: one structured line a decision, through one formatter, with secrets redacted."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Collection

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_CREDENTIALS = re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")


class Redactor:
    """Replaces known secrets, and credentials inside URLs, in everything that is logged."""

    def __init__(self, secrets: Collection[str]) -> None:
        self._secrets = [secret for secret in secrets if len(secret) >= 6]

    def __call__(self, _logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        return {key: self._clean(value) for key, value in event.items()}

    def _clean(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        for secret in self._secrets:
            value = value.replace(secret, "[secret]")
        return _CREDENTIALS.sub("[secret]", value)


class Calm(logging.Filter):
    """discord.py reconnects by itself: why it must is one line, not a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and re.search("reconnect|Retrying", str(record.msg)):
            error = record.exc_info[1]
            record.msg = f"{record.getMessage()} ({str(error) or type(error).__name__})"
            record.args = record.exc_info = None
        return True


def configure(level: str, form: str, secrets: Collection[str]) -> None:
    """Send our own lines and every library's to stderr; `form` is "text" or "json"."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Calm())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                Redactor(secrets),
                _last(form),
            ],
        )
    )
    logging.basicConfig(level=number, handlers=[handler], force=True)
    for noisy in ("apscheduler", "discord", "yfinance", "alembic", "aiosqlite", "peewee"):
        logging.getLogger(noisy).setLevel(max(number, logging.WARNING))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(number),
    )


def _last(form: str) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer()
    plain = structlog.dev.plain_traceback
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)
